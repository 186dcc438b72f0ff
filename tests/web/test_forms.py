"""Every form of the product, whatever is sent with it: twice, with more than it asked for, with odd words, in an accident."""

import pytest

from planner.models.base import db
from tests.payloads import shows
from tests.web.access import Scene, contents
from tests.web.access_table import ROWS
from tests.web.filled import FORMS, WITH_A_FILE, WITHOUT_A_KEY, WORDS, Filled

SECRET = "hemmelighed 610180-4001"
"""Words and a number that stand nowhere but in what is typed."""

_CHANGING = [form for form in FORMS if form.changes]
_WITH_TEXTS = [form for form in FORMS if form.texts]
_ODD = {
    "nothing but space": " \u2003\t ",
    "a zero byte": "ord\x00ord",
    "half a character": b"ord\xed\xa0\x80ord",
    "bytes that are no text": b"\xff\xfe\xfa",
    "right to left": "\u202eord\u202c",
    "a line break": "ord\r\nSet-Cookie: a=b",
    "very long": "x" * 100_000,
    "very long lines": "ord\n" * 20_000,
}
_COLUMNS = sorted({column.name for table in db.metadata.tables.values() for column in table.columns})


def test_every_address_that_changes_something_has_its_form_here() -> None:
    posts = {_plain(row.address) for row in ROWS if row.method == "POST" and not row.address.startswith("/api/")}
    listed = {form.action for form in FORMS}

    assert posts - {_plain(address) for address in listed} == WITHOUT_A_KEY | WITH_A_FILE
    assert len(listed) == len(FORMS)


def _plain(address: str) -> str:
    """Leave out which things of Bo's an address names."""
    parts = ("{}" if part.startswith("{") else part for part in address.split("/"))
    return "/".join(parts).replace("/packages/mbsr", "/packages/{}").replace("/packages/cti", "/packages/{}")


@pytest.mark.parametrize("filled", _CHANGING, ids=str)
def test_a_form_that_is_sent_twice_does_it_once(filled: Filled, scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    sent = form.filled(**filled.words(scene.place))
    before = contents(scene.url)

    first = visitor.post(form.action, data=sent)
    once = contents(scene.url)
    again = visitor.post(form.action, data=sent)

    assert first.status_code in {200, 303}, first.status
    assert once != before
    assert (contents(scene.url) == once) is not filled.anew
    if first.status_code == 303:
        assert (again.status_code, again.location) == (303, first.location)
        assert "allerede" in visitor.get(again.location).text


@pytest.mark.parametrize("filled", [form for form in _CHANGING if not form.anew], ids=str)
def test_the_key_of_one_form_does_not_fit_another_body(filled: Filled, scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    sent = form.filled(**filled.words(scene.place))
    key = next(name for name in sent if name.endswith("key"))
    other = filled.form(visitor, scene.place)
    assert visitor.post(form.action, data=sent).status_code in {200, 303}
    once = contents(scene.url)

    words = {**filled.words(scene.place), **dict.fromkeys(filled.texts, "Andre ord."), key: sent[key][0]}
    answer = visitor.post(other.action, data=other.filled(**words))

    assert contents(scene.url) == once
    assert answer.status_code in ({422} if filled.texts else {200, 303, 409, 422})


@pytest.mark.parametrize("filled", FORMS, ids=str)
@pytest.mark.parametrize("more", [["approved_by"], _COLUMNS], ids=["one field", "every column there is"])
def test_a_field_that_the_form_does_not_have_is_refused(filled: Filled, more: list[str], scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    before = contents(scene.url)
    sent = {**{key: ["1"] for key in more}, **form.filled(**filled.words(scene.place))}

    answer = visitor.post(form.action, data=sent)

    assert answer.status_code == 400
    assert contents(scene.url) == before


@pytest.mark.parametrize("filled", FORMS, ids=str)
def test_a_body_that_is_no_form_is_refused(filled: Filled, scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    token = next(value[0] for name, value in form.sent.items() if name.endswith("csrf_token"))
    before = contents(scene.url)
    header = {"X-CSRF-Token": token}

    for answer in (
        visitor.post(form.action, json={"words": WORDS}, headers=header),
        visitor.post(
            form.action, data=b"\x00\xff" * 50, headers={**header, "Content-Type": "multipart/form-data; boundary=x"}
        ),
        visitor.post(form.action, data=b"<words/>", headers={**header, "Content-Type": "application/xml"}),
    ):
        assert answer.status_code in {400, 422}
    assert contents(scene.url) == before


@pytest.mark.parametrize("filled", _WITH_TEXTS, ids=str)
@pytest.mark.parametrize("odd", _ODD)
def test_odd_words_are_kept_or_refused_and_never_an_accident(filled: Filled, odd: str, scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    sent: dict[str, object] = {**form.filled(**filled.words(scene.place))}

    answer = visitor.post(form.action, data={**sent, **dict.fromkeys(filled.texts, _ODD[odd])})

    assert answer.status_code in {200, 303, 422}, answer.status
    assert "Set-Cookie: a=b" not in str(answer.headers)
    if answer.status_code == 303:
        assert visitor.get(answer.location).status_code == 200


@pytest.mark.parametrize("filled", _WITH_TEXTS, ids=str)
def test_what_was_typed_stays_when_something_else_is_refused(filled: Filled, scene: Scene) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    wrong = {name: "1e3" for name in form.sent if name.endswith(("amount", "limit", "code"))}
    wrong = wrong or {next(name for name in form.sent if name.endswith("key")): "no key"}
    typed = dict.fromkeys(filled.texts, "Det, jeg skrev, står her endnu.")

    answer = visitor.post(form.action, data=form.filled(**{**filled.words(scene.place), **typed, **wrong}))

    assert answer.status_code == 422
    assert shows(answer.text, "Det, jeg skrev, står her endnu.")
    assert all(shows(answer.text, value) for name, value in wrong.items() if not name.endswith("key"))


@pytest.mark.parametrize("filled", _CHANGING, ids=str)
def test_an_accident_says_nothing_but_a_reference_and_logs_no_words(
    filled: Filled, scene: Scene, capfd: pytest.CaptureFixture[str]
) -> None:
    visitor = scene.visitor(filled.who)
    form = filled.form(visitor, scene.place)
    with scene.app.app_context():
        db.session.execute(db.text("ALTER TABLE event RENAME TO event_away"))
        db.session.commit()
    before = contents(scene.url)

    answer = visitor.post(
        form.action, data=form.filled(**{**filled.words(scene.place), **dict.fromkeys(filled.texts, SECRET)})
    )

    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.text
    assert not any(word in answer.text for word in ("Traceback", "event", "sqlite", "[SQL", SECRET))
    assert contents(scene.url) == before
    logged = "".join(capfd.readouterr())
    assert "accident" in logged
    assert not any(word in logged for word in ("hemmelighed", "4001", "610180"))
