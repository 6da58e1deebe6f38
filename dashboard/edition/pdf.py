"""The edition as PDF/UA: made by WeasyPrint from the HTML, with what it leaves open filled in (pdf_tags.py)."""

from __future__ import annotations

from typing import Any

#: Debian packages with the system libraries that WeasyPrint draws text with; `make pdf-libs` installs them.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")


class LibraryMissingError(RuntimeError):
    """The system libraries for making a PDF are not on this machine; the message says in Dutch what to do."""

    def __init__(self) -> None:
        super().__init__(
            "Voor de PDF ontbreken bibliotheken op deze computer (Pango en HarfBuzz). "
            f"Draai `make libs`, of installeer ze zelf, op Debian met: apt-get install {' '.join(PACKAGES)}"
        )


def weasyprint() -> Any:
    """Give WeasyPrint, or say what it misses.

    Raises:
        LibraryMissingError: Its system libraries are not installed.
    """
    try:
        import weasyprint
    except OSError as error:
        raise LibraryMissingError from error
    return weasyprint


def to_pdf(html: str) -> bytes:
    """Make the PDF of an edition: tagged, with bookmarks, title and language, and page numbers.

    The same HTML gives the same bytes on the same machine; the day it was made comes from the HTML.

    Args:
        html: What `html.to_html` gave.

    Raises:
        LibraryMissingError: The system libraries are not installed.
    """
    from dashboard.edition.pdf_tags import Finisher

    document = weasyprint().HTML(string=html, url_fetcher=no_fetching, base_url=None)
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=True, finisher=Finisher(document.etree_element))


def no_fetching(url: str, *_: Any, **__: Any) -> Any:
    """An edition is one file; whatever it would fetch is a mistake."""
    raise ValueError(f"De editie mag niets van elders halen: {url[:200]}")
