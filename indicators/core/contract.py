# ruff: noqa: E501  (a table reads by row)
"""The published database: every table and column that etl promises and that indicators and dashboard rely on.

One place, used three ways: etl creates the tables from it, a data check compares the finished build with it, and the
data dictionary is generated from it. Money is DECIMAL(18,2) in euros, a month is its first day as DATE, `gebied_code`
is a CBS code without padding. Lasten are positive when they are spending, baten positive when they are income.
"""

# fmt: off
from __future__ import annotations

from indicators.core.table import EUR, Column, Table, table
from indicators.core.views import VIEWS

__all__ = ["AGGREGATEN", "BY_NAME", "EUR", "TABLES", "VIEWS", "Column", "Table"]

_GEBIED = ("gebied_code", "VARCHAR", "CBS code without padding: NLxx, PVxx, GMxxxx, WKxxxxxx, BUxxxxxxxx")
_ONDERDEEL = ("onderdeel", "VARCHAR", "budget part, dim_onderdeel; forecasts also use AGGREGATEN")
_PEILDATUM = ("peildatum", "DATE", "the state as known on this date")
_LB = ("lasten_baten", "VARCHAR", "L lasten (spending positive) or B baten (income positive)")
_JAAR = ("boekjaar", "INTEGER", "financial year")

#: Values of `onderdeel` in forecasts that are sums of onderdelen, with their Dutch names. Never in dim_onderdeel.
AGGREGATEN = {
    "totaal": "Sociaal domein",
    "wmo": "Wmo",
    "jeugd": "Jeugd",
    "participatiewet": "Participatiewet",
    "overig": "Overig sociaal domein",
}

TABLES: tuple[Table, ...] = (
    table(
        "mart.dim_gebied", "A region", "gebied_code", "marts", _GEBIED,
        ("naam", "VARCHAR", "name as CBS spells it; not unique"),
        ("niveau", "VARCHAR", "land, provincie, corop, gemeente, wijk or buurt"),
        ("ouder_code", "VARCHAR", "code of the region that contains it"),
    ),
    table(
        "mart.dim_onderdeel", "A budget part that the monitor follows", "onderdeel", "marts", _ONDERDEEL,
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
        "boekjaar peildatum onderdeel taakveld lasten_baten", "marts", _JAAR, _PEILDATUM, _ONDERDEEL,
        ("taakveld", "VARCHAR", "taakveld code"), _LB,
        ("primitief_eur", EUR, "budget as voted before the year"),
        ("wijzigingen_eur", EUR, "changes voted since"),
        ("actueel_eur", EUR, "budget in force"),
    ),
    table(
        "mart.fct_realisatie", "Realisation of an onderdeel and taakveld as known at a peildatum",
        "boekjaar peildatum periode soort prestatiemaand onderdeel taakveld lasten_baten", "marts", _JAAR, _PEILDATUM,
        ("periode", "INTEGER", "booking period 0-13: 0 opening, 13 closing"),
        ("soort", "VARCHAR", "stand: total up to and with periode; mutatie: booked in periode"),
        ("prestatiemaand", "DATE", "month of the care, where the ledger knows it"),
        _ONDERDEEL, ("taakveld", "VARCHAR", "taakveld code"), _LB,
        ("bedrag_eur", EUR, "booked amount"),
        ("verplichting_eur", EUR, "open commitments at the peildatum"),
    ),
    table(
        "mart.fct_voorziening", "A monthly count of applications, decisions, flow or stock",
        "maand wet onderdeel gebied_code maat peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo, jeugd or participatiewet"),
        ("onderdeel", "VARCHAR", "dim_onderdeel, or 'totaal' = unique persons of the wet"),
        _GEBIED,
        ("maat", "VARCHAR", "aanvraag, toekenning, afwijzing (lines); instroom, uitstroom, stand (unique persons)"),
        ("aantal", "INTEGER", "count; NULL when secret (below gemeente level, DOMAIN.md 6)"),
        _PEILDATUM,
    ),
    table(
        "mart.fct_voorziening_kenmerk",
        "A monthly count for the whole gemeente, by one property of the provision or person; a row that is not there is 0. The newest "
        "peildatum of a law has every month, an earlier one its own month",
        "maand wet onderdeel gebied_code kenmerk waarde maat peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo, jeugd or participatiewet"), _ONDERDEEL, _GEBIED,
        ("kenmerk", "VARCHAR", "leveringsvorm, verwijzer, verblijf, leeftijdsklasse, regeling, soort, route, reden_einde, "
         "uitstroom, duur or beslistijd"),
        ("waarde", "VARCHAR", "the value of the property, e.g. ZIN, 02, bijstand, werk, 1-3 jaar; onbekend when not known"),
        ("maat", "VARCHAR", "as in fct_voorziening"),
        ("aantal", "INTEGER", "count"), _PEILDATUM,
    ),
    table(
        "mart.fct_toewijzing",
        "What the awards running in a month are worth, for the whole gemeente. The newest peildatum of a law has 36 months, an earlier "
        "one its own month",
        "maand wet onderdeel leveringsvorm peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("wet", "VARCHAR", "wmo or jeugd"), _ONDERDEEL,
        ("leveringsvorm", "VARCHAR", "ZIN, PGB or onbekend"),
        ("clienten", "INTEGER", "unique persons with an award on any day of the month"),
        ("toewijzingen", "INTEGER", "awards on any day of the month"),
        ("zonder_prijs", "INTEGER", "of these, without a known volume, frequency or tariff: not in verwacht_eur"),
        ("verwacht_eur", EUR, "volume x frequency x tariff x days in the month, where all are known"), _PEILDATUM,
    ),
    table(
        "mart.fct_declaratie", "Declared care by month of care and month of receipt, for the whole gemeente (newest state)",
        "prestatiemaand ontvangstmaand wet onderdeel leveringsvorm", "marts",
        ("prestatiemaand", "DATE", "month of the care"),
        ("ontvangstmaand", "DATE", "month in which the declaration was received"),
        ("wet", "VARCHAR", "wmo or jeugd"), _ONDERDEEL,
        ("leveringsvorm", "VARCHAR", "ZIN, PGB or onbekend"),
        ("bedrag_eur", EUR, "declared less credited"),
        ("regels", "INTEGER", "declaration lines"),
        ("clienten", "INTEGER", "unique persons"), _PEILDATUM,
    ),
    table(
        "mart.fct_stapeling",
        "Unique persons or households by the laws they have a provision of. The newest peildatum has 24 months, an earlier one its own "
        "month; wijken have combinatie alle only",
        "maand gebied_code eenheid maat combinatie peildatum", "marts",
        ("maand", "DATE", "first day of the month; the state is that of its last day"), _GEBIED,
        ("eenheid", "VARCHAR", "persoon or huishouden (address)"),
        ("maat", "VARCHAR", "stand: with exactly this combination of laws; meervoudig: with two or more provisions, of one or more laws; "
         "integraal_aanbod: with provisions of two or more laws; zelfredzaam: became self-reliant, i.e. in this month the sixth month "
         "without Wmo provision, benefit or debt aid was completed; zonder_adres: households of one person whose address is not known"),
        ("combinatie", "VARCHAR", "laws joined by + in the order wmo+jeugd+participatiewet+schuldhulp, or 'alle'"),
        ("aantal", "INTEGER", "count; NULL when secret"), _PEILDATUM,
    ),
    table(
        "mart.fct_schuldhulp", "Debt aid by month and kind, for the whole gemeente",
        "maand soort maat bron peildatum", "marts",
        ("maand", "DATE", "first day of the month"),
        ("soort", "VARCHAR", "krediet, budgetbeheer, schuldregeling, saneringskrediet, vroegsignaal or stabilisatie"),
        ("maat", "VARCHAR", "nieuw, lopend, beeindigd or geslaagd"),
        ("bron", "VARCHAR", "dossiers (counted) or overzicht (as the office reports it)"),
        ("aantal", "INTEGER", "count"), ("bedrag_eur", EUR, "debt or credit, where known"), _PEILDATUM,
    ),
    table(
        "mart.fct_buig", "State money for benefits as set by the ministry", "boekjaar soort", "marts", _JAAR,
        ("soort", "VARCHAR", "voorlopig, nader_voorlopig or definitief"),
        ("vastgesteld_op", "DATE", "date of the decision"), ("bedrag_eur", EUR, "amount for the year"), _PEILDATUM,
    ),
    table(
        "mart.fct_ervaring", "One answer of the yearly client survey", "jaar wet vraagnummer antwoord", "marts",
        ("jaar", "INTEGER", "year of the survey"), ("wet", "VARCHAR", "wmo or jeugd"),
        ("vraagnummer", "INTEGER", "number in the list of that year"), ("vraag", "VARCHAR", "text of the question"),
        ("thema", "VARCHAR", "theme"), ("antwoord", "VARCHAR", "eens, ja or rapportcijfer"),
        ("waarde", "DECIMAL(9,2)", "percentage or mark"), ("eenheid", "VARCHAR", "procent or cijfer"),
        ("aantal_antwoorden", "INTEGER", "n of this question"), ("respons_pct", "DECIMAL(5,2)", "response of the survey"),
        ("kleine_n", "BOOLEAN", "true when n is too small to compare (under 50)"), _PEILDATUM,
    ),
    table(
        "mart.fct_programma", "A programme or one of its activities: goal, period and own budget", "programma activiteit", "marts",
        ("programma", "VARCHAR", "name"), ("activiteit", "VARCHAR", "name; '' for the programme as a whole"),
        ("doel", "VARCHAR", "goal"), ("van", "DATE", "first day"), ("tot_en_met", "DATE", "last day"),
        ("dekking", "VARCHAR", "name of the temporary budget"), ("begroting_eur", EUR, "budget over the whole period"),
        ("besteed_eur", EUR, "spent so far"), ("verplicht_eur", EUR, "committed, not yet spent"), _PEILDATUM,
    ),
    table(
        "mart.fct_programmaresultaat", "A result that a programme planned, and what was reached",
        "programma activiteit resultaat", "marts",
        ("programma", "VARCHAR", "name"), ("activiteit", "VARCHAR", "name; '' for the programme as a whole"),
        ("resultaat", "VARCHAR", "what is counted"), ("eenheid", "VARCHAR", "unit"),
        ("gepland", "DECIMAL(18,2)", "plan for the whole period"), ("bereikt", "DECIMAL(18,2)", "reached so far"), _PEILDATUM,
    ),
    table(
        "mart.fct_taakstelling", "The savings target: goal, realised and expected", "taakstelling onderdeel boekjaar", "marts",
        ("taakstelling", "VARCHAR", "name"), ("onderdeel", "VARCHAR", "what it is about: a wet or an onderdeel"), _JAAR,
        ("doel_eur", EUR, "goal"), ("gerealiseerd_eur", EUR, "realised so far"), ("prognose_eur", EUR, "expected by the owner"),
        _PEILDATUM,
    ),
    table(
        "mart.fct_maatwerk", "A figure that CBS publishes only as a workbook or dashboard",
        "indicator gebied_code periode uitsplitsing", "marts",
        ("indicator", "VARCHAR", "id, in the list of indicators or the gemeente's own"), _GEBIED,
        ("periode", "VARCHAR", "CBS period code"), ("uitsplitsing", "VARCHAR", "'totaal' or the breakdown"),
        ("waarde", "DECIMAL(18,4)", "value"), ("ondergrens", "DECIMAL(18,4)", "lower bound"),
        ("bovengrens", "DECIMAL(18,4)", "upper bound"), ("eenheid", "VARCHAR", "unit"),
        ("status", "VARCHAR", "definitief or voorlopig"), ("adres", "VARCHAR", "address of the publication"), _PEILDATUM,
    ),
    table(
        "mart.fct_cbs_waarneming", "A figure from CBS as it was published",
        "tabel onderwerp gebied_code periode uitsplitsing", "marts",
        ("tabel", "VARCHAR", "CBS table id"),
        ("onderwerp", "VARCHAR", "topic stem without its number, e.g. JongerenMetJeugdhulpInNatura"),
        _GEBIED,
        ("periode", "VARCHAR", "CBS period code: 2024JJ00, 2025HJ01, 2024KW01, 2024MM01"),
        ("uitsplitsing", "VARCHAR", "population the figure is about: 'totaal' or a CBS code such as 10000"),
        ("waarde", "DOUBLE", "value in the unit of the topic; NULL when CBS gives none"),
        ("ondergrens", "DOUBLE", "lower 95 % bound where CBS gives one"),
        ("bovengrens", "DOUBLE", "upper 95 % bound where CBS gives one"),
        ("eenheid", "VARCHAR", "unit as CBS names it"),
        ("status", "VARCHAR", "definitief, nader_voorlopig, voorlopig or onbekend"),
    ),
    table(
        "mart.fct_indicatorwaarde", "A value of an indicator", "indicator periode gebied_code uitsplitsing",
        "indicators",
        ("indicator", "VARCHAR", "id of the definition"),
        ("periode", "VARCHAR", "CBS period code"), _GEBIED,
        ("uitsplitsing", "VARCHAR", "'totaal' or the breakdown"),
        ("teller", "DOUBLE", "numerator where known"),
        ("noemer", "DOUBLE", "denominator where known"),
        ("waarde", "DOUBLE", "value in the unit of the indicator"),
        ("ondergrens", "DOUBLE", "lower bound of the 95 % interval where known"),
        ("bovengrens", "DOUBLE", "upper bound of the 95 % interval where known"),
        ("status", "VARCHAR", "definitief, nader_voorlopig, voorlopig or onbekend"),
        ("onderdrukt", "BOOLEAN", "true when the value is withheld to protect persons"),
    ),
    table(
        "mart.fct_prognose", "Where a budget ends this year, by one method, as forecast at a peildatum",
        "boekjaar peildatum onderdeel lasten_baten scenario methode", "indicators", _JAAR, _PEILDATUM, _ONDERDEEL, _LB,
        ("scenario", "VARCHAR", "'basis' or a scenario id"),
        ("methode", "VARCHAR", "model, lineair, vorig_jaar or begroting"),
        ("p10_eur", EUR, "10 % quantile of the outturn; NULL for the baselines"),
        ("p25_eur", EUR, "25 % quantile"), ("p50_eur", EUR, "median, or the baseline's single figure"),
        ("p75_eur", EUR, "75 % quantile"), ("p90_eur", EUR, "90 % quantile"),
        ("kans_overschrijding", "DOUBLE", "probability 0-1 that the outturn exceeds the budget in force"),
        ("uitputting_p10", "DATE", "date with 10 % chance that the budget is gone by then; NULL: not this year"),
        ("uitputting_p50", "DATE", "idem 50 %"), ("uitputting_p90", "DATE", "idem 90 %"),
    ),
    table(
        "mart.fct_prognose_verloop", "The course of the year behind a forecast, cumulative at the end of a month",
        "boekjaar peildatum onderdeel lasten_baten scenario maand", "indicators", _JAAR, _PEILDATUM, _ONDERDEEL, _LB,
        ("scenario", "VARCHAR", "'basis' or a scenario id"),
        ("maand", "DATE", "first day of the month"),
        ("geboekt_eur", EUR, "booked up to and with this month as known at the peildatum; NULL after it"),
        ("nog_te_ontvangen_eur", EUR, "expected late bookings over the months so far (p50); NULL after the peildatum"),
        ("p10_eur", EUR, "10 % quantile of cumulative cost up to and with this month, late invoices included"),
        ("p50_eur", EUR, "50 % quantile"), ("p90_eur", EUR, "90 % quantile"),
    ),
    table(
        "mart.fct_terugtoets", "What a method said in an earlier month, against what came out",
        "onderdeel boekjaar peilmaand methode", "indicators", _ONDERDEEL, _JAAR,
        ("peilmaand", "INTEGER", "1-12: nothing dated after this month's last day was used"),
        ("methode", "VARCHAR", "model, lineair, vorig_jaar or begroting"),
        ("voorspeld_eur", EUR, "the forecast then (p50); lasten only"),
        ("p10_eur", EUR, "lower end of the band then"), ("p90_eur", EUR, "upper end of the band then"),
        ("uitkomst_eur", EUR, "the outturn"),
    ),
    table(
        "meta.levering", "A delivery that was read", "levering_id", "run",
        ("levering_id", "VARCHAR", "short id"),
        ("bron", "VARCHAR", "source"),
        ("bestand", "VARCHAR", "file name; for person sources made up of bron, peildatum and hash"),
        ("sha256", "VARCHAR", "of the bytes"),
        _PEILDATUM,
        ("ingelezen_op", "TIMESTAMP", "UTC"),
        ("rijen_gelezen", "INTEGER", "rows read"), ("rijen_geladen", "INTEGER", "rows loaded"),
        ("rijen_geweigerd", "INTEGER", "rows refused"),
        ("rijen_buiten_bereik", "INTEGER", "subtotals and rows outside the social domain: used as checks, not loaded"),
        ("status", "VARCHAR", "geldig, vervangen (a correction counts instead) or geweigerd"),
        ("voorbeelddata", "BOOLEAN", "true when the file says that it is synthetic"),
        ("melding", "VARCHAR", "notices in Dutch, one a line"),
    ),
    table(
        "meta.weigering", "A cell, row or file that was refused", "", "run",
        ("levering_id", "VARCHAR", "delivery"),
        ("bestand", "VARCHAR", "as in meta.levering"),
        ("blad", "VARCHAR", "sheet"), ("rij", "INTEGER", "row in the sheet, from 1"),
        ("kolom", "VARCHAR", "column letter or header"),
        ("waarde", "VARCHAR", "the value, masked where personal"),
        ("reden", "VARCHAR", "why, in Dutch"),
        ("oplossing", "VARCHAR", "what to do, in Dutch"),
    ),
    table(
        "meta.correctie", "A known error of a source and what became of its correction", "correctie", "run",
        ("correctie", "VARCHAR", "its own name"),
        ("tabel", "VARCHAR", "what was read: <bron>__<entity>"), ("kolom", "VARCHAR", "the column with the error"),
        ("waar", "VARCHAR", "by which columns the row is found"),
        ("expect", "VARCHAR", "what stands there as long as the source has the error"),
        ("wordt", "VARCHAR", "what it was made"),
        ("reden", "VARCHAR", "what is wrong, in Dutch"), ("kennis", "VARCHAR", "where that is known from"),
        ("status", "VARCHAR", "toegepast, deels, vervallen (the source holds another value by now) or niet_gevonden"),
        ("rijen_toegepast", "INTEGER", "rows that were corrected"),
        ("rijen_anders", "INTEGER", "rows in that place with another value: left alone"),
    ),
    table(
        "meta.cbs_tabel", "A CBS table and how fresh the copy in use is", "tabel", "run",
        ("tabel", "VARCHAR", "CBS table id"), ("titel", "VARCHAR", "title as CBS gives it"),
        ("gewijzigd", "TIMESTAMP", "Modified as CBS gives it"),
        ("opgehaald_op", "TIMESTAMP", "UTC time of the copy in use"),
        ("status", "VARCHAR", "vers, laatste_goede or niet_beschikbaar"),
        ("melding", "VARCHAR", "why, in Dutch"),
    ),
    table(
        "meta.herkomst", "Which rows of which delivery a published figure came from",
        "mart_tabel sleutel levering_id blad rij_van", "run",
        ("mart_tabel", "VARCHAR", "table"),
        ("sleutel", "VARCHAR", "key values joined by |; a * stands for every value (person sources)"),
        ("levering_id", "VARCHAR", "delivery"), ("blad", "VARCHAR", "sheet"),
        ("rij_van", "INTEGER", "first row; NULL for person sources"), ("rij_tot", "INTEGER", "last row"),
        ("rijen", "INTEGER", "number of rows; for person sources the only trace beside the delivery"),
    ),
    table(
        "meta.publicatie", "This publication (one row)", "run", "run",
        ("run", "VARCHAR", "id of the refresh"), ("gemaakt_op", "TIMESTAMP", "UTC"),
        _PEILDATUM,
        ("gemeente_code", "VARCHAR", "the own gemeente"), ("gemeente_naam", "VARCHAR", "its name"),
        ("voorbeelddata", "BOOLEAN", "true when any delivery is synthetic"),
    ),
)

BY_NAME: dict[str, Table] = {t.name: t for t in TABLES}
