"""Who has looked, and what has happened: whole, in plain words, in both languages, each citizen's own."""

import csv
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from planner import clock
from planner.access import readers_of
from planner.domain.event import EventKind
from planner.domain.people import TieKind
from planner.models.base import db
from planner.models.person import Setting
from planner.models.record import Chain, Event, Reading, ReadingOf
from planner.queries.readings import ReadingSeen
from planner.queries.record import EventSeen, Item, Who
from planner.usecases import composing, deliveries, goals, people, purchases, readings
from planner.usecases.readings import Look
from planner.web import chronicle
from planner.web import readings as words
from tests import factories
from tests.factories import Town
from tests.pages import sign_in
from tests.payloads import SCRIPTS, live_parts, shows
from tests.statements import counted
from tests.visitor import Visitor

pytestmark = pytest.mark.only_sqlite

NEVER = re.compile(r"\b(sag(en|er|erne)?|sagsbehandler\w*|afslag\w*|afvist|misbrug\w*)\b", re.IGNORECASE)


@pytest.fixture
def town(in_app: Flask) -> Town:
    return factories.make_town()


@pytest.fixture
def bo(town: Town, client: Visitor) -> Visitor:
    return sign_in(client, town.bo)


def looked(
    town: Town,
    reader: int,
    *citizens: int,
    role: str = "caseworker",
    page: str = "caseworker.review",
    purpose: str = "decide_plan",
    at: datetime | None = None,
) -> None:
    unit = None if role in set(TieKind) and role != "caseworker" else town.north
    readings.write(Look(role, unit, page, purpose), citizens, by=factories.user(reader), at=at or clock.now())


def told(page: str) -> list[str]:
    """Read the sentences of the page that says what has happened."""
    return re.findall(r'<li class="moment[^>]*>.*?<p>(.*?)</p>', page, re.DOTALL)


def seen(page: str) -> list[tuple[str, str, str]]:
    """Read who, what and why from the page that says who has looked."""
    return re.findall(r"<h2>([^<]+)</h2>\s*<dl.*?<dd>(.*?)</dd>.*?<dd>(.*?)</dd>", page, re.DOTALL)


@pytest.mark.parametrize("kind", EventKind)
def test_everything_that_can_happen_has_words_in_both_languages(in_app: Flask, kind: EventKind) -> None:
    events = [EventSeen(clock.now(), kind, who, {}) for who in Who]
    with in_app.test_request_context():
        with force_locale("en"):
            english = [chronicle.tell(event) for event in events]
        with force_locale("da"):
            danish = [chronicle.tell(event) for event in events]

    assert len(set(english)) == len(set(danish)) == len(Who)
    assert not set(english) & set(danish)
    assert not re.search(r"%\(|[{}_]", " ".join(english + danish))
    assert not NEVER.search(" ".join(danish))
    assert all(sentence[0].isupper() for sentence in danish + english)


def test_ids_codes_and_names_become_words(in_app: Flask) -> None:
    event = EventSeen(
        clock.now(),
        EventKind.DELIVERY_RECORDED,
        Who.SUPPORT_PERSON,
        {"oere": 75_000},
        item=Item("fritid-badminton", None),
    )
    name = in_app.extensions["catalogue"]["fritid-badminton"].name
    with in_app.test_request_context():
        with force_locale("da"):
            danish = chronicle.tell(event)
        with force_locale("en"):
            english = chronicle.tell(event)

    assert name.da in danish
    assert "750\u00a0kr." in danish
    assert name.en in english
    assert "DKK\u00a0750" in english


def test_what_the_main_job_changed_is_told_in_order(bo: Visitor, town: Town) -> None:
    plan = factories.run_plan(town, "peer-individuel", own=("Nye gardiner",))
    me, mette, ali, now = (
        factories.user(town.bo),
        factories.user(town.mette),
        factories.user(town.ali),
        clock.now(),
    )
    bought = factories.buy(plan.envelope("Nye gardiner"), 250, me)
    purchases.refund(bought.purchase_id, factories.Money.kroner(50), clock.today(), by=me, at=now)
    helped = factories.buy(plan.envelope(), 40, ali)
    purchases.take_back(helped.purchase_id, by=me, at=now)
    delivered = deliveries.deliver(plan.items["peer-individuel"], "1", clock.today(), by=mette, at=now)
    deliveries.take_back(delivered, by=mette, at=now)
    goal = goals.write("Gå en tur", by=me, at=now)
    goals.check_in(goal, 4, by=me, at=now)
    people.choose_language("da", by=me, at=now)

    page = bo.get("/me/happened").text
    sentences = [re.sub(r"\s+", " ", sentence) for sentence in told(page)][::-1]

    expected = [
        "Din rådgiver åbnede et forløb for dig,",
        "Du skrev et mål: »Spise med andre to gange om ugen«",
        "Du lagde »",
        "Du lagde »Nye gardiner« i planen.",
        "Du sendte planen.",
        "Din rådgiver sagde ja til planen. Beløbet er 30.000 kr.",
        "Du skrev et køb ned: 250 kr.",
        "Du skrev ned, at 50 kr. kom tilbage.",
        "Din støtteperson skrev et køb ned: 40 kr. Det blev gjort for dig.",
        "Du tog et køb på 40 kr. tilbage.",
        "Din rådgiver skrev hjælp ned, som du har fået: »",
        "Din rådgiver tog det tilbage, der var skrevet om »",
        "Du skrev et mål: »Gå en tur«",
        "Du fortalte, hvordan det går: »Gå en tur«",
        "Du valgte sproget: dansk.",
    ]
    assert len(sentences) == len(expected)
    for sentence, begins in zip(sentences, expected, strict=True):
        assert sentence.startswith(begins), sentence
    assert f"Listen er hel: {len(expected)} af {len(expected)} rækker er vist." in " ".join(page.split())


def test_a_leader_who_decides_is_told_by_role(bo: Visitor, town: Town) -> None:
    plan_id = factories.open_course(town)
    me = factories.user(town.bo)
    factories.compose(plan_id, me, own=("Cykel",))
    factories.approve(town, factories.submit(plan_id, me), by=town.karen)

    assert told(bo.get("/me/happened").text)[0].startswith("En leder i kommunen sagde ja til planen.")


def test_what_happened_to_another_citizen_is_not_there(bo: Visitor, town: Town, app: Flask) -> None:
    factories.run_plan(town)
    lis = sign_in(app.test_client(), town.lis)

    assert told(lis.get("/me/happened").text) == []
    assert "Der er ikke sket noget endnu." in lis.get("/me/happened").text


def test_every_event_is_on_one_of_the_pages_and_none_is_read_twice(bo: Visitor, town: Town) -> None:
    me, now = factories.user(town.bo), clock.now()
    for number in range(123):
        goals.write(f"Mål {number}", by=me, at=now + timedelta(minutes=number))

    pages = [told(bo.get("/me/happened", query_string={"page": page}).text) for page in (1, 2, 3, 10**9)]

    assert [len(page) for page in pages] == [50, 50, 23, 23]
    assert pages[3] == pages[2]
    wanted = [f"Du skrev et mål: »Mål {number}«" for number in reversed(range(123))]
    assert [*pages[0], *pages[1], *pages[2]] == wanted


def test_what_happened_costs_the_same_however_long_the_history(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    with counted() as few:
        bo.get("/me/happened")
    me, now = factories.user(town.bo), clock.now()
    for _ in range(120):
        goals.write("Mål", by=me, at=now)

    with counted() as many:
        bo.get("/me/happened")

    assert len(few) == len(many) <= 12


def test_scripts_in_goals_and_titles_are_told_as_text(bo: Visitor, town: Town) -> None:
    plan_id = factories.open_course(town)
    me, now = factories.user(town.bo), clock.now()
    for script in SCRIPTS[:20]:
        goals.write(script, by=me, at=now)
        line = composing.OwnLine(
            title=script,
            amount=factories.Money.kroner(1),
            monthly=False,
            category=factories.Category.HOME,
            period=factories.Period(clock.today(), clock.today()),
        )
        composing.add_own_line(plan_id, line, by=me, at=now)

    page = bo.get("/me/happened").text

    assert live_parts(page) == []
    assert all(shows(page, script) for script in SCRIPTS[:20])


def test_nobody_has_looked_is_said_plainly(bo: Visitor) -> None:
    assert "Ingen har kigget endnu." in bo.get("/me/readings").text


def test_every_look_is_told_by_role_unit_page_and_purpose(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    now = clock.now()
    looked(town, town.mette, town.bo, town.lis, page="caseworker.plans", purpose="list", at=now)
    looked(town, town.sanne, town.bo, at=now + timedelta(seconds=1))
    looked(town, town.karen, town.bo, role="approver", at=now + timedelta(seconds=2))
    looked(
        town, town.jens, town.bo, role="finance", page="finance.budget", purpose="money", at=now + timedelta(seconds=3)
    )
    looked(
        town,
        town.ali,
        town.bo,
        role="support_person",
        page="caseworker.supported",
        purpose="support",
        at=now + timedelta(seconds=4),
    )

    page = bo.get("/me/readings").text

    assert seen(page) == [
        ("Din støtteperson", "hjælpen i din plan", "for at hjælpe dig med din plan"),
        ("Økonomi i Team Nord", "beløbene i dit budget, uden dit navn", "for at føre regnskab"),
        ("En leder fra Team Nord", "din plan, dine mål og hvad det koster", "for at svare på din plan"),
        ("En rådgiver fra Team Nord", "din plan, dine mål og hvad det koster", "for at svare på din plan"),
        (
            "Din rådgiver",
            "listen over planer, med dit navn og planens pris",
            "for at se, hvilke planer der venter på svar",
        ),
    ]
    assert "Listen er hel: 5 af 5 rækker er vist." in " ".join(page.split())
    assert "rådgivere 2" in page
    assert "Mette" not in page


def test_looks_at_somebody_else_are_not_there(bo: Visitor, town: Town) -> None:
    looked(town, town.mette, town.lis)

    assert "Ingen har kigget endnu." in bo.get("/me/readings").text
    assert bo.get("/me/readings.csv").text.count("\n") == 1


def test_names_are_shown_only_where_the_municipality_says_so(bo: Visitor, town: Town) -> None:
    factories.open_course(town)
    looked(town, town.mette, town.bo)
    assert "Mette" not in bo.get("/me/readings").text + bo.get("/me/readings.csv").text

    db.session.merge(Setting(key="reader_names", value="1"))
    db.session.commit()

    assert seen(bo.get("/me/readings").text)[0][0] == "Mette Kjær, din rådgiver"
    assert "Mette Kjær, din rådgiver" in bo.get("/me/readings.csv").text


def test_finance_that_did_not_look_is_said_to_have_seen_nothing(bo: Visitor, town: Town) -> None:
    looked(town, town.mette, town.bo)
    assert "Økonomi har ikke set noget om dig i den måned." in bo.get("/me/readings").text

    looked(town, town.jens, town.bo, role="finance", page="finance.budget", purpose="money")

    assert "Økonomi har ikke set noget" not in bo.get("/me/readings").text


def test_months_are_those_on_danish_clocks(bo: Visitor, town: Town, now: datetime) -> None:
    for moment in (
        datetime(2026, 3, 31, 21, 59, tzinfo=UTC),  # 23.59 in March, summer time
        datetime(2026, 3, 31, 22, 0, tzinfo=UTC),  # midnight: April
        datetime(2025, 12, 31, 22, 59, tzinfo=UTC),  # 23.59 in December, winter time
        datetime(2025, 12, 31, 23, 0, tzinfo=UTC),  # midnight: January
        datetime(2026, 5, 11, 9, 0, tzinfo=UTC),
    ):
        looked(town, town.mette, town.bo, at=moment)

    page = bo.get("/me/readings").text

    assert "I maj 2026 er der kigget 1 gang:" in " ".join(page.split())
    assert re.findall(r"month=(\d{4}-\d\d)", page) == ["2026-04", "2026-03", "2026-01", "2025-12"]
    for month in ("2025-12", "2026-01", "2026-03", "2026-04"):
        assert len(seen(bo.get("/me/readings", query_string={"month": month}).text)) == 1


@pytest.mark.parametrize("month", ["2026-13", "x", "", "2020-01", "9999-99", "' OR 1=1 --", "<script>"])
def test_a_month_without_looks_or_sense_shows_the_newest(bo: Visitor, town: Town, month: str) -> None:
    looked(town, town.mette, town.bo)

    answer = bo.get("/me/readings", query_string={"month": month})

    assert answer.status_code == 200
    assert len(seen(answer.text)) == 1
    assert live_parts(answer.text) == []


def test_all_looks_are_on_the_pages_of_the_month_and_in_the_file(bo: Visitor, town: Town, now: datetime) -> None:
    for minute in range(101):
        looked(town, town.mette, town.bo, at=now - timedelta(minutes=minute))

    pages = [bo.get("/me/readings", query_string={"page": page}).text for page in (1, 2, 3, 10**8)]
    rows = list(csv.reader(bo.get("/me/readings.csv").text.lstrip("\ufeff").splitlines(), delimiter=";"))

    assert [len(seen(page)) for page in pages] == [50, 50, 1, 1]
    assert "Række 51 til 100 af 101." in " ".join(pages[1].split())
    assert "Hent hele listen, 101 rækker" in pages[0]
    assert rows[0] == ["Dag", "Tid", "Hvem", "Hvad de så", "Hvorfor"]
    assert len(rows) == 102
    assert rows[1][:2] == ["2026-05-11", "12.00"]


def test_who_has_looked_costs_the_same_however_long_the_history(bo: Visitor, town: Town, now: datetime) -> None:
    looked(town, town.mette, town.bo)
    with counted() as few:
        bo.get("/me/readings")
    for minute in range(120):
        looked(town, town.mette, town.bo, at=now - timedelta(days=minute))

    with counted() as many:
        bo.get("/me/readings")

    assert len(few) == len(many) <= 8


def test_one_own_looks_are_not_written_and_a_look_at_many_is_one_row_for_each(bo: Visitor, town: Town) -> None:
    for path in ("/me/readings", "/me/happened", "/me/goals", "/me/more", "/me/readings.csv"):
        assert bo.get(path).status_code == 200
    db.session.remove()
    assert db.session.scalar(db.select(db.func.count()).select_from(Reading)) == 0

    looked(town, town.mette, town.bo, town.lis)

    db.session.remove()
    assert db.session.scalar(db.select(db.func.count()).select_from(Reading)) == 1
    assert set(db.session.scalars(db.select(ReadingOf.citizen_id))) == {town.bo, town.lis}


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_code_that_nobody_gave_words_is_still_shown(in_app: Flask, language: str) -> None:
    unknown = ReadingSeen(
        clock.now(), "inspector", None, "", adviser=False, page="inspection.show", purpose="spot_check"
    )
    with in_app.test_request_context(), force_locale(language):
        said = [
            words.reader(unknown),
            words.page(unknown.page),
            words.purpose(unknown.purpose),
            words.group("inspector", 2),
        ]

    assert all(said)
    assert "spot_check" in said[2]
    assert "2" in said[3]


def _with_purpose(app: Flask) -> list[tuple[str, str]]:
    marked = ((name, readers_of(view)) for name, view in app.view_functions.items())
    return sorted((name, spec.purpose) for name, spec in marked if spec and spec.purpose)


def test_every_page_that_shows_citizens_data_has_words_for_itself_and_for_why(in_app: Flask) -> None:
    wordless = [
        (endpoint, purpose)
        for endpoint, purpose in _with_purpose(in_app)
        if not (endpoint in words.PAGES or endpoint.partition(".")[0] in words.PARTS) or purpose not in words.PURPOSES
    ]

    assert _with_purpose(in_app)
    assert wordless == []


def test_words_for_pages_and_purposes_are_danish_and_never_of_an_office(in_app: Flask) -> None:
    with in_app.test_request_context(), force_locale("da"):
        danish = [words.page(name) for name in words.PAGES] + [words.purpose(code) for code in words.PURPOSES]
    with in_app.test_request_context(), force_locale("en"):
        english = [words.page(name) for name in words.PAGES] + [words.purpose(code) for code in words.PURPOSES]

    assert all(one != other for one, other in zip(danish, english, strict=True))
    assert not [said for said in danish if NEVER.search(said)]


def test_pages_of_the_municipality_that_showed_a_citizen_are_all_on_the_list(
    bo: Visitor, town: Town, app: Flask
) -> None:
    plan_id, me = factories.open_course(town), factories.user(town.bo)
    factories.compose(plan_id, me, "peer-individuel")
    sent = factories.submit(plan_id, me)
    mette = sign_in(app.test_client(), town.mette)
    ali = sign_in(app.test_client(), town.ali)
    assert mette.get("/desk/").status_code == 200
    assert mette.get(f"/desk/plans/{plan_id}").status_code == 200
    factories.approve(town, sent)
    assert mette.get(f"/desk/plans/{plan_id}/deliveries").status_code == 200
    assert ali.get("/desk/supported").status_code == 200

    assert [(who, why) for who, _, why in seen(bo.get("/me/readings").text)] == [
        ("Din støtteperson", "for at hjælpe dig med din plan"),
        ("Din rådgiver", "for at skrive ned, hvad du har fået hjælp til"),
        ("Din rådgiver", "for at svare på din plan"),
        ("Din rådgiver", "for at se, hvilke planer der venter på svar"),
    ]


def test_the_chain_holds_as_many_events_as_the_page_counts(bo: Visitor, town: Town) -> None:
    factories.run_plan(town)
    db.session.remove()
    chain = db.session.scalars(db.select(Chain).where(Chain.kind == "citizen", Chain.subject_id == town.bo)).one()
    stored = db.session.scalar(db.select(db.func.count()).select_from(Event).where(Event.chain_id == chain.id))

    assert stored == chain.length == len(told(bo.get("/me/happened").text))
