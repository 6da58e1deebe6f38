"""Set-up step: fetch the small edition of plotly.js that belongs to the installed plotly, with npm.

`python -m dashboard.bundle TARGET`. It holds scatter, bar and pie only, which is all that the charts use, and halves
what a browser loads. Without npm, or without a registry, Dash serves its own full edition: slower, the same charts.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

PACKAGE = "plotly.js-basic-dist-min"
FILE = "package/plotly-basic.min.js"
#: A registry that does not answer must not stop the set-up.
PATIENCE = 120


def fetch(target: Path) -> str:
    """Put the small edition at `target`, whole or not at all.

    Returns:
        "" when it is there, else in Dutch why not; then nothing is at `target`.
    """
    npm, version = shutil.which("npm"), get_plotlyjs_version()
    target.unlink(missing_ok=True)
    if npm is None:
        return "npm ontbreekt"
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", f"{PACKAGE}@{version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=PATIENCE)
            (packed,) = Path(folder).glob("*.tgz")
            with tarfile.open(packed) as archive:
                found = archive.extractfile(FILE)
                content = found.read() if found else b""
        except (subprocess.SubprocessError, OSError, ValueError, KeyError, tarfile.TarError) as problem:
            return f"npm gaf {PACKAGE} {version} niet ({type(problem).__name__})"
    if f"v{version}".encode() not in content[:400]:
        return f"{PACKAGE} is niet de versie {version} die bij plotly hoort"
    beside = target.with_suffix(".nieuw")
    beside.write_bytes(content)
    beside.replace(target)
    return ""


def main() -> int:
    """Fetch; a missing small edition is told and is no error."""
    why = fetch(Path(sys.argv[1]))
    if why:
        sys.stderr.write(f"De kleine uitgave van plotly.js is er niet: {why}. De grafieken laden daardoor langzamer.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
