"""Every answer of the three command lines is Dutch and names what is wrong: read from their own registries."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest
import typer
from typer.main import get_group
from typer.testing import CliRunner, Result

from dashboard.cli import app as dashboard_app
from etl.cli import app as etl_app
from indicators.cli import app as indicators_app
from indicators.core.commands import Commands

APPS: dict[str, Any] = {"etl": etl_app, "indicators": indicators_app, "dashboard": dashboard_app}
COMMANDS = [
    pytest.param(app, command, id=f"{package} {name}")
    for package, app in APPS.items()
    for name, command in get_group(app).commands.items()
]
every_command = pytest.mark.parametrize(("app", "command"), COMMANDS)
every_app = pytest.mark.parametrize("app", APPS.values(), ids=APPS)
#: The words Typer, pydantic and Python answer with.
ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|args|required|default|show|this|message|and|exit|error|missing|invalid|"
    r"value|such|got|unexpected|extra|requires?|takes?|should|input|valid|integer|unable|than|less|greater|equal|try|"
    r"for|did|you|mean|does|not|possible|path|str|int|bool|list|range|text|aborted|traceback)\b",
    re.IGNORECASE,
)


def answer(app: typer.Typer, *words: str, code: int = 2) -> str:
    said = CliRunner().invoke(app, list(words))
    assert said.exit_code == code, said.output
    return dutch(said)


def dutch(said: Result) -> str:
    assert not ENGLISH.search(said.output), said.output
    assert "Uitleg: " in said.stderr or not said.stderr, said.stderr
    return said.output


def required(command: Any, without: str = "") -> list[str]:
    """What a command cannot do without, as it is typed."""
    needed = [p for p in command.params if p.required and p.name != without]
    return [w for p in needed for w in ((p.opts[0], "x") if p.param_type_name == "option" else ("x",))]


def options(command: Any, *, flags: bool) -> list[str]:
    return [p.opts[0] for p in command.params if p.param_type_name == "option" and p.is_flag is flags]


def test_the_words_that_are_looked_for_are_those_of_typer() -> None:
    english = typer.Typer()
    english.command("een")(lambda: None)
    english.command("twee")(lambda: None)
    for words in (["drie"], ["een", "over"], ["een", "--x"], ["--help"]):
        assert ENGLISH.search(CliRunner().invoke(english, words).output), words


@every_command
def test_an_unknown_option_is_named_and_the_nearest_suggested(app: typer.Typer, command: Any) -> None:
    assert "De optie '--qqqqqq' bestaat niet." in answer(app, command.name, "--qqqqqq")
    known = options(command, flags=True) + options(command, flags=False)
    for name in known:
        if name[:-1] not in known:
            said = answer(app, command.name, name[:-1])
            assert f"'{name[:-1]}'" in said and re.search(rf"Bedoelde u .*{name}\b", said), said


@every_command
def test_what_is_required_and_missing_is_named(app: typer.Typer, command: Any) -> None:
    for parameter in command.params:
        if parameter.required:
            said = answer(app, command.name, *required(command, without=parameter.name))
            assert parameter.opts[0] in said and "ontbreekt" in said and parameter.help.rstrip(".") in said, said


@every_command
def test_an_option_without_a_value_and_a_flag_with_one(app: typer.Typer, command: Any) -> None:
    for name in options(command, flags=False):
        assert f"Achter de optie {name} ontbreekt de waarde." in answer(app, command.name, name)
    for name in options(command, flags=True):
        assert f"De optie {name} krijgt geen waarde." in answer(app, command.name, f"{name}=1")


def test_an_option_that_was_taken_for_the_value_of_the_one_before_it() -> None:
    said = answer(indicators_app, "backtest", "--series", "--out", "uit.csv")
    assert "Achter de optie --series ontbreekt de waarde." in said


@every_command
def test_no_number_for_a_number(app: typer.Typer, command: Any) -> None:
    for parameter in command.params:
        if parameter.type_descriptor.annotation is int:
            words = (command.name, *required(command), parameter.opts[0])
            assert f"De waarde 'tien' van {parameter.opts[0]} is geen heel getal." in answer(app, *words, "tien")
            if parameter.min is not None:
                said = answer(app, *words, str(parameter.min - 1))
                assert parameter.opts[0] in said and re.search("kleiner dan|ligt niet tussen", said), said


@every_command
def test_a_word_too_many(app: typer.Typer, command: Any) -> None:
    if any(p.param_type_name == "argument" for p in command.params):
        return  # it takes any number of words
    assert "hoort bij geen enkele optie: 'over' 'nog'" in answer(app, command.name, *required(command), "over", "nog")


@every_command
def test_help_of_a_command(app: typer.Typer, command: Any) -> None:
    said = answer(app, command.name, "--help", code=0)
    assert said.strip().startswith("Gebruik: ") and "Toon deze uitleg." in said
    assert all(option in said for p in command.params for option in p.opts)
    assert not any(p.required for p in command.params) or "[verplicht]" in said


@every_app
def test_help_of_a_command_line_with_and_without_asking(app: typer.Typer) -> None:
    asked, unasked = answer(app, "--help", code=0), answer(app)
    assert asked.strip() == unasked.strip()
    assert "Opdrachten" in asked and all(name in asked for name in get_group(app).commands)


@every_app
def test_a_command_that_does_not_exist(app: typer.Typer) -> None:
    names = list(get_group(app).commands)
    assert f"De opdrachten zijn: {', '.join(names)}." in answer(app, "qqqqqq")
    assert f"De opdrachten zijn: {', '.join(names)}." in answer(app, "--")
    for name in names:
        assert f"De opdracht '{name[:-1]}' bestaat niet. Bedoelde u {name}?" in answer(app, name[:-1])


def test_an_option_before_its_command_is_sent_to_its_place() -> None:
    assert "hoort achter de opdracht, bijvoorbeeld: root backtest --series" in answer(
        indicators_app, "--series", "x", "backtest"
    )
    assert "Bedoelde u --help?" in answer(indicators_app, "backtest", "-h")


def test_what_was_typed_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in answer(etl_app, "\x1b[31mrood") + answer(etl_app, "status", "--\x1b[31m")


class Odd(typer.TyperException):
    """A kind that is not known here."""

    exit_code = 3


@pytest.mark.parametrize(
    ("problem", "code", "said"),
    [
        (typer.BadParameter("'x' is geen datum."), 2, "'x' is geen datum.\nUitleg: root een --help\n"),
        (Odd("Dat kan nu niet."), 3, "Dat kan nu niet.\n"),
        (typer.Abort(), 1, "Afgebroken.\n"),
        (EOFError(), 1, "\nAfgebroken.\n"),
        (KeyboardInterrupt(), 130, ""),
        (typer.Exit(1), 1, ""),
    ],
    ids=lambda v: type(v).__name__ if isinstance(v, BaseException) else "",
)
def test_what_a_command_raises_itself(problem: BaseException, code: int, said: str) -> None:
    app = Commands("Proef.")

    @app.command()
    def een() -> None:
        raise problem

    @app.command()
    def twee() -> int:
        return 0

    done = CliRunner().invoke(app, ["een"])
    assert (done.exit_code, done.stdout, done.stderr) == (code, "", said)
    assert CliRunner().invoke(app, ["twee"]).exit_code == 0


def test_a_mistake_that_is_not_known_here_gets_a_dutch_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    # As if a later Typer says something in its own way.
    monkeypatch.setattr("indicators.core.wrong_use._ANSWERS", ())
    said = CliRunner().invoke(etl_app, ["status"])
    assert said.exit_code == 2
    assert said.stderr.startswith("De opdracht is niet uitgevoerd. Het programma meldt: ")


@pytest.mark.parametrize("package", APPS)
def test_as_it_is_typed(package: str) -> None:
    name = next(iter(get_group(APPS[package]).commands))
    typed = subprocess.run(
        [sys.executable, "-m", package, name, "--qqqqqq"], capture_output=True, text=True, check=False
    )
    assert (typed.returncode, typed.stdout) == (2, "")
    assert typed.stderr == f"De optie '--qqqqqq' bestaat niet.\nUitleg: python -m {package} {name} --help\n"
