"""Layouts of the corpus: words for columns, lasten and baten, column groups, headers of two and three rows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.support.k2f_files import Table
from tests.support.k2f_layout import EURO, HEAD, Layout, headed, lines, per_taakveld, plain, sheet, titles

WORDS = ["Primitieve begroting", "Wijzigingen", "Begroting na wijziging", "Realisatie", "Verplichtingen"]
#: Every way of DOMAIN.md to write a column, not taken from the reader's own list.
SYNONYMS = {
    "taakveld": ("Taakveld", "Subtaakveld", "Iv3-functie"),
    "kostenplaats": ("FCL", "FCLnummer", "Kostenplaats", "Kpl", "Budgetcode"),
    "kostensoort": ("ECL", "Kostensoort", "Categorie", "Grootboek", "Grootboekrekening"),
    "primitief": ("Primitieve begroting", "Primair", "Oorspronkelijk", "Begroting voor wijziging"),
    "wijzigingen": ("Wijzigingen", "Mutaties", "1e wijziging", "2e wijziging", "BERAP"),
    "actueel": ("Begroting na wijziging", "Begroot na wijz. 2026", "Actuele begroting", "Bijgestelde begroting"),
    "realisatie": ("Realisatie", "Werkelijk", "Rekening", "Geboekt", "Besteed"),
    "verplichting": ("Verplicht", "Openstaande verplichtingen", "Reservering"),
}


def sided(word: str, lasten: str, baten: str, table: Table | None = None) -> Table:
    """Other words for the column and the values of lasten and baten."""
    out = [[*row[:3], {"L": lasten, "B": baten}[row[3]], *row[4:]] for row in table or lines()]
    return [*titles(), [*HEAD[:3], word, *HEAD[4:]], *out]


def by_side(top: list[str], head: list[str]) -> Table:
    """Two column groups, lasten and baten, with the measures under each."""
    body = [[code, *sides["L"], *sides["B"]] for code, sides in per_taakveld().items()]
    return [*titles(), [None, top[0], *[None] * 4, top[1], *[None] * 4], ["Taakveld", *head, *head], *body]


def by_measure(saldo: bool, label: str | None = "Saldo") -> Table:
    """A column group a measure, with lasten, baten and saldo under each."""
    width = 3 if saldo else 2
    top: list[Any] = [None]
    body: Table = [[code] for code in per_taakveld()]
    for place, word in enumerate(WORDS):
        top += [word, *[None] * (width - 1)]
        for row, sides in zip(body, per_taakveld().values(), strict=True):
            pair = [sides["L"][place], sides["B"][place]]
            row.extend([*pair, pair[1] - pair[0]][:width])
    head = ["Taakveld", *["Lasten", "Baten", label][:width] * 5]
    return [*titles(), top, head, *body]


def two_measures() -> Table:
    """Only budget and realisation, in columns "Begroting lasten" and so on, one header row."""
    head = ["Taakveld", "Begroting na wijziging lasten", "Begroting na wijziging baten", "Realisatie lasten",
            "Realisatie baten"]  # fmt: skip
    body = [[c, s["L"][2], s["B"][2], s["L"][3], s["B"][3]] for c, s in per_taakveld().items()]
    return [*titles(), head, *body]


def three_rows() -> Table:
    """Year over side over measure."""
    table = by_side(["Lasten", "Baten"], WORDS)
    return [*table[:4], [None, "2026", *[None] * 9], *table[4:]]


def split_words() -> Table:
    """A header that wraps over two rows: "Begroting na" over "wijziging"."""
    top = ["Kosten-", "Kosten-", None, None, "Primitieve", "Begrotings-", "Begroting na", None, "Openstaande"]
    head = [
        "plaats",
        "soort",
        "Taakveld",
        "L/B",
        "begroting",
        "wijzigingen",
        "wijziging",
        "Realisatie",
        "verplichtingen",
    ]
    return [*titles(), top, head, *lines()]


def voor_en_na() -> Table:
    """The trap of wrapped headers: "wijziging" under "Begroting voor" is no change."""
    head = [*HEAD[:4], "wijziging", "Mutaties", "wijziging", *HEAD[7:]]
    return [*titles(), [*[None] * 4, "Begroting voor", None, "Begroting na", None, None], head, *lines()]


def several_changes() -> Table:
    """Changes in a column a decision."""
    body = [[*row[:5], row[5] - 1000, Decimal(600), Decimal(400), *row[6:]] for row in lines()]
    return [*titles(), [*HEAD[:5], "1e wijziging", "2e wijziging", "BERAP", *HEAD[6:]], *body]


def permuted() -> Table:
    """Columns in another order, with blank ones and ones that mean nothing here."""
    order = [7, 3, 2, 8, 0, 4, 6, 5, 1]
    body = [[None, *(row[i] for i in order), None, "tekst"] for row in lines()]
    return [*titles(), [None, *(HEAD[i] for i in order), None, "Opmerking"], *body]


def rests() -> Table:
    """Printed rests, a share, and a column V/N; none of them is a measure."""
    body = []
    for row in lines():
        rest = row[6] - row[7]
        body.append([*row, rest, rest - row[8], "V" if rest > 0 else "N", Decimal("0.5"), "I"])
    head = [*HEAD, "Restant", "Nog te besteden", "V/N", "% besteed", "I/S"]
    return [*titles(), head, *body]


def difference(show: Any) -> Table:
    """Per taakveld the saldo of the realisation as "N 31.393" or "V 1.200"."""
    head = ["Taakveld", *(f"{word} {side}" for word in WORDS for side in ("lasten", "baten")), "Saldo realisatie"]
    body = []
    for code, sides in per_taakveld().items():
        pairs = [sides[kant][place] for place in range(5) for kant in "LB"]
        body.append([code, *pairs, show(sides["B"][3] - sides["L"][3])])
    return [*titles(), head, *body]


def letters(value: Decimal) -> str:
    whole = f"{abs(value):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{'N' if value < 0 else 'V'} {whole}"


LAYOUTS: dict[str, Layout] = {
    "plain, header on row 5": Layout(sheet(plain())),
    **{
        f"column {field} written {word}": Layout(headed(**{field: word}))
        for field, words in SYNONYMS.items()
        for word in words
    },
    "FCL and ECL, K2F's own words": Layout(headed(
        kostenplaats="FCL", kostensoort="ECL", primitief="Primair", wijzigingen="BERAP", actueel="Actuele begroting",
        realisatie="Geboekt", verplichting="Verplicht")),
    "changes in a column a decision": Layout(sheet(several_changes())),
    "columns in another order, blank ones between": Layout(sheet(permuted())),
    "rests, V/N, I/S and a share beside the measures": Layout(sheet(rests())),
    "L/B": Layout(sheet(sided("L/B", "L", "B"))),
    "Lasten/Baten in words": Layout(sheet(sided("Lasten/Baten", "Lasten", "Baten"))),
    "I/U": Layout(sheet(sided("I/U", "U", "I"))),
    "Inkomsten/Uitgaven in words": Layout(sheet(sided("Inkomsten/Uitgaven", "Uitgaven", "Inkomsten"))),
    "side hidden in the category: L4.3.3 and B8.3.3": Layout(sheet([
        *titles(), HEAD[:3] + HEAD[4:],
        *([r[0], {"L": "L4.3.3", "B": "B8.3.3"}[r[3]], r[2], *r[4:]] for r in lines())])),
    "no word on lasten or baten": Layout(
        sheet([*titles(), HEAD[:3] + HEAD[4:], *(r[:3] + r[4:] for r in lines())]), "refuse",
        why="lasten en welke baten"),
    "groups Lasten and Baten": Layout(sheet(by_side(["Lasten", "Baten"], WORDS))),
    "groups Totaal lasten and Totaal baten": Layout(sheet(by_side(["Totaal lasten", "Totaal baten"], WORDS))),
    "groups merged": Layout(sheet(by_side(["Lasten", "Baten"], WORDS), merged=["B5:F5", "G5:K5"])),
    "groups a measure, with saldo": Layout(sheet(by_measure(True))),
    "groups a measure, without saldo": Layout(sheet(by_measure(False))),
    "groups in one header row": Layout(sheet(two_measures()), measures=("actueel", "realisatie")),
    "three header rows": Layout(sheet(three_rows())),
    "header words wrapped over two rows": Layout(sheet(split_words())),
    "Begroting voor over wijziging": Layout(sheet(voor_en_na())),
    "saldo as N 31.393": Layout(sheet(difference(letters))),
    "saldo as a number": Layout(sheet(difference(lambda value: value))),
    "saldo as 31.393 N": Layout(sheet(difference(lambda v: " ".join(reversed(letters(v).split(" ")))))),
    "saldo that says V where it is N": Layout(
        sheet(difference(lambda v: letters(-v))), "refuse", why="saldo is niet het verschil"),
    "taakveld in a header over two rows": Layout(sheet([
        *titles(), ["Taakveld", None, None, *HEAD[4:]], ["code", "naam", "L/B"],
        *([r[2], "Een naam", r[3], *r[4:]] for r in lines())]), "either"),
    "only a budget": Layout(
        sheet([["Begroting 2026"], ["Peildatum: 30-09-2026"], [EURO], [*HEAD[2:4], "Begroting"],
               *([*r[2:4], r[6]] for r in lines())]), measures=("actueel",)),
    "budget and realisation, one column each": Layout(
        sheet([*titles(), [*HEAD[2:4], "Begroting", "Realisatie"], *([*r[2:4], *r[6:8]] for r in lines())]),
        measures=("actueel", "realisatie")),
    "budget voted and changes, no sum of them": Layout(
        sheet([*titles(), [*HEAD[:6], *HEAD[7:]], *([*r[:6], *r[7:]] for r in lines())])),
    "realisation under an unknown word": Layout(headed(realisatie="Uitputting"), "refuse", why="is dit realisatie"),
    "realisation under an unknown word, mapped": Layout(
        headed(realisatie="Uitputting"), mapping={"kolommen": {"realisatie": "Uitputting"}}),
    "two columns that mean the same": Layout(
        sheet([*titles(), [*HEAD, "Werkelijk"], *([*r, r[7] + 1] for r in lines())]), "refuse",
        why="betekenen allebei"),
}  # fmt: skip
