"""The programmes: how far each is against its time, its money and its results; their message and their section."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import formatting as f
from dashboard.edition import facts
from dashboard.edition.document import Alinea, Blok, Deel, Getal, Hoofdstuk, Tabel
from dashboard.edition.message import CONCLUSIE, Message
from dashboard.edition.words import listed, lower_first, paragraph, plural
from dashboard.edition.world import World
from dashboard.rounding import counts_things
from indicators.core.plan import behind, elapsed


@dataclass(frozen=True)
class Programme:
    """A programme that runs at the peildatum of the edition.

    Attributes:
        rij: Its row as a whole (queries_edition.programmas).
        activiteiten: Names of its activities.
        resultaten: Rows of queries_edition.resultaten.
        verstreken: Share of its time that has gone by; None without dates.
    """

    rij: pd.Series
    activiteiten: tuple[str, ...]
    resultaten: pd.DataFrame
    verstreken: float | None

    @property
    def naam(self) -> str:
        """Name of the programme."""
        return str(self.rij["programma"])

    def money(self, column: str, whole: bool = False) -> Getal:
        """Print its budget (begroting_eur) or what was spent (besteed_eur)."""
        print_ = facts.whole if whole else facts.precise
        keys: dict[str, Any] = {"programma": self.naam, "activiteit": ""}
        if column == "besteed_eur" and bool(self.rij["verloop"]):
            day = f.as_date(self.rij["besteed_op"])
            keys |= {"resultaat": "", "peildatum": day}
            return print_(self.rij[column], facts.source("mart.fct_programmaverloop", "bereikt", **keys))
        return print_(self.rij[column], facts.source("mart.fct_programma", column, **keys))

    def behind(self) -> pd.DataFrame:
        """Give the results that are behind the plan, the furthest first."""
        rows = self.resultaten[self.resultaten["gepland"] > 0]
        if self.verstreken is None or rows.empty:
            return rows[:0]
        lag = self.verstreken - rows["bereikt"] / rows["gepland"]
        late = [behind(1.0 * r["bereikt"] / r["gepland"], self.verstreken) for _, r in rows.iterrows()]
        return rows.assign(achter=lag)[late].sort_values(["achter", "resultaat"], ascending=[False, True])


def running(world: World) -> list[Programme]:
    """Give the programmes that run at the peildatum, those that end first first."""
    day, frame = world.peildatum, world.programmas
    whole = frame[frame["activiteit"].fillna("") == ""].sort_values(["tot_en_met", "programma"], na_position="last")
    found = []
    for _, row in whole.iterrows():
        begin, end = f.as_date(row["van"]), f.as_date(row["tot_en_met"])
        if (begin is None or begin <= day) and (end is None or end >= day):
            own = frame[(frame["programma"] == row["programma"]) & (frame["activiteit"].fillna("") != "")]
            results = world.resultaten[world.resultaten["programma"] == row["programma"]]
            found.append(Programme(row, tuple(own["activiteit"]), results, elapsed(begin, end, _known_at(row, day))))
    return found


def _known_at(row: pd.Series, day: dt.date) -> dt.date:
    """The day its figures are of: a result is judged against the time that had gone by then."""
    return f.as_date(row["besteed_op"]) or day


def reached(row: Any) -> Getal:
    """Print what was reached; a number of persons is secret up to 7 and rounded to 5 otherwise."""
    keys = {"programma": row["programma"], "activiteit": row["activiteit"] or "", "resultaat": row["resultaat"]}
    table = "mart.fct_programmaresultaat"
    if bool(row["verloop"]):
        table, keys = "mart.fct_programmaverloop", {**keys, "peildatum": f.as_date(row["besteed_op"])}
    bron = facts.source(table, "bereikt", **keys)
    if counts_things(str(row["eenheid"])):
        return facts.count(row["bereikt"], bron)
    return facts.persons(row["bereikt"], bron)


def planned(row: Any) -> Getal:
    """Print what was planned: a plan is about nobody in particular."""
    keys = {"programma": row["programma"], "activiteit": row["activiteit"] or "", "resultaat": row["resultaat"]}
    return facts.count(row["gepland"], facts.source("mart.fct_programmaresultaat", "gepland", **keys))


def programme_message(world: World) -> Message | None:
    """Write the message about the programmes; None when none runs."""
    found = running(world)
    if not found:
        return None
    late = [p for p in found if len(p.behind())]
    named = max(late, key=lambda p: (float(p.behind()["achter"].iloc[0]), p.naam)) if late else found[0]
    parts = {
        CONCLUSIE: _conclusion(found, late),
        "doel": paragraph(f"{named.naam}: {lower_first(str(named.rij['doel'] or 'er is nog geen doel vastgelegd'))}."),
        "activiteit": _activity(named),
        "geld": _money(named),
        "effect": _effect(named, bool(late)),
    }
    labels = (("budget", "begroting_eur"), ("besteed", "besteed_eur"))
    numbers = tuple((f"{label} {p.naam}", p.money(column)) for p in found for label, column in labels)
    values = {"lopend": float(len(found)), "achter": float(len(late))}
    return Message("programmas", "Programma’s", parts, waarden=values, feiten=numbers)


def _conclusion(found: list[Programme], late: list[Programme]) -> Alinea:
    total = len(found)
    runs = "Er loopt één programma" if total == 1 else f"Er lopen {_word(total)} programma’s"
    if not late:
        return paragraph(f"{runs}; {'het ligt' if total == 1 else 'ze liggen allemaal'} op schema.")
    if total == 1:
        return paragraph(f"{runs}; het loopt achter op het plan.")
    return paragraph(f"{runs}; {_word(len(late))} {plural(len(late), 'loopt', 'lopen')} achter op het plan.")


def _word(count: int) -> str:
    return f.telwoord(count)


def _activity(named: Programme) -> Alinea:
    names: list[Deel | tuple[Deel, ...]] = [lower_first(a) for a in named.activiteiten]
    if not names:
        return paragraph(f"{named.naam}: de activiteiten staan niet in de programmalijst.")
    return paragraph(f"{named.naam}: ", *listed(names), ".")


def _money(named: Programme) -> Alinea:
    if f.missing(named.rij["begroting_eur"]) or f.missing(named.rij["besteed_eur"]):
        return paragraph(f"Voor {named.naam} is niet bekend hoeveel er is besteed.")
    share = _spent(named)
    gone = "" if named.verstreken is None else f"; {f.percent(named.verstreken)} van de tijd is voorbij"
    parts: tuple[Deel, ...] = () if share is None else (" (", share, ")")
    return paragraph(
        f"Voor {named.naam} is ", named.money("besteed_eur"), " besteed van ", named.money("begroting_eur"), *parts,
        f"{gone}.",
    )  # fmt: skip


def _spent(named: Programme) -> Getal | None:
    spent, budget = named.money("besteed_eur"), named.money("begroting_eur")
    if not budget.waarde or spent.waarde is None:
        return None
    return facts.percent(spent.waarde / budget.waarde, facts.share_of(spent.bron, budget.bron))


def _effect(named: Programme, late: bool) -> Alinea:
    rows = named.behind() if late else named.resultaten
    if rows.empty:
        return paragraph(f"Voor {named.naam} zijn nog geen resultaten afgesproken.")
    said: list[Deel | tuple[Deel, ...]] = [
        (f"{lower_first(str(r['resultaat']))} ", reached(r), " van ", planned(r)) for _, r in rows.head(3).iterrows()
    ]
    start = "Dit loopt achter op het plan: " if late else "Bereikt is: "
    return paragraph(start, *listed(said), ".")


def section(world: World) -> Hoofdstuk | None:
    """Give the section about the programmes; None when none runs."""
    found = running(world)
    if not found:
        return None
    days = sorted({d for p in found if (d := f.as_date(p.rij["besteed_op"])) is not None})
    stand = f"stand op {f.datum(days[-1])}" if days else ""
    source = f"Bron: programmalijst van de gemeente; {stand}"
    title = _conclusion(found, [p for p in found if len(p.behind())]).tekst.removesuffix(".")
    money = [
        (p.naam, _until(p), p.money("begroting_eur", True), p.money("besteed_eur", True), _spent(p) or f.LEEG,
         f.LEEG if p.verstreken is None else f.percent(p.verstreken))
        for p in found
    ]  # fmt: skip
    heads = ("Programma", "Loopt tot en met", "Budget", "Besteed", "Deel besteed", "Deel van de tijd")
    blocks: list[Blok] = [
        paragraph(f"{p.naam}: {p.rij['doel']}.") for p in found if not f.missing(p.rij["doel"]) and p.rij["doel"]
    ]
    blocks.append(
        Tabel("programmas-geld", "Geld per programma, over de hele looptijd", heads, tuple(money), (2, 3, 4, 5), source)
    )
    if any(len(p.resultaten) for p in found):
        columns = ("Resultaat", "Bereikt", "Gepland", "Eenheid", "Oordeel")
        about = "Wat de programma’s hebben bereikt"
        blocks.append(Tabel("programmaresultaten", about, columns, _results(found), (1, 2), source))
        blocks.append(_protected())
    return Hoofdstuk("programmas", title, tuple(blocks), niveau=2)


def _until(programme: Programme) -> str:
    return f.datum(f.as_date(programme.rij["tot_en_met"]))


def _results(found: list[Programme]) -> tuple[tuple[Deel, ...], ...]:
    """A heading per programme, and its results below it."""
    rows: list[tuple[Deel, ...]] = []
    for programme in found:
        late = set(programme.behind()["resultaat"])
        if len(programme.resultaten):
            rows.append((programme.naam, "", "", "", ""))
        for _, row in programme.resultaten.iterrows():
            judged = "loopt achter" if row["resultaat"] in late else "op schema"
            verdict = f.LEEG if programme.verstreken is None else judged
            rows.append((str(row["resultaat"]), reached(row), planned(row), str(row["eenheid"]), verdict))
    return tuple(rows)


def _protected() -> Alinea:
    return paragraph(
        "Aantallen mensen zijn afgerond op vijf. Tot en met zeven is een aantal geheim, zodat niemand herkenbaar is.",
        soort="toelichting",
    )
