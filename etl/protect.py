"""Lets SQL of the build ask which counts of wijken are secret: the rule stands in one place, in arrays."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from indicators.core.disclosure_tables import secret_in_list

#: The name of the function in SQL.
FUNCTION = "geheime_cellen"


def register(connection: duckdb.DuckDBPyConnection) -> None:
    """Make geheime_cellen(onderdeel, maand, wijk, aantal, erin, eruit, hangt_samen) known to a connection.

    All but the last are lists of one length, one item per cell (erin and eruit, the flows of the gemeente in that
    onderdeel and month, are empty for lines); it gives a list of flags in the same order. See
    indicators.core.disclosure_tables.secret_in_list.
    """
    numbers = duckdb.list_type(duckdb.sqltypes.INTEGER)
    flags = duckdb.list_type(duckdb.sqltypes.BOOLEAN)
    types = [numbers] * 6 + [duckdb.sqltypes.BOOLEAN]
    connection.create_function(FUNCTION, _secret, types, flags, type="arrow")  # type: ignore[call-overload]


def _secret(
    onderdeel: pa.ChunkedArray,
    maand: pa.ChunkedArray,
    wijk: pa.ChunkedArray,
    aantal: pa.ChunkedArray,
    erin: pa.ChunkedArray,
    eruit: pa.ChunkedArray,
    hangt_samen: pa.ChunkedArray,
) -> pa.Array:
    rows = []
    for *lists, linked in zip(onderdeel, maand, wijk, aantal, erin, eruit, hangt_samen, strict=True):
        cells = [np.asarray(one.values.to_numpy(zero_copy_only=False), dtype=np.int64) for one in lists]
        flows = np.stack(cells[4:]) if linked.as_py() else None
        rows.append(secret_in_list(cells[0], cells[1], cells[2], cells[3], linked.as_py(), flows))
    return pa.array(rows, type=pa.list_(pa.bool_()))
