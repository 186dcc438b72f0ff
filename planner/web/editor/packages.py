"""The editors' list of packages, by where they stand."""

from flask import render_template, request

from planner import clock
from planner.access import readers
from planner.domain.people import RoleKind
from planner.queries import editing
from planner.queries.editing import Standing
from planner.web.editor import blueprint
from planner.web.editor.words import standing_name
from planner.web.packages import MOST_LETTERS
from planner.web.paging import wanted_page


@blueprint.get("/")
@readers(RoleKind.CATALOGUE_EDITOR)
def packages() -> str:
    """List the packages that fit what is looked for."""
    words = request.args.get("words", "").strip()[:MOST_LETTERS]
    asked = request.args.get("standing", "")
    standing = Standing(asked) if asked in set(Standing) else None
    found = editing.listed(words, standing, wanted_page(), clock.today())
    return render_template(
        "editor/packages.html",
        rows=found.page.rows,
        place=found.page.place,
        counts=found.counts,
        standings=list(Standing),
        standing=standing,
        standing_name=standing_name,
        words=words,
        filters={name: value for name, value in (("words", words), ("standing", standing)) if value},
    )
