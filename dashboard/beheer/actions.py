"""What happens at each address of the data team's part; routes.py has looked at who asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import flask

from dashboard.beheer import codes, guard, mapping_toml, refreshing, screen, uploads, views
from dashboard.beheer.config import Beheer
from dashboard.beheer.uploads import Upload

_BUSY = "Er loopt al een verversing. Wacht tot die klaar is; uw bestand blijft zo lang staan."
_STATUS = "/beheer/verversing"


def begin(beheer: Beheer) -> Any:
    """Show the form."""
    return views.start(beheer)


def send(beheer: Beheer) -> Any:
    """Take a file, look at it, and lead on to what was found."""
    bron = beheer.bronnen.get(flask.request.form.get("bron", ""))
    sent = flask.request.files.get("bestand")
    if bron is None:
        return views.start(beheer, "Kies eerst van welke bron het bestand is.")
    if sent is None or not sent.filename:
        return views.start(beheer, "Kies eerst een bestand.")
    try:
        upload = uploads.take(beheer, bron, sent, guard.visitor())
    except uploads.Unusable as problem:
        return views.start(beheer, str(problem))
    if uploads.check(beheer, upload) is None:
        uploads.remove(beheer, upload.id)
        return views.preview(beheer, upload, None)
    # The mark that owns the file must be in the browser before it asks for the next page.
    return guard.remember(flask.make_response(flask.redirect(f"/beheer/aanlevering/{upload.id}", 303)))


def status(beheer: Beheer) -> Any:
    """Show how far the refresh is."""
    return views.progress(beheer)


def status_json(beheer: Beheer) -> Any:
    """Say how far the refresh is, for the page that is open."""
    state = refreshing.state(beheer)
    answer = flask.jsonify({"bezig": bool(state.get("bezig")), **views.progress_words(state)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def refresh(beheer: Beheer) -> Any:
    """Start a refresh."""
    try:
        refreshing.start(beheer)
    except refreshing.AlreadyRunning as problem:
        return screen.trouble("Er wordt al ververst", str(problem), 409, _STATUS)
    return flask.redirect(_STATUS, 303)


def code_page(beheer: Beheer) -> Any:
    """Show the form that places a code."""
    code = _asked_code(beheer, flask.request.args)
    return views.place_code(beheer, code) if code else _no_code()


def code_add(beheer: Beheer) -> Any:
    """Place a code and refresh."""
    code = _asked_code(beheer, flask.request.form)
    if code is None:
        return _no_code()
    if refreshing.running(beheer):
        return views.place_code(beheer, code, "Er loopt al een verversing. Wacht tot die klaar is.")
    try:
        _place(beheer, code)
    except mapping_toml.NotAdded as problem:
        return views.place_code(beheer, code, str(problem))
    return refresh(beheer)


def show(beheer: Beheer, upload: Upload) -> Any:
    """Show what was found in a file."""
    return views.preview(beheer, upload, uploads.checked(upload))


def code(beheer: Beheer, upload: Upload) -> Any:
    """Place a code that a file was refused for, and look at the file again."""
    asked = _asked_code(beheer, flask.request.form)
    try:
        if asked is None or asked.bron != upload.bron.bron:
            raise mapping_toml.NotAdded("Kies een code en een onderdeel.")
        line, found = _place(beheer, asked, upload.path)
        uploads.note(upload, found)
    except mapping_toml.NotAdded as problem:
        return views.preview(beheer, upload, uploads.checked(upload), str(problem))
    return views.preview(beheer, upload, found, f"Toegevoegd aan mapping.toml: {line}")


def confirm(beheer: Beheer, upload: Upload) -> Any:
    """Move a file to the inbox and refresh."""
    here = f"/beheer/aanlevering/{upload.id}"
    if refreshing.running(beheer):
        return screen.trouble("Er wordt al ververst", _BUSY, 409, here)
    try:
        uploads.to_inbox(beheer, upload)
        refreshing.start(beheer, {"bron": upload.bron.bron, "sha256": upload.sha256})
    except refreshing.AlreadyRunning as problem:
        return screen.trouble("Er wordt al ververst", f"{problem} Uw bestand staat in de inbox.", 409)
    except OSError as problem:
        text = f"In de inbox kan niet worden geschreven ({problem.strerror}). Er is niets veranderd."
        return screen.trouble("Het bestand is niet ingelezen", text, 500, here)
    return flask.redirect(_STATUS, 303)


def cancel(beheer: Beheer, upload: Upload) -> Any:
    """Remove a file that was not confirmed."""
    uploads.remove(beheer, upload.id)
    return flask.redirect("/beheer", 303)


def _asked_code(beheer: Beheer, sent: Any) -> codes.Code | None:
    """The code that is asked for, when it can be one; nothing else ever gets into mapping.toml."""
    bron, soort, said = sent.get("bron", ""), sent.get("soort", ""), sent.get("code", "").strip()
    if bron not in beheer.bronnen or soort not in codes.SOORTEN or (said and not codes.CODE.fullmatch(said)):
        return None
    return codes.Code(bron, soort, said)


def _place(beheer: Beheer, asked: codes.Code, file: Path | None = None) -> tuple[str, dict[str, Any]]:
    onderdeel = flask.request.form.get("onderdeel", "")
    if not asked.code or onderdeel not in codes.onderdelen():
        raise mapping_toml.NotAdded("Kies een code en een onderdeel.")
    return mapping_toml.add(beheer, asked.bron, asked.soort, asked.code, onderdeel, file)


def _no_code() -> flask.Response:
    return screen.trouble("Deze code kan hier niet worden toegewezen", "Zet de regel zelf in mapping.toml.", 400)
