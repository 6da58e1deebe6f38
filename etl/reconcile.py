"""Overview and journal of one peildatum must agree: what of a journal does not count, refused with the difference.

Which lines count is decided in SQL (staging/k2f__journaal_aansluiting), since the marts follow it; here the same SELECT
tells the data team, before the publication, so that a refresh that changes nothing tells it too. A journal is kept as
it was delivered: an increment that does not agree today can be what makes tomorrow's state agree.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb

from etl.corrections import apply_corrections, load_corrections
from etl.deliveries import Selection
from etl.source import Refusal, Source
from etl.transform import TransformError, in_order, raw_views
from etl.vintages import Vintage

_STAGING = Path(__file__).parent / "staging"
_ENTITY = ("k2f", "journaal")
#: So many differences are listed per delivery; the rest is counted.
_LISTED = 50
_DIFFERENT = """
    SELECT boekjaar, peildatum, taakveld, onderdeel, lasten_baten, overzicht_eur, journaal_eur
    FROM stg.k2f__journaal_aansluiting WHERE met_overzicht AND NOT sluit_aan ORDER BY ALL"""
_INCOMPLETE = """
    SELECT DISTINCT boekjaar, peildatum, ontbrekende_perioden
    FROM stg.k2f__journaal_aansluiting WHERE NOT met_overzicht AND NOT sluit_aan ORDER BY boekjaar, peildatum"""
#: Rows of a file that are in no state that counts.
_UNUSED = """
    SELECT levering_id, count(*) FROM (
        SELECT levering_id, bron_blad, bron_rij
        FROM stg.k2f__journaal
        INNER JOIN stg.k2f__journaal_aansluiting USING (boekjaar, peildatum, onderdeel, taakveld, lasten_baten)
        GROUP BY ALL HAVING NOT bool_or(sluit_aan)
    ) GROUP BY levering_id"""
_SIDES = {"L": "lasten", "B": "baten"}


def reconcile(selection: Selection, sources: dict[str, Source]) -> None:
    """Add to the journals that count a refusal for everything of them that does not.

    Args:
        selection: What counts; its deliveries get refusals, and rows that count nowhere become refused ones.
        sources: For the raw views.
    """
    if not selection.parts.get(_ENTITY):
        return
    try:
        different, incomplete, unused = _laid_beside(_views(selection, sources))
    except duckdb.IOException:
        raise  # a full disk or a damaged vintage is not the fault of the SQL
    except duckdb.Error as problem:
        raise TransformError(
            f"Journaal en overzicht konden niet naast elkaar worden gelegd ({type(problem).__name__}). "
            "De vorige publicatie blijft staan."
        ) from problem
    refusals: dict[str, list[Refusal]] = defaultdict(list)
    for jaar, day, *cell in different:
        for vintage in _delivered(selection, jaar, day):
            refusals[vintage.levering_id].append(_difference(vintage, jaar, day, *cell))
    for jaar, day, periods in incomplete:
        for vintage in _delivered(selection, jaar, day):
            no_state = _missing(vintage, jaar, day, periods) if periods else _double(vintage, jaar, day)
            refusals[vintage.levering_id].append(no_state)
    rows = dict(unused)
    selection.deliveries = [
        _refused(v, refusals.get(v.levering_id, []), rows.get(v.levering_id, 0)) for v in selection.deliveries
    ]


def _laid_beside(views: dict[str, str]) -> list[list[tuple]]:
    """Give what differs, which states are incomplete, and the rows of each delivery that count nowhere."""
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA raw; CREATE SCHEMA stg")
        for name, sql in views.items():
            connection.execute(f"CREATE VIEW {name} AS {sql}")
        for path in in_order(_STAGING, "stg"):
            if path.stem.startswith("k2f__"):
                connection.execute(f"CREATE TABLE stg.{path.stem} AS {path.read_text('utf-8')}")
        return [connection.execute(sql).fetchall() for sql in (_DIFFERENT, _INCOMPLETE, _UNUSED)]


def _views(selection: Selection, sources: dict[str, Source]) -> dict[str, str]:
    """Give the raw views that the staging of K2F reads, with known errors corrected, as the build reads them."""
    views = raw_views(selection, sources, {})
    own = {name: sql for name, sql in views.items() if name.startswith(("raw.k2f__", "raw.ref_"))}
    return apply_corrections(own, [c for c in load_corrections() if c.tabel.startswith("k2f__")])[0]


def _delivered(selection: Selection, jaar: int, day: dt.date) -> list[Vintage]:
    """Give the journal that made a state: the first file of that day with lines of the boekjaar."""
    found = [
        v
        for v in selection.deliveries
        if (v.bron, v.peildatum) == (_ENTITY[0], day)
        and str(jaar) in v.delen_of(_ENTITY[1])
        and selection.status[v.levering_id] == "geldig"
    ]
    return found[:1]


def _difference(
    vintage: Vintage, jaar: int, day: dt.date, taakveld: str, onderdeel: str, lasten_baten: str,
    overzicht: Decimal | None, journaal: Decimal | None,
) -> Refusal:  # fmt: skip
    of = f"taakveld {taakveld} ({_SIDES[lasten_baten]}, onderdeel {onderdeel}) van boekjaar {jaar}"
    ours = "staan er geen boekingen" if journaal is None else f"is het samen {_euro(journaal)}"
    theirs = "ontbreekt het" if overzicht is None else f"is het {_euro(overzicht)}"
    gap = (journaal or Decimal(0)) - (overzicht or Decimal(0))
    return Refusal(
        vintage.bestand, None, None, None, None,
        f"{of}: in het journaal {ours}, in het overzicht van {day:%d-%m-%Y} {theirs}; een verschil van {_euro(gap)}. "
        "Hier telt daarom alleen het overzicht.",
        "Lever journaal en overzicht aan van hetzelfde moment en met dezelfde selectie, of zet bij een verschil in "
        "onderdeel de kostenplaats in mapping.toml.",
    )  # fmt: skip


def _missing(vintage: Vintage, jaar: int, day: dt.date, periods: list[int]) -> Refusal:
    return Refusal(
        vintage.bestand, None, None, None, None,
        f"het journaal van boekjaar {jaar} tot en met {day:%d-%m-%Y} heeft geen boekingen in periode "
        f"{', '.join(map(str, periods))}, en er is geen overzicht van die dag. Deze stand telt daarom niet mee.",
        "Lever ook de journalen van de ontbrekende perioden aan, of een overzicht van dezelfde peildatum.",
    )  # fmt: skip


def _double(vintage: Vintage, jaar: int, day: dt.date) -> Refusal:
    return Refusal(
        vintage.bestand, None, None, None, None,
        f"het journaal van boekjaar {jaar} tot en met {day:%d-%m-%Y} is opgeteld uit bestanden die voor meer dan de "
        "helft dezelfde boekingen hebben, en er is geen overzicht van die dag. Deze stand telt daarom niet mee.",
        'Bevat elk bestand het hele jaar tot dan toe, schrijf dan in mapping.toml levering = "volledig". Lever anders '
        "alleen de nieuwe regels aan, met boekstuk en regelnummer.",
    )  # fmt: skip


def _refused(vintage: Vintage, refusals: list[Refusal], unused: int) -> Vintage:
    if not refusals and not unused:
        return vintage
    if len(refusals) > _LISTED:
        more = f"nog {len(refusals) - _LISTED} verschillen zijn niet genoemd."
        refusals = [*refusals[:_LISTED], dataclasses.replace(refusals[0], reden=more)]
    unused = min(unused, vintage.rijen_geladen)
    return dataclasses.replace(
        vintage,
        weigeringen=[*vintage.weigeringen, *refusals],
        rijen_geladen=vintage.rijen_geladen - unused,
        rijen_geweigerd=vintage.rijen_geweigerd + unused,
    )


def _euro(value: Decimal) -> str:
    """Write an amount as a Dutch reader expects it."""
    return "€ " + f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
