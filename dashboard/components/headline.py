"""The conclusion of an indicator in plain Dutch: where it stands, which way it went, and whether that may be chance."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import catalogue
from dashboard import formatting as f
from indicators.core.indicator import Indicator
from indicators.core.period import parse, sort_key


def _last(rows: pd.DataFrame, code: str) -> Any:
    own = rows[(rows["gebied_code"] == code) & rows["waarde"].notna()]
    return None if own.empty else own.loc[own["periode"].map(sort_key).idxmax()]


def headline(
    item: Indicator, rows: pd.DataFrame, regions: list[tuple[str, str]], own: str, changes: pd.DataFrame
) -> list[Any]:
    """Give the title that states the finding, and the paragraph with what it rests on.

    Whether a change is more than chance is what the test found, as the list of changes says it; only where nothing was
    judged the bounds of the two figures speak, and they can only say that it may be chance.

    Args:
        item: The indicator.
        rows: queries.indicatorwaarden of one kind of period and one breakdown.
        regions: (gebied_code, name), the own gemeente first.
        own: Code of the own gemeente.
        changes: queries_indicators.verandering of the same.
    """
    kicker = html.P(item.titel, className="kicker")
    last = _last(rows, own)
    if last is None:
        return [kicker, html.H1("Het cijfer van deze gemeente is geheim of ontbreekt")]
    name = dict(regions).get(own, last["gebied"])
    prior = _prior(rows, own, last)
    verdict = _verdict(changes, last, prior)
    way = _direction(item, last, prior, verdict)
    title = f"{name}: {catalogue.value(item, last['waarde'])} in {_in(last['periode'])}{way}"
    return [kicker, html.H1(title), html.P(_lead(item, rows, regions, own, last, prior, verdict), className="intro")]


def _prior(rows: pd.DataFrame, own: str, last: Any) -> Any:
    return _last(rows[rows["periode"].map(sort_key) < sort_key(last["periode"])], own)


def _in(code: str) -> str:
    text = f.periode(code)
    return f"het {text}" if text[:2] in ("1e", "2e", "3e", "4e") else text


def _verdict(changes: pd.DataFrame, last: Any, prior: Any) -> str:
    """Give the oordeel about these two figures; "" where they were not judged."""
    if prior is None or changes.empty:
        return ""
    same = (changes["soort"] == "vorige") & (changes["periode"] == last["periode"])
    found = changes[same & (changes["tegenover"] == prior["periode"])]["oordeel"]
    return str(found.iloc[0]) if len(found) else ""


def _broken(item: Indicator, last: Any, prior: Any) -> str:
    """Give the reason of the break between two figures; "" without one."""
    begin, end = parse(prior["periode"]).begin, parse(last["periode"]).einde
    return next((b.reden for b in item.breuken if begin < parse(b.periode).begin <= end), "")


def _equal(item: Indicator, last: Any, prior: Any) -> bool:
    return f.half_up(last["waarde"], item.decimalen) == f.half_up(prior["waarde"], item.decimalen)


def _incomplete(last: Any) -> bool:
    """Tell whether more is still to come in: a fall of a provisional month says nothing (indicators/comparison)."""
    return bool(last["status"] == "voorlopig" and str(last["periode"])[4:6] in ("MM", "KW"))


def _overlap(last: Any, prior: Any) -> bool | None:
    """Tell whether the bounds of two figures overlap; None when they have no bounds."""
    bounds = [last["ondergrens"], last["bovengrens"], prior["ondergrens"], prior["bovengrens"]]
    if any(f.missing(b) for b in bounds):
        return None
    return bool(bounds[0] <= bounds[3] and bounds[2] <= bounds[1])


def _chance(last: Any, prior: Any, verdict: str) -> bool:
    return verdict == "ruis" or (verdict in ("", "onbekend") and bool(_overlap(last, prior)))


def _direction(item: Indicator, last: Any, prior: Any, verdict: str) -> str:
    """The second half of the title: which way it went since the figure before."""
    if prior is None or verdict == "breuk" or _broken(item, last, prior):
        return ""
    if _incomplete(last):
        return "; dat is nog niet volledig"
    since = _in(prior["periode"])
    if _equal(item, last, prior):
        return f", gelijk aan {since}"
    word = "hoger" if last["waarde"] > prior["waarde"] else "lager"
    if _chance(last, prior, verdict):
        return f", {word} dan in {since}; verschil kan toeval zijn"
    return f", {'duidelijk ' if verdict in ('beter', 'slechter', 'anders') else ''}{word} dan in {since}"


def _lead(
    item: Indicator,
    rows: pd.DataFrame,
    regions: list[tuple[str, str]],
    own: str,
    last: Any,
    prior: Any,
    verdict: str,
) -> str:
    others = []
    for code, region in regions:
        same = rows[(rows["gebied_code"] == code) & (rows["periode"] == last["periode"]) & rows["waarde"].notna()]
        if code != own and len(same):
            others.append(f"{region} {catalogue.value(item, same.iloc[0]['waarde'])}")
    parts = [f"In dezelfde periode: {', '.join(others)}."] if others else []
    if not f.missing(last["ondergrens"]) and not f.missing(last["bovengrens"]):
        low, high = (catalogue.value(item, last[c]) for c in ("ondergrens", "bovengrens"))
        parts.append(
            "Het cijfer komt uit een steekproef of schatting: de echte waarde ligt bijna zeker "
            f"(95 %) tussen {low} en {high}."
        )
    parts += [_change(item, last, prior, verdict)] if prior is not None else []
    if last["status"] in ("voorlopig", "nader_voorlopig"):
        parts.append(f"Dit cijfer is {f.status(last['status'])}: het kan nog worden bijgesteld.")
    return " ".join(parts)


def _change(item: Indicator, last: Any, prior: Any, verdict: str) -> str:
    """Say how it moved since the value before, and say so when that may be chance."""
    since, was = _in(prior["periode"]), catalogue.value(item, prior["waarde"])
    reason = _broken(item, last, prior)
    if reason:
        return f"Dit cijfer is niet goed te vergelijken met dat van {since}. {reason}"
    if _equal(item, last, prior):
        return f"In {since} was het even hoog."
    if not _chance(last, prior, verdict):
        return f"In {since} was het {was}."
    if verdict != "ruis" or _overlap(last, prior):
        return f"In {since} was het {was}. De marges van die twee cijfers overlappen, dus het verschil kan toeval zijn."
    return f"In {since} was het {was}. Dat verschil kan toeval zijn: hieronder staat waarom."
