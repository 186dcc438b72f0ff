"""History: pages and a purchase of a citizen with a long history, against one with a short one; the same cells."""

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

from sqlalchemy import select

from benchmarks import visit
from benchmarks.ground import Ground
from benchmarks.pages import PAGES
from benchmarks.rounds import Bar, Result, Side, pairs, slower
from benchmarks.visit import Request, Visitor
from planner.models.base import db
from planner.models.budget import Envelope
from planner.models.plan import PlanItem
from tests.forms import form_to

BAR = Bar(1.3, 1)
BUYING = "/me/purchases/new"
_REPEAT = 5


def measure(ground: Ground) -> Iterator[Result]:
    """Measure the first page, the money and the recording of a purchase, each with few and with many entries."""
    source = ground.settled("history-source", visit.SHAPE)
    sizes = {"many": ground.size.many, "few": ground.size.few}
    with ExitStack() as stack:
        many, few = (
            stack.enter_context(visit.opened(ground.spent(source, f"history-{name}", visit.spending(entries=entries))))
            for name, entries in sizes.items()
        )
        for name, address in PAGES.items():
            found = pairs(many.opens(address, _REPEAT), few.opens(address, _REPEAT), ground.size.rounds)
            yield slower(f"history_{name}", found, BAR, each=_REPEAT)
        found = pairs(buying(many), buying(few), ground.size.rounds)
        yield slower("history_purchase", found, BAR, each=_REPEAT)


def buying(visitor: Visitor) -> Side:
    """Make a side of sending the form for a purchase some times, each time with a key of its own."""
    fields = _filled(visitor)

    def requests() -> list[Request]:
        return [visitor.request(BUYING, {**fields, "key": str(uuid4())}) for _ in range(_REPEAT)]

    return visitor.side(requests)


def _filled(visitor: Visitor) -> dict[str, str]:
    """Fill in the form as it is shown: something for 20 kr., from a line of the citizen's own."""
    form = form_to(visitor.ask(visitor.request(BUYING)).decode(), BUYING)
    sent = form.filled(pot=str(_own_line(visitor)), amount="20", words="Kaffe på caféen")
    return {name: values[0] for name, values in sent.items()}


def _own_line(visitor: Visitor) -> int:
    found = select(Envelope.id).join(PlanItem, PlanItem.id == Envelope.item_id).where(PlanItem.title.is_not(None))
    with visitor.app.app_context():
        return db.session.scalars(found.order_by(Envelope.id).limit(1)).one()
