"""The commands behind the name `mcqdeck`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from mcqdeck import interrupt


class Group(click.Group):
    """Commands that are loaded when they are asked for; each is named as `module:attribute`.

    What click says of a wrong command line, which may hold the names of files that a shell put
    there, is made harmless.
    """

    def __init__(self, *args: Any, commands_at: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._places = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, in the order in which a newcomer needs them."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Loads a command; `None` if there is none of that name."""
        if cmd_name not in self._places:
            return None
        module, attribute = self._places[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command that is named, or one that may be meant."""
        name = args[0]
        if name not in self._places and not ctx.resilient_parsing:
            from difflib import get_close_matches  # noqa: PLC0415  # it is rarely needed

            for meant in get_close_matches(name, self._places, 1):
                raise click.UsageError(f"No such command {name!r}. Did you mean {meant!r}?", ctx)
        return super().resolve_command(ctx, args)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Reads the options of the group."""
        with _quiet_ends(), _visible_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Reads the rest of the command line and runs the command."""
        with _quiet_ends(), _visible_errors():
            return super().invoke(ctx)


@contextmanager
def _quiet_ends() -> Iterator[None]:
    """Ends the run, as Unix ends programs, where whoever read the output has had enough of it."""
    try:
        yield
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):  # at its end, Python writes what they still hold
            os.dup2(nowhere, stream)
        sys.exit(interrupt.NOBODY_READS)


@contextmanager
def _visible_errors() -> Iterator[None]:
    try:
        yield
    except click.UsageError as error:
        message = error.format_message()
        from mcqdeck.report import visible  # noqa: PLC0415  # it is rarely needed

        shown = visible(message)
        if shown == message or isinstance(error, NoArgsIsHelpError):
            raise
        raise click.UsageError(shown, error.ctx) from error
