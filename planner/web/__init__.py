"""The pages, one package per audience; they translate between people and use cases and decide nothing."""

from flask import Flask
from flask_wtf import CSRFProtect

from planner.web import errors, filters, headers, house, language
from planner.web.administrator import blueprint as administrator
from planner.web.caseworker import blueprint as caseworker
from planner.web.citizen import blueprint as citizen
from planner.web.editor import blueprint as editor
from planner.web.editor import proposing
from planner.web.finance import blueprint as finance
from planner.web.public import blueprint as public

csrf = CSRFProtect()


def install(app: Flask) -> None:
    """Add the pages, and what all of them share."""
    csrf.init_app(app)
    language.install(app)
    filters.install(app)
    headers.install(app)
    house.install(app)
    errors.install(app)
    for blueprint in (public, citizen, caseworker, finance, administrator, editor, proposing):
        app.register_blueprint(blueprint)
