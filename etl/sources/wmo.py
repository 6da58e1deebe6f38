"""Wmo registration: applications, decisions and awards per person and product, as the state at a peildatum.

What a line means and when it is refused: etl/wmo. Everything about a person leaves this module only to be protected by
etl.privacy; it is never stored, printed or put in a message.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from etl.cleaning import plain
from etl.readers.cells import Sheet
from etl.source import Column, Context, Entity, Privacy, Reading, Refusal, Source, register
from etl.wmo import lines, values
from etl.wmo.columns import FIELDS, Layout, Problem, find_layout
from etl.wmo.peildatum import find_peildatum
from indicators.core.settings import settings

TOEKENNING = Entity(
    "toekenning",
    "An application for one product, with its decision and, when awarded, its period",
    (
        Column(
            "persoon", "VARCHAR", "pseudonym of the person", FIELDS["bsn"] + FIELDS["clientnummer"], True,
            Privacy.PSEUDONYM,
        ),
        Column(
            "beschikking", "VARCHAR", "pseudonym of the decision's number", FIELDS["beschikkingnummer"],
            privacy=Privacy.PSEUDONYM,
        ),
        Column(
            "leeftijdsklasse", "VARCHAR", "age band at the peildatum", FIELDS["geboortedatum"], privacy=Privacy.AGE_BAND
        ),
        Column("wijk_code", "VARCHAR", "CBS code of the wijk; NULL when not certain", FIELDS["wijk"] + FIELDS["buurt"]),
        Column("productcategorie", "VARCHAR", "WMO020 code, 01-18", FIELDS["productcategorie"], True),
        Column(
            "onderdeel", "VARCHAR", "budget part of the productcategorie", values=tuple(sorted(values.wmo_onderdelen()))
        ),
        Column("aanvraagdatum", "DATE", "date of application; NULL when there was none", FIELDS["aanvraagdatum"], True),
        Column("besluitdatum", "DATE", "date of the decision", FIELDS["besluitdatum"], True),
        Column(
            "besluit", "VARCHAR", "toegekend, afgewezen, ingetrokken; NULL while pending", FIELDS["besluit"], True,
            values=("toegekend", "afgewezen", "ingetrokken"),
        ),
        Column("ingangsdatum", "DATE", "first day in", FIELDS["ingangsdatum"], True),
        Column("einddatum", "DATE", "last day in; NULL when open", FIELDS["einddatum"], True),
        Column("leveringsvorm", "VARCHAR", "ZIN or PGB", FIELDS["leveringsvorm"], values=("ZIN", "PGB")),
    ),
)  # fmt: skip


def read(sheets: list[Sheet], context: Context) -> Reading:
    """Read one export of the registration.

    Args:
        sheets: The sheets of the file; hidden ones are skipped and counted in a notice.
        context: File name, mapping and peildatum of the command line.

    Returns:
        The lines as entity `toekenning`, still with identifiers: etl.privacy.protect comes next.
    """
    notices: list[str] = []
    chosen = _choose(sheets, context, notices)
    tables: list[tuple[Sheet, str, Layout]] = []
    for sheet, blad in chosen:
        layout = find_layout(sheet, context.mapping)
        if isinstance(layout, Problem):
            return _refused(context, blad, layout)
        if layout is not None:
            tables.append((sheet, blad, layout))
    if not tables:
        return _refused(context, None, Problem(
            "er is geen tabel met Wmo-regels gevonden.",
            "Controleer of het bestand in de juiste map staat. "
            "Heten de kolommen anders, zet ze dan in mapping.toml onder [kolommen].",
        ))  # fmt: skip
    peildatum = find_peildatum([sheet for sheet, _ in chosen], tables, context)
    if isinstance(peildatum, Problem):
        return _refused(context, None, peildatum)
    unknown = _unknown_onderdelen(context)
    if unknown:
        return _refused(context, None, unknown)
    parsed = []
    for sheet, blad, layout in tables:
        left_out = _filtered_out(sheet, layout, context)
        if isinstance(left_out, Problem):
            return _refused(context, blad, left_out)
        parsed.append(lines.parse(sheet.rows, layout, blad, left_out))
    return _assemble(parsed, peildatum, context, notices)


def _choose(sheets: list[Sheet], context: Context, notices: list[str]) -> list[tuple[Sheet, str]]:
    """Visible sheets (or the one of the mapping) under made-up names: a sheet's own name can hold a person."""
    named = [(sheet, f"blad {number}") for number, sheet in enumerate(sheets, start=1)]
    if context.mapping and context.mapping.blad:
        return [(sheet, blad) for sheet, blad in named if sheet.naam == context.mapping.blad]
    hidden = [blad for sheet, blad in named if not sheet.visible]
    if hidden:
        notices.append(f"Verborgen werkbladen zijn overgeslagen: {', '.join(hidden)}.")
    shown = [(sheet, blad) for sheet, blad in named if sheet.visible]
    for sheet, blad in shown:
        if sheet.hidden_rows:
            notices.append(f"Op {blad} zijn {len(sheet.hidden_rows)} rijen verborgen; zij tellen mee.")
    return shown


def _refused(context: Context, blad: str | None, problem: Problem) -> Reading:
    refusal = Refusal(context.bestand, blad, None, None, None, problem.reden, problem.oplossing)
    return Reading(refusals=[refusal], refused=True)


def _unknown_onderdelen(context: Context) -> Problem | None:
    if context.mapping is None:
        return None
    known = values.wmo_onderdelen()
    for code, onderdeel in context.mapping.onderdeel.productcategorie.items():
        if onderdeel not in known:
            return Problem(
                f"mapping.toml deelt productcategorie {code} in bij '{onderdeel}'; dat is geen onderdeel van de Wmo.",
                f"Kies uit: {', '.join(sorted(known))}.",
            )
    return None


def _filtered_out(sheet: Sheet, layout: Layout, context: Context) -> set[int] | Problem:
    """Numbers of the rows that the mapping's [filter] leaves out."""
    wanted = context.mapping.filter if context.mapping else {}
    if not wanted:
        return set()
    header = [plain(str(cell)) if cell is not None else "" for cell in sheet.rows[layout.header]]
    left_out: set[int] = set()
    for name, allowed in wanted.items():
        if plain(name) not in header:
            return Problem(
                f"mapping.toml filtert op kolom '{name}', en die staat niet in het bestand.",
                "Schrijf de kop onder [filter] precies zoals in het bestand.",
            )
        place = header.index(plain(name))
        options = {str(v).strip() for v in (allowed if isinstance(allowed, list) else [allowed])}
        left_out |= {n for n, row in enumerate(sheet.rows, start=1) if (values.code(row[place]) or "") not in options}
    return left_out


def _assemble(parsed: list[lines.Lines], peildatum: dt.date, context: Context, notices: list[str]) -> Reading:
    """Lines of all sheets to one table: refuse, drop doubles, count."""
    frame = pd.concat([part.frame for part in parsed], ignore_index=True)
    letters = parsed[0].letters
    total = len(frame) + sum(part.outside for part in parsed)
    gone = lines.removed(frame)
    frame = frame[~gone].reset_index(drop=True)
    outside = total - len(frame)
    if gone.any():
        notices.append(f"{int(gone.sum())} regels zijn in de registratie zelf verwijderd en tellen niet mee.")
    frame["persoon"], invalid = lines.identify(frame)
    if invalid:
        notices.append(f"{invalid} regels hebben een BSN dat niet klopt; daar is het cliëntnummer gebruikt.")
    frame["wijk_code"] = _wijken(frame, notices)
    refusals, keep = _refuse(frame, letters, peildatum, context)
    table = _table(frame[keep], context, notices)
    return Reading(
        peildatum=peildatum,
        tables={TOEKENNING.name: table},
        refusals=refusals,
        notices=notices,
        rijen_gelezen=total,
        rijen_geladen=len(table),
        rijen_geweigerd=int((~keep).sum()),
        rijen_buiten_bereik=outside,
    )


def _one_wijk(pair: tuple[object, object]) -> str | None:
    known = {value for value in pair if value is not None}
    one = next(iter(known)) if len(known) == 1 else None
    return one if isinstance(one, str) else None


def _wijken(frame: pd.DataFrame, notices: list[str]) -> pd.Series:
    """The wijk of each line by wijk or else buurt; None where it is unknown or the two contradict each other."""
    pairs = list(zip(frame["wijk"].tolist(), frame["buurt"].tolist(), strict=True))
    certain = {pair: _one_wijk(pair) for pair in set(pairs)}
    found = [certain[pair] for pair in pairs]
    missing = found.count(None)
    own = settings().gemeente.naam
    if missing:
        notices.append(
            f"Bij {missing} regels is de wijk leeg, onbekend of niet van {own}; "
            "zij tellen alleen mee in de hele gemeente."
        )
    return pd.Series(found, index=frame.index, dtype=object)


def _refuse(
    frame: pd.DataFrame, letters: dict[str, str], peildatum: dt.date, context: Context
) -> tuple[list[Refusal], np.ndarray]:
    """The refusals, one per refused line, and which lines stay."""
    keep = np.ones(len(frame), dtype=bool)
    refusals: list[Refusal] = []
    blad, rij = frame["blad"].to_numpy(), frame["rij"].to_numpy()

    def refuse(hit: np.ndarray, kolom: str, reden: str, oplossing: str) -> None:
        for place in np.flatnonzero(hit & keep):
            refusals.append(Refusal(
                context.bestand, str(blad[place]), int(rij[place]), letters.get(kolom, kolom), "", reden, oplossing
            ))  # fmt: skip
        keep[hit] = False

    for rule in lines.rules(frame, peildatum):
        refuse(rule.hit, rule.kolom, rule.reden, rule.oplossing)
    rest = frame[keep]
    repeated, moved = lines.doubles(rest)
    places = np.flatnonzero(keep)
    frame.loc[rest.index[moved], "wijk_code"] = None
    hit = np.zeros(len(frame), dtype=bool)
    hit[places[repeated]] = True
    refuse(
        hit, "beschikkingnummer", "dubbele regel: deze regel staat al eerder in het bestand.",
        "De regel is één keer geteld. Haal de dubbele regel uit de registratie.",
    )  # fmt: skip
    refusals.sort(key=lambda r: (r.blad or "", r.rij or 0))
    return refusals, keep


def _table(frame: pd.DataFrame, context: Context, notices: list[str]) -> pd.DataFrame:
    """The stored columns of the lines that stay, and notices on what they leave open."""
    own = context.mapping.onderdeel.productcategorie if context.mapping else {}
    onderdeel = {c: values.onderdeel_of(c, own) for c in frame["productcategorie"].unique()}
    forms = frame["leveringsvorm"]
    unclear = sum(v is values.BAD for v in forms)
    if unclear:
        notices.append(f"Bij {unclear} regels is de leveringsvorm niet bekend (ZIN of PGB); die is leeg gelaten.")
    without = int(frame["aanvraagdatum"].isna().sum())
    if without:
        notices.append(f"{without} besluiten hebben geen aanvraagdatum; zij tellen niet mee als aanvraag.")
    table = pd.DataFrame(
        {
            "persoon": frame["persoon"],
            "beschikking": frame["beschikkingnummer"],
            "leeftijdsklasse": frame["geboortedatum"],
            "wijk_code": frame["wijk_code"],
            "productcategorie": frame["productcategorie"],
            "onderdeel": frame["productcategorie"].map(onderdeel),
            "aanvraagdatum": frame["aanvraagdatum"],
            "besluitdatum": frame["besluitdatum"],
            "besluit": frame["besluit"],
            "ingangsdatum": frame["ingangsdatum"],
            "einddatum": frame["einddatum"],
            "leveringsvorm": forms.map(lambda v: None if v is values.BAD else v),
            "bron_blad": frame["blad"],
            "bron_rij": frame["rij"],
        }
    )
    return table.reset_index(drop=True)


WMO = register(
    Source(
        name="wmo",
        title="Wmo-registratie",
        ritme_dagen=31,
        personal=True,
        entities=(TOEKENNING,),
        read=read,
        key={TOEKENNING.name: ("persoon", "beschikking", "productcategorie", "aanvraagdatum", "ingangsdatum")},
    )
)
