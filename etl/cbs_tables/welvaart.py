"""Work, income, status, school and use of provisions per gemeente: tables with a period dimension of their own.

Of most of these only title, keys or dimensions were seen: a dimension that is not declared is taken at its one total.
"""

from __future__ import annotations

from etl.cbs_tables.record import WIJKEN, CbsTable, Code

_HUISHOUDENS = Code("1050010", "Totaal particuliere huishoudens", ("Particuliere huishoudens",))
_TOTAAL = Code("", "Totaal")

TABLES = (
    CbsTable("86008NED", "arbeidsdeelname", totalen=True),
    CbsTable(
        "86161NED",
        "inkomen",
        population={
            "Populatie": Code("1050010", "Particuliere huishoudens"),
            "KenmerkenVanHuishoudens": _HUISHOUDENS,
        },
        totalen=True,
    ),
    CbsTable("86296NED", "ses", region="WijkenEnBuurten", niveaus=WIJKEN, totalen=True),
    CbsTable(
        "84780NED",
        "schoolverlaters",
        region="Regiokenmerken",
        population={"Geslacht": Code("T001038", "Totaal mannen en vrouwen")},
        totalen=True,
    ),
    CbsTable(
        "85994NED",
        "stapeling",
        population={
            "AantalVoorzieningen": Code("", "2 of meer", ("Twee of meer", "Meerdere", "Meer dan")),
            "SoortVoorzieningSociaalDomein": _TOTAAL,
        },
        niveaus=("land", "provincie", "gemeente", "wijk"),
        totalen=True,
    ),
    CbsTable(
        "86202NED",
        "laag_inkomen",
        population={
            "InkomensgrensHuishouden": Code("", "Lage-inkomensgrens", ("Tot lage-inkomensgrens", "Laag inkomen")),
            "DuurInkomenspositie": Code("", "Totaal", ("1 jaar of langer", "Een jaar of langer", "Minimaal 1 jaar")),
            "KenmerkenVanHuishoudens": _HUISHOUDENS,
        },
        totalen=True,
    ),
)
