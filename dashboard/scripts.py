"""Which script comes when, and how it travels: charts before the app, all compressed once and kept by readers."""

from __future__ import annotations

import hashlib
import re
import threading
from pathlib import Path

import flask

from dashboard.answers import encoding, packed

_SCRIPT = re.compile(r"<script[^>]*\bsrc=\"([^\"]+)\"[^>]*></script>")
_OWN = "/assets/"
#: Draws charts; needs the first page and nothing of the app.
_DRAWS = ("plotly-basic.min.js", "theme.js", "charts.js")
#: Dash's own edition of plotly, where the small one could not be fetched at set-up.
_WHOLE = "_dash-component-suites/plotly/package_data/plotly.min.js"
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
_YEAR = 31_536_000
_packed: dict[tuple[bytes, str], bytes] = {}
_lock = threading.Lock()


def in_order(scripts: str, prefix: str = "/") -> str:
    """Give the script tags with what draws the charts first, and none that holds up the page.

    Args:
        scripts: The tags as Dash writes them, in the order in which they depend on each other.
        prefix: Of every address.
    """
    found = _SCRIPT.findall(scripts)

    def named(name: str) -> list[str]:
        return [s for s in found if f"{_OWN}{name}" in s]

    first = [s for name in _DRAWS for s in named(name)]
    if not named(_DRAWS[0]):
        first.insert(0, prefix + _WHOLE)
    rest = [s for s in found if s not in first]
    # Inline lines only say what there is; they run at once, and stay.
    inline = _SCRIPT.sub("", scripts).strip()
    # Deferred scripts run in this order, after the page has been read; all are fetched at once.
    return "\n".join([inline, *(f'<script defer src="{source}"></script>' for source in [*first, *rest])])


def last(renderer: str) -> str:
    """Give the inline line that starts the app as a module: those run after the deferred scripts, in their order."""
    return renderer.replace("<script ", '<script type="module" ', 1)


def compress(response: flask.Response) -> flask.Response:
    """Compress a script, style sheet or other text, and let a reader keep what has a fingerprint in its address."""
    kind = response.mimetype or ""
    if response.status_code != 200 or flask.request.method != "GET" or "Content-Encoding" in response.headers:
        return response
    path = flask.request.path
    if _OWN in path and "m" in flask.request.args:
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    if not kind.startswith(_TEXT) or "Content-Range" in response.headers:
        return response
    how = encoding()
    response.headers.add("Vary", "Accept-Encoding")
    if not how:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) < 500:
        return response
    is_file = _OWN in path or "_dash-component-suites" in path
    response.set_data(_once(data, how) if is_file else packed(data, how))
    response.headers["Content-Encoding"] = how
    etag, weak = response.get_etag()
    if etag and not weak:
        # The bytes differ by encoding, so the strong name of the file is no longer theirs.
        response.set_etag(etag, weak=True)
    return response


def _once(data: bytes, how: str) -> bytes:
    """Compress a file once in the life of this process."""
    key = (hashlib.blake2b(data, digest_size=16).digest(), how)
    found = _packed.get(key)
    if found is None:
        with _lock:
            found = _packed.get(key)
            if found is None:
                found = _packed[key] = packed(data, how, 6)
    return found


def prepare(how: str = "br") -> None:
    """Compress the large scripts beforehand: before a server forks, so that its workers share the result."""
    import dash
    import dash_mantine_components

    home, mantine = Path(dash.__file__).parent, Path(dash_mantine_components.__file__).parent
    own = Path(__file__).parent / "assets"
    names = ("deps/react-dom@18*.min.js", "deps/polyfill*.min.js", "dash-renderer/build/dash_renderer.min.js",
             "dcc/dash_core_components*.js", "html/dash_html_components.min.js")  # fmt: skip
    files = [mantine / "dash_mantine_components.js", *own.glob("*.js"), *own.glob("*.css")]
    for path in [*files, *(p for name in names for p in home.glob(name))]:
        if path.is_file():
            _once(path.read_bytes(), how)
