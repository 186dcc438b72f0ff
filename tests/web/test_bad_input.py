"""What comes in by addresses and bodies, whoever made it: answered, refused or not found, and never an accident."""

import pytest

from tests.forms import token
from tests.web.access import Scene
from tests.web.access_table import PEOPLE, ROWS, Row
from tests.web.filled import FORMS, WITH_A_FILE

SENTINELS = ("610180-4001", "6101804001", "610180 4001", "brombærkrattet", "Sølvgade 17", "metadon siden marts")

_LISTS = [
    ("lis", "/packages"),
    ("bo", "/me/happened"),
    ("bo", "/me/readings"),
    ("bo", "/me/money"),
    ("bo", "/me/goals/all"),
    ("bo", "/me/chime/answers"),
    ("mette", "/desk/"),
    ("mette", "/desk/objections"),
    ("ali", "/desk/supported"),
    ("mette", "/desk/plans/{plan}/deliveries"),
    ("jens", "/finance/postings"),
    ("jens", "/finance/estimates"),
    ("jens", "/finance/budgets/{budget}"),
    ("asta", "/admin/"),
    ("bo", "/api/v1/purchases"),
    ("jens", "/api/v1/finance/postings"),
]
_NUMBERS = [
    "1000000000",
    "0",
    "-1",
    "1.5",
    "1e3",
    "x",
    "",
    "\uff11",
    "9" * 400,
    "2147483648",
    "9223372036854775808",
    "%00",
]
_IDS = [2**31, 2**63, 2**64 + 1, 10**30, -1, "1e3", "1.0", "0x1", "1%00", "%ED%A0%80", "'OR'1", "*"]
_QUERIES = [
    "' OR 1=1 --",
    "1); DROP TABLE entry; --",
    "%",
    "_" * 300,
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "x" * 20_000,
    "2026-13",
    "9999-12",
    "\u202e",
    "../../etc/passwd",
    "[]",
]
_ASKED = (
    *("page", "size", "page_size", "per_page", "limit", "before", "month", "first", "last", "by", "measure", "package"),
    *(
        "account",
        "budget",
        "unit",
        "show",
        "whose",
        "status",
        "q",
        "citizen",
        "words",
        "rung",
        "wish",
        "price",
        "weeks",
    ),
    *("pot", "card", "next", "sort", "order", "id", "region"),
)


@pytest.mark.parametrize(("person", "address"), _LISTS, ids=[address for _, address in _LISTS])
def test_no_list_is_made_longer_or_lost_by_its_address(person: str, address: str, scene: Scene) -> None:
    visitor, address = scene.visitor(person), scene.place.address(address)
    longest = len(visitor.get(address).data) * 2 + 4_000

    for number in _NUMBERS:
        for name in ("page", "size", "page_size", "before"):
            answer = visitor.get(address, query_string={name: number})

            assert answer.status_code in ({200, 422} if address.startswith("/api/") else {200}), f"{name}={number}"
            assert len(answer.data) < longest


@pytest.mark.parametrize("row", [row for row in ROWS if "{" in row.address], ids=str)
def test_an_id_that_cannot_be_leads_nowhere(row: Row, scene: Scene) -> None:
    person = next((person for person in PEOPLE if row.answer(person) in {200, 422, 400}), "mette")
    visitor = scene.visitor(person)
    sent = {} if row.method == "GET" else {"headers": {"X-CSRF-Token": token(visitor)}}

    for wrong in _IDS:
        address = row.address.format_map(dict.fromkeys(scene.place.things, wrong))

        assert visitor.open(address, method=row.method, **sent).status_code in {404, 405}, address


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET"], ids=str)
def test_what_is_asked_for_in_an_address_is_no_accident(row: Row, scene: Scene) -> None:
    person = next((person for person in reversed(PEOPLE) if row.answer(person) == 200), "nobody")
    visitor = scene.visitor(person)
    address = scene.place.address(row.address).partition("?")[0]

    for text in _QUERIES:
        answer = visitor.get(address, query_string=dict.fromkeys(_ASKED, text))

        assert answer.status_code in {200, 302, 303, 404, 422}, text


_SENT = [row for row in ROWS if row.method != "GET" and {*row.answers} != {404} and row.address not in WITH_A_FILE]


@pytest.mark.parametrize("row", _SENT, ids=str)
def test_a_body_of_more_than_two_megabytes_is_refused(row: Row, scene: Scene) -> None:
    person = next(person for person in PEOPLE if row.answer(person) not in {401, 403, 404})
    visitor = scene.visitor(person)
    body = b"words=" + b"x" * (2 * 1024 * 1024)

    for kind in ("application/x-www-form-urlencoded", "application/json"):
        headers = {"X-CSRF-Token": token(visitor), "Content-Type": kind, "Idempotency-Key": "0" * 36}
        answer = visitor.open(scene.place.address(row.address), method=row.method, data=body, headers=headers)

        assert answer.status_code == 413


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_only_the_methods_of_an_address_are_answered(row: Row, scene: Scene) -> None:
    address = scene.place.address(row.address).partition("?")[0]
    known = {other.method for other in ROWS if scene.place.address(other.address).partition("?")[0] == address}

    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND"} - known:
        answer = scene.visitor("bo").open(address, method=method)

        assert answer.status_code in {404, 405}, method
        assert answer.status_code == 404 or known <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/"),
        *(
            "%2f%2fevil.example",
            "/%2f%2fevil.example",
            "/\t/evil.example",
            "/\r\nLocation: //evil.example",
            "evil.example",
        ),
        *("javascript:alert(1)", "///evil.example", "/ /evil.example", "/\x00/evil.example", "http:///evil.example"),
        *(
            "//evil.example%2f@localhost",
            "/.//evil.example",
            "/..//evil.example",
            "/@evil.example/..//",
            "/;//evil.example",
        ),
    ],
)
def test_nobody_is_led_away_from_the_site(address: str, scene: Scene) -> None:
    visitor = scene.visitor("bo")
    sent = {"csrf_token": token(visitor), "language": "da", "next": address}

    chosen = visitor.post("/language", data=sent)
    offered = visitor.get("/sign-in", query_string={"next": address})

    assert chosen.status_code == 303
    assert chosen.location.startswith("/")
    assert not chosen.location.startswith(("//", "/\\"))
    assert 'name="next" value="//' not in offered.text
    assert 'href="//evil' not in offered.text


def test_whoever_signs_in_comes_back_to_the_page_they_wanted(scene: Scene) -> None:
    answer = scene.visitor("nobody").get("/me/money?before=3")

    assert answer.location == "/sign-in?next=/me/money?before%3D3"


def test_no_words_and_no_numbers_reach_the_log(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    for number, filled in enumerate(form for form in FORMS if form.texts):
        visitor = scene.visitor(filled.who)
        said = SENTINELS[number % len(SENTINELS)]
        form = filled.form(visitor, scene.place)
        visitor.post(
            form.action, data=form.filled(**{**filled.words(scene.place), **dict.fromkeys(filled.texts, said)})
        )
        visitor.post(form.action, data=form.filled(**dict.fromkeys(filled.texts, said), key="no key"))
        visitor.get("/nothing/" + said, query_string={"q": said})

    logged = "".join(capfd.readouterr())

    assert [said for said in SENTINELS if said in logged or said.replace(" ", "+") in logged] == []
    assert "4001" not in logged
