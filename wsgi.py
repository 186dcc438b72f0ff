"""The door a web server knocks on."""

import sys

from planner.config import BadSetting, Settings

# With this code the worker tells the master of gunicorn not to try again.
_REFUSED = 3

try:
    settings = Settings.from_environment()
    settings.check()
    # Only now, so that a bad setting is refused at once and not after everything has been read in.
    from planner.app import create_app

    app = create_app(settings)
except BadSetting as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(_REFUSED)
