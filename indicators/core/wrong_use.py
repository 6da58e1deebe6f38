"""What a command line says in Dutch when it is used wrongly: one sentence per kind of mistake."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

import typer

# Typer catches these kinds itself and offers no public names for them; its version is pinned.
from typer._click.core import Command, Context
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoArgsIsHelpError, NoSuchOption, UsageError
from typer.core import TyperGroup


def explained(problem: typer.TyperException) -> str:
    """Say what is wrong, and where the explanation of the command is.

    Args:
        problem: What Typer, or the command itself, found wrong.

    Returns:
        One or two lines; none when the help was shown already.
    """
    said = _said(problem)
    context = getattr(problem, "ctx", None)
    if not said or context is None:
        return said
    return f"{said}\nUitleg: {context.command_path} {context.help_option_names[0]}"


def unknown_command(name: str, known: list[str]) -> str:
    """Say that a command does not exist, and which one was probably meant."""
    meant = get_close_matches(name, known)
    return f"De opdracht {_shown(name)} bestaat niet. {_meant(meant) or _choice(known)}"


def left_over(values: Iterable[str]) -> str:
    """Say that something was given that belongs to no option."""
    return (
        f"Dit hoort bij geen enkele optie: {' '.join(map(_shown, values))}. "
        "Zet een naam waar een spatie in staat tussen aanhalingstekens."
    )


def _said(problem: typer.TyperException) -> str:
    if not _by_typer(problem):
        return problem.message  # our own words, Dutch already
    answer: Callable[[Any], str] = next((say for kind, say in _ANSWERS if isinstance(problem, kind)), _unknown)
    return answer(problem)


def _by_typer(problem: typer.TyperException) -> bool:
    """Whether Typer raised it: then its text is English."""
    frames = [frame for frame, _ in traceback.walk_tb(problem.__traceback__)]
    return not frames or frames[-1].f_globals.get("__name__", "").partition(".")[0] == "typer"


def _unknown_option(problem: NoSuchOption) -> str:
    name, context = problem.option_name, problem.ctx
    said = f"De optie {_shown(name)} bestaat niet."
    if context is None:
        return said
    if isinstance(context.command, TyperGroup):
        owners = [n for n, c in context.command.commands.items() if name in _names(c, context)]
        if owners:
            example = f"{context.command_path} {owners[0]} {name}"
            return f"De optie {_shown(name)} hoort achter de opdracht, bijvoorbeeld: {example}"
    known = _names(context.command, context)
    # One dash and a letter: Typer looks no further than that letter.
    short = [option for option in known if len(name) == 2 and option.startswith(f"-{name}")]
    return f"{said} {_meant(problem.possibilities or short)}".rstrip()


def _missing(problem: MissingParameter) -> str:
    parameter: Any = problem.param
    # It may stand there after all, taken for the value of the option before it.
    given = problem.ctx.params if problem.ctx else {}
    before = [p for p in given if str(given[p]) in parameter.opts]
    if problem.ctx and before:
        return _no_value(next(p.opts[0] for p in problem.ctx.command.params if p.name == before[0]))
    what = f"De optie {parameter.opts[0]}" if parameter.param_type_name == "option" else f"'{parameter.name}'"
    meaning = (parameter.help or "").rstrip(".")
    return f"{what} ontbreekt ({meaning})." if meaning else f"{what} ontbreekt."


def _unfit(problem: typer.BadParameter) -> str:
    from pydantic import ValidationError

    parameter: Any = problem.param
    name = parameter.opts[0] if parameter else "een optie"
    if not isinstance(problem.__cause__, ValidationError):
        return f"De waarde van {name} is niet te gebruiken. Het programma meldt: {problem.message}"
    error = problem.__cause__.errors()[0]
    value = f"De waarde {_shown(str(error['input']))} van {name}"
    kind = error["type"].partition("_")[0]
    if kind in ("greater", "less"):
        return f"{value} {_outside(parameter.min, parameter.max)}."
    return f"{value} is {_KINDS.get(kind, 'hier niet te gebruiken')}."


#: What a value is not, by the beginning of the name that pydantic gives the mistake.
_KINDS = {"int": "geen heel getal", "float": "geen getal", "bool": "geen ja of nee", "path": "geen pad"}


def _outside(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f"ligt niet tussen {least} en {most}"
    return f"is kleiner dan {least}" if most is None else f"is groter dan {most}"


def _value_or_none(problem: BadOptionUsage) -> str:
    name = problem.option_name
    flags = [p for p in problem.ctx.command.params if name in p.opts] if problem.ctx else []
    if any(getattr(flag, "is_flag", False) for flag in flags):
        return f"De optie {name} krijgt geen waarde."
    return _no_value(name)


def _no_value(name: str) -> str:
    return f"Achter de optie {name} ontbreekt de waarde."


def _without_command(problem: UsageError) -> str:
    if isinstance(problem, NoArgsIsHelpError):
        return ""  # the help was shown
    if problem.ctx and isinstance(problem.ctx.command, TyperGroup):
        return _choice(list(problem.ctx.command.commands))
    return _unknown(problem)


def _unknown(problem: typer.TyperException) -> str:
    return f"De opdracht is niet uitgevoerd. Het programma meldt: {problem.message}"


#: The first that fits answers: the kinds stand on each other.
_ANSWERS: tuple[tuple[type[typer.TyperException], Callable[[Any], str]], ...] = (
    (NoSuchOption, _unknown_option),
    (MissingParameter, _missing),
    (typer.BadParameter, _unfit),
    (BadOptionUsage, _value_or_none),
    (UsageError, _without_command),
)


def _names(command: Command, context: Context) -> list[str]:
    return [name for parameter in command.get_params(context) for name in parameter.opts if name.startswith("-")]


def _meant(names: Iterable[str]) -> str:
    names = sorted(names)
    return f"Bedoelde u {' of '.join(names)}?" if names else ""


def _choice(names: list[str]) -> str:
    return f"De opdrachten zijn: {', '.join(names)}."


def _shown(text: str) -> str:
    """Quote what was typed; what could steer a terminal is written out."""
    return "'" + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text) + "'"
