# ruff: noqa: E501  (a table reads by row)
"""The published database: every table and column that etl promises and that indicators and dashboard rely on.

What etl's marts give stands here; contract_aanbieder, contract_indicators and contract_meta hold the rest.

One place, used three ways: etl creates the tables from it, a data check compares the finished build with it, and the
data dictionary is generated from it. Money is DECIMAL(18,2) in euros, a month is its first day as DATE, `gebied_code`
is a CBS code without padding. Lasten are positive when they are spending, baten positive when they are income.
"""

# fmt: off
from __future__ import annotations

from indicators.core.contract_aanbieder import PROVIDER_TABLES
from indicators.core.contract_indicators import INDICATOR_TABLES
from indicators.core.contract_meta import META_TABLES
from indicators.core.table import EUR, GEBIED, JAAR, LB, ONDERDEEL, PEILDATUM, Column, Table, table
from indicators.core.views import VIEWS

__all__ = ["AGGREGATEN", "BY_NAME", "EUR", "TABLES", "VIEWS", "Column", "Table"]


#: Values of `onderdeel` in forecasts that are sums of onderdelen, with their Dutch names. Never in dim_onderdeel.
AGGREGATEN = {
    "totaal": "Sociaal domein",
    "wmo": "Wmo",
    "jeugd": "Jeugd",
    "participatiewet": "Participatiewet",
    "overig": "Overig sociaal domein",
}

_MARTS: tuple[Table, ...] = (
    table(
        "mart.dim_gebied", "A region", "gebied_code", "marts", GEBIED,
        ("naam", "VARCHAR", "name as CBS spells it; not unique"),
        ("niveau", "VARCHAR", "land, provincie, corop, gemeente, wijk or buurt"),
        ("ouder_code", "VARCHAR", "code of the region that contains it"),
    ),
    table(
        "mart.dim_onderdeel", "A budget part that the monitor follows", "onderdeel", "marts", ONDERDEEL,
        ("naam", "VARCHAR", "Dutch name for screens"),
        ("wet", "VARCHAR", "wmo, jeugd, participatiewet or overig"),
        ("taakveld_familie", "VARCHAR", "family of taakvelden that compares across the 2025 change"),
        ("volgorde", "INTEGER", "order on screens"),
    ),
    table(
        "mart.dim_taakveld", "A taakveld of the Iv3 scheme and the years it is valid", "taakveld vanaf_jaar", "marts",
        ("taakveld", "VARCHAR", "code as Iv3 writes it, e.g. 6.711 or 6.71a"),
        ("naam", "VARCHAR", "name"),
        ("vanaf_jaar", "INTEGER", "first year"),
        ("tot_en_met_jaar", "INTEGER", "last year or NULL"),
        ("familie", "VARCHAR", "family that compares across years"),
        ("domein", "VARCHAR", "Wmo, Jeugd, Participatiewet, ..."),
    ),
    table(
        "mart.fct_begroting", "Budget of an onderdeel and taakveld as known at a peildatum",
        "boekjaar peildatum onderdeel taakveld lasten_baten", "marts", JAAR, PEILDATUM, ONDERDEEL,
        ("taakveld", "VARCHAR", "taakveld code"), LB,
        ("primitief_eur", EUR, "budget as voted before the year"),
        ("wijzigingen_eur", EUR, "changes voted since"),
        ("actueel_eur", EUR, "budget in force"),
    ),
    table(
        "mart.fct_realisatie", "Realisation of an onderdeel and taakveld as known at a peildatum",
        "boekjaar peildatum periode soort prestatiemaand onderdeel taakveld lasten_baten", "marts", JAAR, PEILDATUM,
        ("periode", "INTEGER", "booking period 0-13: 0 opening, 13 closing"),
        ("soort", "VARCHAR", "stand: total up to and with periode; mutatie: booked in periode"),
        ("prestatiemaand", "DATE", "month of the care, where the ledger knows it"),
        ONDERDEEL, ("taakveld", "VARCHAR", "taakveld code"), LB,
        ("bedrag_eur", EUR, "booked amount"),
        ("verplichting_eur", EUR, "open commitments at the peildatum"),
    ),
    table(
        "mart.fct_prognose_budgethouder",
        "What the budget holder expects the whole year to come to, as delivered in an overview; no rows where none was delivered",
        "boekjaar peildatum onderdeel taakveld lasten_baten", "marts", JAAR, PEILDATUM, ONDERDEEL,
        ("taakveld", "VARCHAR", "taakveld code"), LB,
        ("bedrag_eur", EUR, "expected outturn of the year; NULL where no line has one"),
        ("zonder_prognose", "INTEGER", "lines with money and without a forecast: above 0 the amount is not the whole"),
    ),
    table(
        "mart.fct_voorziening",
        "A monthly count of applications, decisions, flow or stock; instroom and uitstroom of the gemeente only, never of a wijk",
        "maand wet onderdeel gebied_code maat peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo, jeugd or participatiewet"),
        ("onderdeel", "VARCHAR", "dim_onderdeel, or 'totaal' = unique persons of the wet"),
        GEBIED,
        ("maat", "VARCHAR", "aanvraag, toekenning, afwijzing (lines); instroom, uitstroom, stand (unique persons)"),
        ("aantal", "INTEGER", "count; NULL when secret (below gemeente level, DOMAIN.md 6)"),
        PEILDATUM,
    ),
    table(
        "mart.fct_voorziening_kenmerk",
        "A monthly count for the whole gemeente, by one property of the provision or person; a row that is not there is 0. The newest "
        "peildatum of a law has every month, an earlier one its own month",
        "maand wet onderdeel gebied_code kenmerk waarde maat peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo, jeugd or participatiewet"), ONDERDEEL, GEBIED,
        ("kenmerk", "VARCHAR", "leveringsvorm, verwijzer, verblijf, leeftijdsklasse, regeling, soort, route, reden_einde, "
         "uitstroom, duur or beslistijd"),
        ("waarde", "VARCHAR", "the value of the property, e.g. ZIN, 02, bijstand, werk, 1-3 jaar; onbekend when not known"),
        ("maat", "VARCHAR", "as in fct_voorziening"),
        ("aantal", "INTEGER", "count"), PEILDATUM,
    ),
    table(
        "mart.fct_toewijzing",
        "What the awards running in a month are worth, for the whole gemeente. The newest peildatum of a law has 36 months, an earlier "
        "one its own month",
        "maand wet onderdeel leveringsvorm peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo or jeugd"), ONDERDEEL,
        ("leveringsvorm", "VARCHAR", "ZIN, PGB or onbekend"),
        ("clienten", "INTEGER", "unique persons with an award on any day of the month"),
        ("toewijzingen", "INTEGER", "awards on any day of the month"),
        ("zonder_prijs", "INTEGER", "of these, without a known volume, frequency or tariff: not in verwacht_eur"),
        ("verwacht_eur", EUR, "volume x frequency x tariff x days in the month, where all are known"), PEILDATUM,
    ),
    table(
        "mart.fct_verplichting",
        "What awards granted at a peildatum are worth for the rest of its year, for the whole gemeente. What the ledger has as "
        "commitments is verplichting_eur of fct_realisatie: an award may be booked there too, so the two are never added up",
        "boekjaar wet onderdeel peildatum", "marts", JAAR,
        ("wet", "VARCHAR", "wmo or jeugd"), ONDERDEEL,
        ("clienten", "INTEGER", "unique persons with an award on any day after the peildatum in this year"),
        ("toewijzingen", "INTEGER", "awards on any such day, also those that begin later this year"),
        ("zonder_prijs", "INTEGER", "of these, without a known volume, frequency or tariff: not in verplicht_eur"),
        ("verplicht_eur", EUR, "volume x frequency x tariff x days after the peildatum up to the end of the award or 31 December; NULL "
         "where 7 persons or fewer have a priced award"),
        PEILDATUM,
    ),
    table(
        "mart.fct_declaratie", "Declared care by month of care and month of receipt, for the whole gemeente (newest state)",
        "prestatiemaand ontvangstmaand wet onderdeel leveringsvorm", "marts",
        ("prestatiemaand", "DATE", "month of the care"),
        ("ontvangstmaand", "DATE", "month in which the declaration was received"),
        ("wet", "VARCHAR", "wmo or jeugd"), ONDERDEEL,
        ("leveringsvorm", "VARCHAR", "ZIN, PGB or onbekend"),
        ("bedrag_eur", EUR, "declared less credited"),
        ("regels", "INTEGER", "declaration lines"),
        ("clienten", "INTEGER", "unique persons"), PEILDATUM,
    ),
    table(
        "mart.fct_stapeling",
        "Unique persons or households by the laws they have a provision of. The newest peildatum has 24 months, an earlier one its own "
        "month; wijken have combinatie alle only",
        "maand gebied_code eenheid maat combinatie peildatum", "marts",
        ("maand", "DATE", "first day of the month; the state is that of its last day"), GEBIED,
        ("eenheid", "VARCHAR", "persoon or huishouden (address)"),
        ("maat", "VARCHAR", "stand: with exactly this combination of laws; meervoudig: with two or more provisions, of one or more laws; "
         "integraal_aanbod: with provisions of two or more laws; zelfredzaam: became self-reliant, i.e. in this month the sixth month "
         "without Wmo provision, benefit or debt aid was completed; zonder_adres: households of one person whose address is not known"),
        ("combinatie", "VARCHAR", "laws joined by + in the order wmo+jeugd+participatiewet+schuldhulp, or 'alle'"),
        ("aantal", "INTEGER", "count; NULL when secret"), PEILDATUM,
    ),
    table(
        "mart.fct_schuldhulp", "Debt aid by month and kind, for the whole gemeente",
        "maand soort maat bron peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("soort", "VARCHAR", "krediet, budgetbeheer, schuldregeling, saneringskrediet, vroegsignaal or stabilisatie"),
        ("maat", "VARCHAR", "nieuw, lopend, beeindigd or geslaagd"),
        ("bron", "VARCHAR", "dossiers (counted) or overzicht (as the office reports it)"),
        ("aantal", "INTEGER", "count"), ("bedrag_eur", EUR, "debt or credit, where known"), PEILDATUM,
    ),
    table(
        "mart.fct_buig", "State money for benefits as set by the ministry", "boekjaar soort", "marts", JAAR,
        ("soort", "VARCHAR", "voorlopig, nader_voorlopig or definitief"),
        ("vastgesteld_op", "DATE", "date of the decision"), ("bedrag_eur", EUR, "amount for the year"), PEILDATUM,
    ),
    table(
        "mart.fct_ervaring", "One answer of the yearly client survey", "jaar wet vraagnummer antwoord", "marts",
        ("jaar", "INTEGER", "year of the survey"), ("wet", "VARCHAR", "wmo or jeugd"),
        ("vraagnummer", "INTEGER", "number in the list of that year"), ("vraag", "VARCHAR", "text of the question"),
        ("thema", "VARCHAR", "theme"), ("antwoord", "VARCHAR", "eens, ja or rapportcijfer"),
        ("waarde", "DECIMAL(9,2)", "percentage or mark"), ("eenheid", "VARCHAR", "procent or cijfer"),
        ("aantal_antwoorden", "INTEGER", "n of this question"), ("respons_pct", "DECIMAL(5,2)", "response of the survey"),
        ("kleine_n", "BOOLEAN", "true when n is too small to compare (under 50)"), PEILDATUM,
    ),
    table(
        "mart.fct_programma", "A programme or one of its activities: goal, period and own budget", "programma activiteit", "marts",
        ("programma", "VARCHAR", "name"), ("activiteit", "VARCHAR", "name; '' for the programme as a whole"),
        ("doel", "VARCHAR", "goal"), ("van", "DATE", "first day"), ("tot_en_met", "DATE", "last day"),
        ("dekking", "VARCHAR", "name of the temporary budget"), ("begroting_eur", EUR, "budget over the whole period"),
        ("besteed_eur", EUR, "spent so far"), ("verplicht_eur", EUR, "committed, not yet spent"), PEILDATUM,
    ),
    table(
        "mart.fct_programmaresultaat", "A result that a programme planned, and what was reached",
        "programma activiteit resultaat", "marts",
        ("programma", "VARCHAR", "name"), ("activiteit", "VARCHAR", "name; '' for the programme as a whole"),
        ("resultaat", "VARCHAR", "what is counted"), ("eenheid", "VARCHAR", "unit"),
        ("gepland", "DECIMAL(18,2)", "plan for the whole period"), ("bereikt", "DECIMAL(18,2)", "reached so far"), PEILDATUM,
    ),
    table(
        "mart.fct_programmaverloop", "How far a result was, and how much was spent, at each peildatum that was delivered",
        "programma activiteit resultaat peildatum", "marts",
        ("programma", "VARCHAR", "name"), ("activiteit", "VARCHAR", "name; '' for the programme as a whole"),
        ("resultaat", "VARCHAR", "what is counted; '' for the money"), PEILDATUM,
        ("eenheid", "VARCHAR", "unit; 'euro' for the money"),
        ("gepland", "DECIMAL(18,2)", "plan or budget for the whole period"),
        ("bereikt", "DECIMAL(18,2)", "reached or spent up to the peildatum"),
    ),
    table(
        "mart.fct_taakstelling", "The savings target: goal, realised and expected", "taakstelling onderdeel boekjaar", "marts",
        ("taakstelling", "VARCHAR", "name"), ("onderdeel", "VARCHAR", "what it is about: a wet or an onderdeel"), JAAR,
        ("doel_eur", EUR, "goal"), ("gerealiseerd_eur", EUR, "realised so far"), ("prognose_eur", EUR, "expected by the owner"),
        PEILDATUM,
    ),
    table(
        "mart.fct_maatwerk", "A figure that CBS publishes only as a workbook or dashboard",
        "indicator gebied_code periode uitsplitsing", "marts",
        ("indicator", "VARCHAR", "id, in the list of indicators or the gemeente's own"), GEBIED,
        ("periode", "VARCHAR", "CBS period code"), ("uitsplitsing", "VARCHAR", "'totaal' or the breakdown"),
        ("waarde", "DECIMAL(18,4)", "value"), ("ondergrens", "DECIMAL(18,4)", "lower bound"),
        ("bovengrens", "DECIMAL(18,4)", "upper bound"), ("eenheid", "VARCHAR", "unit"),
        ("status", "VARCHAR", "definitief or voorlopig"), ("adres", "VARCHAR", "address of the publication"), PEILDATUM,
    ),
    table(
        "mart.fct_cbs_waarneming", "A figure from CBS as it was published",
        "tabel onderwerp gebied_code periode uitsplitsing", "marts",
        ("tabel", "VARCHAR", "CBS table id"),
        ("onderwerp", "VARCHAR", "topic stem without its number, e.g. JongerenMetJeugdhulpInNatura"),
        GEBIED,
        ("periode", "VARCHAR", "CBS period code: 2024JJ00, 2025HJ01, 2024KW01, 2024MM01"),
        ("uitsplitsing", "VARCHAR", "population the figure is about: 'totaal' or a CBS code such as 10000"),
        ("waarde", "DOUBLE", "value in the unit of the topic; NULL when CBS gives none"),
        ("ondergrens", "DOUBLE", "lower 95 % bound where CBS gives one"),
        ("bovengrens", "DOUBLE", "upper 95 % bound where CBS gives one"),
        ("eenheid", "VARCHAR", "unit as CBS names it"),
        ("status", "VARCHAR", "definitief, nader_voorlopig, voorlopig or onbekend"),
    ),
    table(
        "mart.dim_gebied_vorm", "How to draw a wijk or buurt: its boundary, or its place in a map of tiles", "gebied_code jaar soort",
        "marts", GEBIED, ("jaar", "INTEGER", "year of the boundaries"),
        ("soort", "VARCHAR", "kaart or tegel"),
        ("x", "DOUBLE", "column of the tile, or longitude of the middle"), ("y", "DOUBLE", "row of the tile, or latitude of the middle"),
        ("vorm", "VARCHAR", "of a map: GeoJSON geometry in degrees; NULL for a tile"),
        ("bron", "VARCHAR", "source line"),
    ),
    table(
        "mart.dim_gebeurtenis", "A known moment on the axis of time: a law, a measure, an indexation", "gebeurtenis", "marts",
        ("gebeurtenis", "VARCHAR", "id"), ("datum", "DATE", "from this day"), ("titel", "VARCHAR", "short Dutch name"),
        ("soort", "VARCHAR", "wet, maatregel, tarief, termijn or breuk"),
        ("onderdeel", "VARCHAR", "onderdeel, wet or totaal"), ("toelichting", "VARCHAR", "what happened, in Dutch"),
        ("bedrag_eur", EUR, "known effect a year, where one was decided"),
    ),
)

#: Every published table.
TABLES: tuple[Table, ...] = (*_MARTS, *PROVIDER_TABLES, *INDICATOR_TABLES, *META_TABLES)

BY_NAME: dict[str, Table] = {t.name: t for t in TABLES}
