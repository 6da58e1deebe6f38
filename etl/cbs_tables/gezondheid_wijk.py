"""Health of adults per wijk and buurt as RIVM estimates it with a model: not the survey per gemeente."""

from __future__ import annotations

from etl.cbs_tables.record import WIJKEN, CbsTable, Code

TABLES = (
    CbsTable(
        "50150NED",
        "gezondheid_wijk",
        region="WijkenEnBuurten",
        population={"Leeftijd": Code("20300", "18 jaar en ouder", ("18 jaar of ouder",))},
        margins="Marges",
        grenzen=False,
        server="dataderden",
        niveaus=WIJKEN,
        uitsplitsing="20300",
    ),
)
