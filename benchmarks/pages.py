"""Pages: the citizen's first page and money, against a route that renders the same bytes after three rows by key.

The route stands in the same app, behind the same guard, and its template is the page's text as it is.
"""

from collections.abc import Iterator

from flask import Flask, render_template
from jinja2 import Template

from benchmarks import visit
from benchmarks.ground import Ground
from benchmarks.rounds import Bar, Result, pairs, slower
from planner.access import current_user, signed_in
from planner.models.base import db
from planner.models.budget import Budget
from planner.models.person import Person
from planner.models.plan import Plan

BAR = Bar(4, 2.5)
PAGES = {"home": "/me/", "money": "/me/money"}
_PURCHASES, _REPEAT = 30, 5


def measure(ground: Ground) -> Iterator[Result]:
    """Measure both pages, of a citizen with six lines and thirty purchases."""
    source = ground.settled("pages-source", visit.SHAPE)
    path = ground.spent(source, "pages", visit.spending(purchases=_PURCHASES))
    with visit.opened(path) as visitor:
        texts: dict[str, Template] = {}
        _add_bare_route(visitor.app, texts)
        for name, address in PAGES.items():
            page, bare = visitor.ask(visitor.request(address)), f"/bare/{name}"
            texts[name] = visitor.app.jinja_env.from_string(f"{{% raw %}}{page.decode()}{{% endraw %}}")
            assert visitor.ask(visitor.request(bare)) == page
            found = pairs(visitor.opens(address, _REPEAT), visitor.opens(bare, _REPEAT), ground.size.rounds)
            yield slower(name, found, BAR, each=_REPEAT)


def _add_bare_route(app: Flask, texts: dict[str, Template]) -> None:
    @app.get("/bare/<name>")
    @signed_in
    def bare(name: str) -> str:
        for table, key in ((Person, current_user().id), (Plan, 1), (Budget, 1)):
            assert db.session.get(table, key)
        return render_template(texts[name])
