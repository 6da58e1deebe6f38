"""Writes the pages of docs/ that are made from the records in the code, so that they cannot drift from it.

`make docs` writes them; tests/contract/test_docs.py fails when a committed page differs from what the code says.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import typer.main

from indicators.core.contract import AGGREGATEN, TABLES, VIEWS
from indicators.core.indicator import BREDE_WELVAART, Indicator

DOCS = Path(__file__).resolve().parent
NOTE = "<!-- Made by `make docs` from the code. Do not edit. -->\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def data_dictionary() -> str:
    """The published database, from indicators/core/contract.py."""
    lines = ["# Data dictionary of the published database", ""]
    lines += ["`STORE/db/actueel.json` names the file. Money is in euros; a month is its first day.", ""]
    for table in TABLES:
        lines += [f"## {table.name}", "", f"{table.meaning}. Filled by: {table.source}.", ""]
        if table.key:
            lines += [f"Key: {', '.join(f'`{k}`' for k in table.key)}.", ""]
        lines += [_row("column", "type", "meaning"), _row("---", "---", "---")]
        lines += [_row(f"`{c.name}`", c.type, c.meaning) for c in table.columns] + [""]
    lines += ["## Views with the newest state", ""] + [f"- `{name}`" for name in VIEWS] + [""]
    lines += ["## Sums of onderdelen in forecasts", ""] + [f"- `{k}`: {v}" for k, v in AGGREGATEN.items()]
    return "\n".join(lines) + "\n"


def sources() -> str:
    """What each source delivers and by which headers its columns are recognised."""
    from etl.source import sources as registry

    lines = [
        "# Sources",
        "",
        "One folder each in the inbox. Headers are compared without case, accents and punctuation;",
        "",
    ]
    lines[-2] += " a municipality's own words go into `mapping.toml` (docs/mapping.md)."
    for source in registry().values():
        about = "rows about persons: pseudonymised before anything is stored" if source.personal else "no persons"
        lines += [f"## {source.name}: {source.title}", "", f"Expected every {source.ritme_dagen} days; {about}.", ""]
        for entity in source.entities:
            lines += [f"### {source.name}/{entity.name}", "", entity.meaning, ""]
            lines += [_row("field", "type", "required", "privacy", "meaning", "headers")]
            lines += [_row(*["---"] * 6)]
            for c in entity.columns:
                need = "yes" if c.required else ""
                heads = ", ".join(c.headers)
                lines.append(_row(f"`{c.name}`", c.type, need, c.privacy.value, c.meaning, heads))
            lines.append("")
    return "\n".join(lines)


def _facts(record: Indicator) -> list[tuple[str, str]]:
    """The fields of an indicator, as rows of its table; what does not apply is left out."""
    target = "" if record.streefwaarde is None else f"{record.streefwaarde:g} ({record.streefjaar or 'geen jaar'})"
    asked = ", ".join(f"{t.naam} [{t.unit}] uit {' of '.join(t.tabellen)}" for t in record.cbs)
    rows = [
        ("teller", record.teller),
        ("noemer", record.noemer),
        ("eenheid", record.eenheid),
        ("hoger is", record.hoger_is),
        ("bron", ", ".join(record.bron)),
        ("vraag aan CBS", asked),
        ("niveaus", ", ".join(record.niveaus)),
        ("perioden", record.perioden),
        ("status", record.statusregels),
        ("toets van een verschil", record.toets),
        ("NPG", str(record.npg or "")),
        ("thema Brede Welvaart", record.thema),
        ("eigenaar", record.eigenaar),
        ("geld in de buurt (geen bewijs van effect)", ", ".join(record.budgetten)),
        ("streefwaarde", target),
        ("staat naast", record.naast and f"`{record.naast}`"),
        *((f"breuk vanaf {breuk.periode}", breuk.reden) for breuk in record.breuken),
    ]
    return [(name, text) for name, text in rows if text]


def _themes(records: dict[str, Indicator]) -> list[str]:
    """The ten of the NPG and the eight themes of Brede Welvaart, each with its indicators."""
    lines = ["## NPG", "", _row("nummer", "indicator"), _row("---", "---")]
    ten = {r.npg: r for r in records.values() if r.npg}
    lines += [_row(str(n), f"{r.titel} (`{r.id}`)") for n, r in sorted(ten.items())] + [""]
    lines += ["## Brede Welvaart", "", _row("thema", "indicatoren"), _row("---", "---")]
    for theme in BREDE_WELVAART:
        names = ", ".join(f"`{r.id}`" for r in records.values() if r.thema == theme)
        lines.append(
            _row(theme, names or "geen: CBS heeft hierover geen open tabel per gemeente die hier in gebruik is")
        )
    return [*lines, ""]


def indicators() -> str:
    """Every indicator from its own record."""
    from indicators.core.indicator import indicators as registry

    records = registry()
    lines = ["# Indicators", "", *_themes(records)]
    for record in records.values():
        lines += [f"## {record.titel} (`{record.id}`)", "", record.vraag, "", record.definitie, ""]
        lines += [_row("field", "value"), _row("---", "---"), *(_row(*fact) for fact in _facts(record)), ""]
    return "\n".join(lines)


def signal_rules() -> str:
    """Every rule that raises signals, with what was measured of it."""
    from indicators.signals.measured import lines as measurement
    from indicators.signals.record import rules

    lines = ["# Rules behind the signals", ""]
    lines += [
        "How they work and how they are judged: docs/signalen.md. Months: median until a planted event is raised;",
        "",
    ]
    lines[-2] += " a dash: less than half of them within a year."
    for rule in rules().values():
        lines += [f"## {rule.titel} (`{rule.id}`)", "", rule.vraag, ""]
        rows = measurement(rule.id)
        if rule.meting:
            lines += [rule.meting, ""]
        elif not rows:
            lines += ["Judged by its own past in each publication (mart.dim_signaalregel).", ""]
        else:
            heads = ("what was planted", "onderdelen", "false alarms a year per ten", "months", "found within a year")
            lines += [_row(*heads), _row(*["---"] * 5)]
            for row in rows:
                found = f"{float(row['gevonden']):.0%}" if row["gevonden"] else ""
                months = row["vertraging_maanden"] or ("-" if found else "")
                lines.append(_row(row["gebeurtenis"], row["omvang"], row["vals_alarm_per_jaar"], months, found))
            lines.append("")
    return "\n".join(lines)


def commands() -> str:
    """Every command and option of the three command lines."""
    from dashboard.cli import app as dashboard_app
    from etl.cli import app as etl_app
    from indicators.cli import app as indicators_app

    lines = ["# Commands", ""]
    for package, app in (("etl", etl_app), ("indicators", indicators_app), ("dashboard", dashboard_app)):
        group = typer.main.get_group(app)
        for name, command in sorted(group.commands.items()):
            lines += [f"## python -m {package} {name}", "", (command.help or "").strip(), ""]
            options = [p for p in command.params if p.name != "help"]
            if options:
                lines += [_row("option", "default", "meaning"), _row("---", "---", "---")]
            for p in options:
                flags = ", ".join(f"`{o}`" for o in (*p.opts, *p.secondary_opts))
                default = "" if p.default is None or callable(p.default) else str(p.default)
                required = "required" if p.required else default
                lines.append(_row(flags, required, getattr(p, "help", None) or ""))
            lines.append("")
    return "\n".join(lines)


def edition() -> str:
    """How the council edition is made, from its own records."""
    from dashboard.edition.manual import page

    return page()


def glossary() -> str:
    """The words of the field and of the monitor, from dashboard/begrippen.py."""
    from dashboard.begrippen import BEGRIPPEN

    lines, group = ["# Begrippen", ""], ""
    for word in BEGRIPPEN.values():
        if word.groep != group:
            group = word.groep
            lines += [*([""] if lines[-1] else []), f"## {group}", "", _row("woord", "wat het is"), _row("---", "---")]
        lines.append(_row(word.naam, word.zin))
    return "\n".join(lines)


def mapping_schema() -> str:
    """The JSON schema of mapping.toml, for editors that check while typing."""
    from etl.mapping import Mapping

    return json.dumps(Mapping.model_json_schema(), indent=2, ensure_ascii=False)


def text_of(name: str) -> str:
    """Give what a generated file has to hold."""
    note = "" if name.endswith(".json") else NOTE + "\n"  # JSON has no comments
    return note + PAGES[name]().rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "gegevenswoordenboek.md": data_dictionary,
    "bronnen.md": sources,
    "indicatoren.md": indicators,
    "opdrachten.md": commands,
    "signaalregels.md": signal_rules,
    "editie.md": edition,
    "begrippen.md": glossary,
    "mapping.schema.json": mapping_schema,
}


def main() -> None:
    """Write every generated page."""
    for name in PAGES:
        (DOCS / name).write_text(text_of(name), "utf-8")


if __name__ == "__main__":
    main()
