"""Replaces the key of pseudonyms, without losing who is who.

A new key hashes the old pseudonym, not the person: stored rows can be renewed without the files they came from, and a
file that comes later gets the same outcome by going through all the keys in turn. So one person stays one over the
replacement, and whoever got hold of the old key, or of an old copy of the store, can lay nothing beside the new one.

First the key file gets the new key, then every file of rows is renewed on its own and says in its metadata with how
many keys it was made. Killed at any point, the next refresh (or replacement) finishes the work before it reads.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.atomic import TEMP_PREFIX, private_dir, sync_dir, sync_file, write_json
from etl.keys import KeyProblem, add_key, fingerprint, load_key
from etl.lock import only_one
from etl.privacy import next_pseudonym
from etl.progress import Progress, stop_here
from etl.source import Entity, Privacy, Source, sources
from etl.vintages import KEYS_USED, Vintages

#: Says in the vintages which key they were made with, and how often it was replaced.
MARK = "sleutel.json"


def replace_key(store: Path, progress: Progress) -> int:
    """Make a new key and renew every stored pseudonym with it; gives how often the key was replaced by now.

    Raises:
        AlreadyRunning: A refresh is busy in this store.
        KeyProblem: The key cannot be read or replaced, or is not that of this store.
    """
    with only_one(store / "werk"):
        up_to_date(store, load_key(store), progress)
        keys = add_key(store)
        stop_here("sleutel")
        up_to_date(store, keys, progress)
    return len(keys) - 1


def up_to_date(store: Path, keys: tuple[bytes, ...], progress: Progress) -> None:
    """Bring every stored pseudonym to the newest key; only with the lock in hand.

    Raises:
        KeyProblem: The store was made with another key, or with a newer one.
    """
    root = private_dir(store / "vintages")
    used = _used(root)
    if used.get("kenmerk", fingerprint(keys)) != fingerprint(keys) or used.get("sleutels", 1) > len(keys):
        raise KeyProblem(
            "De sleutel is niet die waarmee deze opslag is gemaakt. Zet de juiste sleutel terug uit een reservekopie. "
            "Is die er niet meer: begin met een nieuwe, lege opslagmap en lees alle leveringen opnieuw in."
        )
    if used.get("sleutels") == len(keys):
        return
    if len(keys) > 1:
        files = _files(root, sources())
        progress.stap("Pseudoniemen vernieuwen", len(files))
        for file, entity in files:
            _renew(file, entity, keys)
            progress.verder()
            stop_here("omsleutelen")
    write_json(root / MARK, {"kenmerk": fingerprint(keys), "sleutels": len(keys)})


def _used(root: Path) -> dict:
    try:
        return json.loads((root / MARK).read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _files(root: Path, registry: dict[str, Source]) -> list[tuple[Path, Entity]]:
    """Give every stored file of rows with pseudonyms, also of deliveries that do not count."""
    return [
        (file, entity)
        for vintage in Vintages(root).all()
        if vintage.bron in registry and registry[vintage.bron].personal and vintage.map
        for entity in registry[vintage.bron].entities
        if (file := vintage.map / f"{entity.name}.parquet").is_file()
    ]


def _renew(file: Path, entity: Entity, keys: tuple[bytes, ...]) -> None:
    """Renew the pseudonyms of one file, all at once."""
    done = int((pq.read_schema(file).metadata or {}).get(KEYS_USED, b"1"))
    if done >= len(keys):
        return
    table = pq.read_table(file)
    for column in entity.columns:
        if column.privacy is Privacy.PSEUDONYM and column.name in table.column_names:
            place = table.column_names.index(column.name)
            table = table.set_column(place, column.name, _renewed(table[column.name], keys[done:]))
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), KEYS_USED: str(len(keys)).encode()})
    temp = file.with_name(f"{TEMP_PREFIX}{os.getpid()}-{file.name}")
    pq.write_table(table, temp, compression="zstd")
    sync_file(temp)
    temp.replace(file)
    sync_dir(file.parent)


def _renewed(column: pa.ChunkedArray, keys: tuple[bytes, ...]) -> pa.Array:
    """Hash each distinct pseudonym once with every key it has not been through."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    renewed = encoded.dictionary.to_pylist()
    for key in keys:
        renewed = [next_pseudonym(known, key) for known in renewed]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(renewed, pa.string())).cast(pa.string())
