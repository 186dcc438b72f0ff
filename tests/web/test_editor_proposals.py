"""Proposals: everybody may ask for a package, nobody who answers learns a name, and whoever asked sees the answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import pytest
from flask import Flask

from planner.domain.event import EventKind
from planner.models.base import db
from planner.models.offer import PackageDraft, Proposal
from planner.models.record import Chain, Event
from planner.usecases import packages
from tests import factories
from tests.catalogue.local import local_package
from tests.factories import Town
from tests.forms import form_to
from tests.pages import sign_in
from tests.visitor import Visitor
from tests.web.editors import make_editor


@dataclass
class Asking:
    """Bo who asks, and the editor who answers."""

    town: Town
    bo: Visitor
    birgit: Visitor
    birgit_id: int

    def propose(self, visitor: Visitor, name: str = "Kor på tirsdage") -> int:
        form = form_to(visitor.get("/proposals/").text, "/proposals/")
        answer = visitor.post(form.action, data=form.filled(name=name, what="Vi synger.", why="Det giver ro."))
        assert answer.status_code == 303
        db.session.remove()
        return db.session.scalars(db.select(Proposal.id).order_by(Proposal.id.desc())).first()


@pytest.fixture
def asking(in_app: Flask, app: Flask, client: Visitor, now: datetime) -> Asking:
    town = factories.make_town()
    birgit = make_editor(town)
    return Asking(town, sign_in(client, town.bo), sign_in(app.test_client(), birgit), birgit)


def test_the_editor_reads_what_is_proposed_and_only_from_which_side_it_comes(asking: Asking, app: Flask) -> None:
    asking.propose(asking.bo)
    asking.propose(sign_in(app.test_client(), asking.town.mette), "Madklub")

    page = asking.birgit.get("/editor/proposals").text

    assert "Kor på tirsdage" in page
    assert "en borger" in page
    assert "en, der arbejder her" in page
    for name in ("Bo Madsen", "Bo M", "Mette"):
        assert name not in page


def test_an_answer_stands_with_the_proposal_for_whoever_made_it_and_for_nobody_else(asking: Asking, app: Flask) -> None:
    number = asking.propose(asking.bo)
    form = form_to(asking.birgit.get(f"/editor/proposals/{number}").text, f"/editor/proposals/{number}")

    asking.birgit.post(form.action, data=form.filled(words="Koret på biblioteket er åbent for alle."))

    assert "Koret på biblioteket" in asking.bo.get("/proposals/").text
    assert "Koret på biblioteket" not in sign_in(app.test_client(), asking.town.lis).get("/proposals/").text
    twice = asking.birgit.post(form.action, data=form.filled(words="Noget andet.", key=str(uuid4())))
    assert twice.status_code == 422


def test_a_proposal_becomes_a_draft_with_its_words_and_is_told_once_it_is_published(
    asking: Asking, now: datetime
) -> None:
    number = asking.propose(asking.bo)
    page = asking.birgit.get(f"/editor/proposals/{number}").text
    form = form_to(page, f"/editor/proposals/{number}/draft")
    assert form.sent["ident"] == ["kor-paa-tirsdage"]

    assert asking.birgit.post(form.action, data=form.sent).headers["Location"] == "/editor/drafts/kor-paa-tirsdage"

    db.session.remove()
    content = db.session.get_one(PackageDraft, "kor-paa-tirsdage").content
    assert content["name"] == {"da": "Kor på tirsdage"}
    assert "er ved at blive skrevet" in asking.bo.get("/proposals/").text

    packages.publish_many([local_package("kor-paa-tirsdage")], by=factories.user(asking.birgit_id), at=now)
    assert "er udgivet" in asking.bo.get("/proposals/").text
    assert "/packages/kor-paa-tirsdage" in asking.bo.get("/proposals/").text


def test_a_draft_that_is_thrown_away_lets_the_proposal_wait_again(asking: Asking) -> None:
    number = asking.propose(asking.bo)
    form = form_to(asking.birgit.get(f"/editor/proposals/{number}").text, f"/editor/proposals/{number}/draft")
    asking.birgit.post(form.action, data=form.sent)
    drop = form_to(
        asking.birgit.get("/editor/packages/kor-paa-tirsdage").text, "/editor/drafts/kor-paa-tirsdage/removal"
    )

    asking.birgit.post(drop.action, data=drop.sent)

    assert "venter på svar" in asking.bo.get("/proposals/").text


def test_a_citizen_finds_both_in_their_own_record_without_words(asking: Asking) -> None:
    number = asking.propose(asking.bo)
    form = form_to(asking.birgit.get(f"/editor/proposals/{number}").text, f"/editor/proposals/{number}")
    asking.birgit.post(form.action, data=form.filled(words="Ikke i år."))

    db.session.remove()
    chain = db.select(Chain.id).where(Chain.kind == "citizen", Chain.subject_id == asking.town.bo)
    events = list(db.session.scalars(db.select(Event).where(Event.chain_id.in_(chain)).order_by(Event.seq.desc())))
    assert [event.kind for event in events[:2]] == [EventKind.PROPOSAL_ANSWERED, EventKind.PACKAGE_PROPOSED]
    assert all("Ikke i år" not in str(event.facts) and "Kor" not in str(event.facts) for event in events)
    assert "foreslog en pakke" in asking.bo.get("/me/happened").text


def test_words_that_are_missing_or_too_long_are_refused_and_the_others_stay(asking: Asking) -> None:
    form = form_to(asking.bo.get("/proposals/").text, "/proposals/")

    answer = asking.bo.post(form.action, data=form.filled(name="Kor", what="", why="x" * 2001))

    assert answer.status_code == 422
    assert 'value="Kor"' in answer.text
    assert db.session.scalars(db.select(Proposal)).all() == []
