"""Rules of the house that an import graph cannot say."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("indicators", "etl", "dashboard")
#: Only the command lines may look at the clock; below them the moment is an argument.
MAY_LOOK_AT_THE_CLOCK = {"cli.py", "cli_edition.py", "__main__.py"}


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listing.returncode:
        pytest.skip("geen git-checkout: er is geen lijst van bestanden")
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_only_the_store_opens_the_database_in_the_dashboard() -> None:
    offenders = [p.name for p in modules("dashboard") if "duckdb" in imported(p)]
    assert offenders in ([], ["store.py"])


def test_the_sample_and_the_forecast_share_no_code() -> None:
    for path in modules("etl"):
        if "sample" in path.parts:
            assert "indicators.forecast" not in path.read_text("utf-8"), path
    for path in (ROOT / "indicators" / "forecast").rglob("*.py"):
        assert "sample" not in imported(path) and "etl" not in imported(path), path


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_clock_below_the_command_line(path: Path) -> None:
    if path.name in MAY_LOOK_AT_THE_CLOCK:
        return
    called = {
        f"{node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, 'attr', '')}.{node.attr}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert not called & {"date.today", "datetime.today", "datetime.utcnow", "Timestamp.today", "Timestamp.now"}, path
    assert "datetime.now" not in called, f"{path}: geef het moment mee als argument"


def test_the_own_gemeente_is_named_in_configuration_only() -> None:
    named = [
        str(p.relative_to(ROOT))
        for p in modules(*PACKAGES)
        if re.search(r"GM1895|Oldambt", p.read_text("utf-8")) and "sample" not in p.parts
    ]
    assert not named


def test_nothing_committed_names_a_package_host_or_a_machine() -> None:
    # Put together from parts, so that this file does not name them either.
    hosts = ["py" + "pi.org", "pythonhosted" + ".org", "npmjs" + ".org", "deb.debian" + ".org", "--index" + "-url"]
    paths = ["/" + "work/", "/" + "root/", "/home" + "/"]
    found = []
    for path in tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}: {word}" for word in (*hosts, *paths) if word in text and path != Path(__file__)
        ]
    assert not found


def test_real_public_data_is_not_committed() -> None:
    shared = ROOT.parent / "shared" / "data"
    if not shared.is_dir():
        pytest.skip("../shared/data is er niet: niets om mee te vergelijken")
    theirs = {p.stat().st_size: p for p in shared.rglob("*") if p.is_file()}
    copies = [
        str(p.relative_to(ROOT))
        for p in tracked()
        if (twin := theirs.get(p.stat().st_size)) and p.read_bytes() == twin.read_bytes()
    ]
    assert not copies


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_is_one_idea(path: Path) -> None:
    # The contract is one table of tables; everything else that grows past this is two ideas.
    limit = 320
    assert len(path.read_text("utf-8").splitlines()) <= limit, f"{path.name} is langer dan {limit} regels"
