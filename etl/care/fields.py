"""Headers of care registrations: plain workbooks, tables of a database (DAT_AANVRAAG) and trees as Zorgned writes them.

A tree comes as columns named by their path (etl/readers/json_tree.py), or in a workbook by the last parts of it.
"""

from __future__ import annotations

from dataclasses import replace

from etl.care import codes
from etl.lines import Field
from etl.lines.fields import money
from etl.lines.registration import DECISION, PERIOD, PERSON, STATUS, date_field, form
from etl.lines.values import choice, first_of_month

_PRODUCTS = "beschikking.beschikteProducten"
_AWARD = f"{_PRODUCTS}.toegewezenProduct"
_UNCLEAR = "Gebruik de code of de naam uit de codelijst."


def _tree(*paths: str) -> tuple[str, ...]:
    """Give the headers of a field in a tree: its paths from the top, and from each part further on but the last."""
    found: list[str] = []
    for path in paths:
        parts = path.split(".")
        found += [".".join(parts[n:]) for n in range(max(len(parts) - 1, 1))]
    return tuple(dict.fromkeys(found))


def _weakly(one: Field, *headers: str) -> Field:
    """Give a field that is also known by headers that count only when no other column is this field."""
    return replace(one, headers=tuple(dict.fromkeys(one.headers + headers)), weak=one.weak + headers)


def _more(one: Field, *headers: str, required: bool | None = None) -> Field:
    """Give a field with more headers."""
    asked = one.required if required is None else required
    return replace(one, headers=tuple(dict.fromkeys(one.headers + headers)), required=asked)


def _soft(headers: tuple[str, ...], parse: object, reden: str, oplossing: str = _UNCLEAR) -> Field:
    assert callable(parse)
    return Field(headers, parse, reden=reden, oplossing=oplossing, soft=True)


#: Who a line is about, in all layouts.
WHO: dict[str, Field] = PERSON | {
    "bsn": _more(PERSON["bsn"], "client.burgerservicenummer", "client.bsn", "SOFI_NUMMER"),
    "clientnummer": _more(
        PERSON["clientnummer"], "CLIENT_NR", "KLANT_NR", "clientIdentificatie", "client.identificatie",
        "client.clientnummer",
    ),
    "geboortedatum": _more(
        PERSON["geboortedatum"], "DAT_GEBOORTE", "DD_GEBOORTE", "GEB_DAT", "client.geboortedatum"
    ),
    "postcode": _more(PERSON["postcode"], "POSTKODE", "client.postcode", "client.adres.postcode"),
    "huisnummer": _more(
        PERSON["huisnummer"], "HUIS_NR", "client.huisnummer", "client.adres.huisnummer"
    ),
    "toevoeging": _more(
        PERSON["toevoeging"], "client.adres.huisnummertoevoeging", "client.adres.huisletter", "HUISNR_TOEV"
    ),
    "wijk": _more(PERSON["wijk"], "client.adres.wijkcode", "client.wijkcode", "CBS_WIJK"),
    "buurt": _more(PERSON["buurt"], "client.adres.buurtcode", "client.buurtcode", "CBS_BUURT"),
}  # fmt: skip

#: What a product is and who delivers it; awards and declarations say the same.
PRODUCT: dict[str, Field] = {
    "wet": Field(
        ("Wet", "Wettelijk kader", "Regeling", "Code regeling", "KODE_REGELING", "Wetcode",
         *_tree("regeling.identificatie")), codes.law_of,
    ),
    "productcategorie": _weakly(Field(
        ("Productcategoriecode", "Code productcategorie", "Categoriecode", "Categorie code", "PRODUCTCAT",
         "PRODUCT_CAT", "PRODCAT", *_tree(f"{_PRODUCTS}.productCategorie.code")),
        required=True, filled=True,
    ), "Productcategorie", "Categorie"),
    "productcode": _weakly(_soft(
        ("Productcode", "Code product", "PRODCODE", *_tree(f"{_PRODUCTS}.product.productCode")),
        codes.product, "de productcode is geen code.", "Een productcode bestaat uit hoofdletters en cijfers.",
    ), "Product"),
    "leveringsvorm": _soft(
        ("Leveringsvorm", "Verstrekkingsvorm", "ZIN/PGB", "PGB/ZIN", "Vorm", "LEV_VORM", "LEVVORM",
         *_tree(f"{_AWARD}.leveringsvorm")),
        form, "de leveringsvorm is niet bekend (ZIN of PGB).", "Gebruik ZIN of PGB.",
    ),
    "aanbieder": _weakly(_soft(
        ("AGB", "AGB-code", "AGB-code aanbieder", "Aanbieder AGB", "AGB aanbieder", "AANB_AGB", "LEV_AGB",
         *_tree(f"{_AWARD}.leverancier.agbcode")),
        codes.provider, "de aanbieder is geen AGB-code van 8 cijfers.", "Lever de AGB-code in plaats van de naam.",
    ), "Aanbieder", "Aanbiedercode", "Zorgaanbieder", "Leverancier"),
}  # fmt: skip

#: How much of it.
AMOUNT: dict[str, Field] = {
    "volume": _weakly(Field(
        ("Volume", "Toegewezen volume", "Geleverd volume", "Uitgevoerd volume", *_tree(f"{_AWARD}.omvang.volume")),
        money=True, soft=True, reden="dit volume is geen getal.", oplossing="Vul een getal in.",
    ), "Omvang", "Aantal"),
    "eenheid": _weakly(_soft(
        ("Eenheidcode", "Code eenheid", *_tree(f"{_AWARD}.omvang.eenheid.code")),
        codes.unit, "de eenheid is niet zeker.", "Gebruik een code: 01, 04, 14, 16, 82, 83 of 84.",
    ), "Eenheid"),
}  # fmt: skip

AWARD: dict[str, Field] = {
    **WHO,
    "aanvraagdatum": _more(DECISION["aanvraagdatum"], "DAT_AANVRAAG", "DATAANVR", "DD_AANVRAAG", "datumAanvraag"),
    "besluitdatum": _more(
        DECISION["besluitdatum"], "DAT_BESLUIT", "DD_BESLUIT", "DAT_BESCHIKKING", "DATBESCH", "DD_BESCHIKKING",
        "datumAfgifte", *_tree("beschikking.datumAfgifte"),
    ),
    "besluit": _weakly(
        _more(DECISION["besluit"], "BESLUIT_OMS", *_tree(f"{_PRODUCTS}.resultaat"), required=False), "Resultaat"
    ),
    "beschikkingnummer": _weakly(Field(
        ("Beschikkingnummer", "Beschikkingsnummer", "Beschikkingnr", "Beschikkingsnr", "Beschikking", "BESCH_NR",
         "BESLUITNR", *_tree("beschikking.beschikkingNummer"))
    ), "Toewijzingnummer", "Toewijzingsnummer", "TOEW_NR"),
    **PRODUCT,
    "ingangsdatum": _more(
        PERIOD["ingangsdatum"], "DAT_BEGIN", "DAT_INGANG", "DD_BEGIN", "DD_INGANG", "Datum begin",
        "datumIngangGeldigheid", *_tree(f"{_AWARD}.datumIngangGeldigheid"),
    ),
    "einddatum": _more(
        PERIOD["einddatum"], "DAT_EINDE", "DAT_EIND", "DD_EINDE", "DD_EIND", "Datum eind",
        "datumEindeGeldigheid",
        *_tree(f"{_AWARD}.datumEindeGeldigheid"),
    ),
    **AMOUNT,
    "frequentie": _weakly(_soft(
        ("Frequentiecode", "Code frequentie", *_tree(f"{_AWARD}.omvang.frequentie.code")),
        codes.frequency, "de frequentie is niet bekend.", "Gebruik een code: 1, 2, 3, 4 of 6.",
    ), "Frequentie", "FREQ"),
    "tarief": Field(
        ("Tarief", "Tarief per eenheid", "Prijs", "Prijs per eenheid", "TARIEF_EUR",
         *_tree(f"{_AWARD}.tarief", f"{_AWARD}.omvang.tarief")),
        money=True, cents=True, soft=True, reden="dit tarief is geen bedrag.", oplossing="Vul een bedrag in.",
    ),
    **STATUS,
    "reden_einde": _weakly(
        Field(("Code reden beëindiging", "Redencode einde", "RED_EINDE", "REDEN_EIND", "KODE_REDEN_EINDE",
               "KODE_REDEN_EINDE_VOORZ", "redenBeeindiging.code", *_tree(f"{_AWARD}.redenEinde"))),
        "Reden beëindiging", "Reden einde", "Reden van beëindiging", "Reden beëindiging toewijzing",
    ),
}  # fmt: skip
AWARD["status"] = _more(
    STATUS["status"], "STATUS_OMS", "STATUS_INDICATIE", "STATUS_VOORZ", *_tree(f"{_PRODUCTS}.status")
)
AWARD["reden_wijziging"] = _more(
    STATUS["reden_wijziging"], "RED_WIJZ", "REDEN_WIJZ", "KODE_REDEN_WIJZ", "redenWijziging.code",
    *_tree(f"{_AWARD}.redenWijziging"),
)  # fmt: skip

REFERRER = _soft(
    ("Verwijzer", "Type verwijzer", "Verwijzertype", "Verwijzing door", "Soort verwijzer", "VERWIJZER_CD",
     *_tree("hulpvraag.verwijzer.code"), "hulpvraag.verwijzer"),
    codes.referrer, "de verwijzer is niet bekend.",
)  # fmt: skip

_SIDES = {
    "d": "D", "debet": "D", "debit": "D", "c": "C", "credit": "C", "cr": "C", "db": "D", "dr": "D",
}  # fmt: skip

DECLARED: dict[str, Field] = {
    "bsn": WHO["bsn"],
    "clientnummer": WHO["clientnummer"],
    "toewijzingnummer": _weakly(
        Field(("Toewijzingnummer", "Toewijzingsnummer", "Toewijzing", "Toewijzingnr", "TOEW_NR")),
        "Beschikkingnummer", "Beschikkingsnummer",
    ),
    "referentie": Field(
        ("Referentie", "Referentienummer", "Regelnummer", "Declaratieregel", "Prestatienummer", "Referentie regel",
         "Referentienummer prestatie", "REF_NR")
    ),
    "declaratienummer": Field(("Declaratienummer", "Factuurnummer", "Declaratienr", "Factuurnr", "DECL_NR")),
    **PRODUCT,
    "begin": date_field(
        "begindatum", "Begin periode", "Begindatum", "Begindatum prestatie", "Startdatum", "Periode van", "DAT_BEGIN",
        "Begindatum periode", "Periode begin", "Startdatum periode", "Begindatum levering", "Begin levering",
    ),
    "einde": date_field(
        "einddatum", "Einde periode", "Einddatum", "Einddatum prestatie", "Periode tot en met", "DAT_EINDE",
        "Einddatum periode", "Eind periode", "Periode einde", "Einddatum levering", "Einde levering",
    ),
    "maand": _weakly(Field(
        ("Prestatiemaand", "Prestatieperiode", "Leveringsmaand", "Leveringsperiode", "Periode van levering"),
        first_of_month, reden="dit is geen maand.", oplossing="Schrijf de maand als 2026-03 of maart 2026.",
    ), "Periode", "Maand", "Declaratieperiode"),
    **AMOUNT,
    "bedrag": money(
        "Bedrag", "Declaratiebedrag", "Ingediend bedrag", "Gedeclareerd bedrag", "Toegekend bedrag", "Regelbedrag",
        "Bedrag in centen", "Bedrag in eurocent", "Bedrag in eurocenten", "Bedrag eurocent", "Bedrag eurocenten",
        "Bedrag centen", "BEDRAG_CENT", required=True, filled=True, cents=True,
    ),
    "debet_credit": Field(
        ("Debet/credit", "D/C", "DC", "Debet-credit", "Debet credit", "Creditcode", "IND_DC", "Debitcredit"),
        choice(_SIDES), reden="dit is geen D (debet) of C (credit).", oplossing="Gebruik D of C.",
    ),
    "ontvangen_op": date_field(
        "datum ontvangen", "Ontvangen op", "Ontvangen", "Datum ontvangst", "Datum ontvangen", "Ontvangstdatum",
        "Indieningsdatum", "Datum ingediend", "Dagtekening", "DAT_ONTV", "DAT_ONTVANGST", required=True,
    ),
}  # fmt: skip
