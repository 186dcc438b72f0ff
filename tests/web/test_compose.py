"""Putting the mix together through the pages: what can be chosen, what it comes to, and what is refused."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import escape

from planner import clock
from planner.domain.event import EventKind
from planner.domain.money import Money
from planner.domain.period import Period
from planner.domain.plan import PlanStatus
from planner.domain.purchase import Category
from planner.models.base import db
from planner.models.plan import Plan, PlanItem, PlanLine
from planner.models.record import Event
from planner.usecases import composing, goals, plans, versions
from planner.usecases.transaction import transaction
from tests import factories
from tests.factories import CATALOGUE, Town
from tests.pages import form, forms, press, sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor
from tests.web.changing import edited

pytestmark = [pytest.mark.only_sqlite, pytest.mark.usefixtures("now")]

COMPOSE = "/me/plan/compose"


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def plan_id(town: Town) -> int:
    return factories.open_course(town, amount=30_000, days=180)


@pytest.fixture
def bo(town: Town, plan_id: int, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def rows() -> list[PlanLine]:
    db.session.remove()
    return list(db.session.scalars(db.select(PlanLine).order_by(PlanLine.number, PlanLine.item_id)))


def add(plan_id: int, package_id: str, by: int) -> int:
    return composing.add_package(plan_id, package_id, catalogue=CATALOGUE, by=factories.user(by), at=clock.now())


def card(page: str, package_id: str) -> str:
    found = re.search(rf'<li class="card[^>]*id="card-{package_id}">.*?</li>', page, re.DOTALL)
    assert found, f"no card for {package_id}"
    return found[0]


def lane(page: str, item: int) -> str:
    found = re.search(rf'<li id="line-{item}">.*?</li>\s*(?=<li id="line-|</ul>)', page, re.DOTALL)
    assert found, f"no line {item}"
    return found[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


def test_the_amount_that_can_be_counted_on_stands_before_anything_is_chosen(bo: Visitor) -> None:
    page = plain(bo.get(COMPOSE).text)

    assert page.index("Du kan regne med 30.000 kr.") < page.index("Det kan du vælge") < page.index("Min plan nu")
    assert "Det er ikke afgjort endnu" in page


def test_cards_stand_in_the_order_from_oneself_to_the_municipality(bo: Visitor) -> None:
    page = plain(bo.get(COMPOSE).text)

    places = [page.index(name) for name in (" Mig selv ", " Mine nærmeste ", " Byen omkring mig ", " Kommunen ")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("template", "package_id", "who"),
    [
        ("full", "trivselskort", "Fra dit beløb"),
        ("drawing", "trivselskort", "Kommunens støtte"),
        ("drawing", "mbsr", "Fra dit beløb"),
        ("full", "alkohol-video", "Gratis ved lov"),
        ("full", "peer-gruppe", "Frivillige"),
    ],
)
def test_a_card_says_who_pays_in_this_plan(
    town: Town, client: Visitor, template: str, package_id: str, who: str
) -> None:
    factories.open_course(town, template=template)

    page = sign_in(client, town.bo).get(f"{COMPOSE}?words={CATALOGUE[package_id].name.da.split(',')[0]}").text

    assert f"<dt>{who}</dt>" in card(page, package_id)


def test_help_by_law_says_that_no_answer_is_needed_whom_to_call_and_from_when_days_run(bo: Visitor) -> None:
    told = plain(card(bo.get(f"{COMPOSE}?price=law").text, "alkohol-faseforloeb"))

    assert "Du skal ikke vente på svar. Ring 12 34 56 78." in told
    assert "inden 14 dage, efter du har kontaktet os" in told
    assert "0 kr." in told


def test_what_is_no_line_of_a_plan_has_no_button_and_says_why(bo: Visitor) -> None:
    page = bo.get(f"{COMPOSE}?words=recovery").text

    assert 'id="card-recovery-cafe"' not in page
    assert "Ingen skriver ned, at du kom." in page
    assert "Low Arousal" not in page


def test_an_assumed_price_is_marked_on_the_card_and_on_the_line(bo: Visitor, plan_id: int, town: Town) -> None:
    choice = bo.get(f"{COMPOSE}?rung=self").text
    assumed, published = add(plan_id, "mbsr", town.bo), add(plan_id, "peer-uddannelse", town.bo)

    page = bo.get(COMPOSE).text

    assert "antaget" in card(choice, "mbsr")
    assert "pris antaget" in lane(page, assumed)
    assert "antaget" not in lane(page, published)


@pytest.mark.parametrize(
    ("wish", "there", "not_there"),
    [
        ("rung=network", "trivselskort", "mbsr"),
        ("words=badminton", "fritid-badminton", "mbsr"),
        ("words=drikke+MINDRE", "alkohol-faseforloeb", "mbsr"),
        ("price=law", "alkohol-video", "mbsr"),
        ("price=free", "peer-gruppe", "mbsr"),
        ("price=5000", "mbsr", "cti"),
        ("price=left", "mbsr", "cti"),
        ("wish=identity", "trivselskort", "mbsr"),
    ],
)
def test_what_is_looked_for_is_found_and_the_rest_is_not(bo: Visitor, wish: str, there: str, not_there: str) -> None:
    page = bo.get(f"{COMPOSE}?{wish}").text

    assert f'id="card-{there}"' in page
    assert f'id="card-{not_there}"' not in page


@pytest.mark.parametrize(
    "wish",
    [
        "rung=nowhere&price=x&wish=y&weeks=-1",
        "words=%00%ff",
        "page=9&nonsense=1",
        "_anchor=x&_scheme=javascript&endpoint=x&plan_id=9",
    ],
)
def test_a_wish_nobody_knows_changes_nothing(bo: Visitor, wish: str) -> None:
    assert bo.get(f"{COMPOSE}?{wish}").status_code == 200


def test_a_search_without_a_find_says_so_and_what_to_do(bo: Visitor) -> None:
    assert "Vi fandt ikke noget, der passer." in bo.get(f"{COMPOSE}?words=xyzzy").text


def test_a_package_is_put_in_and_taken_out_where_its_card_stands(bo: Visitor, plan_id: int) -> None:
    added = press(bo, f"{COMPOSE}?rung=self", "/packages/mbsr")
    assert added.status_code == 303
    assert added.location == f"{COMPOSE}?rung=self#card-mbsr"
    assert "I din plan" in card(bo.get(COMPOSE).text, "mbsr")

    removed = press(bo, COMPOSE, "/removal")

    assert removed.location == f"{COMPOSE}#card-mbsr"
    assert rows() == []


def test_the_sum_is_what_sending_would_count(bo: Visitor, plan_id: int, town: Town) -> None:
    for package_id in ("mbsr", "trivselskort", "alkohol-faseforloeb", "peer-gruppe"):
        add(plan_id, package_id, town.bo)

    page = plain(bo.get(COMPOSE).text)

    assert "Planen koster 4.600 kr." in page
    assert "Så har du 25.400 kr. frit" in page
    assert "Gratis ved lov koster kommunen 22.100 kr. 0 kr." in page
    assert "Fra dit beløb 4.600 kr." in page


def test_used_set_aside_and_free_add_up_to_the_amount_while_a_change_is_composed(town: Town, client: Visitor) -> None:
    running = factories.run_plan(town, "mbsr", own=("Cykel",), amount=10_000)
    factories.buy(running.envelope("Cykel"), 400, factories.user(town.bo))
    factories.buy(running.envelope(), 50, factories.user(town.bo))
    plans.revise(running.plan_id, by=factories.user(town.bo), at=clock.now())
    bar = re.compile(r'aria-label="Brugt ([\d.]+) kr\. Sat til side ([\d.]+) kr\. Frit ([\d.]+) kr\."')

    def parts() -> list[int]:
        found = bar.search(sign_in(client, town.bo).get(COMPOSE).text.replace("\u00a0", " "))
        assert found
        return [int(part.replace(".", "")) for part in found.groups()]

    before = parts()
    press(client, COMPOSE, "/packages/trivselskort")
    with_more = parts()
    composing.remove_line(running.plan_id, running.items["Cykel"], by=factories.user(town.bo), at=clock.now())
    without = parts()

    assert sum(before) == sum(with_more) == sum(without) == 30_000
    assert before == [450, 1_800, 27_750]
    assert with_more == [450, 4_800, 24_750]
    assert without == [450, 4_600, 24_950]


def test_a_mix_that_costs_too_much_is_a_notice_and_stops_nothing(bo: Visitor, plan_id: int) -> None:
    press(bo, f"{COMPOSE}?words=cti", "/packages/cti")

    page = plain(bo.get(COMPOSE).text)

    assert "19.000 kr. mere, end der er sat af" in page
    assert "Tag noget ud, vælg kortere tid, eller spørg Mette." in page
    assert press(bo, f"{COMPOSE}?rung=self", "/packages/mbsr").status_code == 303


def test_a_clash_is_said_beside_both_and_stops_nothing(bo: Visitor, plan_id: int, town: Town) -> None:
    items = [add(plan_id, package_id, town.bo) for package_id in ("cti", "individuel-82b")]

    page = bo.get(COMPOSE)

    assert page.status_code == 200
    for item in items:
        assert "kan ikke ligge på de samme dage" in plain(lane(page.text, item))


def test_a_full_week_is_said_by_the_citizen_s_own_limit(bo: Visitor, plan_id: int, town: Town) -> None:
    item = add(plan_id, "aktivitet-104", town.bo)
    assert "er fuld" not in bo.get(COMPOSE).text
    with transaction() as session:
        session.get_one(Plan, plan_id).weekly_minutes = 7 * 60

    page = plain(bo.get(COMPOSE).text)

    week = clock.today().isocalendar().week
    assert f"Uge {week} er fuld" in page
    assert "Du har sagt, at 7 timer er nok." in page
    assert f"Uge {week} er fuld" in plain(lane(bo.get(COMPOSE).text, item))


def test_the_hours_stand_in_a_table_as_in_the_chart(bo: Visitor, plan_id: int, town: Town) -> None:
    add(plan_id, "peer-gruppe", town.bo)

    page = bo.get(COMPOSE).text

    table = page[page.index(">Timer om ugen</caption>") :].partition("</table>")[0]
    assert len(re.findall(r'<th scope="row">', table)) == len(
        re.findall(r'<rect class="mark-used" x="[^"]+" y="[^0]', page)
    )
    assert "1 time" in table
    assert "2 timer" in table


def test_a_package_withdrawn_since_yesterday_says_so_and_names_two_like_it(
    bo: Visitor, app: Flask, plan_id: int, town: Town
) -> None:
    item = add(plan_id, "trivselskort", town.bo)

    with edited(app, "trivselskort", withdrawn_on=clock.today()):
        page = bo.get(COMPOSE)

    told = lane(page.text, item)
    assert page.status_code == 200
    assert "findes ikke mere. Tag det ud." in plain(told)
    assert 1 <= told.count('href="/packages/') <= 2


def test_a_withdrawn_or_unknown_package_is_refused_with_words(bo: Visitor, app: Flask, plan_id: int) -> None:
    filled = form(bo.get(COMPOSE), "/packages/mbsr").fields

    with edited(app, "mbsr", withdrawn_on=clock.today()):
        gone = bo.post(f"/me/plan/{plan_id}/packages/mbsr", data=filled)
    unknown = bo.post(f"/me/plan/{plan_id}/packages/findes-ikke", data=filled)

    assert gone.status_code == unknown.status_code == 422
    assert "Mindfulness" in gone.text
    assert "findes ikke mere" in plain(gone.text)
    assert rows() == []


def test_the_same_button_pressed_twice_adds_once_and_says_when(bo: Visitor, plan_id: int) -> None:
    page = bo.get(COMPOSE)
    filled = form(page, "/packages/mbsr")

    first, second = (bo.post(filled.action, data=filled.fields) for _ in range(2))

    assert first.location == second.location
    assert len(rows()) == 1
    assert "Det er allerede gjort kl." in bo.get(COMPOSE).text
    assert [kind for kind in kinds() if kind is EventKind.LINE_ADDED] == [EventKind.LINE_ADDED]


def kinds() -> list[EventKind]:
    db.session.remove()
    return list(db.session.scalars(db.select(Event.kind)))


def test_the_key_of_one_form_does_not_open_another(bo: Visitor, plan_id: int) -> None:
    page = bo.get(COMPOSE)
    filled = form(page, "/packages/mbsr")
    bo.post(filled.action, data=filled.fields)

    other = bo.post(form(page, "/packages/trivselskort").action, data=filled.fields)

    assert other.status_code == 422
    assert len(rows()) == 1


def test_adding_what_another_window_added_is_refused_and_shows_the_plan(bo: Visitor, plan_id: int, town: Town) -> None:
    filled = form(bo.get(COMPOSE), "/packages/mbsr")
    add(plan_id, "mbsr", town.bo)

    answer = bo.post(filled.action, data=filled.fields)

    assert answer.status_code == 422
    assert "ligger allerede i din plan" in plain(answer.text)
    assert "I din plan" in card(answer.text, "mbsr")


def test_a_change_of_a_plan_that_was_sent_in_another_window_is_a_conflict_that_shows_the_plan(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    user = factories.user(town.bo)
    goals.write("Sove", by=user, at=clock.now())
    add(plan_id, "peer-gruppe", town.bo)
    filled = form(bo.get(COMPOSE), "/packages/mbsr")
    factories.submit(plan_id, user)

    answer = bo.post(filled.action, data=filled.fields)

    assert answer.status_code == 409
    assert "Din plan er sendt" in answer.text
    assert bo.get(COMPOSE).location == "/me/plan"


def test_a_line_is_moved_by_a_week_with_a_button(bo: Visitor, plan_id: int, town: Town) -> None:
    item = add(plan_id, "peer-gruppe", town.bo)
    today = clock.today()
    page = lane(bo.get(COMPOSE).text, item)
    assert 'value="1"' in page
    assert 'value="-1"' not in page

    moved = press(bo, COMPOSE, f"/lines/{item}/move", weeks="1")

    assert moved.location == f"{COMPOSE}#line-{item}"
    assert rows()[0].first_day == today + timedelta(days=7)
    assert 'value="-1"' in lane(bo.get(COMPOSE).text, item)


@pytest.mark.parametrize("weeks", ["2", "", "en", "1e3", "-999999999999"])
def test_a_line_is_moved_by_one_week_only(bo: Visitor, plan_id: int, town: Town, weeks: str) -> None:
    item = add(plan_id, "peer-gruppe", town.bo)

    assert press(bo, COMPOSE, f"/lines/{item}/move", weeks=weeks).status_code == 422
    assert rows()[0].first_day == clock.today()


def test_the_days_of_a_line_are_changed_on_its_page(bo: Visitor, plan_id: int, town: Town) -> None:
    item = add(plan_id, "peer-gruppe", town.bo)
    first, last = clock.today() + timedelta(days=3), clock.today() + timedelta(days=40)

    answer = press(
        bo,
        f"/me/plan/{plan_id}/lines/{item}",
        f"/lines/{item}",
        first_day=first.strftime("%d.%m.%Y"),
        last_day=last.isoformat(),
    )

    assert answer.location == f"{COMPOSE}#line-{item}"
    assert (rows()[0].first_day, rows()[0].last_day) == (first, last)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((10, 9), "Den sidste dag må ikke ligge før den første"),
        ((0, 181), "uden for planens dage"),
        ((-1, 5), "uden for planens dage"),
        ((0, 3_000_000), "Skriv dagen"),
    ],
)
def test_days_that_cannot_be_are_refused_and_stay_on_the_page(
    bo: Visitor, plan_id: int, town: Town, days: tuple[int, int], says: str
) -> None:
    item = add(plan_id, "peer-gruppe", town.bo)
    typed = [(clock.today() + timedelta(days=n)).isoformat() if n < 1_000_000 else "12345-99-99" for n in days]

    answer = press(bo, f"/me/plan/{plan_id}/lines/{item}", f"/lines/{item}", first_day=typed[0], last_day=typed[1])

    assert answer.status_code == 422
    assert says in plain(answer.text)
    assert all(f'value="{day}"' in answer.text for day in typed)
    assert rows()[0].first_day == clock.today()


def test_a_start_that_has_passed_is_offered_new_days_on_the_line_s_page(bo: Visitor, plan_id: int, town: Town) -> None:
    item = add(plan_id, "peer-gruppe", town.bo)

    with clock.shifted(timedelta(days=2)):
        page = bo.get(f"/me/plan/{plan_id}/lines/{item}")
        offer = next(found for found in forms(page) if found.action.endswith(f"/lines/{item}"))
        bo.post(offer.action, data=offer.fields)

    assert rows()[0].first_day == clock.today() + timedelta(days=2)


def own_line(bo: Visitor, **typed: str) -> object:
    filled = {
        "title": "Cykel",
        "amount": "1.234,50",
        "monthly": "once",
        "category": "transport",
        "first_day": clock.today().isoformat(),
        "last_day": (clock.today() + timedelta(days=59)).isoformat(),
        **typed,
    }
    return press(bo, "/me/plan/own", "/own", **filled)


def test_something_of_one_s_own_is_written_with_amount_and_days(bo: Visitor, plan_id: int) -> None:
    answer = own_line(bo)

    line = rows()[0]
    assert answer.location == f"{COMPOSE}#line-{line.item_id}"
    assert line.terms == {"own": {"oere": 123_450, "monthly": False}}
    assert line.category == "transport"
    assert "1.234,50 kr." in plain(lane(bo.get(COMPOSE).text, line.item_id))


def test_a_monthly_amount_counts_every_month(bo: Visitor, plan_id: int) -> None:
    own_line(bo, monthly="monthly", amount="100", last_day=(clock.today() + timedelta(days=179)).isoformat())

    assert "Planen koster 600 kr." in plain(bo.get(COMPOSE).text)


@pytest.mark.parametrize(
    "amount", ["1,234.50", "1e3", "NaN", "-5", "0", "12,345", "\uff11\uff12\uff13", "1000000000000000", ""]
)
def test_an_amount_that_cannot_be_read_is_refused_and_stays_on_the_page(bo: Visitor, plan_id: int, amount: str) -> None:
    answer = own_line(bo, amount=amount, title="Min cykel")

    assert answer.status_code == 422
    assert 'value="Min cykel"' in answer.text
    assert f'value="{amount}"' in answer.text
    assert rows() == []


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"title": "x" * 101},
        {"category": "noget"},
        {"monthly": "hver dag"},
        {"first_day": "", "last_day": ""},
        {"first_day": "2026-13-01"},
    ],
)
def test_a_line_of_one_s_own_that_lacks_something_is_refused(bo: Visitor, plan_id: int, typed: dict[str, str]) -> None:
    assert own_line(bo, **typed).status_code == 422
    assert rows() == []


def test_a_line_of_one_s_own_is_changed_on_its_page_until_its_name_was_sent(
    bo: Visitor, plan_id: int, town: Town
) -> None:
    user = factories.user(town.bo)
    goals.write("Cykle", by=user, at=clock.now())
    own_line(bo)
    item = rows()[0].item_id
    here = f"/me/plan/{plan_id}/lines/{item}"

    press(bo, here, f"/lines/{item}", title="Ladcykel", amount="2.000", monthly="once", category="other")

    assert rows()[0].terms == {"own": {"oere": 200_000, "monthly": False}}
    assert db.session.get_one(PlanItem, item).title == "Ladcykel"
    factories.submit(plan_id, user)
    plans.withdraw(plan_id, 1, by=user, at=clock.now())
    plans.revise(plan_id, by=user, at=clock.now())
    assert "Navnet bliver, som det var" in bo.get(here).text


def test_titles_that_are_scripts_are_shown_as_text_everywhere(bo: Visitor, plan_id: int, town: Town) -> None:
    user, days = factories.user(town.bo), rows_period()
    for script in SCRIPTS:
        line = composing.OwnLine(
            title=script, amount=Money.kroner(1), monthly=False, category=Category.OTHER, period=days
        )
        composing.add_own_line(plan_id, line, by=user, at=clock.now())

    for page in (COMPOSE, "/me/plan", "/me/plan/check"):
        html = bo.get(page).text
        assert live_parts(html) == []
        assert [script for script in SCRIPTS if escape(script) not in html] == []


def rows_period() -> Period:
    return Period(clock.today(), clock.today() + timedelta(days=9))


@pytest.mark.parametrize("script", SCRIPTS[::10])
def test_a_script_in_a_form_comes_back_as_text(bo: Visitor, plan_id: int, script: str) -> None:
    html = own_line(bo, title=script, amount=script).text

    assert live_parts(html) == []
    assert shows(html, script)


def test_a_script_in_the_search_is_text(bo: Visitor) -> None:
    html = bo.get(COMPOSE, query_string={"words": '"><script>alert(1)</script>'}).text

    assert live_parts(html) == []


@pytest.mark.parametrize("name", ["cost_oere", "approved_by", "award", "plan_id", "by_id", "terms"])
def test_a_field_the_form_does_not_have_is_refused(bo: Visitor, plan_id: int, name: str) -> None:
    for page, action in ((COMPOSE, "/packages/mbsr"), ("/me/plan/own", "/own")):
        assert press(bo, page, action, **{name: "1"}).status_code == 400
    assert rows() == []


def test_a_form_without_its_token_or_its_key_changes_nothing(bo: Visitor, plan_id: int) -> None:
    filled = form(bo.get(COMPOSE), "/packages/mbsr")

    without_token = {name: value for name, value in filled.fields.items() if name != "csrf_token"}
    without_key = {**filled.fields, "key": ""}

    assert bo.post(filled.action, data=without_token).status_code == 400
    assert bo.post(filled.action, data=without_key).status_code == 422
    assert rows() == []


def same(html: str) -> str:
    """Take out what differs from one visit to the next: tokens, and the address that was asked for."""
    return re.sub(r'value="[^"]*"', "", html)


def test_another_citizen_s_plan_and_lines_answer_like_unknown_ones(
    bo: Visitor, town: Town, plan_id: int, client: Visitor
) -> None:
    theirs = factories.open_course(town, citizen=town.lis)
    item = add(theirs, "mbsr", town.lis)
    filled = form(bo.get(COMPOSE), "/packages/mbsr").fields
    unknown = bo.get("/me/plan/999999/compose")
    assert unknown.status_code == 404

    gets = ["compose", "check", "sent", "own", f"lines/{item}", ""]
    for path in gets:
        answer = bo.get(f"/me/plan/{theirs}/{path}".rstrip("/"))
        assert answer.status_code == 404
        assert same(answer.text) == same(unknown.text)
    posts = [
        "packages/cti",
        "own",
        f"lines/{item}",
        f"lines/{item}/move",
        f"lines/{item}/removal",
        "submission",
        "withdrawal",
        "answer",
        "change",
    ]
    for path in posts:
        assert bo.post(f"/me/plan/{theirs}/{path}", data=filled).status_code == 404
    assert bo.post(f"/me/plan/{plan_id}/lines/{item}/removal", data=filled).status_code == 404
    assert bo.get(f"/me/plan/{plan_id}/lines/{item}").status_code == 404
    assert [line.plan_id for line in rows()] == [theirs]


@pytest.mark.parametrize("plan", ["0", "-1", "99999999999999999999", "1.5", "x"])
def test_a_wild_id_is_an_unknown_one(bo: Visitor, plan: str) -> None:
    assert bo.get(f"/me/plan/{plan}/compose").status_code == 404


def test_without_a_course_the_page_says_how_to_begin(town: Town, client: Visitor) -> None:
    for page in (COMPOSE, "/me/plan", "/me/plan/check"):
        answer = sign_in(client, town.lis).get(page)
        assert answer.status_code == 200
        assert "Der er ikke åbnet en plan til dig endnu." in answer.text
        assert 'href="tel:12345678"' in answer.text


def test_a_coming_course_can_be_composed_while_another_runs(town: Town, client: Visitor) -> None:
    factories.run_plan(town, "mbsr")
    coming = factories.open_course(town, first_day=clock.today() + timedelta(days=400))
    bo = sign_in(client, town.bo)
    assert f"/me/plan/{coming}" in bo.get("/me/plan").text

    answer = press(bo, f"/me/plan/{coming}/compose", f"/{coming}/packages/mbsr")

    assert answer.location == f"/me/plan/{coming}/compose#card-mbsr"
    assert [line.plan_id for line in rows() if line.plan_id == coming] == [coming]


def test_the_page_asks_the_database_the_same_few_times_whatever_the_plan_holds(
    bo: Visitor, town: Town, plan_id: int
) -> None:
    def cost() -> int:
        db.session.remove()
        with counted() as statements:
            assert bo.get(COMPOSE).status_code == 200
        return len(statements)

    choosable = [package.id for package in CATALOGUE.values() if package.choosable]
    add(plan_id, choosable[0], town.bo)
    one = cost()
    for package_id in choosable[1:12]:
        add(plan_id, package_id, town.bo)

    assert cost() == one <= 20


def test_the_page_costs_as_much_after_a_long_history(bo: Visitor, town: Town, plan_id: int) -> None:
    user = factories.user(town.bo)
    goals.write("Sove", by=user, at=clock.now())
    add(plan_id, "peer-gruppe", town.bo)

    def cost() -> int:
        db.session.remove()
        with counted() as statements:
            assert bo.get(COMPOSE).status_code == 200
        return len(statements)

    before = cost()
    for number in range(1, 6):
        factories.submit(plan_id, user)
        plans.withdraw(plan_id, number, by=user, at=clock.now())
        plans.revise(plan_id, by=user, at=clock.now())

    assert cost() == before


def test_the_page_is_complete_in_english(bo: Visitor, plan_id: int, town: Town) -> None:
    add(plan_id, "alkohol-faseforloeb", town.bo)
    filled = next(found for found in forms(bo.get(COMPOSE)) if found.action.endswith("/language"))
    bo.post(filled.action, data={**filled.fields, "language": "en"})

    page = plain(bo.get(COMPOSE).text)

    for words in ("Put your support together", "You can count on DKK", "Free by law", "Take out", "+ 1 week"):
        assert words in page
    assert not re.search(r"\b(og|ikke|kroner|uger|din)\b", page)


def test_money_is_never_shown_as_missing_when_a_price_is(bo: Visitor, app: Flask, plan_id: int, town: Town) -> None:
    item = add(plan_id, "mbsr", town.bo)
    later = [
        type(step)(clock.today() + timedelta(days=9), step.amount, step.unit, step.kind, step.source)
        for step in CATALOGUE["mbsr"].tariffs
    ]

    with edited(app, "mbsr", tariffs=tuple(later)):
        page = bo.get(COMPOSE)

    assert "ingen pris endnu" in lane(page.text, item)
    assert "har ingen pris på den første dag" in plain(lane(page.text, item))


def test_the_status_of_a_draft_is_unchanged_by_looking(bo: Visitor, plan_id: int) -> None:
    before = len(kinds())

    bo.get(COMPOSE)
    bo.get("/me/plan/own")

    assert len(kinds()) == before
    assert versions.status(db.session(), plan_id) is PlanStatus.DRAFT
    assert Money.kroner(30_000) == db.session.get_one(Plan, plan_id).indicative_oere
