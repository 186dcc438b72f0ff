"""The same purchase sent twenty times at the same moment: one effect, and everybody is led to the same receipt."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from planner.models.base import db
from planner.models.purchase import Purchase
from planner.queries import money
from tests import factories
from tests.days import on
from tests.pages import form, sign_in
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.test import TestResponse

NEW = "/me/purchases/new"


@pytest.mark.parametrize("times", [2, 20])
def test_a_purchase_sent_many_times_at_once_happens_once(in_app: "Flask", times: int) -> None:
    with on():
        town = factories.make_town()
        running = factories.run_plan(town)
        visitors = [sign_in(in_app.test_client(), town.bo) for _ in range(times)]
        sent = {**form(visitors[0].get(NEW), NEW).fields, "pot": str(running.envelope()), "amount": "20"}
        for visitor in visitors[1:]:
            _lend_token(visitors[0], visitor)

        with ThreadPoolExecutor(times) as pool:
            answers = [
                pool.submit(copy_context().run, visitor.post, NEW, data=sent)  # each thread on the clock of the test
                for visitor in visitors
            ]
            found: list[TestResponse] = [answer.result() for answer in answers]

        db.session.remove()
        (purchase,) = db.session.scalars(db.select(Purchase))
        assert {(a.status_code, a.location) for a in found} == {
            (HTTPStatus.SEE_OTHER, f"/me/purchases/{purchase.id}"),
        }
        db.session.remove()
        (plan,) = money.of_citizen(town.bo)
        assert plan.own
        assert plan.own.balance.paid == purchase.oere


def _lend_token(one: Visitor, other: Visitor) -> None:
    """Let another window of the same browser know the secret that the form's token was made with."""
    with one.session_transaction() as session:
        secret = session["csrf_token"]
    with other.session_transaction() as session:
        session["csrf_token"] = secret
