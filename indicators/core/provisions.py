"""SQL that indicators on the use of provisions share: the monthly counts of the marts, and texts of their records.

A definition puts two pieces together: a `bron` of this module, counts per month (maand, gebied_code, uitsplitsing,
teller, noemer, peildatum), and a SELECT of indicators/core/figures.py that makes months, quarters and years of it.

- Only the newest state of a law counts, and only months that it has in full.
- Counts of wijken are already protected and rounded when they get here (mart.fct_voorziening), so what is computed from
  them gives nothing away and a rate is one of rounded counts. A secret count is a row without figures that says
  `onderdrukt`. Wijken have stocks only, per quarter: a month's flow in a wijk is nearly always secret.
- `uitsplitsing` is 'totaal' or 'name=value', as indicators/core/uitsplitsing.py reads it.
"""

from __future__ import annotations

from typing import Literal

from indicators.core.figures import VOORLOPIG_MAANDEN
from indicators.core.indicator import Breuk

Maat = Literal["aanvraag", "toekenning", "afwijzing", "instroom", "uitstroom", "stand"]
#: The laws that are counted, as mart.fct_voorziening names them.
WETTEN = ("wmo", "jeugd", "participatiewet")
#: What a decision can be.
BESLUITEN: tuple[Maat, Maat] = ("toekenning", "afwijzing")
#: The texts that the records of these indicators have in common.
STATUSREGELS = (
    f"De laatste {VOORLOPIG_MAANDEN} maanden zijn voorlopig: besluiten mogen acht weken duren en worden soms later "
    "ingevoerd. Een maand, kwartaal of jaar staat er pas als het helemaal in de levering zit."
)
PERIODEN = "Per maand en per jaar, na elke levering."
PERIODEN_KWARTAAL = "Per kwartaal en per jaar, na elke levering."
GEHEIM_IN_WIJKEN = (
    "In een wijk is een aantal van 0 tot en met 7 geheim en is elk ander aantal afgerond op vijftallen; soms is nog "
    "een aantal geheim, omdat het anders uit te rekenen is."
)
ROL_WMO, ROL_JEUGD, ROL_PARTICIPATIEWET = (
    "Beleidsadviseur Wmo",
    "Beleidsadviseur Jeugd",
    "Beleidsadviseur Participatiewet",
)
ROL_PROGRAMMA = "Programmamanager Sociaal Domein"
#: Changes of the law after which the same use gives other counts. The tariff came in two steps: 2019 and 2020.
ABONNEMENTSTARIEF = (
    Breuk(
        "2019JJ00",
        "Vanaf 2019 geldt voor de Wmo het abonnementstarief: een lage eigen bijdrage voor iedereen. Daardoor vragen "
        "ook mensen hulp aan die het vroeger zelf betaalden.",
    ),
    Breuk(
        "2020JJ00",
        "Vanaf 2020 is de eigen bijdrage voor de Wmo voor iedereen één vast bedrag per maand (abonnementstarief). "
        "Daardoor vragen nog meer mensen hulp aan.",
    ),
)
WOONPLAATSBEGINSEL = Breuk(
    "2022JJ00",
    "Vanaf 2022 betaalt voor jeugdhulp de gemeente waar het kind vóór het verblijf woonde (woonplaatsbeginsel). "
    "Kinderen zijn toen tussen gemeenten verschoven.",
)


def _newest(table: str, wet: str) -> str:
    return (
        f"wet = '{wet}' AND peildatum = (SELECT max(peildatum) FROM {table} WHERE wet = '{wet}')"
        " AND last_day(maand) <= peildatum"
    )


def counts(wet: str, maat: Maat, *onderdelen: str, wijken: bool = False) -> str:
    """Give the `bron` of a law's counts: 'totaal' and per onderdeel, or of the onderdelen that are named.

    Args:
        wet: wmo, jeugd or participatiewet.
        maat: What is counted.
        onderdelen: Only these; the first one named is then the 'totaal'.
        wijken: Wijken as well as the gemeente.
    """
    whole = onderdelen[0] if onderdelen else "totaal"
    chosen = f" AND onderdeel IN ({', '.join(repr(o) for o in onderdelen)})" if onderdelen else ""
    levels = "('GM', 'WK')" if wijken else "('GM')"
    return f"""
        SELECT maand, gebied_code, if(onderdeel = '{whole}', 'totaal', 'onderdeel=' || onderdeel) AS uitsplitsing,
               aantal AS teller, CAST(NULL AS INTEGER) AS noemer, peildatum
        FROM mart.fct_voorziening
        WHERE {_newest("mart.fct_voorziening", wet)} AND maat = '{maat}'{chosen} AND left(gebied_code, 2) IN {levels}
          AND (left(gebied_code, 2) = 'WK' OR aantal IS NOT NULL)"""


def by_property(wet: str, maat: Maat, onderdeel: str, kenmerk: str) -> str:
    """Give the `bron` of counts by a property, for the whole gemeente; noemer is the count that they are part of.

    A value that has no row in a month is 0 in it (mart.fct_voorziening_kenmerk), but only in months that the law has:
    those of mart.fct_voorziening.
    """
    fact = "mart.fct_voorziening_kenmerk"
    of = f"{_newest(fact, wet)} AND maat = '{maat}' AND onderdeel = '{onderdeel}' AND kenmerk = '{kenmerk}'"
    return f"""
        SELECT m.maand, m.gebied_code, '{kenmerk}=' || w.waarde AS uitsplitsing, coalesce(k.aantal, 0) AS teller,
               m.aantal AS noemer, m.peildatum
        FROM (
            SELECT maand, gebied_code, aantal, peildatum FROM mart.fct_voorziening
            WHERE {_newest("mart.fct_voorziening", wet)} AND maat = '{maat}' AND onderdeel = '{onderdeel}'
              AND left(gebied_code, 2) = 'GM' AND aantal IS NOT NULL
        ) AS m
        CROSS JOIN (SELECT DISTINCT waarde FROM {fact} WHERE {of}) AS w
        LEFT JOIN (SELECT maand, waarde, sum(aantal) AS aantal FROM {fact} WHERE {of} GROUP BY ALL) AS k
            ON k.maand = m.maand AND k.waarde = w.waarde"""


def part_of(wet: str, maat: Maat, kenmerk: str, waarden: tuple[str, ...], of_known: bool = False) -> str:
    """Give the `bron` of what part of a count has a property: 'wet=...' and per onderdeel, for the whole gemeente.

    Args:
        wet: As for `counts`.
        maat: As for `counts`.
        kenmerk: The property.
        waarden: Its values that count in teller.
        of_known: noemer is the number of which the property is known (of lines, which have one value each); else it is
            the count itself, and a month in which the property is known of nobody is left out.
    """
    fact = "mart.fct_voorziening_kenmerk"
    some = ", ".join(repr(w) for w in waarden)
    return f"""
        SELECT m.maand, m.gebied_code, if(m.onderdeel = 'totaal', 'wet={wet}', 'onderdeel=' || m.onderdeel)
               AS uitsplitsing, coalesce(k.deel, 0) AS teller, {"coalesce(k.bekend, 0)" if of_known else "m.aantal"}
               AS noemer, m.peildatum
        FROM (
            SELECT maand, gebied_code, onderdeel, aantal, peildatum FROM mart.fct_voorziening
            WHERE {_newest("mart.fct_voorziening", wet)} AND maat = '{maat}' AND left(gebied_code, 2) = 'GM'
        ) AS m
        LEFT JOIN (
            SELECT maand, onderdeel, coalesce(sum(aantal) FILTER (waarde IN ({some})), 0) AS deel,
                   coalesce(sum(aantal) FILTER (waarde <> 'onbekend'), 0) AS bekend
            FROM {fact} WHERE {_newest(fact, wet)} AND maat = '{maat}' AND kenmerk = '{kenmerk}' GROUP BY ALL
        ) AS k ON k.maand = m.maand AND k.onderdeel = m.onderdeel
        WHERE {"true" if of_known else "k.bekend > 0"}"""


def with_total(bron: str) -> str:
    """Add 'totaal': the sum over the values of a property, for what has one value each."""
    return f"""
        SELECT maand, gebied_code, uitsplitsing, teller, CAST(NULL AS INTEGER) AS noemer, peildatum FROM ({bron})
        UNION ALL
        SELECT maand, gebied_code, 'totaal', sum(teller), NULL, peildatum FROM ({bron}) GROUP BY ALL"""


def together(*bronnen: str) -> str:
    """Put several `bron` texts below one another."""
    return " UNION ALL ".join(f"SELECT * FROM ({bron})" for bron in bronnen)


def added(*bronnen: str) -> str:
    """Add several `bron` texts up per month, region and breakdown."""
    return f"""
        SELECT maand, gebied_code, uitsplitsing, sum(teller) AS teller, sum(noemer) AS noemer,
               max(peildatum) AS peildatum
        FROM ({together(*bronnen)}) GROUP BY ALL"""


def per_law(bron: str, wet: str) -> str:
    """Name the 'totaal' of a law by the law, so that laws can stand beside one another in one indicator."""
    return f"SELECT * REPLACE (if(uitsplitsing = 'totaal', 'wet={wet}', uitsplitsing) AS uitsplitsing) FROM ({bron})"


def awarded(wet: str) -> str:
    """Give the `bron` of awards (teller) among decisions (noemer), for the whole gemeente and per onderdeel."""
    yes, no = counts(wet, "toekenning"), counts(wet, "afwijzing")
    return f"""
        SELECT ja.maand, ja.gebied_code, ja.uitsplitsing, ja.teller, ja.teller + nee.teller AS noemer, ja.peildatum
        FROM ({yes}) AS ja
        JOIN ({no}) AS nee ON nee.maand = ja.maand AND nee.gebied_code = ja.gebied_code
         AND nee.uitsplitsing = ja.uitsplitsing"""


def persons(maat: str, wijken: bool = False) -> str:
    """Give the `bron` of persons over all laws together, from mart.fct_stapeling.

    Args:
        maat: stand (with a provision of any law), integraal_aanbod, zelfredzaam, ...
        wijken: Wijken as well as the gemeente.
    """
    levels = "('GM', 'WK')" if wijken else "('GM')"
    return f"""
        SELECT maand, gebied_code, 'totaal' AS uitsplitsing, aantal AS teller, CAST(NULL AS INTEGER) AS noemer,
               peildatum
        FROM mart.fct_stapeling
        WHERE peildatum = (SELECT max(peildatum) FROM mart.fct_stapeling) AND last_day(maand) <= peildatum
          AND eenheid = 'persoon' AND maat = '{maat}' AND combinatie = 'alle' AND left(gebied_code, 2) IN {levels}"""


def survey(wet: str) -> str:
    """Give the SELECT of a client survey: percentages per question with the 95 % interval of Wilson (1927).

    The question is named by its text: its number moves when a list changes. Where a year has one text twice, or a
    question without a text, the number tells them apart. Marks (rapportcijfer) are no percentages and are left out.
    """
    z2, p, n = "3.8415", "CAST(waarde AS DOUBLE) / 100", "nullif(aantal_antwoorden, 0)"
    middle = f"({p} + {z2} / 2 / {n}) / (1 + {z2} / {n})"
    half = f"sqrt({z2} * ({p} * (1 - {p}) + {z2} / 4 / {n}) / {n}) / (1 + {z2} / {n})"
    return f"""
        SELECT jaar || 'JJ00' AS periode, $gemeente AS gebied_code,
               'vraag=' || CASE
                   WHEN coalesce(trim(vraag), '') = '' THEN 'Vraag ' || vraagnummer || ' (' || antwoord || ')'
                   WHEN count(*) OVER (PARTITION BY jaar, vraag) > 1
                   THEN vraag || ' (vraag ' || vraagnummer || ', ' || antwoord || ')'
                   ELSE vraag END AS uitsplitsing,
               round({p} * aantal_antwoorden) AS teller, CAST(aantal_antwoorden AS DOUBLE) AS noemer,
               CAST(waarde AS DOUBLE) AS waarde, 100 * ({middle} - {half}) AS ondergrens,
               100 * ({middle} + {half}) AS bovengrens, 'definitief' AS status, false AS onderdrukt
        FROM mart.fct_ervaring
        WHERE wet = '{wet}' AND eenheid = 'procent'"""
