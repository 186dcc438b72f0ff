"""Paper: a tagged PDF that a screen reader can read, made without asking anybody else for anything."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from planner.exchange.paper import PaperMissing, own_file, pdf

PAGE = """<!DOCTYPE html><html lang="da"><head><title>Min plan</title>
<link rel="stylesheet" href="/static/own.css"></head><body><h1>Min plan</h1><p>Blåbærgrød på fredag</p>
<table><caption>Måneder</caption><thead><tr><th scope="col">Måned</th></tr></thead><tbody><tr><td>maj</td></tr></tbody>
</table>%s</body></html>"""


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    folder.mkdir()
    (folder / "own.css").write_text("h1 { page-break-after: always }")
    (tmp_path / "secret.css").write_text("p { display: none }")
    return folder


def read(written: bytes) -> PdfReader:
    return PdfReader(BytesIO(written))


def tags(node: object) -> list[str]:
    """Walk the structure tree and list its tags."""
    found = node.get_object()
    kids = found.get("/K", [])
    listed = kids if isinstance(kids, list) else [kids]
    below = [tag for kid in listed if hasattr(kid.get_object(), "get") for tag in tags(kid)]
    return [*([found["/S"]] if "/S" in found else []), *below]


def test_the_paper_is_tagged_in_danish_with_a_title(static: Path) -> None:
    paper = read(pdf(PAGE % "", static))
    root = paper.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert paper.metadata.title == "Min plan"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/H1", "/P", "/Table", "/TH", "/TD"} <= set(tags(root["/StructTreeRoot"]))
    assert "Blåbærgrød på fredag" in "".join(page.extract_text() for page in paper.pages)


def test_own_style_sheets_are_used(static: Path) -> None:
    assert len(read(pdf(PAGE % "", static)).pages) == 2


@pytest.mark.parametrize(
    "address",
    [
        "/static/../secret.css",
        "/static/%2e%2e/secret.css",
        "/secret.css",
        "file:///etc/passwd",
        "http://127.0.0.1:1/own.css",
        "http://own.invalid.example/static/own.css",
        "//own.invalid@evil.example/static/own.css",
    ],
)
def test_nothing_outside_the_own_files_is_ever_opened(address: str, static: Path) -> None:
    with pytest.raises(ValueError, match=r"."):
        own_file(address if ":" in address else f"http://own.invalid{address}", static)
    linked = f'<link rel="stylesheet" href="{address}"><img src="{address}" alt="">'

    assert "Blåbærgrød" in "".join(page.extract_text() for page in read(pdf(PAGE % linked, static)).pages)


def test_a_machine_without_the_letters_says_so(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)

    with pytest.raises(PaperMissing):
        pdf(PAGE % "", static)
