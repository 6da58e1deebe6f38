"""What the published database tells about itself: deliveries, refusals, corrections, CBS tables, origins."""

# fmt: off
from __future__ import annotations

from indicators.core.table import PEILDATUM, Table, table

META_TABLES: tuple[Table, ...] = (
    table(
        "meta.bron", "A source that the monitor can read, delivered or not", "bron", "run",
        ("bron", "VARCHAR", "its folder in the inbox"), ("titel", "VARCHAR", "Dutch name"),
        ("ritme_dagen", "INTEGER", "a delivery is expected at least every so many days"),
        ("over_personen", "BOOLEAN", "true when its rows are about persons: no sheet and no row of it is kept"),
    ),
    table(
        "meta.levering", "A delivery that was read", "levering_id", "run",
        ("levering_id", "VARCHAR", "short id"),
        ("bron", "VARCHAR", "source"),
        ("bestand", "VARCHAR", "file name; for person sources made up of bron, peildatum and hash"),
        ("sha256", "VARCHAR", "of the bytes"),
        PEILDATUM,
        ("ingelezen_op", "TIMESTAMP", "UTC"),
        ("rijen_gelezen", "INTEGER", "rows read"), ("rijen_geladen", "INTEGER", "rows loaded"),
        ("rijen_geweigerd", "INTEGER", "rows refused"),
        ("rijen_buiten_bereik", "INTEGER", "subtotals and rows outside the social domain: used as checks, not loaded"),
        ("status", "VARCHAR", "geldig, vervangen (a correction counts instead) or geweigerd"),
        ("voorbeelddata", "BOOLEAN", "true when the file says that it is synthetic"),
        ("melding", "VARCHAR", "notices in Dutch, one a line"),
    ),
    table(
        "meta.weigering", "A cell, row or file that was refused", "", "run",
        ("levering_id", "VARCHAR", "delivery"),
        ("bestand", "VARCHAR", "as in meta.levering"),
        ("blad", "VARCHAR", "sheet"), ("rij", "INTEGER", "row in the sheet, from 1"),
        ("kolom", "VARCHAR", "column letter or header"),
        ("waarde", "VARCHAR", "the value, masked where personal"),
        ("reden", "VARCHAR", "why, in Dutch"),
        ("oplossing", "VARCHAR", "what to do, in Dutch"),
    ),
    table(
        "meta.correctie", "A known error of a source and what became of its correction", "correctie", "run",
        ("correctie", "VARCHAR", "its own name"),
        ("tabel", "VARCHAR", "what was read: <bron>__<entity>"), ("kolom", "VARCHAR", "the column with the error"),
        ("waar", "VARCHAR", "by which columns the row is found"),
        ("expect", "VARCHAR", "what stands there as long as the source has the error"),
        ("wordt", "VARCHAR", "what it was made"),
        ("reden", "VARCHAR", "what is wrong, in Dutch"), ("kennis", "VARCHAR", "where that is known from"),
        ("status", "VARCHAR", "toegepast, deels, vervallen (the source holds another value by now) or niet_gevonden"),
        ("rijen_toegepast", "INTEGER", "rows that were corrected"),
        ("rijen_anders", "INTEGER", "rows in that place with another value: left alone"),
    ),
    table(
        "meta.cbs_tabel", "A CBS table and how fresh the copy in use is", "tabel", "run",
        ("tabel", "VARCHAR", "CBS table id"), ("titel", "VARCHAR", "title as CBS gives it"),
        ("gewijzigd", "TIMESTAMP", "Modified as CBS gives it"),
        ("opgehaald_op", "TIMESTAMP", "UTC time of the copy in use"),
        ("status", "VARCHAR", "vers, laatste_goede or niet_beschikbaar"),
        ("melding", "VARCHAR", "why, in Dutch"),
        ("nieuwste_periode", "VARCHAR", "newest CBS period in the copy in use"),
        ("voorlopig", "INTEGER", "periods in it that are provisional"),
        ("gewijzigde_cijfers", "INTEGER", "figures of periods already known that the newest copy changed"),
        ("wijziging", "VARCHAR", "what that was, in Dutch"),
        ("ontbrekend", "VARCHAR", "topics that were asked for and are gone, comma separated"),
    ),
    table(
        "meta.herkomst", "Which rows of which delivery a published figure came from",
        "mart_tabel sleutel levering_id blad rij_van", "run",
        ("mart_tabel", "VARCHAR", "table"),
        ("sleutel", "VARCHAR", "key values joined by |; a * stands for every value (person sources)"),
        ("levering_id", "VARCHAR", "delivery"), ("blad", "VARCHAR", "sheet"),
        ("rij_van", "INTEGER", "first row; NULL for person sources"), ("rij_tot", "INTEGER", "last row"),
        ("rijen", "INTEGER", "number of rows; for person sources the only trace beside the delivery"),
    ),
    table(
        "meta.publicatie", "This publication (one row)", "run", "run",
        ("run", "VARCHAR", "id of the refresh"), ("gemaakt_op", "TIMESTAMP", "UTC"),
        PEILDATUM,
        ("gemeente_code", "VARCHAR", "the own gemeente"), ("gemeente_naam", "VARCHAR", "its name"),
        ("voorbeelddata", "BOOLEAN", "true when any delivery is synthetic"),
    ),
)
