"""Making the application: settings, database, guard, pages and API, in the order they depend on each other."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from sqlalchemy.engine import make_url

from packages_catalog import reader
from planner import access, api, logs, models, web
from planner.config import CHECKOUT, BadSetting, Settings
from planner.models.base import db, prepare_engine

LARGEST_REQUEST = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app for some settings (from the environment unless given).

    Raises ``BadSetting`` with one readable line when a setting is missing, unsafe or points to nothing.
    """
    settings = settings or Settings.from_environment()
    settings.check()
    logs.configure(json_lines=settings.production)
    for folder in ("templates", "migrations"):
        if not (CHECKOUT / folder).is_dir():
            raise BadSetting(folder, f"not found beside the package, in {CHECKOUT.name}/")
    app = Flask("planner", template_folder=str(CHECKOUT / "templates"))
    app.config.from_mapping(_configuration(settings))
    app.extensions["settings"] = settings
    app.extensions["catalogue"] = reader.read()
    _open_database(app, settings)
    access.install(app)
    web.install(app)
    api.install(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "TRUSTED_HOSTS": list(settings.hosts),
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "SESSION_COOKIE_NAME": "__Host-planner" if settings.cookie_secure else "planner",
        "SESSION_COOKIE_SECURE": settings.cookie_secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_HEADERS": ["X-CSRF-Token"],
    }


def _open_database(app: Flask, settings: Settings) -> None:
    if settings.sqlite and (file := make_url(settings.database_url).database):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    assert models.__all__
    db.init_app(app)
    Migrate(app, db, directory=str(CHECKOUT / "migrations"), render_as_batch=True)
    with app.app_context():
        prepare_engine(db.engine)
