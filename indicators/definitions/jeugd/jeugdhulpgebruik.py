"""Share of young people with youth care in kind: two CBS tables as one series, with the break between them declared."""

from __future__ import annotations

from indicators.core.cbs import Topic, as_published
from indicators.core.indicator import Breuk, Indicator, register

NIVEAUS = ("land", "provincie", "gemeente")
JEUGDHULP = Topic("JongerenMetJeugdhulpInNatura", "%", hint="JongerenMetJeugdhulpInNatura_1", tabellen=("jeugd",))

INDICATOR = register(
    Indicator(
        id="jeugdhulpgebruik",
        domein="jeugd",
        titel="Jongeren met jeugdhulp",
        vraag="Welk deel van de jongeren krijgt jeugdhulp?",
        definitie=(
            "Het deel van de jongeren dat in een jaar of halfjaar jeugdhulp in natura kreeg, zoals CBS dat berekent. "
            "Hulp die met een persoonsgebonden budget is ingekocht telt niet mee. Een jaarcijfer is hoger dan een "
            "halfjaarcijfer, omdat in een heel jaar meer jongeren hulp krijgen: vergelijk jaren met jaren en "
            "halfjaren met halfjaren."
        ),
        teller="Jongeren met jeugdhulp in natura in de periode",
        noemer="Alle jongeren in de leeftijd waarvoor CBS dit percentage berekent",
        eenheid="%",
        hoger_is="neutraal",
        decimalen=1,
        bron=("CBS 82972NED (2015 tot en met 2020)", "CBS 85098NED (vanaf 2021)"),
        breuken=(
            Breuk(
                "2021HJ01",
                "CBS is in 2021 met een nieuwe tabel begonnen. Cijfers van voor en na 2021 zijn niet zonder meer "
                "te vergelijken.",
            ),
            Breuk(
                "2022HJ01",
                "Sinds 2022 betaalt de gemeente waar een kind voor de hulp woonde (woonplaatsbeginsel). Daardoor telt "
                "een deel van de jongeren bij een andere gemeente dan ervoor.",
            ),
        ),
        niveaus=NIVEAUS,
        eigenaar="Beleidsadviseur Jeugd",
        budgetten=("jeugd",),
        toets="geen",
        statusregels=(
            "CBS noemt de laatste cijfers eerst voorlopig, dan nader voorlopig en na ongeveer twee jaar definitief. "
            "Een voorlopig cijfer kan nog veranderen."
        ),
        perioden="Per halfjaar en per jaar. Nieuwe cijfers komen eind april (jaar) en eind oktober (halfjaar).",
        cbs=(JEUGDHULP,),
        # The first quarter of 2015 is left out: one quarter beside half-years says nothing. Were both tables to give
        # a period, the table that CBS made for that year counts.
        sql=as_published(
            JEUGDHULP,
            NIVEAUS,
            soorten=("JJ", "HJ"),
            waar="tabel = CASE WHEN periode < '2021' THEN '82972NED' ELSE '85098NED' END",
        ),
    )
)
