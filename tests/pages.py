"""Pages as a visitor uses them: sign in, read the forms on a page, fill one in, press its button."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from planner.models.base import db
from planner.models.person import Person
from tests.visitor import Visitor


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "form":
            self.forms.append(Form(told.get("action", "")))
        if not self.forms:
            return
        fields = self.forms[-1].fields
        if tag == "input" and name and (told.get("type") not in {"radio", "checkbox"} or "checked" in told):
            fields[name] = told.get("value", "")
        if tag == "textarea":
            self.area, fields[name] = name, ""
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and ("selected" in told or self.select not in fields):
            fields[self.select] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        if tag == "select":
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].fields[self.area] += data


def forms(answer: TestResponse) -> list[Form]:
    """Read the forms of a page."""
    page = _Forms()
    page.feed(answer.text)
    return page.forms


def form(answer: TestResponse, action: str) -> Form:
    """Find the form whose address ends in ``action``."""
    return next(found for found in forms(answer) if found.action.split("?")[0].endswith(action))


def press(visitor: Visitor, page: str, action: str, **typed: str) -> TestResponse:
    """Open a page, fill in the form whose address ends in ``action``, and send it."""
    found = form(visitor.get(page), action)
    return visitor.post(found.action or page, data={**found.fields, **typed})


def sign_in(visitor: Visitor, person_id: int) -> Visitor:
    """Be somebody from now on; the app's context is open."""
    epoch = db.session.get_one(Person, person_id).epoch
    db.session.remove()
    with visitor.session_transaction() as session:
        session["person"], session["epoch"] = person_id, epoch
    return visitor
