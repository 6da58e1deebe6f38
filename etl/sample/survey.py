"""The yearly survey among clients: Wmo by the ten questions that all gemeenten used, Jeugd by a list of its own.

Scores are drawn; none is a figure of a real gemeente. Of Jeugd few people answer, so that a reader has to warn.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from etl.sample.exports import Log, table
from etl.sample.plain_xlsx import CellValue, PlainSheet, write_sheets
from etl.sample.streams import VOORBEELDDATA, stream

#: From this survey on one sheet holds both laws, under other headers and in another order.
NEW_LAYOUT = 2023
_OLD_HEADER = (
    "Jaar",
    "Wet",
    "Nr",
    "Vraag",
    "Thema",
    "% (helemaal) eens",
    "% ja",
    "Score",
    "n",
    "Respons (%)",
    "Verstuurd",
)
_NEW_HEADER = ("Wet", "Jaar", "Thema", "Vraagnummer", "Vraag", "Score", "% (helemaal) eens", "% ja",
               "Aantal respondenten", "Verstuurd", "Respons (%)")  # fmt: skip
_COLUMN = {"eens": "% (helemaal) eens", "ja": "% ja", "rapportcijfer": "Score"}


@dataclass(frozen=True)
class Question:
    """A question with its theme, the kind of answer and the level around which it is scored."""

    nummer: int
    vraag: str
    thema: str
    antwoord: str
    niveau: float


@dataclass(frozen=True)
class Survey:
    """The questions of one wet, how many are asked and how many of them answer."""

    wet: str
    verstuurd: int
    respons: float
    vragen: tuple[Question, ...]


_WMO = Survey("wmo", 1000, 0.40, (
    Question(1, "Ik wist waar ik moest zijn met mijn hulpvraag", "contact", "eens", 72),
    Question(2, "Ik werd snel geholpen", "contact", "eens", 69),
    Question(3, "De medewerker nam mij serieus", "contact", "eens", 83),
    Question(4, "De medewerker en ik hebben in het gesprek samen naar oplossingen gezocht", "contact", "eens", 76),
    Question(5, "Wist u dat u gebruik kon maken van een onafhankelijke cliëntondersteuner?", "contact", "ja", 35),
    Question(6, "Ik vind de kwaliteit van de ondersteuning die ik krijg goed", "kwaliteit", "eens", 82),
    Question(7, "De ondersteuning die ik krijg past bij mijn hulpvraag", "kwaliteit", "eens", 83),
    Question(8, "Door de ondersteuning kan ik beter de dingen doen die ik wil", "effect", "eens", 77),
    Question(9, "Door de ondersteuning kan ik mij beter redden", "effect", "eens", 81),
    Question(10, "Door de ondersteuning heb ik een betere kwaliteit van leven", "effect", "eens", 78),
))  # fmt: skip
_JEUGD = Survey("jeugd", 130, 0.30, (
    Question(1, "Ik wist waar ik hulp kon vragen", "contact", "eens", 68),
    Question(2, "Ik kreeg snel hulp", "contact", "eens", 55),
    Question(3, "Er werd naar mij geluisterd", "contact", "eens", 84),
    Question(4, "Over de hulp werd samen met mij besloten", "contact", "eens", 80),
    Question(5, "De hulpverleners werkten goed samen", "kwaliteit", "eens", 70),
    Question(6, "Welk cijfer geeft u de hulp?", "kwaliteit", "rapportcijfer", 7.4),
    Question(7, "Door de hulp gaat het beter met mij of mijn kind", "effect", "eens", 71),
    Question(8, "Door de hulp gaat het thuis beter", "effect", "eens", 65),
))  # fmt: skip


def outcomes(seed: int, jaar: int) -> list[dict[str, Any]]:
    """Give the outcomes of the survey of one year, by wet and question."""
    rows: list[dict[str, Any]] = []
    for survey in (_WMO, _JEUGD):
        rng = stream(seed, "clientervaring", survey.wet, jaar)
        sent = round(survey.verstuurd * float(rng.uniform(0.94, 1.06)))
        answered = int(rng.binomial(sent, survey.respons))
        # Client support became better known over the years; the rest only wavers.
        trend = {"ja": 1.2}
        for question in survey.vragen:
            n = int(rng.binomial(answered, 0.96))
            level = question.niveau + trend.get(question.antwoord, 0.0) * (jaar - 2019)
            if question.antwoord == "rapportcijfer":
                value, unit = round(float(np.clip(level + rng.normal(0, 0.2), 1, 10)), 1), "cijfer"
            else:
                share = float(np.clip(level / 100 + rng.normal(0, 0.015), 0.02, 0.98))
                value, unit = round(100 * int(rng.binomial(n, share)) / n, 1), "procent"
            rows.append({
                "jaar": jaar, "wet": survey.wet, "vraagnummer": question.nummer, "vraag": question.vraag,
                "thema": question.thema, "antwoord": question.antwoord, "waarde": value, "eenheid": unit,
                "aantal_antwoorden": n, "respons_pct": round(100 * answered / sent, 1), "verstuurd": sent,
            })  # fmt: skip
    return rows


def surveyed(van: int, peildatum: dt.date) -> list[int]:
    """Give the years of the surveys that are out: each is reported at the end of June of the next year."""
    return [y for y in range(van, peildatum.year) if dt.date(y + 1, 6, 30) <= peildatum]


def _cells(row: dict[str, Any], header: tuple[str, ...]) -> list[CellValue]:
    own = {
        "Jaar": row["jaar"],
        "Wet": row["wet"].capitalize(),
        "Nr": row["vraagnummer"],
        "Vraagnummer": row["vraagnummer"],
        "Vraag": row["vraag"],
        "Thema": row["thema"].capitalize(),
        _COLUMN[row["antwoord"]]: row["waarde"],
        "n": row["aantal_antwoorden"],
        "Aantal respondenten": row["aantal_antwoorden"],
        "Respons (%)": row["respons_pct"],
        "Verstuurd": row["verstuurd"],
    }
    return [own.get(name) for name in header]


def write_survey(out: Path, seed: int, van: int, peildatum: dt.date, log: Log) -> list[dict[str, Any]]:
    """Write one workbook for each survey.

    Args:
        out: Folder clientervaring of the inbox.
        seed: Seed of the sample.
        van: First year of which a survey is written.
        peildatum: Last day that anything is known of.
        log: Notes every file.

    Returns:
        What was written, for truth.json.
    """
    out.mkdir(parents=True, exist_ok=True)
    # A workbook holds one survey: together they are the series.
    (out / "mapping.toml").write_text(
        f'# {VOORBEELDDATA}: elk bestand is één jaar.\nlevering = "aanvulling"\n', "utf-8"
    )
    truth: list[dict[str, Any]] = []
    for jaar in surveyed(van, peildatum):
        rows, day = outcomes(seed, jaar), dt.date(jaar + 1, 6, 30)
        truth += rows
        path = out / f"clientervaring_{VOORBEELDDATA.lower()}_{day}.xlsx"
        log.add("clientervaring", path.name, len(rows))
        subject = f"Cliëntervaringsonderzoek {jaar}"
        if jaar >= NEW_LAYOUT:
            cells = [_cells(row, _NEW_HEADER) for row in rows]
            write_sheets(path, [PlainSheet("Uitkomsten", table(subject, day, _NEW_HEADER, cells))])
            continue
        sheets = []
        for wet in ("wmo", "jeugd"):
            cells = [_cells(row, _OLD_HEADER) for row in rows if row["wet"] == wet]
            sheets.append(PlainSheet(wet.capitalize(), table(subject, day, _OLD_HEADER, cells)))
        write_sheets(path, sheets)
    return truth
