"""Migrations run on the app's own engine; names, not guesses, decide what is compared."""

from alembic import context
from flask import current_app

from planner.models.base import db

target = current_app.extensions["migrate"].db.metadata


def run() -> None:
    """Bring the database up to date, in one transaction for each step."""
    engine = db.engine.execution_options(sqlite_write=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=target,
            render_as_batch=True,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
