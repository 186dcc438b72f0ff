"""The forms of a page as a browser without scripts sees them: where they go, and what they would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from tests.visitor import Visitor

TEXTS = frozenset({"text", "search", "tel", "email", "url", "date", "number", "password", "textarea"})
"""Kinds of fields into which somebody can type."""


@dataclass
class Form:
    """A form: its address, how it is sent, what stands in it, and which of its fields can be typed into."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, **words: str | None) -> dict[str, list[str]]:
        """What would be sent after somebody typed or chose; nothing takes a field out."""
        changed = {name: [value] for name, value in words.items() if value is not None}
        left = {name: values for name, values in self.sent.items() if name not in words}
        return {**left, **changed}


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = named.get("action") or self.address
            self.form = Form(action, named.get("method", "get").lower())
            self.found.append(self.form)
        elif self.form is not None and "disabled" not in named:
            self._field(tag, named, self.form)

    def _field(self, tag: str, named: dict[str, str], form: Form) -> None:
        name = named.get("name", "")
        if tag == "input":
            self._input(name, named, form)
        elif tag == "textarea" and name:
            self.textarea = name
            form.typed.append(name)
            form.sent.setdefault(name, []).append("")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            values = form.offered.setdefault(self.select, [])
            values.append(named.get("value", ""))
            if "selected" in named or len(values) == 1:
                form.sent[self.select] = [values[-1]]

    @staticmethod
    def _input(name: str, named: dict[str, str], form: Form) -> None:
        kind, value = named.get("type", "text"), named.get("value", "")
        if not name or kind in {"submit", "button", "image", "reset"}:
            return
        if kind in {"radio", "checkbox"}:
            form.offered.setdefault(name, []).append(value or "on")
            if "checked" not in named:
                return
        elif kind in TEXTS:
            form.typed.append(name)
        form.sent.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.textarea:
            # The first line break inside a textarea belongs to the markup.
            self.form.sent[self.textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def forms(html: str, address: str = "") -> list[Form]:
    """List the forms of a page; ``address`` is that of the page itself."""
    page = _Forms(address)
    page.feed(html)
    page.close()
    return page.found


def posting(html: str, address: str = "") -> list[Form]:
    """List the forms of a page that change something, without those that stand on every page."""
    return [
        form for form in forms(html, address) if form.method == "post" and form.action not in {"/language", "/sign-out"}
    ]


def form_to(html: str, action: str) -> Form:
    """Find the form that goes to an address."""
    found = [form for form in forms(html, action) if form.action.partition("?")[0] == action]
    assert found, f"no form goes to {action}"
    return found[0]


def token(visitor: Visitor) -> str:
    """Get the token against forged requests that every page carries."""
    handed_out: str = visitor.get("/api/v1/session").json["csrf_token"]  # type: ignore[index]  # it is JSON
    return handed_out


def send(visitor: Visitor, form: Form, **words: str | None) -> TestResponse:
    """Send a form as it stands, with some words typed over."""
    return visitor.post(form.action, data=form.filled(**words))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") if tag == "a" else None
        if address and address.startswith("/") and not address.startswith(("//", "/static/")):
            self.found[address.partition("#")[0]] = None


def links(html: str) -> list[str]:
    """List the addresses inside the site that a page links to, each once, without anchors."""
    page = _Links()
    page.feed(html)
    page.close()
    return list(page.found)
