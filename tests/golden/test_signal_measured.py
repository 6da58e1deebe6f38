"""The committed measurement of the rules of chance is within the norm, and a few draws measured again agree with it."""

import csv

import numpy as np
import pytest
from scipy import stats
from typer.testing import CliRunner

from indicators.cli import app
from indicators.signals.measure.looks import LOOKS
from indicators.signals.measure.quiet import JUDGED_YEARS
from indicators.signals.measure.run import COLUMNS, EVENTS, NORM, QUIET, SEEDS, measure
from indicators.signals.measured import FILE, lines, measured
from indicators.signals.record import rules

#: Draws that the committed figures were not made from.
UNSEEN = 1001
#: Rules of which one draw is enough work for a quick test; `make bench` measures all of them on many.
SLOW = {"aanvragen", "instroom", "verwijzers", "verschuiving_pgb", "prijs", "facturen_later", "grote_boeking"}


def test_every_rule_of_chance_was_measured_and_keeps_the_norm() -> None:
    of_chance = {name for name, regel in rules().items() if not regel.meting} - {"budget_in_gevaar"}
    assert set(LOOKS) == set(EVENTS) == of_chance
    for regel in of_chance:
        quiet = [row for row in lines(regel) if row["gebeurtenis"] == QUIET]
        assert len(quiet) == 1 and int(quiet[0]["trekkingen"]) >= SEEDS
        assert float(quiet[0]["vals_alarm_per_jaar"]) <= NORM
        planted = {row["gebeurtenis"] for row in lines(regel)} - {QUIET}
        assert planted == set(EVENTS[regel])


@pytest.mark.parametrize("regel", sorted(LOOKS))
def test_a_few_other_draws_agree_with_what_was_committed(regel: str) -> None:
    seeds = 1 if regel in SLOW else 2
    name, event = next(iter(EVENTS[regel].items()))
    again = measure([regel], seeds=seeds, first_seed=UNSEEN, events={regel: {name: event}})
    committed = {(row["gebeurtenis"], row["omvang"]): row for row in lines(regel)}
    years = JUDGED_YEARS * seeds
    said = float(committed[QUIET, "alle"]["vals_alarm_per_jaar"])
    counted = round(again[0].vals_alarm_per_jaar * years)
    # Fewer than one in a thousand honest measurements lies above this.
    assert counted <= stats.poisson.ppf(0.999, max(said, 0.1) * years)
    # Small and large onderdelen together: what was found must not lie far below what was committed.
    found = sum(round(line.gevonden * line.reeksen) for line in again[1:])
    series = sum(line.reeksen for line in again[1:])
    share = np.mean([float(committed[line.gebeurtenis, line.omvang]["gevonden"]) for line in again[1:]])
    assert found >= stats.binom.ppf(0.001, series, share)


def test_what_is_shown_of_a_rule_is_what_was_measured() -> None:
    shown = measured("instroom")
    assert shown["vals_alarm_per_jaar"] == float(lines("instroom")[0]["vals_alarm_per_jaar"])
    assert "40 procent meer nieuwe cliënten" in str(shown["meting"])
    assert measured("bestaat_niet")["vals_alarm_per_jaar"] is None


def test_the_command_writes_the_file_that_is_committed(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = measure(["stand"], seeds=1)
    monkeypatch.setattr("indicators.signals.measure.run.measure", lambda **_: few)
    out = tmp_path / "gemeten.csv"
    result = CliRunner().invoke(app, ["signaaltoets", "--out", str(out), "--trekkingen", "1"])
    assert result.exit_code in (0, 1), result.output
    with out.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert tuple(rows[0]) == COLUMNS == tuple(lines("stand")[0])
    before = FILE.read_bytes()
    refused = CliRunner().invoke(app, ["signaaltoets", "--trekkingen", "1"])
    assert refused.exit_code == 2 and FILE.read_bytes() == before
