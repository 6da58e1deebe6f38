"""What the data team sees: the form, what would be read of a file, a code to place, and how far a refresh is."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Any

import flask

from dashboard import formatting as f
from dashboard.beheer import codes, refreshing, screen
from dashboard.beheer.config import MOST_BYTES, Beheer
from dashboard.beheer.uploads import ENDINGS, Upload
from dashboard.components import lineage
from dashboard.components.shell import store
from dashboard.queries_herkomst import levering_van

#: Refusals shown of one file.
ROWS = 25


def start(beheer: Beheer, problem: str = "") -> flask.Response:
    """Give the page with the form."""
    options = {"": "Kies een bron", **{b.bron: f"{b.titel} (map {b.bron})" for b in beheer.bronnen.values()}}
    wrong = f'<p class="let-op" role="alert">{escape(problem)}</p>' if problem else ""
    accept = ",".join(ENDINGS)
    inside = (
        screen.choice("bron", "Van welke bron is het bestand?", options)
        + '<p class="veld"><label for="veld-bestand">Welk bestand?</label>'
        f'<input id="veld-bestand" type="file" name="bestand" accept="{accept}" required '
        'aria-describedby="veld-bestand-uitleg"></p>'
        f'<p class="uitleg" id="veld-bestand-uitleg">{", ".join(ENDINGS)}; hoogstens {MOST_BYTES // 1024**2} MB. '
        "De monitor laat eerst zien wat hij zou lezen. Er verandert niets voordat u dat bevestigt. Bevestigt u niet "
        "binnen een uur, dan is het bestand weer weg.</p>"
        '<p><button type="submit" class="knop">Controleer dit bestand</button></p>'
    )
    running = refreshing.running(beheer)
    busy = '<p class="let-op">Er loopt nu een verversing. <a href="/beheer/verversing">Bekijk hoe ver</a></p>'
    again = screen.form(beheer, "/beheer/verversing", _button("Ververs de monitor", "licht"), name="Verversen")
    body = (
        f'<p class="terug"><a href="/gegevens">← Gegevens</a></p><h1>Bestand aanleveren</h1>{wrong}'
        f"{busy if running else ''}{screen.form(beheer, '/beheer/bestand', inside, files=True)}"
        "<section class='figuur'><h2>Alleen verversen</h2><p class='uitleg'>Staan de bestanden al in de mappen, of is "
        "mapping.toml veranderd? Dan is verversen genoeg.</p>"
        f"{again}</section>"
    )
    return screen.page("Bestand aanleveren", body, 400 if problem else 200)


def _button(text: str, kind: str = "") -> str:
    return f'<button type="submit" class="knop {kind}">{escape(text)}</button>'


def preview(beheer: Beheer, upload: Upload, found: dict[str, Any] | None, said: str = "") -> flask.Response:
    """Give what `etl check` said of a file, and what can be done now.

    Args:
        beheer: Rights of this server.
        upload: The file.
        found: As `etl check --json` gives it for the file; None when it gave no answer.
        said: What was done just now ("De regel is toegevoegd."), or why not.
    """
    if found is None:
        text = "De controle gaf geen antwoord. Is het bestand erg groot of beschadigd? Het is weer weggehaald."
        return screen.trouble("Dit bestand kon niet worden gecontroleerd", text)
    refusals, base = found["weigeringen"], f"/beheer/aanlevering/{upload.id}"
    note = f'<p class="let-op" role="status">{escape(said)}</p>' if said else ""
    parts = [
        '<p class="terug"><a href="/gegevens">← Gegevens</a></p>',
        f'<p class="kicker">{escape(upload.shown)} · {escape(upload.bron.titel)}</p>',
        f"<h1>{escape(_finding(found))}</h1>{note}",
        _facts(found),
        _refusals(refusals),
        _codes(beheer, refusals, upload, base),
        _shown_rows(found, upload),
        _decide(beheer, found, base),
    ]
    return screen.page("Controle van uw bestand", "".join(parts))


def _finding(found: dict[str, Any]) -> str:
    loaded = f.number(found["rijen_geladen"])
    if found["geweigerd"]:
        return "Dit bestand wordt geweigerd: er is niets uit te lezen"
    if found["weigeringen"]:
        count = len(found["weigeringen"])
        return f"{loaded} rijen zijn te lezen; {f.number(count)} keer wordt iets geweigerd"
    return f"Dit bestand is goed: {loaded} {'rij is' if found['rijen_geladen'] == 1 else 'rijen zijn'} te lezen"


def _facts(found: dict[str, Any]) -> str:
    day = found["peildatum"]
    counts = ("rijen_gelezen", "rijen_geladen", "rijen_geweigerd", "rijen_buiten_bereik")
    read, loaded, refused, outside = (f.number(found[c]) for c in counts)
    lines = [
        f"Peildatum: {f.datum(date.fromisoformat(day))}." if day else "De peildatum is niet gevonden.",
        f"{read} rijen gelezen = {loaded} te laden + {refused} geweigerd + {outside} buiten bereik.",
        "mapping.toml is gebruikt." if found["mapping"] == "gebruikt" else "",
        "Dit bestand bevat voorbeelddata." if found["voorbeelddata"] else "",
        *found["meldingen"],
    ]
    return "<ul class='zinnen'>" + "".join(f"<li>{escape(text)}</li>" for text in lines if text) + "</ul>"


def _refusals(refusals: list[dict[str, Any]]) -> str:
    if not refusals:
        return ""
    rows = [
        [r["reden"], r["oplossing"], r["blad"], f.number(r["rij"]) if r["rij"] else "", r["kolom"], r["waarde"]]
        for r in refusals[:ROWS]
    ]
    heads = ["Waarom geweigerd", "Wat u kunt doen", "Blad", "Rij", "Kolom", "Waarde"]
    more = f"<p class='bron'>De eerste {ROWS} van {f.number(len(refusals))}.</p>" if len(refusals) > ROWS else ""
    table = screen.table("Wat wordt geweigerd, en wat u kunt doen", heads, rows, (3,))
    return f"<section class='figuur'><h2>Geweigerd</h2>{table}{more}</section>"


def _codes(beheer: Beheer, refusals: list[dict[str, Any]], upload: Upload, base: str) -> str:
    asked = [codes.asked(upload.bron.bron, r["reden"], r["oplossing"], r["waarde"]) for r in refusals]
    forms = [code_form(beheer, code, f"{base}/code") for code in dict.fromkeys(c for c in asked if c)]
    if not forms:
        return ""
    lead = (
        "Kies waar de code hoort. De monitor zet dan één regel in mapping.toml en controleert het bestand opnieuw. "
        "De regel blijft staan, ook als u dit bestand niet inleest."
    )
    return _section("Een code toewijzen", f"<p class='uitleg'>{lead}</p>{''.join(forms[:ROWS])}")


def _section(title: str, body: str) -> str:
    return f"<section class='figuur'><h2>{escape(title)}</h2>{body}</section>"


def code_form(beheer: Beheer, code: codes.Code, action: str) -> str:
    """Give the form that places one code."""
    options = {"": "Kies een onderdeel", **codes.onderdelen()}
    key = f"{code.soort}-{code.code}".replace(".", "-").replace(" ", "-")
    select = screen.choice(
        "onderdeel", f"Bij welk onderdeel hoort {code.soort} {code.code}?".replace(" ?", "?"), options
    )
    select = select.replace("veld-onderdeel", f"veld-{escape(key)}")
    if code.code:
        which = f'<input type="hidden" name="code" value="{escape(code.code)}">'
    else:
        which = (
            f'<p class="veld"><label for="code-{escape(key)}">Welke {code.soort}? (de waarde is afgeschermd; u leest '
            f'haar in uw registratie)</label><input id="code-{escape(key)}" name="code" maxlength="40" required></p>'
        )
    hidden = (
        f'<input type="hidden" name="bron" value="{escape(code.bron)}">'
        f'<input type="hidden" name="soort" value="{escape(code.soort)}">'
    )
    inside = f"{hidden}{which}{select}<p>{_button('Wijs toe', 'licht')}</p>"
    return screen.form(beheer, action, inside, name=f"{code.soort} {code.code} toewijzen")


def _shown_rows(found: dict[str, Any], upload: Upload) -> str:
    if upload.bron.over_personen:
        return "<p class='uitleg'>Deze bron gaat over personen: de inhoud wordt hier niet getoond.</p>"
    parts = []
    for entity, part in found["voorbeeld"].items():
        used = [i for i in range(len(part["kolommen"])) if any(row[i] for row in part["rijen"])]
        heads = [part["kolommen"][i].replace("_eur", " (€)").replace("_", " ") for i in used]
        rows = [[row[i] for i in used] for row in part["rijen"]]
        numeric = tuple(n for n, i in enumerate(used) if part["kolommen"][i].endswith("_eur"))
        parts.append(screen.table(f"De eerste {len(rows)} rijen: {entity}", heads, rows, numeric))
    return f"<section class='figuur'><h2>Zo leest de monitor het</h2>{''.join(parts)}</section>" if parts else ""


def _decide(beheer: Beheer, found: dict[str, Any], base: str) -> str:
    text = "Lees in en ververs de monitor"
    lead = "Het bestand gaat naar de inbox. Daarna ververst de monitor; u kunt ondertussen verder werken."
    if found["geweigerd"]:
        text = "Toch inlezen"
        lead = (
            "Leest u dit bestand toch in, dan staat het bij de weigeringen op de pagina Gegevens; de cijfers "
            "veranderen er niet door."
        )
    yes = screen.form(beheer, f"{base}/bevestig", _button(text, "licht" if found["geweigerd"] else ""), name=text)
    no = screen.form(beheer, f"{base}/annuleer", _button("Niet inlezen, haal het weg", "licht"), name="Niet inlezen")
    return _section("Inlezen?", f"<p class='uitleg'>{lead}</p><div class='knoppen'>{yes}{no}</div>")


def place_code(beheer: Beheer, code: codes.Code, problem: str = "") -> flask.Response:
    """Give the page that places a code that a published delivery was refused for."""
    wrong = f'<p class="let-op" role="alert">{escape(problem)}</p>' if problem else ""
    lead = (
        f"De monitor zet één regel in mapping.toml van de map {escape(code.bron)}, bewaart het oude bestand ernaast en "
        "ververst daarna."
    )
    body = (
        '<p class="terug"><a href="/gegevens">← Gegevens</a></p>'
        f"<h1>Een code toewijzen</h1>{wrong}<p class='intro'>{lead}</p>{code_form(beheer, code, '/beheer/code')}"
    )
    return screen.page("Een code toewijzen", body, 400 if problem else 200)


def progress(beheer: Beheer) -> flask.Response:
    """Give the page that follows a refresh; assets/beheer.js asks how far it is."""
    state = refreshing.state(beheer)
    words = progress_words(state)
    busy = bool(state.get("bezig"))
    body = (
        '<p class="terug"><a href="/gegevens">← Gegevens</a></p>'
        f"<div id='verversing' data-bezig='{'ja' if busy else 'nee'}' role='status'>"
        f"<h1 id='verversing-kop'>{escape(words['kop'])}</h1>"
        f"<p class='intro' id='verversing-stap'>{escape(words['tekst'])}</p></div>"
        f"<p id='verversing-verder'>{words['verder']}</p>"
    )
    return screen.page("Verversing", body, refresh=3 if busy else 0)


def progress_words(state: dict[str, Any]) -> dict[str, str]:
    """Say how far a refresh is: kop, tekst, and verder (HTML with the links that lead on)."""
    if not state:
        return {
            "kop": "Er is nog niet ververst",
            "tekst": "Begin bij ‘Bestand aanleveren’.",
            "verder": _link("/beheer"),
        }
    if state["bezig"]:
        done, total = state.get("gedaan"), state.get("totaal")
        how = f" ({f.number(done)} van {f.number(total)})" if total else ""
        return {"kop": "De monitor wordt ververst", "tekst": f"{state['stap']}{how}", "verder": ""}
    heads = {0: "De monitor is ververst", 1: "De monitor is ververst; een deel is geweigerd"}
    code = int(state["exitcode"])
    links = [_link("/gegevens", "Naar Gegevens"), _link("/", "Naar het Overzicht")]
    found = _delivery(state) if code in heads else ""
    if found:
        links.insert(0, _link(lineage.href(levering=found), "Bekijk welke cijfers deze levering voedt"))
    return {
        "kop": heads.get(code, "De verversing is niet gelukt; de cijfers zijn zoals ze waren"),
        "tekst": str(state["melding"]),
        "verder": " · ".join(links),
    }


def _link(href: str, text: str = "Bestand aanleveren") -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def _delivery(state: dict[str, Any]) -> str:
    """The delivery that a file became, found by the bytes that were sent."""
    pub = store().current()
    if pub is None or not state.get("sha256"):
        return ""
    return levering_van(pub, str(state["bron"]), str(state["sha256"]))
