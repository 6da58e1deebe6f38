"""The sentences of causes side by side: what one of them says of another is not said twice."""

from __future__ import annotations

import pandas as pd

from indicators.forecast.explain_text import ALIKE, rivals


def told_once(rows: pd.DataFrame) -> list[str]:
    """Give the sentences of causes that are shown together, as `told_by_cause` does, without their causes."""
    return list(told_by_cause(rows).values())


def told_by_cause(rows: pd.DataFrame) -> dict[str, str]:
    """Give the sentence of each cause that is shown together with the others.

    Args:
        rows: oorzaak and zin as in mart.fct_verklaring.

    Returns:
        The sentences that there are, by cause. A cause says which other one may be as large, for whoever reads it
        alone; where that one is shown too, with its own euros, it is left out.
    """
    told_too = [f" {sentence}" for cause in rows["oorzaak"] if cause in ALIKE for sentence in rivals(cause)]
    result = {}
    for cause, zin in zip(rows["oorzaak"], rows["zin"], strict=True):
        text = zin if isinstance(zin, str) else ""
        for rival in told_too:
            text = text.replace(rival, "")
        result[str(cause)] = text
    return {cause: text for cause, text in result.items() if text}
