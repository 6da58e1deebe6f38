"""Client survey (CEO Wmo and Jeugd): per year and question what share agreed, of how many answers.

Wmo: ten questions, mandatory 2016-2020 and free since; question 5 is answered with yes or no. Jeugd has no national
list. Scores without their n are not comparable, so n is required (DOMAIN.md 5).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pandas as pd

from etl.lines import BAD, Field, Kind, Notices, Rule, described, read_lines
from etl.lines.fields import number, text, year
from etl.lines.registration import SOURCE_HELP
from etl.lines.values import choice, whole
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Reading, Source, register

_WETTEN = {"wmo": "wmo", "wmo2015": "wmo", "jeugd": "jeugd", "jeugdwet": "jeugd", "jeugdhulp": "jeugd"}
_NUMBER = "Vul een getal in, bijvoorbeeld 81 of 81,5."
#: Headers of the score; which one it is says what the score means.
_SCORES = {
    "eens": ("% (helemaal) eens", "% eens", "(Helemaal) eens", "Percentage eens", "Percentage (helemaal) eens"),
    "ja": ("% ja", "Percentage ja", "Ja"),
    "rapportcijfer": ("Rapportcijfer", "Cijfer", "Gemiddeld cijfer", "Score"),
}
_FIELDS: dict[str, Field] = {
    "jaar": Field(("Jaar", "Onderzoeksjaar", "Meetjaar"), year, True, True, reden="dit is geen jaar.",
                  oplossing="Schrijf het jaar waarover de vragen gaan, bijvoorbeeld 2025."),
    "wet": Field(("Wet", "Domein", "Onderzoek"), choice(_WETTEN), True, True, reden="deze wet is niet bekend.",
                 oplossing="Gebruik Wmo of Jeugd."),
    "vraagnummer": Field(("Nr", "Vraagnummer", "Nummer", "Vraagnr", "Nr."), whole, True, True,
                         reden="dit is geen nummer.", oplossing="Vul het nummer van de vraag in."),
    "vraag": Field(("Vraag", "Stelling", "Vraagtekst"), text, True, True),
    "thema": Field(("Thema", "Onderwerp"), text),
    **{
        name: Field(headers, number, reden="dit is geen getal dat zeker te lezen is.", oplossing=_NUMBER)
        for name, headers in _SCORES.items()
    },
    "aantal_antwoorden": Field(("n", "Aantal respondenten", "Aantal antwoorden", "Respondenten", "N="), whole, True,
                               True, reden="dit is geen aantal.", oplossing="Vul in hoeveel mensen antwoord gaven."),
    "respons": Field(("Respons (%)", "Respons", "Responspercentage", "Respons %"), number,
                     reden="dit is geen percentage.", oplossing=_NUMBER),
    "verstuurd": Field(("Verstuurd", "Aantal verstuurd", "Uitgenodigd", "Aangeschreven"), whole,
                       reden="dit is geen aantal.", oplossing="Vul een heel getal in."),
}  # fmt: skip
UITKOMST = Entity(
    "uitkomst", "The score of one question in one year",
    (
        Column("jaar", "INTEGER", "year of the survey", _FIELDS["jaar"].headers, True),
        Column("wet", "VARCHAR", "wmo or jeugd", _FIELDS["wet"].headers, True),
        Column("vraagnummer", "INTEGER", "number in the list of that year", _FIELDS["vraagnummer"].headers, True),
        Column("vraag", "VARCHAR", "text of the question", _FIELDS["vraag"].headers, True),
        Column("thema", "VARCHAR", "theme", _FIELDS["thema"].headers),
        Column("antwoord", "VARCHAR", "what the score counts: eens, ja or rapportcijfer",
               tuple(h for headers in _SCORES.values() for h in headers)),
        Column("waarde", "DECIMAL(9,2)", "percentage or mark; NULL when not published"),
        Column("eenheid", "VARCHAR", "procent or cijfer"),
        Column("aantal_antwoorden", "INTEGER", "n of this question", _FIELDS["aantal_antwoorden"].headers, True),
        Column("respons_pct", "DECIMAL(5,2)", "response of the survey in percent", _FIELDS["respons"].headers),
        Column("verstuurd", "INTEGER", "how many were invited", _FIELDS["verstuurd"].headers),
    ),
    toestand="laatste",
    delen=("jaar", "wet"),
)  # fmt: skip


def _derive(frame: pd.DataFrame, _context: Context, _notices: Notices) -> pd.DataFrame:
    given = frame[list(_SCORES)].map(lambda v: v is not None and v is not BAD)
    frame["aantal_scores"] = given.sum(axis=1)
    kind = [next((n for n in _SCORES if row[n]), None) for row in given.to_dict("records")]
    scores = zip(frame[list(_SCORES)].to_dict("records"), kind, strict=True)
    value = [score[name].quantize(Decimal("0.01")) if name else None for score, name in scores]
    frame["antwoord"], frame["waarde"] = (pd.Series(c, index=frame.index, dtype=object) for c in (kind, value))
    frame["eenheid"] = ["cijfer" if name == "rapportcijfer" else "procent" for name in kind]
    frame["respons_pct"] = frame["respons"]
    return frame


def _rules(frame: pd.DataFrame, peildatum: dt.date) -> list[Rule]:
    top = frame["eenheid"].map({"procent": Decimal(100), "cijfer": Decimal(10)})
    wrong = pd.Series([v is not None and not 0 <= v <= high for v, high in zip(frame["waarde"], top, strict=True)])
    marks = frame["antwoord"].eq("rapportcijfer").reset_index(drop=True)
    if (wrong & marks).any():
        wrong |= marks  # one mark above 10 shows that the whole column holds something else
    double = frame.duplicated(["jaar", "wet", "vraagnummer", "antwoord"], keep=False)
    later = frame["jaar"].map(lambda y: isinstance(y, int) and y > peildatum.year)
    return [
        Rule("jaar", "het jaar ligt na de peildatum.", SOURCE_HELP, later.to_numpy(bool)),
        Rule("vraag", "er is geen score.", "Vul de score in, of haal de regel weg.",
             frame["aantal_scores"].eq(0).to_numpy(bool)),
        Rule("vraag", "er staan twee scores op één regel.", "Zet elke score op een eigen regel.",
             frame["aantal_scores"].gt(1).to_numpy(bool)),
        Rule("vraag", "de score past niet: een percentage is 0 tot 100, een rapportcijfer 0 tot 10.", SOURCE_HELP,
             wrong.to_numpy(bool)),
        Rule("vraagnummer", "deze vraag staat er voor hetzelfde jaar meer dan eens.", "Laat één regel staan.",
             double.to_numpy(bool)),
    ]  # fmt: skip


def _proven(frames: dict[str, pd.DataFrame]) -> dt.date | None:
    """A survey is the state of the end of the newest year in it."""
    years = [y for y in frames[UITKOMST.name]["jaar"] if isinstance(y, int)]
    return dt.date(max(years), 12, 31) if years else None


KINDS = (Kind(UITKOMST, _FIELDS, _derive, _rules, one_of=(tuple(_SCORES),)),)


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read the results of a survey; without a date in file or name it is of the end of its newest year."""
    return read_lines(sheets, context, KINDS, "uitkomsten van een cliëntervaringsonderzoek", _proven)


CLIENTERVARING = register(
    Source(
        name="clientervaring",
        title="Cliëntervaring Wmo en Jeugd",
        ritme_dagen=366,
        personal=False,
        entities=(UITKOMST,),
        read=read,
        key={"uitkomst": ("jaar", "wet", "vraagnummer", "antwoord")},
        **described(KINDS),
    )
)
