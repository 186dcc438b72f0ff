"""Accessibility and privacy: what we promise, and what to do when we do not keep it."""

from flask import render_template

from planner.access import everybody
from planner.web.public import blueprint


@blueprint.get("/accessibility")
@everybody
def accessibility() -> str:
    return render_template("public/accessibility.html")


@blueprint.get("/privacy")
@everybody
def privacy() -> str:
    return render_template("public/privacy.html")
