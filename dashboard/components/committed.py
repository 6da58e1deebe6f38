"""What is settled already of the rest of a year: awards and the commitments of the ledger, each beside the forecast.

The two are never added up: an award may be booked as a commitment, and nobody says which are.
"""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import formatting as f
from dashboard.charts.committed import Bar, axis_from_nought, committed
from dashboard.components import lineage
from dashboard.components.figure import chart, figure_block, source_line
from dashboard.components.help import what_is_this
from dashboard.components.table import data_table, details
from dashboard.queries import verloop
from dashboard.queries_budget import verplichtingen_k2f, verplichtingen_toewijzing
from dashboard.settled import Settled, settled, title
from dashboard.store import Publication
from indicators.core.contract import AGGREGATEN

HULP = ("Verplichting", "Toewijzing", "Nog te ontvangen", "Begroting na wijziging")
NAAST_ELKAAR = (
    "Tel toewijzingen en verplichtingen niet bij elkaar op: een toewijzing kan ook als verplichting in K2F staan."
)
IN_DE_VERWACHTING = "De verwachting houdt er al rekening mee, voor zover eerdere verwachtingen daar beter van werden."


def committed_block(pub: Publication, row: Any, year: int, name: str, synthetic: bool) -> html.Section | None:
    """Give the figure of what is settled for the rest of a running year, or None where nothing was delivered about it.

    Args:
        pub: The publication.
        row: Row of queries.budgetten.
        year: Boekjaar, of which the forecast is the newest.
        name: Dutch name of the budget.
        synthetic: Add the watermark.
    """
    awards = verplichtingen_toewijzing(pub, row["onderdeel"], year)
    ledger = verplichtingen_k2f(pub, row["onderdeel"], year)
    found = settled(row, year, verloop(pub, year, row["onderdeel"]), awards, ledger)
    if found is None:
        return None
    sentence = title(found)
    bars = _bars(found)
    drawn = committed(bars, found.begroting, synthetic)
    alternative = f"{name} {year}. {sentence}. " + "; ".join(f"{b.name}: {f.euro_text(b.amount)}" for b in bars)
    award = None if awards.empty else awards.iloc[0]
    source = source_line(
        _sources(award),
        f"peildatum {f.datum(found.dag)}",
        "voorlopig: de prognose verandert nog",
        "" if axis_from_nought(bars, found.begroting) else "de as begint niet bij nul",
        lineage.link(onderdeel=row["onderdeel"], boekjaar=year),
        _award_link(row["onderdeel"], year, award),
        dcc.Link("hoe we dit berekenen", href="/verantwoording"),
    )
    help_words = what_is_this(*HULP, summary="Wat zijn toewijzingen en verplichtingen?")
    body = [chart(drawn, alternative, drawn.height), help_words]
    return figure_block(sentence, body, source, _table(found, award), _lead(found, award), id="vastligt")


def _bars(s: Settled) -> list[Bar]:
    month = f.MAANDEN[s.dag.month - 1]
    so_far = s.geboekt + s.laat
    bars = [Bar(f"geboekt tot en met {month}", 0, s.geboekt, "past", whole=True)]
    if abs(s.laat) >= 500:
        bars.append(Bar("nog te ontvangen over die maanden", s.geboekt, so_far, "wheat"))
    bars.append(Bar("verwacht voor de rest van het jaar", so_far, s.verwacht, "sea"))
    if s.toegekend is not None and s.comparable:
        bars.append(Bar("daarvoor toegekend aan cliënten", so_far, so_far + s.toegekend, "ink"))
    if s.verplicht:
        bars.append(Bar("open verplichtingen in K2F", s.geboekt, s.geboekt + s.verplicht, "ink"))
    if s.begroting is not None:
        bars.append(Bar("begroting na wijziging", 0, s.begroting, "past", whole=True))
    return bars


def _lead(s: Settled, award: Any) -> str:
    said = []
    if s.toegekend is not None:
        said.append(
            "Toegekend is wat de toewijzingen kosten van nu tot hun einddatum of 31 december, ook als ze later dit "
            "jaar beginnen. Niet alles wat is toegekend, wordt ook gebruikt."
        )
        if f.missing(award["wet"]):
            said.append("Toewijzingen met een prijs zijn er alleen bij de Wmo en de Jeugdwet.")
        if not s.comparable and s.toegekend_op:
            said.append(
                f"De toewijzingen zijn van {f.datum(s.toegekend_op[0])} en de boekingen van {f.datum(s.dag)}: "
                "daarom vergelijken we ze niet."
            )
    elif award is not None:
        said.append(_untold(award))
    if s.verplicht:
        said.append("Een verplichting in K2F gaat ook over facturen die nog moeten komen.")
    if s.toegekend is not None and s.verplicht:
        said.append(NAAST_ELKAAR)
    if s.toegekend is not None or s.verplicht:
        said.append(IN_DE_VERWACHTING)
    return " ".join(said)


def _untold(award: Any) -> str:
    if award["geheim"]:
        return "Het bedrag van de toewijzingen tonen we niet: er zijn te weinig cliënten."
    return "Van de toewijzingen is de prijs niet bekend."


def _table(s: Settled, award: Any) -> Any:
    month = f.MAANDEN[s.dag.month - 1]
    cells: list[list[Any]] = [
        [f"Geboekt tot en met {month}", f.euro(s.geboekt), None, ""],
        ["Nog te ontvangen over die maanden", f.euro(s.laat), None, "schatting"],
        ["Verwacht voor de rest van het jaar", f.euro(s.rest), None, "schatting"],
        ["Verwachte uitkomst", f.euro(s.verwacht), None, "de drie regels hierboven samen"],
        ["Begroting na wijziging", f.euro(s.begroting), None, ""],
    ]
    if award is not None:
        share = None if s.deel_toegekend is None else f.percent(s.deel_toegekend)
        worth = None if s.toegekend is None else f.euro(s.toegekend)
        cells.append(["Toegekend voor de rest van het jaar", worth, share, _about(s, award)])
    if s.verplicht is not None:
        share = None if s.deel_verplicht is None else f.percent(s.deel_verplicht)
        text = "deel van alles wat nog niet is geboekt" if share else ""
        cells.append(["Open verplichtingen in K2F", f.euro(s.verplicht), share, text])
    heads = ["Wat", "Bedrag", "Deel dat vastligt", "Toelichting"]
    table = data_table(f"Lasten in hele euro’s. {NAAST_ELKAAR}", heads, cells, (1, 2), "Wat al vastligt")
    return details("Tabel bij deze grafiek", table)


def _about(s: Settled, award: Any) -> str:
    said = [] if s.deel_toegekend is None else ["deel van wat voor de rest van het jaar is verwacht"]
    if award["zonder_prijs"] == award["toewijzingen"]:
        said.append("de prijs is niet bekend")
    elif award["zonder_prijs"]:
        # A share: what is taken along holds no exact counts of persons or their awards.
        share = f.chance_text(award["zonder_prijs"] / award["toewijzingen"])
        said.append(f"van {share} van de toewijzingen is de prijs niet bekend; die tellen niet mee")
    if award["geheim"]:
        few = "te weinig cliënten"
        said.append(f"het bedrag tonen we niet: {few}" if s.toegekend is None else f"zonder budgetten met {few}")
    if award["eerste"] != award["laatste"] or not s.comparable:
        said.append(f"stand van {f.datum(f.as_date(award['eerste']))}")
    return "; ".join(said)


def _sources(award: Any) -> str:
    names = {"wmo": "toewijzingen Wmo", "jeugd": "toewijzingen Jeugd"}
    if award is None:
        return "Bron: K2F"
    return f"Bron: K2F en {names.get(award['wet'], 'toewijzingen Wmo en Jeugd')}"


def _award_link(onderdeel: str, year: int, award: Any) -> Any:
    """The way to the deliveries of the awards; nothing where there are none."""
    if award is None:
        return None
    wet = "*" if f.missing(award["wet"]) else award["wet"]
    part = "*" if onderdeel in AGGREGATEN else onderdeel
    key = f"{year}|{wet}|{part}|{f.as_date(award['laatste'])}"
    return lineage.link("herkomst van de toewijzingen", tabel="mart.fct_verplichting", sleutel=key)
