"""What was seen after a measure on a budget: the months after it against the course that was to be expected."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard import formatting as f
from dashboard.components import lineage
from dashboard.components.figure import figure_block, source_line
from dashboard.components.table import data_table
from dashboard.queries_budget import effecten
from dashboard.store import Publication

#: What was counted -> its name, what it is called in a title, and the source.
MATEN = {
    "lasten": ("Lasten", "de lasten", "K2F"),
    "aanvraag": ("Aanvragen", "de aanvragen", "registraties van Wmo en Jeugdwet"),
    "instroom": ("Instroom", "de instroom", "registraties van Wmo en Jeugdwet"),
    "uitstroom": ("Uitstroom", "de uitstroom", "registraties van Wmo en Jeugdwet"),
    "stand": ("Cliënten", "het aantal cliënten", "registraties van Wmo en Jeugdwet"),
}
OORDELEN = {
    "meer": "hoger dan verwacht",
    "minder": "lager dan verwacht",
    "geen_verschil_te_zien": "geen verschil te zien",
    "te_vroeg": "te vroeg om te zien",
}
UITLEG = (
    "Vergeleken met hoe het zonder de maatregel naar verwachting was gegaan. Een verschil bewijst niet dat de "
    "maatregel de oorzaak is: er kan in die maanden meer zijn veranderd."
)
_HEADS = ["Maatregel", "Sinds", "Gemeten aan", "Verwacht per maand", "Werkelijk per maand", "Verschil (95 % zeker)",
          "Oordeel"]  # fmt: skip


def measures_block(pub: Publication, onderdeel: str, year: int) -> html.Section | None:
    """Give the figure of the measures on a budget or sum, newest first; None where there are none.

    Args:
        pub: The publication.
        onderdeel: A budget part or a sum; measures on another level stand on the page of that.
        year: Boekjaar of the page, for the link to where the figures come from.
    """
    rows = effecten(pub, onderdeel)
    if rows.empty:
        return None
    sources = " en ".join(dict.fromkeys(MATEN[maat][2] for maat in rows["maat"]))
    source = source_line(
        lineage.link(onderdeel=onderdeel, boekjaar=year),
        bron=sources,
        peildatum=f.as_date(rows["peildatum"].iloc[0]),
        status="voorlopig: er kunnen nog facturen en cijfers bij komen",
        definitie=dcc.Link("wat deze woorden betekenen", href="/verantwoording"),
    )
    cells = [_cells(row) for _, row in rows.iterrows()]
    table = data_table("Maatregelen op dit budget, gemiddeld per maand", _HEADS, cells, (3, 4, 5))
    return figure_block(finding(rows), table, source, lead=UITLEG, id="maatregelen")


def finding(rows: pd.DataFrame) -> str:
    """Say what was seen after a measure; of several how many showed a difference."""
    differs = rows[rows["oordeel"].isin(["meer", "minder"])]
    measures = rows["titel"].nunique()
    if measures > 1:
        seen = differs["titel"].nunique()
        told = f.telwoord(seen) if seen else "geen"
        return f"Na {told} van de {f.telwoord(measures)} maatregelen is een verschil te zien"
    title = f"‘{rows['titel'].iloc[0]}’"
    if not differs.empty:
        first = differs.iloc[0]
        verb = "waren" if first["maat"] in ("lasten", "aanvraag") else "was"
        return f"Na {title} {verb} {MATEN[first['maat']][1]} {OORDELEN[first['oordeel']]}"
    if (rows["oordeel"] == "te_vroeg").all():
        return f"Het is nog te vroeg om te zien wat er verandert na {title}"
    return f"Na {title} is geen verschil te zien"


def _cells(row: Any) -> list[Any]:
    name, _, _ = MATEN[row["maat"]]
    about = [row["titel"], f.datum(f.as_date(row["datum"])), name]
    # Counts of persons are told in words: what is taken along holds none that is exact.
    if row["maat"] != "lasten" or f.missing(row["werkelijk"]):
        return [*about, None, None, None, OORDELEN[row["oordeel"]]]
    low, high = (f.euro(row[bound], sign=True) for bound in ("ondergrens", "bovengrens"))
    return [*about, f.euro(row["verwacht"]), f.euro(row["werkelijk"]), f"{low} tot {high}", OORDELEN[row["oordeel"]]]
