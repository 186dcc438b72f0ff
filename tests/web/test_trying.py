"""Trying without a name: everything stands in the page, a code opens what was kept, and nothing is known about anybody."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import TestResponse

from planner import clock
from planner.domain.package import LineKind
from planner.domain.private_mix import MOST_THINGS
from planner.models.base import db
from planner.models.composing import PrivateMix
from planner.models.plan import PlanItem, PlanLine
from planner.usecases import standard
from planner.web.public.codes import MOST_A_MINUTE, Throttle
from tests import factories
from tests.apps import Apps
from tests.factories import CATALOGUE, Town
from tests.forms import Form, form_to, posting, send
from tests.pages import sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor
from tests.web.access import contents
from tests.web.changing import edited

if TYPE_CHECKING:
    from flask import Flask

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]


@pytest.fixture
def app(database_url: str, apps: Apps) -> "Iterator[Flask]":
    """Make an app in which codes are digested quickly, and of which nobody has asked too much yet."""
    made = apps.on(database_url, code_cost=4)
    made.extensions["private_codes"] = Throttle()
    yield made
    apps.close(database_url)


@pytest.fixture
def visitor(in_app: "Flask", client: Visitor) -> Visitor:
    standard.establish("Havneby Kommune")
    return client


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\u00a0", " ")


def the_form(page: TestResponse) -> Form:
    return form_to(page.text, "/try")


def do(visitor: Visitor, page: TestResponse, what: str, **typed: str) -> TestResponse:
    """Press a button of the try."""
    return send(visitor, the_form(page), do=what, **typed)


def mixed(visitor: Visitor, *packages: str) -> TestResponse:
    """Put some packages together."""
    page = visitor.get("/try")
    for package in packages:
        page = do(visitor, page, f"add:{package}")
        assert page.status_code == 200
    return page


def chosen(page: TestResponse) -> list[str]:
    sent = the_form(page).sent
    return [value[0] for name, value in sent.items() if re.fullmatch(r"lines-[0-9]+-package", name)]


def code_on(page: TestResponse) -> str:
    found = re.search(r"<code>(.+?)</code>", page.text)
    assert found, plain(page.text)
    return found[1]


def keep(visitor: Visitor, *packages: str) -> str:
    return code_on(do(visitor, mixed(visitor, *packages), "keep"))


def opened(visitor: Visitor, code: str) -> TestResponse:
    return send(visitor, form_to(visitor.get("/try/code").text, "/try/code"), code=code)


def kept_rows() -> list[PrivateMix]:
    db.session.remove()
    return list(db.session.scalars(db.select(PrivateMix)))


def test_an_empty_try_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.get("/try")

    assert "Ikke noget endnu. Vælg noget på listen." in page.text
    assert "Vi gemmer ikke noget om dig." in page.text
    assert "Gem under en privat kode" not in page.text


def test_a_mix_shows_price_length_start_rights_hours_and_who_pays(visitor: Visitor) -> None:
    told = plain(mixed(visitor, "cti", "alkohol-faseforloeb", "mbsr").text)

    assert "Det koster i en plan 50.600 kr." in told
    assert "11. maj – 7. marts 2027 (43 uger)." in told
    assert "Du skal ikke vente på svar. Ring 12 34 56 78." in told
    assert "inden 14 dage" in told
    assert "Gratis ved lov koster kommunen 22.100 kr. 0 kr." in told
    assert "Fra kommunen 49.000 kr." in told
    assert "Du køber selv 1.600 kr." in told
    assert re.search(r"I den fyldigste uge er det [0-9½¼¾]+ timer sammen med andre\.", told)
    assert "Vis timerne som tabel" in told


def test_what_excludes_each_other_is_said_beside_both_and_stays(visitor: Visitor) -> None:
    told = plain(mixed(visitor, "cti", "individuel-82b").text)

    assert f"Den kan ikke være samtidig med »{CATALOGUE['individuel-82b'].name.da}«." in told
    assert f"Den kan ikke være samtidig med »{CATALOGUE['cti'].name.da}«." in told


def test_something_in_own_words_may_cost_something_or_nothing(visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor), "own", own_title="Kor med Ali", own_hours="2", own_weeks="10")
    page = do(visitor, page, "own", own_title="Cykel", own_amount="1.200", own_rung="self")

    told = plain(page.text)
    assert "Kor med Ali 0 kr." in told
    assert "Cykel 1.200 kr." in told
    assert "Det koster i en plan 1.200 kr." in told
    assert "I den fyldigste uge er det 2 timer sammen med andre." in told


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"own_title": " "}, "Skriv noget her."),
        ({"own_title": "x" * 101}, "Det er for langt."),
        ({"own_title": "Cykel", "own_amount": "1,234.50"}, "Skriv beløbet som 1.234,50."),
        ({"own_title": "Cykel", "own_hours": "169"}, "Skriv timerne som et helt tal, fra 0 til 168."),
        ({"own_title": "Cykel", "own_weeks": "1e3"}, "Skriv ugerne som et helt tal, fra 1 til 104."),
        ({"own_title": "Cykel", "own_weeks": "1.5"}, "Skriv ugerne som et helt tal, fra 1 til 104."),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    typed: dict[str, str], said: str, visitor: Visitor
) -> None:
    page = do(visitor, mixed(visitor, "cti"), "own", **typed)

    assert page.status_code == 422
    assert said in page.text
    assert chosen(page) == ["cti"]
    assert not re.search(r"Not a valid|must be|Number", plain(page.text))
    for name, text in typed.items():
        assert the_form(page).sent[name] == [text.strip()]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("first_day", "31.02.2027"),
        ("first_day", "0001-01-01"),
        ("first_day", "9999-12-31"),
        ("first_day", ""),
        ("weeks", "0"),
        ("weeks", "105"),
        ("weeks", "99999999999999999999"),
        ("weeks", "<script>"),
        ("oere", "-1"),
        ("oere", "9" * 30),
        ("minutes", "1e9"),
        ("rung", "roof"),
        ("monthly", "2"),
    ],
)
def test_a_wild_mix_is_refused_and_stays_on_the_page(field: str, text: str, visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor), "own", own_title="Kor")

    answer = do(visitor, page, "show", **{f"lines-0-{field}": text})

    assert answer.status_code == 422
    assert "Kor" in answer.text
    assert live_parts(answer.text) == []


def test_days_and_weeks_can_be_changed(visitor: Visitor) -> None:
    page = mixed(visitor, "bostoette-85-individuel", "mbsr")

    changed = do(visitor, page, "days", **{"lines-0-weeks": "10", "lines-1-first_day": "2026-06-01"})

    told = plain(changed.text)
    assert "11. maj – 19. juli" in told
    assert "1. juni – 2. august" in told


def test_a_course_keeps_its_length_whatever_is_sent(visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "mbsr"), "show", **{"lines-0-weeks": "1"})

    assert the_form(page).sent["lines-0-weeks"] == [str(CATALOGUE["mbsr"].weeks)]


def test_a_thing_is_taken_out_and_never_stands_there_twice(visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "cti", "mbsr", "cti"), "remove:0")

    assert chosen(page) == ["mbsr"]


@pytest.mark.parametrize("wild", ["add:unknown", "add:fit", "add:la2", "remove:99", "remove:x", "fly", ""])
def test_what_cannot_be_done_changes_nothing(wild: str, visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "cti"), wild)

    assert page.status_code == 200
    assert chosen(page) == ["cti"]


def test_a_mix_has_room_for_twenty_things(visitor: Visitor) -> None:
    usable = [package.id for package in CATALOGUE.values() if package.usable]
    full = mixed(visitor, *usable[:MOST_THINGS])

    page = do(visitor, full, f"add:{usable[MOST_THINGS]}")

    assert page.status_code == 422
    assert "Der er plads til tyve ting." in page.text
    assert len(chosen(page)) == MOST_THINGS


def test_a_search_in_the_try_keeps_the_mix(visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "cti"), "show", words="badminton")

    assert chosen(page) == ["cti"]
    assert re.findall(r'id="card-([a-z0-9-]+)"', page.text) == ["fritid-badminton"]
    assert "Vi fandt ikke noget" in do(visitor, page, "show", words="xyzzy").text


def test_the_page_of_a_package_leads_into_the_try_with_it(visitor: Visitor) -> None:
    assert 'href="/try?package=cti"' in visitor.get("/packages/cti").text
    assert chosen(visitor.get("/try?package=cti")) == ["cti"]
    assert chosen(visitor.get("/try?package=unknown")) == []


def test_anonymous_help_says_so_and_that_it_never_stands_in_a_plan(visitor: Visitor) -> None:
    told = plain(mixed(visitor, "stof-anonym", "alkohol-faseforloeb").text)

    assert "Ingen skriver ned, at du kom. Derfor kommer den aldrig i en plan med dit navn." in told
    assert "Du behøver ikke sige dit navn. I en plan står den med dit navn." in told
    for package in CATALOGUE.values():
        if package.kind is LineKind.OPEN_FREE and package.anonymous:
            assert "Den hjælp er anonym." in visitor.get(f"/packages/{package.id}").text


def test_what_is_kept_opens_with_its_code_and_holds_no_visitor(visitor: Visitor) -> None:
    code = keep(visitor, "cti", "mbsr")

    (row,) = kept_rows()
    stored = f"{row.code_digest} {row.content} {row.last_day}"
    assert code.replace("-", "") not in stored
    assert "127.0.0.1" not in stored
    page = opened(visitor, code.lower().replace("-", " "))
    assert chosen(page) == ["cti", "mbsr"]
    assert "Det er gemt til 10. juni." in plain(page.text)


def test_trying_opening_and_leaving_store_nothing(visitor: Visitor, database_url: str) -> None:
    before = contents(database_url, but=frozenset())

    do(visitor, mixed(visitor, "cti"), "own", own_title="Kor")
    opened(visitor, "WRNG-CODE-WRNG-CODE")

    assert contents(database_url, but=frozenset()) == before


def test_no_log_line_tells_what_was_tried(
    visitor: Visitor, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    code = code_on(do(visitor, do(visitor, mixed(visitor, "stof-anonym"), "own", own_title="Kor med Ali"), "keep"))
    opened(visitor, code)
    opened(visitor, "WRNG-CODE-WRNG-CODE")

    written = capsys.readouterr().err + caplog.text
    for told in ("stof-anonym", "Kor med Ali", code, "127.0.0.1"):
        assert told not in written


def test_a_wrong_an_old_a_guessed_and_an_unreadable_code_get_the_same_answer(visitor: Visitor) -> None:
    old = keep(visitor, "cti")
    with clock.shifted(timedelta(days=31)):
        over = opened(visitor, old)
    answers = [over, *(opened(visitor, typed) for typed in ("0000-0000-0000-0000", "x", "æøå 🙂", "A" * 80, old[:-1]))]

    told = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert {answer.status_code for answer in answers} == {422}
    assert len(told) == 1
    assert "Vi finder ikke noget under den kode." in told.pop()


def test_guessing_is_slowed_for_everybody_and_the_page_says_when_to_come_again(visitor: Visitor) -> None:
    code = keep(visitor, "cti")
    page = visitor.get("/try/code")
    form = form_to(page.text, "/try/code")

    answers = [send(visitor, form, code=f"{number:016}") for number in range(1_000)]

    assert [answer.status_code for answer in answers].count(422) == MOST_A_MINUTE - 1
    assert {answer.status_code for answer in answers[MOST_A_MINUTE:]} == {429}
    assert answers[-1].headers["Retry-After"] == "60"
    assert "Vent et minut, og prøv igen." in answers[-1].text
    full = mixed(visitor, "mbsr")
    refused = do(visitor, full, "keep")
    assert refused.status_code == 429
    assert chosen(refused) == ["mbsr"]
    with clock.shifted(timedelta(minutes=1)):
        assert chosen(opened(visitor, code)) == ["cti"]


def test_a_code_takes_the_same_statements_whether_it_is_right_or_wrong(visitor: Visitor) -> None:
    code, form = keep(visitor, "cti"), form_to(visitor.get("/try/code").text, "/try/code")
    ways = []
    for typed in ("0000-0000-0000-0000", code):
        with counted() as statements:
            send(visitor, form, code=typed)
        ways.append([text for text in statements if "private_mix" in text])

    assert ways[0] == ways[1]


def test_the_same_page_keeps_under_one_code_however_often_it_is_sent(visitor: Visitor) -> None:
    page = mixed(visitor, "cti")

    codes = {code_on(do(visitor, page, "keep")) for _ in range(3)}

    assert len(codes) == 1
    assert len(kept_rows()) == 1


def test_what_was_opened_is_kept_again_as_it_is_now(visitor: Visitor) -> None:
    code = keep(visitor, "cti")
    changed = do(visitor, opened(visitor, code), "add:mbsr")

    said = do(visitor, changed, "again")

    assert "Det er gemt igen, til 10. juni." in plain(said.text)
    assert chosen(opened(visitor, code)) == ["cti", "mbsr"]
    assert len(kept_rows()) == 1


def test_what_was_kept_is_deleted_with_its_code(visitor: Visitor) -> None:
    code = keep(visitor, "cti")

    gone = do(visitor, opened(visitor, code), "forget")

    assert "Det er slettet" in gone.text
    assert kept_rows() == []
    assert opened(visitor, code).status_code == 422


def test_a_package_that_is_gone_is_told_in_what_was_kept(visitor: Visitor, app: "Flask") -> None:
    code = keep(visitor, "cti", "mbsr")

    with edited(app, "cti", withdrawn_on=clock.today()):
        page = opened(visitor, code)

    assert "Den findes ikke mere. Tag den ud." in page.text
    assert "Det koster i en plan 1.600 kr." in plain(page.text)


def test_every_page_of_the_try_is_there_in_english(visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "cti", "stof-anonym", "alkohol-faseforloeb"), "own", own_title="Choir")
    page = do(visitor, page, "language:en")
    assert chosen(page) == ["cti", "stof-anonym", "alkohol-faseforloeb", ""]
    kept = do(visitor, page, "keep")

    for answer in (page, kept, visitor.get("/try/code"), opened(visitor, code_on(kept)), visitor.get("/acute")):
        told = plain(answer.text)
        assert not re.search(r"\b(ikke|uger|koster|Gem|Slet|Kommunen|Vælg)\b", told.replace("Havneby Kommune", ""))


@pytest.mark.parametrize("script", SCRIPTS[::4])
def test_a_script_in_any_field_is_text(script: str, visitor: Visitor) -> None:
    page = do(visitor, mixed(visitor, "cti"), "own", own_title=script[:100])
    answers = [
        page,
        do(visitor, page, "show", words=script),
        do(visitor, page, "own", own_title="x", own_amount=script, own_hours=script, own_weeks=script),
        do(visitor, page, "keep"),
        opened(visitor, script[:80]),
    ]

    for answer in answers:
        assert live_parts(answer.text) == []
    assert shows(page.text, script[:100].strip())


def test_unknown_fields_are_refused(visitor: Visitor) -> None:
    assert do(visitor, mixed(visitor), "show", role="administrator").status_code == 400


def test_a_try_costs_the_database_little_whatever_it_holds(visitor: Visitor) -> None:
    page = mixed(visitor, "cti", "mbsr", "stof-anonym", "alkohol-faseforloeb", "peer-individuel")

    with counted() as statements:
        do(visitor, page, "show")

    assert len([text for text in statements if text.startswith("SELECT")]) <= 3


@pytest.fixture
def town(in_app: "Flask") -> Town:
    return factories.make_town()


def claimed(bo: Visitor, code: str, **more: str) -> TestResponse:
    asked = form_to(bo.get("/try/claim").text, "/try/claim")
    return send(bo, form_to(send(bo, asked, code=code).text, "/try/claim/plan"), **more)


def test_a_citizen_puts_what_was_tried_into_the_draft(town: Town, app: "Flask", client: Visitor) -> None:
    plan_id = factories.open_course(town)
    code = keep(app.test_client(), "cti", "mbsr")
    bo = sign_in(client, town.bo)

    answer = claimed(bo, code)

    assert answer.status_code == 303
    assert answer.location == f"/me/plan/{plan_id}/compose"
    assert "2 ting ligger nu i din plan." in bo.get(answer.location).text
    db.session.remove()
    lines = db.session.scalars(db.select(PlanLine.package_id).filter_by(plan_id=plan_id).order_by(PlanLine.item_id))
    assert list(lines) == ["cti", "mbsr"]
    assert kept_rows() == []


def test_anonymous_help_is_never_claimed_and_a_right_only_when_it_is_chosen(
    town: Town, app: "Flask", client: Visitor
) -> None:
    plan_id = factories.open_course(town)
    code = keep(app.test_client(), "stof-anonym", "alkohol-faseforloeb", "mbsr")
    bo = sign_in(client, town.bo)
    asked = form_to(bo.get("/try/claim").text, "/try/claim")

    choice = send(bo, asked, code=code)

    told = plain(choice.text)
    form = form_to(choice.text, "/try/claim/plan")
    assert form.offered["thing"] == ["1", "2"]
    assert form.sent["thing"] == ["2"]
    assert "Den hjælp er anonym. Ingen skriver ned, at du kom. Derfor står den aldrig i en plan." in told
    assert "Den kommer kun i planen, hvis du vælger den." in told
    bo.post(form.action, data={**form.sent, "thing": ["0", "2"]})
    db.session.remove()
    items = db.session.scalars(db.select(PlanItem.package_id).filter_by(plan_id=plan_id))
    assert list(items) == ["mbsr"]


def test_what_was_in_the_plan_already_is_named(town: Town, app: "Flask", client: Visitor) -> None:
    plan_id = factories.open_course(town)
    factories.compose(plan_id, factories.user(town.bo), "mbsr")
    bo = sign_in(client, town.bo)

    answer = claimed(bo, keep(app.test_client(), "cti", "mbsr"))

    page = plain(bo.get(answer.location).text)
    assert "1 ting ligger nu i din plan." in page
    assert f"Det lå allerede i din plan: {CATALOGUE['mbsr'].name.da}." in page


def test_choosing_nothing_is_refused_and_what_was_kept_stays(town: Town, app: "Flask", client: Visitor) -> None:
    factories.open_course(town)
    bo = sign_in(client, town.bo)

    answer = claimed(bo, keep(app.test_client(), "mbsr"), thing="19")

    assert answer.status_code == 422
    assert "Der kom ikke noget i din plan." in answer.text
    assert len(kept_rows()) == 1


def test_claiming_twice_happens_once(town: Town, app: "Flask", client: Visitor) -> None:
    factories.open_course(town)
    code = keep(app.test_client(), "mbsr")
    bo = sign_in(client, town.bo)
    asked = form_to(bo.get("/try/claim").text, "/try/claim")
    form = form_to(send(bo, asked, code=code).text, "/try/claim/plan")

    first, second = (bo.post(form.action, data=form.sent) for _ in range(2))

    assert first.location == second.location
    assert "allerede gjort" in bo.get(second.location).text
    db.session.remove()
    assert db.session.scalar(db.select(db.func.count()).select_from(PlanLine)) == 1


def test_without_a_draft_the_code_is_not_even_asked_for(town: Town, client: Visitor) -> None:
    page = sign_in(client, town.bo).get("/try/claim")

    assert "Gem din kode, til du er." in page.text
    assert [form.action for form in posting(page.text)] == []


def test_a_wrong_code_at_the_claim_is_answered_as_everywhere(town: Town, client: Visitor) -> None:
    factories.open_course(town)
    bo = sign_in(client, town.bo)

    answer = send(bo, form_to(bo.get("/try/claim").text, "/try/claim"), code="0000-0000-0000-0000")

    assert answer.status_code == 422
    assert "Vi finder ikke noget under den kode." in answer.text


@pytest.mark.parametrize("address", ["/", "/packages", "/packages/cti", "/try", "/privacy", "/nothing", "/desk/"])
def test_acute_help_stands_on_every_page_also_when_something_is_wrong(address: str, visitor: Visitor) -> None:
    page = visitor.get(address, follow_redirects=True).text

    assert re.search(r'<a class="acute" href="/acute"', page)


def test_acute_help_tells_whom_to_call_and_what_happens(town: Town, client: Visitor) -> None:
    told = visitor_page = client.get("/acute").text

    assert 'href="tel:87654321"' in visitor_page
    assert "Du behøver ikke sige dit navn." in told
    for person in (town.bo, town.mette, town.jens, town.asta):
        assert 'href="/acute"' in sign_in(client, person).get("/acute").text
