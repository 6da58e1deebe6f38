"""Reads a workbook in a process of its own with a limit on its memory.

The sheets of .xls, .xlsb and .ods files cannot be looked at beforehand as those of an .xlsx can: a few bytes may claim
a billion cells, and calamine ends the process that asks for more memory than there is. Then this one ends, and the
refresh goes on.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from etl.readers.cells import Sheet, UnreadableFile

MEMORY = 2_000_000_000
SECONDS = 300
_CODE = """
import pickle, sys
sys.path[:], path, raw, memory = pickle.load(sys.stdin.buffer)
from etl.readers import apart
apart.answer(path, raw, memory)
"""


def read_apart(path: Path, raw: bytes) -> list[Sheet]:
    """Read the bytes of a workbook in another process.

    Raises:
        UnreadableFile: What reading it there raised, or that it took too much memory or time.
    """
    question = pickle.dumps((sys.path, path, raw, MEMORY))
    try:
        done = subprocess.run(
            [sys.executable, "-c", _CODE], input=question, capture_output=True, timeout=SECONDS, check=False
        )
        found = pickle.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, EOFError, pickle.UnpicklingError):
        found = None
    if isinstance(found, tuple):
        raise UnreadableFile(path, *found)
    if found is None:
        raise UnreadableFile(
            path,
            "het werkboek is te groot of te beschadigd om te lezen.",
            "Verwijder lege rijen en kolommen buiten de tabel, of lever het als .xlsx of .csv aan.",
        )
    return found


def answer(path: Path, raw: bytes, memory: int) -> None:
    """Run in the other process: read, and write the sheets or the refusal to standard output."""
    from etl.readers.workbook import sheets_of

    _limit(memory)
    try:
        found: list[Sheet] | tuple[str, str] = sheets_of(path, raw, None)
    except UnreadableFile as problem:
        found = (problem.reden, problem.oplossing)
    sys.stdout.buffer.write(pickle.dumps(found))


def _limit(memory: int) -> None:
    """Allow this process so much more than it has now; what libraries set aside differs from machine to machine."""
    try:
        import resource
    except ImportError:  # Windows: there the process is only apart
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        now = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + memory, now + memory))
