"""The decision where a registration has no column for it: what the status of a line says of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.cleaning import plain
from etl.lines.registration import DECISIONS

#: What a status says of the decision: a provision that runs or ran was awarded.
_STATUS = DECISIONS | {
    "actief": "toegekend", "beeindigd": "toegekend", "afgesloten": "toegekend", "gestopt": "toegekend",
    "gestart": "toegekend",
}  # fmt: skip
#: What runs: the provision when there is a decision, else still the application.
_RUNS = {"lopend", "loopt"}


def decide(frame: pd.DataFrame) -> np.ndarray:
    """Fill besluit from the status where the file has no decision at all.

    Returns:
        Which lines have a status that says nothing certain of the decision.
    """
    unknown = np.zeros(len(frame), dtype=bool)
    if frame["besluit"].notna().any() or not frame["status"].notna().any():
        return unknown
    words = [None if text is None else plain(str(text)) for text in frame["status"].tolist()]
    decided = frame["besluitdatum"].notna().tolist()
    frame["besluit"] = pd.Series(
        [("toegekend" if date else None) if w in _RUNS else _STATUS.get(w or "")
         for w, date in zip(words, decided, strict=True)],
        index=frame.index, dtype=object,
    )  # fmt: skip
    return np.array([w is not None and w not in _STATUS and w not in _RUNS for w in words], dtype=bool)
