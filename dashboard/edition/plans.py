"""The savings target and the programmes: their messages and their chapter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.document import Alinea, Blok, Deel, Figuur, Getal, Hoofdstuk, Tabel
from dashboard.edition.message import CONCLUSIE, Message
from dashboard.edition.words import listed, lower_first, paragraph
from dashboard.edition.world import World
from indicators.core.contract import AGGREGATEN

_EUROS = ("doel_eur", "gerealiseerd_eur", "prognose_eur")


@dataclass(frozen=True)
class Target:
    """The savings target by part, newest year up to that of the edition.

    Attributes:
        rijen: Rows of queries_programmes.taakstelling, one per taakstelling and onderdeel.
        peildatum: Of the newest row.
    """

    rijen: pd.DataFrame
    peildatum: dt.date

    def bron(self, kolom: str, rows: pd.DataFrame | None = None) -> str:
        """Say where a sum over rows stands."""
        of = self.rijen if rows is None else rows
        unique = {c: sorted({str(v) for v in of[c]}) for c in ("taakstelling", "boekjaar")}
        if any(len(v) > 1 for v in unique.values()):
            return ""
        keys: dict[str, Any] = {c: v[0] for c, v in unique.items()}
        return facts.source("mart.fct_taakstelling", kolom, **keys, onderdeel=",".join(sorted(of["onderdeel"])))

    def total(self, kolom: str) -> Getal:
        """Print a sum over all parts; a part that is not known makes the sum unknown."""
        values = self.rijen[kolom]
        return facts.precise(None if values.isna().any() else values.sum(), self.bron(kolom))


def target(world: World) -> Target | None:
    """Give the savings target; None without one."""
    rows = world.taakstelling[world.taakstelling["boekjaar"] <= world.boekjaar]
    rows = rows[rows["boekjaar"] == rows.groupby(["taakstelling", "onderdeel"])["boekjaar"].transform("max")]
    day = None if rows.empty else f.as_date(rows["peildatum"].max())
    return None if day is None or rows["doel_eur"].isna().any() else Target(rows, day)


def target_message(world: World) -> Message | None:
    """Write the message about the savings target; None without one."""
    found = target(world)
    if found is None or found.rijen["gerealiseerd_eur"].isna().any():
        return None
    goal, saved, expected = (found.total(c) for c in _EUROS)
    parts = {
        CONCLUSIE: paragraph("Van de taakstelling van ", goal, " is ", saved, " gehaald."),
        "doel": paragraph("We geven per jaar ", goal, " minder uit dan zonder de taakstelling."),
        "activiteit": _divided(world, found),
        "geld": _saved(world, found, (goal, saved, expected)),
        "effect": paragraph("De monitor meet niet wat inwoners van deze besparing merken."),
    }
    values = {k: g.waarde for k, g in zip(_EUROS, (goal, saved, expected), strict=True) if g.waarde is not None}
    return Message("taakstelling", "Taakstelling", parts, waarden=values)


def _divided(world: World, found: Target) -> Alinea:
    """Say over which parts the target is divided, and what each has reached."""
    if len(found.rijen) == 1:
        return paragraph(f"De taakstelling is voor {lower_first(_name(world, str(found.rijen['onderdeel'].iloc[0])))}.")
    count = f.telwoord(len(found.rijen))
    return paragraph(
        f"De taakstelling is verdeeld over {count} onderdelen. Gehaald is ", *listed(_per_part(world, found)), "."
    )


def _saved(world: World, found: Target, amounts: tuple[Getal, Getal, Getal]) -> Alinea:
    goal, saved, expected = amounts
    share = (
        facts.percent((saved.waarde or 0) / goal.waarde, facts.share_of(saved.bron, goal.bron)) if goal.waarde else None
    )
    done: list[Deel] = ["Gehaald is ", saved, *(() if share is None else (" (", share, ")")), "."]
    done.append(_dated(world, found.peildatum))
    if expected.waarde is None:
        return paragraph(*done, " Er is geen verwachting voor het eind van het jaar.")
    said: list[Deel] = [" De eigenaar verwacht aan het eind van het jaar ", expected]
    left = (goal.waarde or 0) - expected.waarde
    if left < 500:
        return paragraph(*done, *said, ": dan is het doel gehaald.")
    short = facts.precise(left, facts.less(found.bron("doel_eur"), found.bron("prognose_eur")))
    return paragraph(*done, *said, "; dan ontbreekt nog ", short, ".")


def _name(world: World, onderdeel: str) -> str:
    return AGGREGATEN.get(onderdeel) or world.namen.get(onderdeel, onderdeel)


def _one(found: Target, row: Any, column: str) -> Getal:
    rows = found.rijen.loc[[row.Index]]
    return facts.precise(getattr(row, column), found.bron(column, rows))


def _per_part(world: World, found: Target) -> list[tuple[Deel, ...]]:
    return [
        (f"bij {lower_first(_name(world, str(r.onderdeel)))} ", _one(found, r, "gerealiseerd_eur"), " van ",
         _one(found, r, "doel_eur"))
        for r in found.rijen.itertuples()
    ]  # fmt: skip


def _dated(world: World, day: dt.date) -> str:
    """Say of which day a figure is when that is another one than the edition's."""
    return "" if day == world.peildatum else f" Dit is de stand op {f.datum(day)}."


def target_section(world: World) -> Hoofdstuk | None:
    """Give the section about the savings target; None without one."""
    found = target(world)
    if found is None:
        return None
    rows: list[tuple[Deel, ...]] = [
        (_name(world, str(r.onderdeel)), *(facts.whole(getattr(r, c), _one(found, r, c).bron) for c in _EUROS))
        for r in found.rijen.itertuples()
    ]
    if len(rows) > 1:
        sums = [None if found.rijen[c].isna().any() else found.rijen[c].sum() for c in _EUROS]
        rows.append(("Totaal", *(facts.whole(v, found.bron(c)) for v, c in zip(sums, _EUROS, strict=True))))
    source = (
        f"Bron: programmalijst van de gemeente; stand op {f.datum(found.peildatum)}; de verwachting is van de eigenaar"
    )
    heads = ("Onderdeel", "Doel", "Gehaald", "Verwacht eind van het jaar")
    table = Tabel("taakstelling-tabel", "De taakstelling in hele euro’s", heads, tuple(rows), (1, 2, 3), source)
    blocks: tuple[Blok, ...] = (_picture(world, found, source), table)
    title = (
        f"Van de taakstelling van {found.total('doel_eur').tekst} is {found.total('gerealiseerd_eur').tekst} gehaald"
    )
    return Hoofdstuk("taakstelling", title, blocks, niveau=2)


def _target_title(found: Target, names: list[str]) -> str:
    rows = found.rijen
    if rows["gerealiseerd_eur"].sum() >= rows["doel_eur"].sum():
        return "De taakstelling is gehaald"
    open_at = [n for n, short in zip(names, rows["gerealiseerd_eur"] < rows["doel_eur"], strict=True) if short]
    if not 0 < len(open_at) < min(len(names), 4):
        return "De taakstelling is nog niet gehaald"
    return (
        f"De taakstelling is nog niet gehaald bij {' en '.join(filter(None, (', '.join(open_at[:-1]), open_at[-1])))}"
    )


def _picture(world: World, found: Target, source: str) -> Figuur:
    names = [_name(world, str(o)) for o in found.rijen["onderdeel"]]
    rows = found.rijen[list(_EUROS)].assign(naam=names).reset_index(drop=True)
    said = [
        f"{n}: {f.euro_text(r.gerealiseerd_eur)} van {f.euro_text(r.doel_eur)} gehaald"
        for n, r in zip(names, rows.itertuples(), strict=True)
    ]
    return Figuur(
        "taakstelling-voortgang", _target_title(found, names), "; ".join(said) + ".", "voortgang", rows, source
    )
