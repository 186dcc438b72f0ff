"""The app as tests use it: one for each set of settings, because making one costs more than a test."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.config import Settings
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask


class Apps:
    """Makes apps and keeps them; the database under an app may be exchanged between two tests."""

    def __init__(self) -> None:
        self._made: dict[Settings, Flask] = {}

    def on(self, database_url: str, **settings: Any) -> "Flask":
        """Find or make the app on a database, with settings of a test."""
        # Imported late, so that tests of the domain never load tables and pages.
        from planner.app import create_app

        wanted = replace(Settings(database_url=database_url), **settings)
        if wanted not in self._made:
            app = create_app(wanted)
            app.testing = True
            app.test_client_class = Visitor
            self._made[wanted] = app
        return self._made[wanted]

    def migrate(self, database_url: str) -> None:
        """Bring a database up to the newest tables."""
        import flask_migrate

        with self.on(database_url).app_context():
            flask_migrate.upgrade()
        self.close(database_url)

    def close(self, database_url: str) -> None:
        """Close every connection to a database."""
        from planner.models.base import db
        from planner.queries import offers

        for settings, app in self._made.items():
            if settings.database_url == database_url:
                with app.app_context():
                    db.engine.dispose()
                    offers.forget(db.engine)

    def close_all(self) -> None:
        for settings in self._made:
            self.close(settings.database_url)
