"""`make bench`: every bench_*.py in this folder, one table."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table


def main(chosen: list[str]) -> int:
    """Run all benchmarks, or the chosen ones by name; 1 when a promise is not kept."""
    console, table, kept = Console(), Table("what", "measured", "promise", "kept"), True
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if chosen and path.stem.removeprefix("bench_") not in chosen:
            continue
        console.print(f"{path.stem} ...")
        with tempfile.TemporaryDirectory() as folder:
            for row in importlib.import_module(f"tests.bench.{path.stem}").run(Path(folder)):
                kept &= row.kept
                table.add_row(row.what, row.figure, row.promise, "yes" if row.kept else "NO")
    console.print(table)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
