"""Which column of a Wmo export is what: the header row found by its synonyms, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass

from etl.cleaning import plain
from etl.mapping import Mapping
from etl.readers.cells import Cell, Sheet, column_letter

#: Field -> headers it is recognised by (DOMAIN.md 5), compared without case, accents, spaces and punctuation.
FIELDS: dict[str, tuple[str, ...]] = {
    "bsn": ("BSN", "BSN-nummer", "Burgerservicenummer", "BSN cliënt"),
    "clientnummer": ("Cliëntnummer", "Cliëntnr", "Cliënt-id", "Cliënt", "Klantnummer", "Klantnr", "Persoonsnummer"),
    "geboortedatum": ("Geboortedatum", "Geb.datum", "Datum geboorte", "Geboortedatum cliënt"),
    "wijk": ("Wijkcode", "Wijk", "CBS-wijkcode", "Wijkcode CBS", "Wijknaam"),
    "buurt": ("Buurtcode", "Buurt", "CBS-buurtcode", "Buurtcode CBS", "Buurtnaam"),
    "aanvraagdatum": (
        "Aanvraagdatum", "Datum aanvraag", "Aanvraag ontvangen", "Ontvangstdatum aanvraag", "Aangevraagd op",
    ),
    "besluitdatum": (
        "Besluitdatum", "Datum besluit", "Beschikkingsdatum", "Beschikkingdatum", "Datum beschikking", "Beslisdatum",
        "Datum beslissing", "Afgiftedatum beschikking", "Datum afgifte beschikking",
    ),
    "besluit": (
        "Besluit", "Beslissing", "Soort besluit", "Besluitsoort", "Uitkomst", "Uitkomst aanvraag", "Resultaat aanvraag",
    ),
    "beschikkingnummer": ("Beschikkingnummer", "Beschikkingsnummer", "Beschikkingnr", "Beschikkingsnr", "Beschikking"),
    "productcategorie": (
        "Productcategorie", "Productcategoriecode", "Code productcategorie", "Categorie", "Categoriecode",
    ),
    "productcode": ("Productcode", "Code product", "Product"),
    "ingangsdatum": (
        "Ingangsdatum", "Startdatum", "Begindatum", "Datum ingang", "Toegewezen ingangsdatum",
        "Ingangsdatum voorziening", "Ingangsdatum beschikking", "Geldig vanaf",
    ),
    "einddatum": (
        "Einddatum", "Datum einde", "Toegewezen einddatum", "Einddatum voorziening", "Einddatum beschikking",
        "Geldig tot en met", "Geldig t/m",
    ),
    "leveringsvorm": ("Leveringsvorm", "Verstrekkingsvorm", "ZIN/PGB", "PGB/ZIN", "Vorm"),
    "status": ("Status", "Status voorziening", "Status toewijzing"),
    "reden_wijziging": ("Reden wijziging", "Reden wijziging toewijzing"),
    "peildatum": ("Peildatum",),
}  # fmt: skip
REQUIRED = ("aanvraagdatum", "besluitdatum", "besluit", "productcategorie", "ingangsdatum", "einddatum")
_SEARCH_ROWS = 40


_BY_HEADER = {plain(header): field for field, headers in FIELDS.items() for header in headers}


@dataclass(frozen=True)
class Problem:
    """Why a sheet cannot be read. Texts are Dutch."""

    reden: str
    oplossing: str


@dataclass(frozen=True)
class Layout:
    """Where the table of a sheet stands: index of the header row, and field -> column index."""

    header: int
    columns: dict[str, int]
    not_taken: int

    def letter(self, field: str) -> str:
        """Give the spreadsheet letter of a field's column."""
        return column_letter(self.columns[field]) if field in self.columns else field


def find_layout(sheet: Sheet, mapping: Mapping | None) -> Layout | Problem | None:
    """Find the header row of a sheet.

    Returns:
        The layout; a Problem when there is a table with something missing or double; None when there is no table.
    """
    own = {plain(header): field for field, header in mapping.kolommen.items()} if mapping else {}
    unknown = sorted(set(own.values()) - set(FIELDS))
    if unknown:
        return Problem(
            f"mapping.toml noemt een veld dat hier niet bestaat: {', '.join(unknown)}.",
            f"Kies onder [kolommen] uit: {', '.join(FIELDS)}.",
        )
    if mapping and mapping.koprij:
        places = [mapping.koprij - 1] if mapping.koprij <= len(sheet.rows) else []
    else:
        places = list(range(min(_SEARCH_ROWS, len(sheet.rows))))
    best = -1
    best_found: dict[str, list[int]] = {}
    for place in places:
        found = _fields_in(sheet.rows[place], own)
        if len(found) > len(best_found):
            best, best_found = place, found
    if len(best_found) < 3:
        return None
    return _checked(sheet.rows[best], best, best_found, own)


def _fields_in(row: list[Cell], own: dict[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    named = set(own.values())
    for place, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        header = plain(cell)
        field = own.get(header) or _BY_HEADER.get(header)
        if field and (header in own or field not in named):  # what the mapping names is found by that header only
            found.setdefault(field, []).append(place)
    return found


def _checked(row: list[Cell], place: int, found: dict[str, list[int]], own: dict[str, str]) -> Layout | Problem:
    double = [field for field, places in found.items() if len(places) > 1]
    if double:
        letters = " en ".join(column_letter(p) for p in found[double[0]])
        return Problem(
            f"de kolommen {letters} kunnen allebei {double[0]} zijn.",
            f'Zeg in mapping.toml onder [kolommen] welke het is: {double[0]} = "Kop van de kolom".',
        )
    missing = [field for field in (*REQUIRED, *own.values()) if field not in found]
    if "bsn" not in found and "clientnummer" not in found:
        missing.insert(0, "clientnummer of bsn")
    if missing:
        names = ", ".join(dict.fromkeys(missing))
        return Problem(
            f"op rij {place + 1} staan de koppen, maar deze kolommen zijn niet gevonden: {names}.",
            "Zet in mapping.toml onder [kolommen] hoe de kolom bij u heet, "
            f'bijvoorbeeld {missing[-1]} = "Kop van de kolom".',
        )
    filled = sum(1 for cell in row if cell is not None and str(cell).strip())
    return Layout(place, {field: places[0] for field, places in found.items()}, filled - len(found))
