"""The page “Tilpas”: see what it comes to, save what is inside the bounds, wish for what is beyond them."""

from datetime import timedelta

import pytest
from flask import Flask

from planner import clock
from planner.models.base import db
from planner.models.composing import Wish
from planner.models.plan import PlanLine
from planner.usecases import wishes
from tests import factories
from tests.factories import Town
from tests.pages import form, press, sign_in
from tests.visitor import Visitor


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def draft(town: Town, package: str = "cti") -> tuple[int, int, str]:
    """Give Bo a draft with one package; hand out plan, item and the address of its page."""
    plan = factories.open_course(town, days=400, amount=60_000)
    item = factories.compose(plan, factories.user(town.bo), package)[package]
    return plan, item, f"/me/plan/{plan}/lines/{item}/choices"


def stored(plan: int, item: int) -> PlanLine:
    db.session.remove()
    return db.session.get_one(PlanLine, (plan, 1, item))


def english(bo: Visitor) -> Visitor:
    press(bo, "/me/settings", "/language", language="en")
    return bo


def test_the_page_says_in_words_what_can_be_chosen_and_what_would_be_a_wish(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)

    page = bo.get(address)

    assert "Tilpas Critical Time Intervention" in page.text
    assert "Du kan vælge 12 til 14 uger. Andet er et ønske." in page.text
    assert "Polsk (et ønske)" in page.text or "polsk (et ønske)" in page.text
    assert form(page, "/choices").fields["weeks_2"] == "13"


def test_looking_shows_price_end_hours_and_curve_before_and_after_and_saves_nothing(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town, "bostoette-video")
    before = stored(plan, item).last_day

    page = press(bo, address, "/choices", weeks_1="39", do="look")

    assert page.status_code == 200
    assert "Det bliver sådan" in page.text
    assert "10.400" in page.text
    assert "15.600" in page.text
    assert form(page, "/choices").fields["weeks_1"] == "39"
    assert stored(plan, item).last_day == before


def test_the_curve_is_drawn_with_its_figures_in_a_table(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)

    page = press(bo, address, "/choices", runs_4="2", do="look")

    assert page.text.count('class="chart-line"') == 2
    assert page.text.count("Fase 3, overdragelse</th>") == 3


def test_saving_leads_back_to_the_line_and_the_plan_shows_what_was_chosen(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town)

    answer = press(bo, address, "/choices", weeks_1="6", mode="video", do="save")

    assert answer.status_code == 303
    assert answer.location.endswith(f"#line-{item}")
    assert stored(plan, item).terms["choices"] == {"weeks.1": 6, "mode": "video"}
    assert "Kontakt: 6 uger" in bo.get(f"/me/plan/{plan}/compose").text


def test_beyond_the_bounds_the_page_says_so_and_keeps_what_was_typed(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town)

    page = press(bo, address, "/choices", weeks_3="26", do="save")

    assert page.status_code == 422
    assert "Fase 2, afprøvning: 26 uger (du kan vælge 12 til 14 uger)" in page.text
    assert form(page, "/choices").fields["weeks_3"] == "26"
    assert "choices" not in stored(plan, item).terms


def test_the_same_in_english(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)

    page = press(english(bo), address, "/choices", weeks_3="26", do="save")

    assert "Phase 2, trying it out: 26 weeks (you can choose 12 to 14 weeks)" in page.text
    assert "Adjust Critical Time Intervention" in page.text


def test_with_words_it_becomes_a_wish_that_waits_and_can_be_taken_back(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)
    press(bo, address, "/choices", weeks_3="26", words="Jeg flytter to gange.", do="save")
    wish = db.session.scalars(db.select(Wish)).one()

    page = bo.get(address)
    assert "venter på svar" in page.text
    assert "Jeg flytter to gange." in page.text

    press(bo, address, f"/wishes/{wish.id}/removal")
    assert "venter på svar" not in bo.get(address).text


def test_words_that_nobody_has_to_read_are_said_to_go_nowhere(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)

    answer = press(bo, address, "/choices", weeks_1="6", words="Jeg flytter.", do="save")

    assert db.session.scalars(db.select(Wish)).all() == []
    assert "det, du skrev, er ikke sendt til nogen" in bo.get(answer.location).text


def test_a_granted_wish_is_shown_with_its_reason_and_can_be_filled_in(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town)
    press(bo, address, "/choices", weeks_3="26", words="Jeg flytter to gange.", do="save")
    wish = db.session.scalars(db.select(Wish)).one().id
    wishes.answer(wish, granted=True, reason="Det giver god mening.", by=factories.user(town.mette), at=clock.now())

    page = bo.get(address)
    assert "Det giver god mening." in page.text
    assert form(page, "/choices").fields["weeks_3"] == "13"
    assert form(bo.get(f"{address}?wish={wish}"), "/choices").fields["weeks_3"] == "26"


@pytest.mark.parametrize("typed", ["", "0", "261", "tolv", "12,5", "-3"])
def test_weeks_nobody_could_mean_are_refused_at_the_field(town: Town, bo: Visitor, typed: str) -> None:
    _, _, address = draft(town)

    page = press(bo, address, "/choices", weeks_2=typed, do="save")

    assert page.status_code == 422
    assert 'id="weeks_2-error"' in page.text


def test_two_windows_do_not_overwrite_each_other(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town)
    old = form(bo.get(address), "/choices").fields
    press(bo, address, "/choices", weeks_1="6", do="save")

    page = bo.post(address, data={**old, "weeks_1": "8", "do": "save"})

    assert page.status_code == 409
    assert stored(plan, item).terms["choices"] == {"weeks.1": 6}
    assert form(page, "/choices").fields["weeks_1"] == "8"


def test_a_try_is_adjusted_without_touching_the_plan_and_never_wishes(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town)
    press(bo, f"/me/plan/{plan}/tries", "/tries", name="Længere")

    press(bo, f"{address}?try=1", "/choices", weeks_1="6", do="save")
    refused = press(bo, f"{address}?try=1", "/choices", weeks_3="26", words="Gerne.", do="save")

    assert stored(plan, item).terms.get("choices") is None
    assert db.session.get_one(PlanLine, (plan, -1, item)).terms["choices"] == {"weeks.1": 6}
    assert refused.status_code == 422
    assert db.session.scalars(db.select(Wish)).all() == []


def test_help_with_a_limit_in_law_says_until_when(town: Town, bo: Visitor) -> None:
    _, _, address = draft(town, "individuel-82b")

    assert "Loven siger højst 6 måneder." in bo.get(address).text


def test_a_sent_plan_is_not_adjusted(town: Town, bo: Visitor) -> None:
    plan, _, address = draft(town)
    typed = form(bo.get(address), "/choices").fields
    factories.submit(plan, factories.user(town.bo))

    assert bo.get(address).status_code == 302
    assert bo.post(address, data={**typed, "do": "save"}).status_code == 409


def test_an_excluded_pair_put_in_from_two_windows_is_named_on_both_lines(town: Town, bo: Visitor) -> None:
    plan, _, _ = draft(town)
    press(bo, f"/me/plan/{plan}/compose?words=Individuel", "/packages/bostoette-85-individuel")

    page = bo.get(f"/me/plan/{plan}/compose")

    assert page.text.count("»Critical Time Intervention (CTI)« og »Individuel bostøtte«") == 2


def test_a_start_far_later_is_a_wish(town: Town, bo: Visitor) -> None:
    plan, item, address = draft(town)
    late = (stored(plan, item).first_day + timedelta(weeks=20)).isoformat()

    press(bo, address, "/choices", first_day=late, words="Jeg flytter først der.", do="save")

    db.session.remove()
    wish = db.session.scalars(db.select(Wish)).one()
    assert (wish.part, wish.wanted) == ("start", late)
