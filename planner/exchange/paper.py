"""Paper: a page as an accessible PDF; nothing is fetched for it but the project's own files."""

from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from planner.domain.errors import DomainError

_HERE = "http://own.invalid/"


class PaperMissing(DomainError):
    """The machine lacks the libraries that letters are set with; the page can still be printed."""

    code = "paper_missing"


def pdf(html: str, static: Path, prefix: str = "/static/") -> bytes:
    """Set a page as a tagged PDF (PDF/UA-1); its style sheets and fonts come from ``static`` alone.

    Raises ``PaperMissing`` when Pango is not on the machine.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - it needs libraries that may be missing
    except (ImportError, OSError) as missing:
        raise PaperMissing from missing
    page = HTML(string=html, base_url=_HERE, url_fetcher=_own_files(static, prefix))
    written: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return written


def _own_files(static: Path, prefix: str) -> Any:  # noqa: ANN401 - WeasyPrint carries no types
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as above

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # as above
        """Hands out files of one folder; every other address is refused before anything is opened."""

        def fetch(self, url: str, _headers: object = None) -> Any:  # noqa: ANN401 - as above
            file = own_file(url, static, prefix)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": guess_type(file)[0] or ""})

    return OwnFiles()


def own_file(url: str, static: Path, prefix: str = "/static/") -> Path:
    """Find the file of the folder that an address on the page means. Raises ``ValueError`` for anything else."""
    asked = urlsplit(url)
    inside = unquote(asked.path).removeprefix(prefix)
    file = (static / inside).resolve()
    if not url.startswith(_HERE) or not asked.path.startswith(prefix) or not file.is_relative_to(static.resolve()):
        raise ValueError(url)
    return file
