"""The effect that stands beside money: one indicator, its newest figure, the country, and whether it changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import catalogue
from dashboard import formatting as f
from dashboard.edition.document import Alinea, Deel, Getal
from dashboard.edition.facts import GEHEIM, protect, share_of, source
from dashboard.edition.words import paragraph
from dashboard.edition.world import World
from dashboard.rounding import counts_people, per
from indicators.core.indicator import Indicator, indicators
from indicators.core.period import parse, sort_key

GEEN_BEWIJS = " Dit bewijst niet dat het door dit geld komt."
_OORDEEL = {
    "beter": " Dat is duidelijk beter dan in {was}.",
    "slechter": " Dat is duidelijk slechter dan in {was}.",
    "anders": " Dat is duidelijk anders dan in {was}.",
    "ruis": " Het verschil met {was} kan toeval zijn.",
    "breuk": " Dit cijfer is niet te vergelijken met dat van {was}: het wordt anders gemeten.",
}


@dataclass(frozen=True)
class Newest:
    """The newest figure of an indicator for the own gemeente at the peildatum of the edition.

    Attributes:
        item: The indicator.
        rij: Row of queries_indicators.eigen_waarden, or None without a figure.
        getal: As printed.
        land: The country in the same period, as printed; None where there is none.
        oordeel: Of the change since the figure before; "" where nothing was judged.
        vorige: Period of the figure before, as printed.
        trend: Judgement over the years; "" where nothing was judged.
        sinds: First period of the trend, as printed.
    """

    item: Indicator
    rij: Any
    getal: Getal
    land: Getal | None
    oordeel: str
    vorige: str
    trend: str
    sinds: str

    @property
    def periode(self) -> str:
        """Period as printed; a dash without a figure."""
        return f.LEEG if self.rij is None else f.periode(self.rij["periode"])


def known(values: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Leave out the periods that had not ended at a day."""
    ended = values["periode"].map(lambda code: parse(code).einde <= day)
    return values[ended.astype(bool)] if len(values) else values


def figure(item: Indicator, row: Any) -> Getal:
    """Print a value of an indicator as the council may see it.

    A count of people that only the gemeente knows is secret up to 7 and rounded to 5 otherwise; a rate is made again
    from the rounded count (dashboard/rounding.py). What CBS or a survey publishes is protected already.
    """
    keys = {k: row[k] for k in ("indicator", "periode", "gebied_code")}
    bron = source("mart.v_indicatorwaarde", "waarde", **keys, uitsplitsing="totaal")
    if bool(row["onderdrukt"]):
        return Getal(GEHEIM, None, bron)
    if f.missing(row["waarde"]):
        return Getal(f.LEEG)
    if not counts_people(item):
        return Getal(catalogue.value(item, row["waarde"]), float(row["waarde"]), bron)
    scale = per(item)
    if scale is not None:
        return _rate(item, row, bron, scale)
    kept = protect(row["waarde"])
    return Getal(GEHEIM if kept is None else catalogue.value(item, kept), kept, f"{bron}~")


def _rate(item: Indicator, row: Any, bron: str, scale: int) -> Getal:
    head = bron.rsplit("|", 1)[0]
    public = scale == 1000
    made = f"{scale} × {share_of(f'{head}|teller~', f'{head}|noemer' + ('' if public else '~'))}"
    kept, of = protect(row["teller"]), row["noemer"] if public else protect(row["noemer"])
    if kept is None or f.missing(of) or not of:
        return Getal(GEHEIM, None, made)
    return Getal(catalogue.value(item, scale * kept / of), scale * kept / of, made)


def newest(world: World, item: Indicator) -> Newest:
    """Give the newest figure of an indicator at the peildatum of the edition."""
    key = ("newest", item.id)
    if key not in world.onthouden:
        world.onthouden[key] = _newest(world, item)
    return world.onthouden[key]


def _newest(world: World, item: Indicator) -> Newest:
    values = known(world.indicatoren[world.indicatoren["indicator"] == item.id], world.peildatum)
    own = values[(values["gebied_code"] == world.gemeente_code) & (values["waarde"].notna() | values["onderdrukt"])]
    if own.empty:
        return Newest(item, None, Getal(f.LEEG), None, "", "", "", "")
    row = own.loc[own["periode"].map(sort_key).idxmax()]
    beside = values[(values["gebied_code"] == world.land_code) & (values["periode"] == row["periode"])]
    beside = beside[beside["waarde"].notna()]
    land = None if beside.empty else figure(item, beside.iloc[0])
    changes = world.veranderingen[world.veranderingen["indicator"] == item.id]
    step = changes[(changes["soort"] == "vorige") & (changes["periode"] == row["periode"])]
    kind = row["periode"][4:6]
    trend = changes[(changes["soort"] == "trend") & (changes["periode"].str[4:6] == kind)]
    trend = known(trend, world.peildatum)
    return Newest(
        item,
        row,
        figure(item, row),
        land,
        "" if step.empty else str(step.iloc[-1]["oordeel"]),
        "" if step.empty else f.periode(str(step.iloc[-1]["tegenover"])),
        "" if trend.empty else str(trend.iloc[-1]["oordeel"]),
        "" if trend.empty else f.periode(str(trend.iloc[-1]["tegenover"])),
    )


def npg() -> list[Indicator]:
    """Give the indicators of the NPG in their order."""
    return sorted((i for i in indicators().values() if i.npg is not None), key=lambda i: i.npg or 0)


def beside_money(world: World, onderdeel: str) -> Newest | None:
    """Choose the indicator that stands beside the money of a wet, or of everything: the first of the NPG that is near.

    A neutral indicator says nothing about a goal; one without a figure neither.
    """
    parts = {onderdeel, *(o for o, wet in world.wetten.items() if wet == onderdeel)}
    candidates = [i for i in npg() if i.hoger_is != "neutraal"]
    if onderdeel == "totaal":
        near = sorted(candidates, key=lambda i: (-len(i.budgetten), i.npg or 0))
    else:
        near = [i for i in candidates if parts & set(i.budgetten)]
    return next((found for found in (newest(world, item) for item in near) if found.rij is not None), None)


def sentence(world: World, onderdeel: str) -> Alinea:
    """Say what the indicator beside the money shows, and that it proves nothing."""
    found = beside_money(world, onderdeel)
    if found is None:
        return paragraph("Er is nog geen cijfer over het effect.")
    parts: list[Deel] = [f"{found.item.titel}: ", found.getal, f" in {found.periode}"]
    parts += [f" ({world.land}: ", found.land, ")"] if found.land is not None else []
    said = _OORDEEL.get(found.oordeel, "").format(was=found.vorige)
    return paragraph(*parts, ".", said, _over_years(found), GEEN_BEWIJS)


def _over_years(found: Newest) -> str:
    if found.trend not in ("beter", "slechter", "anders") or found.oordeel in ("beter", "slechter", "anders"):
        return ""
    words = {"beter": "wel beter", "slechter": "wel slechter", "anders": "wel anders"}[found.trend]
    return f" Over de jaren sinds {found.sinds} wordt het {words}."
