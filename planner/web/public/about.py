"""Acute help, accessibility and privacy: whom to call, what we promise, and what to do when we do not keep it."""

from flask import render_template

from planner import clock
from planner.access import everybody
from planner.queries.offers import catalogue
from planner.web.public import blueprint

ACUTE = "akuttilbud"


@blueprint.get("/acute")
@everybody
def acute() -> str:
    """Tell whom to call when it is hard right now, and what happens then."""
    found = catalogue().get(ACUTE)
    return render_template(
        "public/acute.html", acute=None if found is None or found.withdrawn(clock.today()) else found
    )


@blueprint.get("/accessibility")
@everybody
def accessibility() -> str:
    return render_template("public/accessibility.html")


@blueprint.get("/privacy")
@everybody
def privacy() -> str:
    return render_template("public/privacy.html")
