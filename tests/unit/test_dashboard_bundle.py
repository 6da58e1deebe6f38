"""The small edition of plotly.js: the right version or none, and never half a file."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from dashboard import bundle


def npm_that_gives(folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    """Put an `npm` first on the path that packs this content, or fails."""
    archive = folder / "gemaakt.tgz"
    with tarfile.open(archive, "w:gz") as packed:
        member = tarfile.TarInfo(bundle.FILE)
        member.size = len(content or b"")
        packed.addfile(member, io.BytesIO(content or b""))
    script = folder / "npm"
    script.write_text(f"#!/bin/sh\ncp {archive} pakket.tgz\n" if content else "#!/bin/sh\nexit 1\n")
    script.chmod(0o755)
    monkeypatch.setattr(bundle.shutil, "which", lambda _: str(script))


def test_the_edition_of_the_installed_plotly_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = f"/** plotly.js (basic - minified) v{get_plotlyjs_version()} */".encode()
    npm_that_gives(tmp_path, monkeypatch, content)
    assert bundle.fetch(tmp_path / "klein.js") == ""
    assert (tmp_path / "klein.js").read_bytes() == content


@pytest.mark.parametrize("content", [b"/** plotly.js v0.0.1 */", None], ids=["andere versie", "npm mislukt"])
def test_anything_else_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    npm_that_gives(tmp_path, monkeypatch, content)
    (tmp_path / "klein.js").write_text("van een vorige versie")
    assert bundle.fetch(tmp_path / "klein.js") != ""
    assert not (tmp_path / "klein.js").exists()


def test_without_npm_the_monitor_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle.shutil, "which", lambda _: None)
    monkeypatch.setattr(bundle.sys, "argv", ["bundle", str(tmp_path / "klein.js")])
    assert bundle.main() == 0
