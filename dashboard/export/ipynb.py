"""The code of a figure as a notebook, without any output: whoever opens it runs it against their own publication."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dashboard import catalogue, queries
from dashboard.components.notebook_code import code
from dashboard.indicator_choice import chosen
from dashboard.store import Publication


def notebook(pub: Publication, asked: Mapping[str, str]) -> bytes | None:
    """Write the notebook of an indicator, or give None for one that is not in the publication.

    Args:
        pub: The publication.
        asked: Values by their name in the address.
    """
    name, about = asked.get("indicator", ""), queries.publicatie(pub)
    item = next((i for i in catalogue.available(pub) if i.id == name), None)
    if item is None or about.empty:
        return None
    state = chosen(pub, item, asked, str(about["gemeente_code"].iloc[0])).state
    intro = f"# {item.titel}\n\n{item.vraag}\n\n{item.definitie}\n\n{item.bronregel}"
    cells = [
        {"cell_type": "markdown", "id": "uitleg", "metadata": {}, "source": intro},
        {"cell_type": "code", "id": "figuur", "metadata": {}, "execution_count": None, "outputs": [],
         "source": code(state)},
    ]  # fmt: skip
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8")
