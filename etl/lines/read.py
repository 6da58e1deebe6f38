"""Any export of lines to a Reading: what a source declares in its kinds of lines is all that differs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from etl.lines.kind import Kind, Notices, Problem, Rule, regels
from etl.lines.layout import Layout, find_layout
from etl.lines.parse import Lines, parse
from etl.lines.peildatum import find_peildatum
from etl.lines.persons import households, identify, wijken
from etl.lines.registration import person_rules
from etl.lines.values import BAD
from etl.readers.cells import Sheet
from etl.source import Column, Context, Reading, Refusal

#: What a formula adds to an amount by itself.
_NOISE = Decimal("0.000001")
_SOURCE_HELP = "Herstel de regel in de bron en lever het bestand opnieuw aan."
Table = tuple[Sheet, str, Layout]
#: Gives the peildatum that the lines themselves prove, when neither mapping, cells nor file name say one.
Proven = Callable[[dict[str, pd.DataFrame]], dt.date | None]


def read_lines(
    sheets: list[Sheet], context: Context, kinds: tuple[Kind, ...], wat: str, proven: Proven | None = None
) -> Reading:
    """Read one export.

    Args:
        sheets: The sheets of the file; hidden ones are skipped and counted in a notice.
        context: File name, mapping and peildatum of the command line.
        kinds: The kinds of lines that the source knows; each sheet holds one of them.
        wat: What the lines are, in Dutch, for the refusal of a file without any.
        proven: See Proven.

    Returns:
        The rows of each kind's entity; of a person source still with identifiers: etl.privacy.protect comes next.
    """
    personal = any(kind.personal for kind in kinds)
    notices: Notices = []
    chosen = _choose(sheets, context, personal, notices)
    tables = _tables(chosen, kinds, context, wat, notices)
    if isinstance(tables, Reading):
        return tables
    parsed: list[Lines] = []
    for sheet, blad, layout in tables:
        problem = layout.kind.problem(context)
        lines = problem or parse(sheet, layout, blad, context.mapping)
        if not isinstance(lines, Problem):
            problem = layout.kind.wrong(lines.frame, context)
        if isinstance(lines, Problem) or problem:
            return _refused(context, blad, lines if isinstance(lines, Problem) else problem)
        parsed.append(lines)
        notices += lines.notices
    peildatum = find_peildatum([sheet for sheet, _ in chosen], tables, context)
    if peildatum is None and proven:
        peildatum = proven({one.layout.kind.entity.name: one.frame for one in parsed})
    peildatum = peildatum or context.peildatum
    if not isinstance(peildatum, dt.date):
        return _refused(context, None, peildatum or Problem(
            "de peildatum is niet te vinden in mapping.toml, in het bestand of in de bestandsnaam.",
            "Zet de peildatum in de bestandsnaam, bijvoorbeeld export_2026-09-30.csv, of in mapping.toml.",
        ))  # fmt: skip
    reading = Reading(peildatum=peildatum, notices=notices)
    for kind in kinds:
        own = [lines for lines in parsed if lines.layout.kind is kind]
        if own:
            _add(reading, kind, own, context)
    reading.refusals.sort(key=lambda r: (r.blad or "", r.rij or 0))
    return reading


def _choose(sheets: list[Sheet], context: Context, personal: bool, notices: Notices) -> list[tuple[Sheet, str]]:
    """Visible sheets, or the one of the mapping; those of a person source under made-up names: a name can be one."""
    named = [(sheet, f"blad {number}" if personal else sheet.naam) for number, sheet in enumerate(sheets, start=1)]
    if context.mapping and context.mapping.blad:
        return [(sheet, blad) for sheet, blad in named if sheet.naam == context.mapping.blad]
    if hidden := [blad for sheet, blad in named if not sheet.visible]:
        notices.append(f"Verborgen werkbladen zijn overgeslagen: {', '.join(hidden)}.")
    shown = [(sheet, blad) for sheet, blad in named if sheet.visible]
    for sheet, blad in shown:
        if sheet.hidden_rows:
            notices.append(f"Op {blad} zijn {len(sheet.hidden_rows)} rijen verborgen; zij tellen mee.")
    return shown


def _tables(
    chosen: list[tuple[Sheet, str]], kinds: tuple[Kind, ...], context: Context, wat: str, notices: Notices
) -> list[Table] | Reading:
    """The sheets that hold lines; a sheet that nearly does refuses the file, one that does not at all gets a notice."""
    tables: list[Table] = []
    skipped: list[str] = []
    for sheet, blad in chosen:
        layout = find_layout(sheet, kinds, context.mapping)
        if isinstance(layout, Problem):
            return _refused(context, blad, layout)
        if layout is not None:
            tables.append((sheet, blad, layout))
        elif sheet.rows:
            skipped.append(blad)
    if not tables:
        return _refused(context, None, Problem(
            f"er is geen tabel met {wat} gevonden.",
            "Controleer of het bestand in de juiste map staat. "
            "Heten de kolommen anders, zet ze dan in mapping.toml onder [kolommen].",
        ))  # fmt: skip
    if skipped:
        notices.append(f"Zonder tabel die de monitor kent, en daarom overgeslagen: {', '.join(skipped)}.")
    return tables


def _refused(context: Context, blad: str | None, problem: Problem | None) -> Reading:
    assert problem
    refusal = Refusal(context.bestand, blad, None, None, None, problem.reden, problem.oplossing)
    return Reading(refusals=[refusal], refused=True)


def _add(reading: Reading, kind: Kind, parsed: list[Lines], context: Context) -> None:
    """Lines of one kind from all sheets to its table: leave out, derive, refuse, count."""
    assert reading.peildatum
    frame = pd.concat([part.frame for part in parsed], ignore_index=True)
    letters = {name: parsed[0].layout.letter(name) for name in kind.fields}
    total = len(frame) + sum(part.outside for part in parsed)
    if kind.removed is not None:
        gone = kind.removed(frame)
        frame = frame[~gone].reset_index(drop=True)
        if gone.any():
            reading.notices.append(f"{regels(int(gone.sum()))} niet meegeteld: in de registratie zelf verwijderd.")
    frame = _within(frame, kind, context, reading.notices)
    outside = total - len(frame)
    bad = _not_understood(frame, kind, reading.notices)
    if kind.personal:
        _who(frame, kind, reading.notices)
    frame = kind.derive(frame, context, reading.notices)
    rules = [*bad, *(person_rules(frame, reading.peildatum) if kind.personal else [])]
    rules += kind.rules(frame, reading.peildatum)
    written = {place: text for part in parsed for place, text in part.written.items()}
    keep, refusals = _judge(frame, rules, kind, letters, written, context)
    table = _stored(frame[keep], kind, reading.notices)
    reading.tables[kind.entity.name] = table
    reading.refusals += refusals
    reading.rijen_gelezen += total
    reading.rijen_geladen += len(table)
    reading.rijen_geweigerd += int((~keep).sum())
    reading.rijen_buiten_bereik += outside


def _within(frame: pd.DataFrame, kind: Kind, context: Context, notices: Notices) -> pd.DataFrame:
    """The lines that the source is about: without those that `Kind.beyond` sets aside."""
    gone = np.zeros(len(frame), dtype=bool)
    for hit, notice in kind.beyond(frame, context):
        if number := int((hit & ~gone).sum()):
            notices.append(notice.format(n=regels(number)))
        gone |= hit
    return frame[~gone].reset_index(drop=True) if gone.any() else frame


def _who(frame: pd.DataFrame, kind: Kind, notices: Notices) -> None:
    """Columns persoon, huishouden and wijk_code, from the identifying fields."""
    frame["persoon"], invalid = identify(frame)
    if invalid:
        notices.append(f"Bij {regels(invalid)} klopt het BSN niet; daar is het cliëntnummer gebruikt.")
    elif not any(isinstance(who, str) and who.startswith("bsn:") for who in frame["persoon"]) and len(frame):
        notices.append("Dit bestand heeft geen BSN; personen zijn daardoor alleen binnen deze bron te herkennen.")
    stored = {column.name for column in kind.entity.columns}
    if "huishouden" in stored:
        frame["huishouden"] = households(frame)
    if "wijk_code" in stored:
        frame["wijk_code"] = wijken(frame, notices)
    if "leeftijdsklasse" in stored:
        frame["leeftijdsklasse"] = frame["geboortedatum"]


def _not_understood(frame: pd.DataFrame, kind: Kind, notices: Notices) -> list[Rule]:
    """Rules that every field keeps: what stands there is understood, and what has to be there is.

    What is not understood of a soft field is made empty here, and counted in a notice.
    """
    rules: list[Rule] = []
    for name, one in kind.fields.items():
        cells = frame[name].tolist()
        label = name.replace("_", " ")
        if one.filled:
            empty = np.array([value is None for value in cells], dtype=bool)
            rules.append(Rule(name, f"de {label} is leeg.", _SOURCE_HELP, empty))
        if BAD in cells and one.soft:
            reden = one.reden or f"de {label} is niet te begrijpen."
            notices.append(f"Bij {regels(cells.count(BAD))} leeg gelaten: {reden} {one.oplossing}".rstrip())
            cells = [None if value is BAD else value for value in cells]
            frame[name] = pd.Series(cells, index=frame.index, dtype=object)
        elif BAD in cells and name not in _OPEN:
            hit = np.array([value is BAD for value in cells], dtype=bool)
            reden = one.reden or f"de waarde bij {label} is niet te begrijpen."
            rules.append(Rule(name, reden, one.oplossing or _SOURCE_HELP, hit))
    return rules


#: Where somebody lives: not certain for a line that stands there twice with two places.
_WHERE = ("wijk_code", "huishouden")
#: Fields of which a value that is not understood is handled otherwise: it leaves the person or the wijk unknown.
_OPEN = {"bsn", "wijk", "buurt"}


def _judge(
    frame: pd.DataFrame,
    rules: list[Rule],
    kind: Kind,
    letters: dict[str, str],
    written: dict[tuple[str, int, str], str],
    context: Context,
) -> tuple[np.ndarray, list[Refusal]]:
    """Which lines stay, and one refusal for each that does not: the first rule it breaks is the reason."""
    keep = np.ones(len(frame), dtype=bool)
    refusals: list[Refusal] = []
    blad, rij = frame["blad"].to_numpy(), frame["rij"].to_numpy()

    def refuse(rule: Rule) -> None:
        for place in np.flatnonzero(rule.hit & keep):
            kolom = letters.get(rule.kolom, rule.kolom)
            value = "" if kind.personal else written.get((str(blad[place]), int(rij[place]), rule.kolom))
            if value is None and rule.kolom in frame and frame[rule.kolom].iloc[place] is not None:
                value = str(frame[rule.kolom].iloc[place])
            refusals.append(
                Refusal(context.bestand, str(blad[place]), int(rij[place]), kolom, value, rule.reden, rule.oplossing)
            )
        keep[rule.hit] = False

    for rule in rules:
        refuse(rule)
    if kind.same:
        rest = frame[keep]
        repeated, moved = _doubles(rest, kind.same)
        places = np.flatnonzero(keep)
        for name, rows in moved.items():
            frame.loc[rest.index[rows], name] = None
        hit = np.zeros(len(frame), dtype=bool)
        hit[places[repeated]] = True
        kolom = next((name for name in kind.same if name in kind.fields), kind.same[0])
        refuse(Rule(
            kolom, "dubbele regel: deze regel staat al eerder in het bestand.",
            "De regel is één keer geteld. Haal de dubbele regel uit de registratie.", hit,
        ))  # fmt: skip
    return keep, refusals


def _doubles(frame: pd.DataFrame, same: tuple[str, ...]) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Which lines repeat an earlier one, and of which the places differ in the repetition (after a move)."""
    lines = list(zip(*(frame[name].tolist() for name in same), strict=True))
    group = pd.Series(pd.factorize(pd.Series(lines, dtype=object))[0], index=frame.index)
    repeated = group.duplicated(keep="first").to_numpy(bool)
    if not repeated.any():
        return repeated, {}
    places = [name for name in _WHERE if name in frame]
    return repeated, {
        name: (frame[name].fillna("").groupby(group).transform("nunique") > 1).to_numpy(bool) for name in places
    }


def _stored(frame: pd.DataFrame, kind: Kind, notices: Notices) -> pd.DataFrame:
    """The stored columns of the lines that stay."""
    source = {c.name: c.name if c.name in frame else c.name.removesuffix("_eur") for c in kind.entity.columns}
    columns = {column.name: _scaled(frame[source[column.name]], column, notices) for column in kind.entity.columns}
    return pd.DataFrame({**columns, "bron_blad": frame["blad"], "bron_rij": frame["rij"]}).reset_index(drop=True)


def _scaled(values: pd.Series, column: Column, notices: Notices) -> pd.Series:
    """Numbers with the decimals they are stored with; a notice says how many had more than the noise of a formula."""
    scale = re.fullmatch(r"DECIMAL\(\d+, ?(\d+)\)", column.type)
    if not scale:
        return values
    step = Decimal(1).scaleb(-int(scale[1]))
    cells = values.tolist()
    rounded = [v.quantize(step, ROUND_HALF_UP) if isinstance(v, Decimal) else v for v in cells]
    pairs = zip(cells, rounded, strict=True)
    if cut := sum(isinstance(v, Decimal) and abs(v - r) > _NOISE for v, r in pairs):
        notices.append(f"{cut} keer is {column.name.replace('_', ' ')} afgerond op {scale[1]} decimalen.")
    return pd.Series(rounded, index=values.index, dtype=object)
