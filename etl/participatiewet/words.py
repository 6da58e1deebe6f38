"""Words and codes of the Participatiewet: as the BUS and SRG statistics code them, and as systems write them out."""

from __future__ import annotations

from etl.lines.values import BAD, Bad, code, empty, reference
from etl.readers.cells import Cell

REGELINGEN = {
    "01": "bijstand", "1": "bijstand", "algemenebijstand": "bijstand", "bijstand": "bijstand", "pw": "bijstand",
    "participatiewet": "bijstand", "pwlevensonderhoud": "bijstand", "levensonderhoud": "bijstand", "wwb": "bijstand",
    "02": "ioaw", "2": "ioaw", "ioaw": "ioaw", "03": "ioaz", "3": "ioaz", "ioaz": "ioaz",
    "14": "bbz", "bbz": "bbz", "bbz2004": "bbz", "bijstandzelfstandigen": "bbz",
}  # fmt: skip
SOORTEN = {
    "11": "bijzondere_bijstand_periodiek", "periodiekbijzonderebijstand": "bijzondere_bijstand_periodiek",
    "bijzonderebijstandperiodiek": "bijzondere_bijstand_periodiek",
    "12": "bijzondere_bijstand_eenmalig", "eenmaligbijzonderebijstand": "bijzondere_bijstand_eenmalig",
    "bijzonderebijstandeenmalig": "bijzondere_bijstand_eenmalig", "bijzonderebijstand": "bijzondere_bijstand_eenmalig",
    "individueleinkomenstoeslag": "individuele_inkomenstoeslag", "iit": "individuele_inkomenstoeslag",
    "inkomenstoeslag": "individuele_inkomenstoeslag",
    "energietoeslag": "energietoeslag", "eenmaligeenergietoeslag": "energietoeslag",
    "studietoeslag": "studietoeslag", "individuelestudietoeslag": "studietoeslag",
    "meedoenregeling": "meedoenregeling", "participatiefonds": "meedoenregeling", "meedoen": "meedoenregeling",
}  # fmt: skip
TRAJECTEN = {
    "inburgering": "inburgering", "inburgeringwi2021": "inburgering", "wi2021": "inburgering",
    "reintegratie": "re_integratie", "reintegratietraject": "re_integratie", "arbeidstoeleiding": "re_integratie",
    "04": "loonkostensubsidie", "loonkostensubsidie": "loonkostensubsidie", "lks": "loonkostensubsidie",
    "loonkostensubsidieparticipatiewet": "loonkostensubsidie",
    "05": "beschut_werk", "beschutwerk": "beschut_werk", "03": "participatieplaats",
    "participatieplaats": "participatieplaats",
}  # fmt: skip
ROUTES = {
    "b1": "b1_route", "b1route": "b1_route", "onderwijsroute": "onderwijsroute", "onderwijs": "onderwijsroute",
    "z": "z_route", "zroute": "z_route", "zelfredzaamheidsroute": "z_route",
}  # fmt: skip
RESULTATEN = {
    "geslaagd": "geslaagd", "behaald": "geslaagd", "volledigafgerond": "geslaagd", "afgerond": "geslaagd",
    "uitgestroomdnaarwerk": "uitgestroomd_werk", "werk": "uitgestroomd_werk", "uitgestroomdwerk": "uitgestroomd_werk",
    "ontheffing": "ontheffing", "ontheven": "ontheffing", "gestopt": "gestopt", "voortijdiggestopt": "gestopt",
    "afgebroken": "gestopt", "verhuisd": "verhuisd", "gestoptdoorverhuizen": "verhuisd", "lopend": None, "actief": None,
}  # fmt: skip
LEEFVORMEN = {
    "1": "1", "alleenstaande": "1", "2": "2", "alleenstaandeouder": "2", "3": "3", "gehuwd": "3", "samenwonend": "3",
    "gehuwdensamenwonend": "3", "gehuwdenensamenwonenden": "3", "gehuwdsamenwonend": "3", "4": "4", "anders": "4",
}  # fmt: skip
BUIG_SOORTEN = {
    "voorlopig": "voorlopig", "voorlopigbudget": "voorlopig", "nadervoorlopig": "nader_voorlopig",
    "naderevoorlopig": "nader_voorlopig", "definitief": "definitief", "definitiefbudget": "definitief",
}  # fmt: skip
CLUSTERS = {letter: letter for letter in "abcdefghijklm"}


def ended_because(cell: Cell) -> str | Bad | None:
    """Understand why a benefit ended: a code of the BUS list, alone or in front of its text."""
    if empty(cell):
        return None
    number = (code(cell) or "").split(" ")[0].split("-")[0].strip().zfill(2)
    return (
        number
        if number in {row["reden_einde"] for row in reference("redenen_einde") if row["entiteit"] == "uitkering"}
        else BAD
    )
