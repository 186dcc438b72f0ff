"""A citizen's own purchases: the list, one, and recording one."""

from typing import Any

from flask import request, url_for

from planner import clock
from planner.access import body_digest, current_user, readers
from planner.api import blueprint
from planner.api.own_schemas import BuySchema, PurchaseListSchema, PurchaseSchema, RecordedSchema
from planner.api.schemas import KeySchema, PagingSchema
from planner.domain.errors import NotFound
from planner.domain.event import Facts, canonical
from planner.domain.money import Money
from planner.domain.people import RoleKind
from planner.domain.purchase import Bought
from planner.queries import purchase_list
from planner.queries import purchases as one
from planner.queries.pages import LARGEST_PAGE, Page
from planner.queries.purchases import OwnPurchase
from planner.usecases import purchases
from planner.usecases.transaction import AlreadyDone, Key

REPLAY = "Idempotent-Replay"


@blueprint.get("/purchases", tags=["purchases"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.arguments(PagingSchema, location="query", unknown="raise")
@blueprint.response(200, PurchaseListSchema)
def list_purchases(paging: dict[str, int]) -> Page[Any]:
    """List your own purchases, the newest first."""
    return purchase_list.of_citizen(current_user().id, min(paging["page_size"], LARGEST_PAGE), paging["page"])


@blueprint.get("/purchases/<int(max=2147483647):purchase_id>", tags=["purchases"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.response(200, PurchaseSchema)
def show_purchase(purchase_id: int) -> OwnPurchase:
    """Show one of your own purchases."""
    found = one.of_citizen(current_user().id, purchase_id)
    if found is None:
        raise NotFound
    return found


@blueprint.post("/purchases", tags=["purchases"])
@readers(RoleKind.CITIZEN)
@blueprint.doc(security=[{"session": []}])
@blueprint.arguments(KeySchema, location="headers")
@blueprint.arguments(BuySchema)
@blueprint.response(
    201, RecordedSchema, headers={REPLAY: {"description": "true when it was done before", "schema": {"type": "string"}}}
)
def record_purchase(headers: dict[str, str], body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Record a purchase against a line of your plan or your free money."""
    envelope_id, agreed, last = body.pop("envelope_id"), body.pop("dearer_agreed"), body.pop("last")
    bought, key = Bought(**body), _key(headers["key"])
    try:
        done = purchases.record(
            envelope_id, bought, dearer_agreed=agreed, last=last, by=current_user(), at=clock.now(), key=key
        )
    except AlreadyDone as before:
        return _answer(before.facts, {REPLAY: "true"})
    facts = {"purchase": done.purchase_id, "budget": done.budget_id, "envelope": envelope_id}
    return _answer({**facts, "oere": bought.amount.oere}, {})


def _key(text: str) -> Key:
    """Pair the key with a digest of where it was sent and what with."""
    sent = canonical([request.path, request.get_json()])
    return Key(text.lower(), body_digest(sent))


def _answer(facts: Facts, headers: dict[str, str]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Answer from what the event says, so that the answer is the same when the request comes again."""
    amount = Money(int(str(facts["oere"])))
    body = {"id": facts["purchase"], "budget_id": facts["budget"], "envelope_id": facts["envelope"], "amount": amount}
    location = url_for("api.show_purchase", purchase_id=facts["purchase"])
    return body, 201, {"Location": location, **headers}
