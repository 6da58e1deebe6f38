"""Give a figure as a file: the page of the address is made as for the screen, and the figure is read out of it."""

from __future__ import annotations

from typing import Any

import flask

from dashboard import queries
from dashboard.components.shell import store
from dashboard.export.delimited import delimited
from dashboard.export.ipynb import notebook
from dashboard.export.links import DOWNLOAD
from dashboard.export.notes import Taken
from dashboard.export.read import figure_of
from dashboard.export.workbook import workbook
from dashboard.first_page import asked
from dashboard.store import Publication

FORMS: dict[str, tuple[Any, str]] = {
    "xlsx": (workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (delimited, "text/csv; charset=utf-8"),
}

#: Page, name and form of the code that makes a figure of an indicator again.
NOTEBOOK = ("indicator", "notebook", "ipynb")


def add_downloads(server: flask.Flask) -> None:
    """Let the server answer the links of components.figure."""
    for rule in (f"{DOWNLOAD}/<name>.<form>", f"{DOWNLOAD}/<path:page>/<name>.<form>"):
        server.add_url_rule(rule, f"download {rule}", download)


def download(name: str, form: str, page: str = "") -> flask.Response:
    """Answer with a figure of a page as a file, or say that it is not there.

    Args:
        name: The id of the figure.
        form: A key of FORMS.
        page: Path of the page, without its first slash.
    """
    pub = store().current()
    if pub is not None and (page, name, form) == NOTEBOOK:
        return _notebook(pub)
    taken = _taken(pub, f"/{page}", name) if pub is not None and form in FORMS else None
    if pub is None or taken is None:
        return _gone()
    write, mimetype = FORMS[form]
    return _file(write(taken), f"{taken.name}.{form}", mimetype)


def _notebook(pub: Publication) -> flask.Response:
    asked = flask.request.args.to_dict()
    content = notebook(pub, asked)
    return _gone() if content is None else _file(content, f"monitor_{asked['indicator']}.ipynb", "application/json")


def _file(content: bytes, name: str, mimetype: str) -> flask.Response:
    answer = flask.Response(content, mimetype=mimetype)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _gone() -> flask.Response:
    text = "Dit cijfer staat niet (meer) op deze pagina. Ga terug en kies de download opnieuw."
    return flask.Response(text, 404, mimetype="text/plain")


def _taken(pub: Publication, path: str, name: str) -> Taken | None:
    entry, query = asked(path, flask.request.query_string.decode("utf-8", "replace"))
    about = queries.publicatie(pub)
    if entry["path"] != path or about.empty:
        return None
    figure = figure_of(entry["layout"](**query), name)
    row = about.iloc[0]
    synthetic = bool(row["voorbeelddata"])
    if figure is None:
        return None
    return Taken(figure, str(row["run"]), row["gemaakt_op"], row["peildatum"], str(row["gemeente_naam"]), synthetic)
