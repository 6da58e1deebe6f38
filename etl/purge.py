"""Retention: person rows that are older than may be kept go; what was published from them stays.

The person rows of a vintage are its Parquet files. Its manifest stays, with the counts and the day of the purge, so
that the data page can still tell what was delivered, and a file that still lies in the inbox is not read again. First
the published rows that would be lost are put down (etl/kept), then the manifest says so, then the rows are removed:
killed at any point, another purge finishes it and nothing published is lost.
"""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from etl.admission import known_selection
from etl.atomic import private_dir, remove_leftovers
from etl.cbs import raw_views as cbs_views
from etl.corrections import apply_corrections, load_corrections
from etl.deliveries import Selection
from etl.entity_views import quoted
from etl.kept import KEEPABLE, keep
from etl.lock import only_one
from etl.progress import Progress, stop_here
from etl.remembered import per_peildatum
from etl.source import Source, sources
from etl.states import Part
from etl.transform import ETL, open_build, raw_views, run_sql
from etl.vintages import Vintage, Vintages

YEARS = 4
SAID = "De persoonsregels zijn op {day:%d-%m-%Y} opgeschoond (bewaartermijn). De gepubliceerde cijfers blijven staan."


@dataclass
class Purged:
    """What a purge did, or would do.

    Attributes:
        grens: Person rows of peildata before this day go.
        leveringen: The deliveries whose rows go, oldest first.
        nodig: Older deliveries that stay, because a later increment stands on them.
        bewaard: Table -> published rows that were put down.
    """

    grens: dt.date
    leveringen: list[Vintage] = field(default_factory=list)
    nodig: list[Vintage] = field(default_factory=list)
    bewaard: dict[str, int] = field(default_factory=dict)

    @property
    def rijen(self) -> int:
        """How many person rows go."""
        return sum(sum(v.entiteiten.values()) for v in self.leveringen)

    def tekst(self, *, proef: bool) -> str:
        """Say in Dutch what went, or would go."""
        if not self.leveringen:
            lines = [f"Er zijn geen persoonsregels van voor {self.grens:%d-%m-%Y}."]
        else:
            count = f"{_count(self.leveringen)} met {self.rijen:,} persoonsregels".replace(",", ".")
            days = f"peildata {self.leveringen[0].peildatum:%d-%m-%Y} t/m {self.leveringen[-1].peildatum:%d-%m-%Y}"
            lines = [f"{'Er zouden verdwijnen' if proef else 'Verwijderd'}: {count} ({days})."]
            named = sorted({v.bron for v in self.leveringen})
            lines += [f"  {bron}: {_count([v for v in self.leveringen if v.bron == bron])}" for bron in named]
            lines.append("De gepubliceerde cijfers blijven staan." + (" Er is niets verwijderd." if proef else ""))
        if self.nodig:
            stays = "oudere levering blijft" if len(self.nodig) == 1 else "oudere leveringen blijven"
            lines.append(f"{len(self.nodig)} {stays}, omdat latere aanvullingen erop voortbouwen.")
        return "\n".join(lines)


def _count(found: list[Vintage]) -> str:
    return f"{len(found)} {'levering' if len(found) == 1 else 'leveringen'}"


def years_before(day: dt.date, years: int) -> dt.date:
    """Give the same day some years earlier; 29 February becomes the 28th."""
    year = day.year - years
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def purge(store: Path, today: dt.date, years: int, progress: Progress, *, dry_run: bool = False) -> Purged:
    """Remove person rows of deliveries whose peildatum is more than so many years ago.

    Args:
        store: The store.
        today: The day to count back from.
        years: How long person rows may be kept.
        progress: Told how far it is.
        dry_run: Only say what would go.

    Raises:
        AlreadyRunning: A refresh is busy in this store.
        TransformError: The facts could not be worked out; nothing was removed.
    """
    done = Purged(years_before(today, years))
    with only_one(store / "werk"):
        vintages, registry = Vintages(store / "vintages"), sources()
        selection = known_selection(vintages, registry)
        _choose(done, vintages, registry, selection)
        if dry_run:
            return done
        for folder in (store / "werk", store / "vintages"):
            remove_leftovers(folder)
        if done.leveringen:
            done.bewaard = _put_down(store, selection, done, registry, progress)
        stop_here("bewaard")
        for vintage in done.leveringen:
            vintages.rewrite(vintage, opgeschoond=today, meldingen=[*vintage.meldingen, SAID.format(day=today)])
            stop_here("opgeschoond")
        _remove_rows(vintages)
    return done


def _choose(done: Purged, vintages: Vintages, registry: dict[str, Source], selection: Selection) -> None:
    old = [
        v
        for v in vintages.all()
        if v.bron in registry
        and registry[v.bron].personal
        and v.peildatum
        and v.peildatum < done.grens
        and v.entiteiten
        and not v.opgeschoond
    ]
    needed = {
        part.vintage.levering_id
        for (bron, entity), parts in selection.parts.items()
        if _every_state(registry[bron], entity)
        for part in parts
        if part.chained and part.peildatum >= done.grens
    }
    done.leveringen = sorted(
        (v for v in old if v.levering_id not in needed), key=lambda v: (v.peildatum or done.grens, v.levering_id)
    )
    done.nodig = [v for v in old if v.levering_id in needed]


def _every_state(source: Source, entity: str) -> bool:
    """Whether every state of an entity is published, so that a state of today may stand on rows of long ago."""
    return any(e.name == entity and e.toestand == "elke" for e in source.entities)


def _put_down(
    store: Path, selection: Selection, done: Purged, registry: dict[str, Source], progress: Progress
) -> dict[str, int]:
    """Work the facts out with and without the rows that go, and keep what is different."""
    gone = {v.levering_id for v in done.leveringen}
    left = dataclasses.replace(selection, parts=_parts_without(selection.parts, gone))
    folder = private_dir(store / "werk" / "bouw-opschonen")
    try:
        with open_build(private_dir(folder / "met")) as before:
            _facts(before, store, selection, registry, progress)
        with open_build(private_dir(folder / "zonder")) as after:
            _facts(after, store, left, registry, progress)
            after.execute(f"ATTACH {quoted((folder / 'met' / 'monitor.duckdb').as_posix())} AS met (READ_ONLY)")
            kept = {table: keep(after, store / "vintages", table, "met", "monitor") for table in KEEPABLE}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {table: count for table, count in kept.items() if count}


def _facts(
    connection: duckdb.DuckDBPyConnection,
    store: Path,
    selection: Selection,
    registry: dict[str, Source],
    progress: Progress,
) -> None:
    views, _ = apply_corrections(raw_views(selection, registry, cbs_views(store / "vintages")), load_corrections())
    memory = per_peildatum(ETL, store / "werk" / "onthouden", selection)
    run_sql(connection, views, progress, memory, store / "vintages")
    connection.execute("DETACH raw; DETACH stg; CHECKPOINT")


def _parts_without(parts: dict[tuple[str, str], list[Part]], gone: set[str]) -> dict[tuple[str, str], list[Part]]:
    left = {key: [p for p in found if p.vintage.levering_id not in gone] for key, found in parts.items()}
    return {key: found for key, found in left.items() if found}


def _remove_rows(vintages: Vintages) -> None:
    """Remove the rows of everything that says it was purged, also what a killed purge left."""
    for vintage in vintages.all():
        if vintage.opgeschoond and vintage.map:
            for file in vintage.map.glob("*.parquet"):
                file.unlink()
