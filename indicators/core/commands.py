"""A command line that speaks Dutch: its help, and what it says when it is used wrongly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import typer
from typer._click.core import Command, Context
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from indicators.core import wrong_use

F = TypeVar("F", bound=Callable[..., Any])
#: The fixed words of Typer's help, by the names they have in typer.rich_utils.
HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Wat u meegeeft",
    "OPTIONS_PANEL_TITLE": "Opties",
    "COMMANDS_PANEL_TITLE": "Opdrachten",
    "DEFAULT_STRING": "[standaard: {}]",
    "REQUIRED_LONG_STRING": "[verplicht]",
}
#: What stands behind an option, in the help.
KINDS = {int: "GETAL", float: "GETAL", str: "TEKST", Path: "PAD"}


class Commands(typer.Typer):
    """A command line of the monitor: a Typer app whose every answer is Dutch."""

    def __init__(self, help: str) -> None:
        super().__init__(
            cls=_Group, help=help, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
        )

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        """Register a command, as in Typer."""
        return super().command(name, **{"cls": _Command, **settings})


class _Dutch(Command):
    """What a group and a command have in common."""

    options_metavar = "[OPTIES]"

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except UsageError as problem:
            problem.ctx = problem.ctx or ctx  # an option without a value does not know whose it is
            raise

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Gebruik: ")

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help, option.metavar = "Toon deze uitleg.", ""
        return option

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002  rich writes it
        from typer import rich_utils

        # They are made when that module is imported, before a catalogue of gettext could be named.
        for name, text in HEADINGS.items():
            setattr(rich_utils, name, text)
        rich_utils.rich_format_help(obj=self, ctx=ctx, markup_mode="rich")


class _Command(_Dutch, TyperCommand):
    allow_extra_args = True  # so that it is said here what is left over

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{**settings, "options_metavar": _Dutch.options_metavar})
        for parameter in self.params:
            _name_kind(parameter)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            raise UsageError(wrong_use.left_over(rest), ctx)
        return rest


class _Group(_Dutch, TyperGroup):
    def __init__(self, **settings: Any) -> None:
        own = {"options_metavar": _Dutch.options_metavar, "subcommand_metavar": "OPDRACHT ..."}
        super().__init__(**{**settings, **own})

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise UsageError(wrong_use.unknown_command(args[0], self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        try:
            answer = super().main(*args, **{**settings, "standalone_mode": False})
        except typer.TyperException as problem:
            _say(wrong_use.explained(problem))
            sys.exit(problem.exit_code)
        except typer.Abort:
            _say("Afgebroken.")
            sys.exit(1)
        # A command gives nothing back; what typer.Exit was raised with comes as a number.
        sys.exit(answer if isinstance(answer, int) else 0)


def _name_kind(parameter: Any) -> None:
    if isinstance(parameter, TyperArgument):
        # Its name says what it is; the name of a Python type says nothing to a user.
        parameter.display_type_rich = lambda **_: ""  # type: ignore[method-assign]
    elif parameter.metavar is None:
        parameter.metavar = "" if parameter.is_flag else KINDS.get(parameter.type_descriptor.annotation, "WAARDE")


def _say(text: str) -> None:
    if text:
        typer.echo(text, err=True)
