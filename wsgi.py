"""The door a web server knocks on."""

import sys

from planner.app import create_app
from planner.config import BadSetting, Settings

# With this code the worker tells the master of gunicorn not to try again.
_REFUSED = 3

try:
    app = create_app(Settings.from_environment())
except BadSetting as refusal:
    sys.stderr.write(f"{refusal}\n")
    sys.exit(_REFUSED)
