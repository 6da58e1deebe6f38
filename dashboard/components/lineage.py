"""Where a figure comes from, in words a reader of files understands: which file, which sheet, which rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from indicators.core.contract import BY_NAME

PATH = "/herkomst"
#: Ranges of rows named in one cell; the page of the figure itself names all.
RANGES = 6
#: Fact -> what its figures are, in Dutch.
FIGURES = {
    "mart.fct_begroting": "begroting",
    "mart.fct_realisatie": "boekingen",
    "mart.fct_prognose_budgethouder": "prognose van de budgethouder",
    "mart.fct_prognose": "prognose",
    "mart.fct_prognose_verloop": "prognose per maand",
    "mart.fct_terugtoets": "eerdere prognoses en hun uitkomst",
    "mart.fct_voorziening": "gebruik van voorzieningen",
    "mart.fct_voorziening_kenmerk": "gebruik naar kenmerk",
    "mart.fct_toewijzing": "toewijzingen",
    "mart.fct_verplichting": "toewijzingen voor de rest van het jaar",
    "mart.fct_declaratie": "declaraties",
    "mart.fct_toewijzing_aanbieder": "toewijzingen per aanbieder",
    "mart.fct_declaratie_aanbieder": "declaraties per aanbieder",
    "mart.fct_stapeling": "samenloop van voorzieningen",
    "mart.fct_schuldhulp": "schuldhulp",
    "mart.fct_buig": "rijksbudget uitkeringen",
    "mart.fct_ervaring": "cliëntervaring",
    "mart.fct_programma": "programma’s",
    "mart.fct_programmaresultaat": "resultaten van programma’s",
    "mart.fct_programmaverloop": "resultaten van programma’s door de tijd",
    "mart.fct_taakstelling": "taakstelling",
    "mart.fct_maatwerk": "cijfers van het CBS uit werkboeken",
    "mart.fct_cbs_waarneming": "cijfers van het CBS",
}
#: Key columns whose values need no name before them.
_PLAIN = {"onderdeel", "lasten_baten", "soort", "wet", "maat", "kenmerk", "waarde", "programma", "activiteit"}
_WORDS = {"L": "lasten", "B": "baten", "stand": "stand", "mutatie": "geboekt", "wmo": "Wmo", "jeugd": "Jeugd"}


def href(**state: Any) -> str:
    """Give the address of the lineage page for a state: tabel and sleutel, levering, onderdeel and boekjaar, ..."""
    return f"{PATH}?{urlencode({k: str(v) for k, v in state.items() if v not in (None, '')})}"


def link(text: str = "herkomst", **state: Any) -> dcc.Link:
    """Give the link in the small print of a figure to the files and rows that it came from."""
    return dcc.Link(text, href=href(**state))


def name(table: str) -> str:
    """Give what a fact holds, in Dutch; an unknown one keeps its own name."""
    return FIGURES.get(table, table.removeprefix("mart.fct_").replace("_", " "))


def key_text(table: str, sleutel: str, namen: dict[str, str]) -> str:
    """Say which figure a key stands for: "Begeleiding, taakveld 6.712, lasten, 2026, peildatum 30 september 2026".

    Args:
        table: Fact.
        sleutel: Key values joined by |; * is every value.
        namen: Dutch names of onderdelen.
    """
    known = BY_NAME.get(table)
    values = sleutel.split("|")
    if known is None or len(values) != len(known.key):
        return sleutel
    parts = []
    for column, value in zip(known.key, values, strict=True):
        if value in ("", "*"):
            continue
        shown = _WORDS.get(value, _day(value))
        if column == "onderdeel":
            shown = namen.get(value, value.replace("_", " "))
        parts.append(shown if column in _PLAIN else f"{column.replace('_', ' ')} {shown}")
    return ", ".join(parts) or f"alle cijfers over {name(table)}"


def _day(value: str) -> str:
    try:
        return f.datum(pd.Timestamp(value)) if len(value) == 10 and value[4] == "-" else value
    except ValueError:
        return value


def rows_text(origins: pd.DataFrame, limit: int | None = RANGES) -> str:
    """Say which rows: "blad Overzicht, rij 13 tot en met 16 en 20"; of a person source how many.

    Args:
        origins: Rows of one delivery: blad, rij_van, rij_tot, rijen.
        limit: Ranges to name; None for all.
    """
    total = int(origins["rijen"].fillna(0).sum())
    if origins["rij_van"].isna().all():
        return f"{f.number(total)} {'regel' if total == 1 else 'regels'}"
    said = []
    for blad, part in origins.groupby("blad", sort=True, dropna=False):
        ranges = _ranges(part)
        shown = ranges if limit is None else ranges[:limit]
        more = f" en nog {len(ranges) - len(shown)} plaatsen" if len(ranges) > len(shown) else ""
        sheet = "" if f.missing(blad) or blad == "" else f"blad {blad}, "
        said.append(f"{sheet}rij {_join(shown) if not more else ', '.join(shown)}{more}")
    return "; ".join(said)


def _ranges(part: pd.DataFrame) -> list[str]:
    known = part.dropna(subset=["rij_van", "rij_tot"])
    pairs = sorted({(int(a), int(b)) for a, b in zip(known["rij_van"], known["rij_tot"], strict=True)})
    joined: list[list[int]] = []
    for begin, end in pairs:
        if joined and begin <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([begin, end])
    return [str(a) if a == b else f"{a} tot en met {b}" for a, b in joined]


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " en " + parts[-1]


def files_cell(origins: pd.DataFrame) -> Any:
    """Give the cell that names each file with its rows; the file leads to the delivery."""
    items: list[Any] = []
    for (levering_id, bestand), part in origins.groupby(["levering_id", "bestand"], sort=True):
        items += [html.Br()] if items else []
        items += [dcc.Link(str(bestand), href=href(levering=levering_id)), f": {rows_text(part)}"]
    return items or None


def persons_note(personal: Iterable[str]) -> html.P | None:
    """Say why a source about persons names no rows; None when no source is."""
    names = sorted(set(personal))
    if not names:
        return None
    return html.P(
        f"Bestanden over personen ({', '.join(names)}) noemen hier geen blad en geen rij, en hun eigen bestandsnaam "
        "staat hier niet. Dat is met opzet: een rij is één persoon. U ziet de levering en hoeveel regels zij telt; "
        "de regel zelf zoekt u op in de registratie.",
        className="uitleg",
    )
