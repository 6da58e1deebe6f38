"""What registrations of provisions have in common: an application, a decision, a period, a person at an address."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from etl.lines import values
from etl.lines.kind import Field, Rule, days
from etl.lines.values import choice

DECISIONS = {
    "toegekend": "toegekend", "toekenning": "toegekend", "toekennen": "toegekend", "toegewezen": "toegekend",
    "toewijzen": "toegekend", "toewijzing": "toegekend", "gehonoreerd": "toegekend", "positief": "toegekend",
    "gedeeltelijktoegekend": "toegekend", "deelstoegekend": "toegekend",
    "afgewezen": "afgewezen", "afwijzing": "afgewezen", "afwijzen": "afgewezen", "geweigerd": "afgewezen",
    "negatief": "afgewezen", "nietingewilligd": "afgewezen",
    "ingetrokken": "ingetrokken", "intrekking": "ingetrokken", "ingetrokkendooraanvrager": "ingetrokken",
    "aanvraagingetrokken": "ingetrokken", "intrekkingaanvraag": "ingetrokken",
    "inbehandeling": None, "lopend": None, "openstaand": None, "nogtebeslissen": None, "aangevraagd": None,
}  # fmt: skip
FORMS = {
    "zin": "ZIN", "zorginnatura": "ZIN", "natura": "ZIN", "innatura": "ZIN",
    "pgb": "PGB", "persoonsgebondenbudget": "PGB",
}  # fmt: skip
decision = choice(DECISIONS)
form = choice(FORMS)

_DATE_HELP = "Schrijf de datum als dd-mm-jjjj en lever het bestand opnieuw aan."
SOURCE_HELP = "Herstel de regel in de registratie en lever het bestand opnieuw aan."


def date_field(name: str, *headers: str, required: bool = False, end: bool = False) -> Field:
    """Give the field of a date; an end date far away means that there is none."""
    parse = values.end_date if end else values.date
    reden = f"de {name} is geen datum die zeker te lezen is."
    return Field(headers, parse, required, reden=reden, oplossing=_DATE_HELP)


#: Who a line is about. Nothing of this is stored as it is: see etl.privacy.
PERSON: dict[str, Field] = {
    "bsn": Field(("BSN", "BSN-nummer", "Burgerservicenummer", "BSN cliënt", "BSN klant"), values.bsn),
    "clientnummer": Field(
        ("Cliëntnummer", "Cliëntnr", "Cliënt-id", "Cliënt", "Klantnummer", "Klantnr", "Persoonsnummer"), values.code
    ),
    "geboortedatum": Field(
        ("Geboortedatum", "Geb.datum", "Datum geboorte", "Geboortedatum cliënt", "GEB_DATUM", "DAT_GEBOORTE"),
        values.birth_date,
        reden="de geboortedatum is geen datum die zeker te lezen is.",
        oplossing=_DATE_HELP,
    ),
    "postcode": Field(("Postcode", "PC", "Postcode woonadres"), values.code),
    "huisnummer": Field(("Huisnummer", "Huisnr", "Huisnr."), values.code),
    "toevoeging": Field(("Toevoeging", "Huisnummertoevoeging", "Huisletter", "Toev."), values.code),
    "wijk": Field(("Wijkcode", "Wijk", "CBS-wijkcode", "Wijkcode CBS", "Wijknaam"), values.wijk),
    "buurt": Field(("Buurtcode", "Buurt", "CBS-buurtcode", "Buurtcode CBS", "Buurtnaam"), values.wijk),
}
#: An application and the decision on it.
DECISION: dict[str, Field] = {
    "aanvraagdatum": date_field(
        "aanvraagdatum", "Aanvraagdatum", "Datum aanvraag", "Aanvraag ontvangen", "Ontvangstdatum aanvraag",
        "Aangevraagd op", "DAT_AANVRAAG", "DD_AANVRAAG", required=True,
    ),
    "besluitdatum": date_field(
        "besluitdatum", "Besluitdatum", "Datum besluit", "Beschikkingsdatum", "Beschikkingdatum", "Datum beschikking",
        "Beslisdatum", "DAT_BESLUIT", "DD_BESLUIT", "DAT_BESCHIKKING", "Datum beslissing",
        "Afgiftedatum beschikking", "Datum afgifte beschikking", required=True,
    ),
    "besluit": Field(
        ("Besluit", "Beslissing", "Soort besluit", "Besluitsoort", "Uitkomst", "Uitkomst aanvraag",
         "Resultaat aanvraag"), decision, required=True, reden="dit besluit is niet bekend.",
        oplossing="Gebruik toegekend, afgewezen, ingetrokken of laat het leeg.",
    ),
}  # fmt: skip
#: The period of a provision.
PERIOD: dict[str, Field] = {
    "ingangsdatum": date_field(
        "ingangsdatum", "Ingangsdatum", "Startdatum", "Begindatum", "Datum ingang", "Toegewezen ingangsdatum",
        "DAT_BEGIN", "DAT_INGANG", "DD_INGANG", "Ingangsdatum voorziening", "Ingangsdatum beschikking",
        "Geldig vanaf", required=True,
    ),
    "einddatum": date_field(
        "einddatum", "Einddatum", "Datum einde", "DAT_EINDE", "DD_EINDE", "Toegewezen einddatum",
        "Einddatum voorziening",
        "Einddatum beschikking", "Geldig tot en met", "Geldig t/m", required=True, end=True,
    ),
}  # fmt: skip
STATUS: dict[str, Field] = {
    "status": Field(("Status", "Status voorziening", "Status toewijzing"), values.code),
    "reden_wijziging": Field(("Reden wijziging", "Reden wijziging toewijzing"), values.code),
}
_REMOVED = {"verwijderd", "vervallen", "geannuleerd", "foutiefingevoerd"}


def removed(frame: pd.DataFrame) -> np.ndarray:
    """Mark lines that the registration itself calls removed: by status, or reden wijziging 13."""
    status = values.each(frame["status"].tolist(), _says_removed)
    reason = values.each(
        frame["reden_wijziging"].tolist(), lambda v: str(v).split()[0] == "13" or _says_removed(v) if v else False
    )
    return np.array(status, dtype=bool) | np.array(reason, dtype=bool)


def _says_removed(text: object) -> bool:
    return isinstance(text, str) and values.plain(text) in _REMOVED


def person_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    """Give the rules on who a line is about."""
    nobody = frame["persoon"].isna().to_numpy(bool)
    rules = [Rule("clientnummer", "de regel heeft geen cliëntnummer en geen geldig BSN.", SOURCE_HELP, nobody)]
    if "geboortedatum" in frame:
        unborn = days(frame["geboortedatum"]) > np.datetime64(peildatum)
        rules.append(Rule("geboortedatum", "de geboortedatum ligt na de peildatum.", SOURCE_HELP, unborn))
    return rules


def decision_rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    """Give the rules that an application, its decision and the period of what was awarded have to keep."""
    names = ("aanvraagdatum", "besluitdatum", "ingangsdatum", "einddatum")
    day = {name: days(frame[name]) for name in names}
    known = {name: ~np.isnat(found) for name, found in day.items()}
    besluit = frame["besluit"]
    awarded, withdrawn = ((besluit == word).to_numpy(bool) for word in ("toegekend", "ingetrokken"))
    decided, as_of = besluit.notna().to_numpy(bool), np.datetime64(peildatum)

    def rule(kolom: str, reden: str, hit: np.ndarray, oplossing: str = SOURCE_HELP) -> Rule:
        return Rule(kolom, reden, oplossing, hit)

    return [
        rule("aanvraagdatum", "de aanvraagdatum ligt na de peildatum.", day["aanvraagdatum"] > as_of),
        rule("besluitdatum", "de besluitdatum ligt na de peildatum.", day["besluitdatum"] > as_of),
        rule("besluitdatum", "het besluit is genomen vóór de aanvraag.", day["besluitdatum"] < day["aanvraagdatum"]),
        rule(
            "besluitdatum", "er is een besluit zonder besluitdatum.", decided & ~known["besluitdatum"] & ~withdrawn
        ),
        rule("besluit", "er is een besluitdatum, maar geen besluit.", ~decided & known["besluitdatum"]),
        rule("aanvraagdatum", "er is geen aanvraagdatum en geen besluit.", ~decided & ~known["aanvraagdatum"]),
        rule(
            "ingangsdatum",
            "de voorziening is toegekend, maar heeft geen ingangsdatum.",
            awarded & ~known["ingangsdatum"],
        ),
        period_rule(frame),
        rule(
            "besluit",
            "het is niet zeker of de aanvraag of de lopende voorziening is ingetrokken.",
            withdrawn & known["ingangsdatum"] & known["einddatum"],
            "Laat ingangsdatum en einddatum leeg bij een ingetrokken aanvraag; "
            "gebruik 'toegekend' met een einddatum als de voorziening stopte.",
        ),
    ]  # fmt: skip


def period_rule(frame: pd.DataFrame) -> Rule:
    """Give the rule that an end is not before its start."""
    hit = days(frame["einddatum"]) < days(frame["ingangsdatum"])
    return Rule("einddatum", "de einddatum ligt vóór de ingangsdatum.", SOURCE_HELP, hit)
