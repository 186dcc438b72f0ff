"""The finance pages: every figure leads to its rows, files carry control totals, and nobody has a name."""

import csv
import hashlib
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from planner.domain.money import Money
from planner.models.base import db
from planner.models.record import Chain, Event, Reading, ReadingOf
from planner.usecases import deliveries, goals
from planner.web.finance import postings as postings_page
from tests import factories
from tests.factories import Running, Town
from tests.pages import form, sign_in
from tests.statements import counted
from tests.visitor import Visitor

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.only_sqlite

SECRET = "SENTINEL"


@dataclass
class Scene:
    """Bo and Lis have used money and said things that finance must not see."""

    app: "Flask"
    town: Town
    plan: Running

    def visitor(self, person: int) -> Visitor:
        return sign_in(self.app.test_client(), person)

    @property
    def jens(self) -> Visitor:
        return self.visitor(self.town.jens)


@pytest.fixture
def scene(in_app: "Flask", now: datetime) -> Scene:
    """Make the town; the app's context is open."""
    town = factories.make_town()
    plan = factories.run_plan(town, "fritid-badminton", "peer-individuel", own=(f"{SECRET} gardiner",))
    bo, at = factories.user(town.bo), factories.clock.now()
    goals.write(f"{SECRET} goal", by=bo, at=at)
    _buy(plan.envelope(), f"{SECRET} purchase", bo)
    factories.buy(plan.envelope("fritid-badminton"), "300.25", bo)
    factories.buy(plan.envelope(f"{SECRET} gardiner"), "20.00", bo)
    item = plan.items["peer-individuel"]
    deliveries.deliver(item, "1", factories.clock.today(), by=factories.user(town.mette), at=at)
    return Scene(in_app, town, plan)


def _buy(envelope: int, words: str, by: factories.User) -> None:
    bought = factories.Bought(
        amount=Money.kroner("12.50"),
        occurred_on=factories.clock.today(),
        category=factories.Category.HEALTH,
        paid_with=factories.PaidWith.CARD,
        bought_by=factories.BoughtBy.MYSELF,
        words=words,
    )
    factories.purchases.record(envelope, bought, by=by, at=factories.clock.now())


def take(visitor: Visitor, kind: str, page: str = "/finance/", **chosen: str) -> TestResponse:
    """Press the button of a file."""
    shown = form(visitor.get(page), "/finance/postings/file")
    return visitor.post(shown.action, data={**shown.fields, "format": kind, **chosen})


def cells(row: str) -> list[str]:
    return [
        unescape(re.sub(r"<[^>]+>", "", cell)).strip()
        for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
    ]


def amount(text: str) -> int:
    """Read a figure of a page as øre."""
    return int(re.sub(r"[.,\s]|kr\.?", "", text).replace("−", "-"))


@pytest.mark.parametrize(
    "address", ["/finance/", "/finance/?by=month", "/finance/?by=account", "/finance/?first=2026-05"]
)
def test_every_figure_of_the_overview_leads_to_rows_with_exactly_that_sum(address: str, scene: Scene) -> None:
    jens = scene.jens
    page = jens.get(address).text
    table = page[page.index("<tbody>") : page.index("</tfoot>")]
    linked = re.findall(r'<a[^>]* href="([^"]+)">([^<]+)</a>', table)

    assert len(linked) >= 2 * 4
    for link, shown in linked:
        rows = jens.get(unescape(link)).text
        listed = re.search(r"<tfoot>(.*?)</tfoot>", rows, re.DOTALL)
        total = amount(cells(listed[1])[-1]) if listed else 0
        assert total == amount(shown), link
        assert sum(amount(cells(row)[-1]) for row in re.findall(r"<tr>(.*?)</tr>", rows, re.DOTALL)[1:-1]) == total


def test_nothing_a_citizen_said_and_no_name_reaches_finance(scene: Scene) -> None:
    jens, seen, todo = scene.jens, set(), ["/finance/"]
    texts = []
    while todo:
        address = todo.pop()
        answer = jens.get(address)
        assert answer.status_code == 200, address
        texts.append(answer.text)
        seen.add(address)
        found = {unescape(link) for link in re.findall(r'href="(/finance/[^"#]*)"', answer.text)}
        todo += [link for link in found if link not in seen and link not in todo]
    texts += [take(jens, "csv").text, _book(take(jens, "xlsx").data)]

    assert len(seen) > 20
    assert any("B-0001" in text for text in texts)
    for hidden in (SECRET, "Bo Madsen", "Bo ", "Lis Krogh", "Mette", "Spise med andre"):
        assert not [text for text in texts if hidden in text], hidden


def _book(content: bytes) -> str:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())


def test_an_own_line_is_told_by_its_category(scene: Scene) -> None:
    page = scene.jens.get("/finance/budgets/1").text

    assert "Egen linje: Bolig og hverdag" in page
    assert "<h1>Budget B-0001</h1>" in page


def test_a_csv_holds_the_postings_and_the_totals_of_the_overview(scene: Scene) -> None:
    answer = take(scene.jens, "csv")
    head, *rows, control = csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";")

    assert answer.headers["Content-Disposition"] == "attachment; filename=postings.csv"
    assert answer.mimetype == "text/csv"
    assert head[-4:] == ["Bevilget", "Disponeret", "Forbrugt", "Frit"]
    sums = [sum(int(row[column].replace(",", "")) for row in rows) for column in range(-4, 0)]
    assert sums == [int(figure.replace(",", "")) for figure in control[-4:]]
    assert control[:2] == ["Kontrolsum", str(len(rows))]
    page = scene.jens.get("/finance/").text
    footing = cells(re.search(r"<tfoot>(.*?)</tfoot>", page, re.DOTALL)[1])
    granted, _, spent, committed, free, _ = footing[1:]
    assert [amount(figure) for figure in (granted, committed, spent, free)] == sums


def test_a_workbook_holds_what_the_list_was_narrowed_to(scene: Scene) -> None:
    answer = take(scene.jens, "xlsx", "/finance/postings?package=fritid-badminton&measure=spent")

    book = _book(answer.data)
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "Medlemskab" in book
    assert "peer-individuel" not in book
    assert "<v>300.25</v>" in book


def test_a_file_that_leaves_the_house_is_written_down_with_its_digest(scene: Scene) -> None:
    first, second = take(scene.jens, "csv"), take(scene.jens, "csv")
    db.session.remove()

    house = db.session.scalars(db.select(Chain.id).where(Chain.kind == "house")).one()
    events = db.session.scalars(db.select(Event).where(Event.kind == "file_taken", Event.chain_id == house)).all()
    readings = db.session.scalars(db.select(Reading).where(Reading.purpose == "export")).all()
    shown = db.session.scalars(db.select(ReadingOf.citizen_id)).all()

    assert [event.by_id for event in events] == [scene.town.jens] * 2
    assert events[0].facts["digest"] == hashlib.sha256(first.data).hexdigest()
    assert events[0].facts["file"] == "postings.csv"
    assert events[0].facts["granted"] == 3_000_000
    assert len(readings) == 2
    assert shown == [scene.town.bo] * 2
    assert second.data == first.data


def test_a_list_of_entries_is_one_reading_that_names_those_it_showed(scene: Scene) -> None:
    sent = factories.open_course(scene.town, citizen=scene.town.lis)
    lis = factories.user(scene.town.lis)
    factories.compose(sent, lis, own=("Cykel",))
    factories.approve(scene.town, factories.submit(sent, lis))
    jens = scene.jens

    jens.get("/finance/postings?package=fritid-badminton")
    jens.get("/finance/postings")
    jens.get("/finance/estimates?package=own_line")
    jens.get("/finance/budgets/2")
    db.session.remove()

    readings = db.session.scalars(db.select(Reading).order_by(Reading.seq)).all()
    named = [
        set(db.session.scalars(db.select(ReadingOf.citizen_id).filter_by(seq=reading.seq))) for reading in readings
    ]
    bo, lis_id = scene.town.bo, scene.town.lis
    assert named == [{bo}, {bo, lis_id}, {bo, lis_id}, {lis_id}]
    assert {reading.purpose for reading in readings} == {"money"}


def test_the_overview_shows_sums_and_is_no_reading(scene: Scene) -> None:
    scene.jens.get("/finance/")
    db.session.remove()

    assert db.session.scalars(db.select(Reading)).all() == []


def test_the_overview_costs_six_statements_whatever_the_history(scene: Scene) -> None:
    jens = scene.jens
    asked = []

    for _ in range(2):
        for address in ("/finance/", "/finance/?by=account", "/finance/?by=month"):
            with counted() as statements:
                jens.get(address)
            asked.append(len(statements))
        for _ in range(40):
            factories.buy(scene.plan.envelope(), 1, factories.user(scene.town.bo))

    assert max(asked) <= 6
    assert asked[:3] == asked[3:]


def test_a_budget_of_another_unit_looks_like_none(scene: Scene) -> None:
    jan = factories.people.add_person("Jan Vig", by=None, at=factories.clock.now())
    role = factories.people.NewRole(
        kind=factories.RoleKind.FINANCE, unit_id=scene.town.south, first_day=factories.clock.today()
    )
    factories.people.give_role(jan, role, by=None, at=factories.clock.now())
    visitor = scene.visitor(jan)

    foreign, unknown = visitor.get("/finance/budgets/1"), visitor.get("/finance/budgets/2000000000")

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert "Her er ingen posteringer" in visitor.get("/finance/postings?budget=1").text
    assert "Der er ingen posteringer" in visitor.get("/finance/").text
    assert take(visitor, "csv").text.count("\r\n") == 2


def test_a_unit_that_is_not_the_readers_narrows_nothing_open(scene: Scene) -> None:
    north = scene.jens.get(f"/finance/?unit={scene.town.north}").text
    south = scene.jens.get(f"/finance/?unit={scene.town.south}").text

    assert "30.000" in north
    assert "30.000" not in south
    assert "Der er ingen posteringer" in south


def test_a_time_without_postings_says_so_with_zeros(scene: Scene) -> None:
    page = scene.jens.get("/finance/?first=2020-01&last=2020-12").text
    empty = scene.jens.get("/finance/postings?first=2020-01&last=2020-12").text

    assert 'Overblik <span class="of-period">2020</span>' in page
    assert "Der er ingen posteringer i perioden." in page
    assert "0,00" in page
    assert "Her er ingen posteringer." in empty


def test_the_list_has_fifty_rows_a_page_and_one_control_total(scene: Scene) -> None:
    for _ in range(30):
        factories.buy(scene.plan.envelope(), 1, factories.user(scene.town.bo))
    jens = scene.jens

    first, last = jens.get("/finance/postings").text, jens.get(f"/finance/postings?page={10**9 - 1}").text

    totals = [re.search(r"<tfoot>(.*?)</tfoot>", page, re.DOTALL)[1] for page in (first, last)]
    assert totals[0] == totals[1]
    assert first.count("<tr>") - 2 == 50
    assert 0 < last.count("<tr>") - 2 < 50


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("package=cti' OR 1=1 --", 404),
        ("account=%00", 404),
        ("package=" + "x" * 81, 404),
        ("budget=B-", 404),
        ("budget=１", 404),
        ("budget=99999999999", 404),
        ("budget=b-0001", 200),
        ("budget=B-999999999", 200),
        ("first=2026-13&last=;DROP", 200),
        ("measure=secret&by=name&unit=-1&page=-5", 200),
    ],
)
def test_an_address_that_cannot_be_meant_shows_no_more_than_one_that_can(query: str, status: int, scene: Scene) -> None:
    assert scene.jens.get(f"/finance/postings?{query}").status_code == status


def test_a_file_needs_its_form(scene: Scene) -> None:
    jens = scene.jens
    shown = form(jens.get("/finance/"), "/finance/postings/file")

    without_token = {name: value for name, value in shown.fields.items() if name != "csrf_token"}
    assert jens.post(shown.action, data={**without_token, "format": "csv"}).status_code == 400
    assert jens.post(shown.action, data={**shown.fields, "format": "exe"}).status_code == 400
    assert jens.post(shown.action, data={**shown.fields, "format": "csv", "citizen": "1"}).status_code == 400
    assert jens.get(shown.action).status_code == 405
    db.session.remove()
    assert db.session.scalars(db.select(Event).where(Event.kind == "file_taken")).all() == []


def test_a_file_that_is_too_long_is_refused_and_nothing_is_taken(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings_page, "MOST_ROWS", 3)

    answer = take(scene.jens, "csv")

    assert answer.status_code == 422
    assert "Vælg færre måneder" in answer.text
    db.session.remove()
    assert db.session.scalars(db.select(Event).where(Event.kind == "file_taken")).all() == []


@pytest.mark.parametrize("role", ["bo", "mette", "karen", "asta", "ali"])
def test_only_finance_opens_the_pages_of_finance(role: str, scene: Scene) -> None:
    visitor = scene.visitor(getattr(scene.town, role))

    for address in ("/finance/", "/finance/postings", "/finance/estimates", "/finance/budgets/1"):
        assert visitor.get(address).status_code == 403
    assert urlsplit(scene.app.test_client().get("/finance/").headers["Location"]).path == "/sign-in"


def test_the_pages_speak_english_too(scene: Scene) -> None:
    jens = scene.jens
    with jens.session_transaction() as session:
        session["language"] = "en"
    factories.people.choose_language("en", by=factories.user(scene.town.jens), at=factories.clock.now())

    page = jens.get("/finance/").text

    assert "How the figures are made" in page
    assert "DKK" in page
