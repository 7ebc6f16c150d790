"""What the commands share: how they find banks, fail, and show what is under way."""

from __future__ import annotations

import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

import click

from mcqdeck import files, interrupt, report
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.preview import missing
from mcqdeck.project import Checked, Means, Progress, banks_below, find_banks, has_config
from mcqdeck.store import open_store

F = TypeVar("F", bound=Callable[..., object])

_DEFAULT_BANKS = Path("source")


class Command(click.Command):
    """A command that shows what the environment does wrong in one line, with exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what it prints is out before its status is told."""
        with interrupt.InOrder():
            return self._invoke(ctx)

    def _invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except McqdeckError as error:
            _fail(str(error))
            ctx.exit(2)
        except MemoryError:
            _fail("there is not enough memory for this")
            ctx.exit(2)
        except BrokenPipeError:
            raise  # whoever read the output has had enough of it; `Group` ends in silence
        except OSError as error:
            if error.filename is not None:
                _fail(f"{os.fsdecode(error.filename)}: {error.strerror}")
                ctx.exit(2)
            if error.errno == errno.ENOENT:
                _fail("the current folder is gone; change to another one")
                ctx.exit(2)
            _fail(f"the output cannot be written: {error.strerror}")
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again at its end
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(interrupt.STATUS)


def _fail(message: str) -> None:
    click.echo(f"mcqdeck: {report.visible(message)}", err=True)


def echo(text: str, *, err: bool = False) -> None:
    """Prints a line in which nothing is a command to a terminal or a log."""
    click.echo(report.visible(text), err=err)


def echo_json(text: str) -> None:
    """Prints JSON, which is UTF-8 whatever the terminal's encoding is."""
    click.echo(text.encode())


def echo_source(lines: Iterable[str]) -> None:
    """Prints lines of sources: as they are, for other programs, but made visible on a terminal.

    GitHub Actions obeys lines in a log, and is told to leave these alone.
    """
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    is_log = not is_terminal and os.environ.get("GITHUB_ACTIONS") == "true"
    token = secrets.token_hex(16)
    if is_log:
        click.echo(f"::stop-commands::{token}")
    for line in lines:
        shown = "\t".join(map(report.visible, line.split("\t"))) if is_terminal else line
        click.echo(shown, color=True)  # so that click takes nothing out
    if is_log:
        click.echo(f"::{token}::")


class PathType(click.Path):
    """A path on the command line; an empty one is a variable that was not set, not this folder."""

    def __init__(self, *, dir_okay: bool = True, file_okay: bool = True) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay, file_okay=file_okay)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; fails where there is nothing of one."""
        if not os.fspath(value).strip():
            self.fail("the path is empty.", param, ctx)
        return super().convert(value, param, ctx)


def find(banks: Sequence[Path]) -> list[Path]:
    """The banks and chapters that the command line names, each once."""
    folders = [folder for bank in banks or _banks_here() for folder in find_banks(bank)]
    return list({files.real(folder): folder for folder in reversed(folders)}.values())[::-1]


def _banks_here() -> list[Path]:
    """The banks that are meant where none is named: this folder, or what it holds."""
    here = Path()
    if has_config(here):
        return [here]
    if files.kind_of(_DEFAULT_BANKS) is files.Kind.FOLDER:
        return [_DEFAULT_BANKS]
    below = banks_below(here)
    if len(below) > 1:
        names = ", ".join(path.as_posix() for path in below)
        raise click.UsageError(f"there are several banks below this folder; name one: {names}.")
    if not below:
        if above := next(filter(has_config, Path.cwd().parents), None):
            way = Path(os.path.relpath(above)).as_posix()
            raise click.UsageError(f"no bank here, but this folder lies in one; name it: {way}")
        raise click.UsageError(
            "no bank here (a folder with deck.toml), none in source/ and none in a folder below: "
            "name one, or begin with `mcqdeck init my-exam`."
        )
    return below


def need(what: str, modules: tuple[str, ...]) -> None:
    """Ends the run if some of the modules that a command needs are not installed.

    Raises:
        McqdeckError: some are not; the line says how to install them.
    """
    if lacking := missing(modules):
        names = ", ".join(lacking)
        raise McqdeckError(f"{what} needs {names}; install with: pip install 'mcqdeck[preview]'")


def with_means(command: F) -> F:
    """Adds the options `--jobs` and `--no-cache`."""
    jobs = click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(1),
        help="Work in up to N processes.  [default: one per processor, if the banks are large]",
    )
    no_cache = click.option(
        "--no-cache",
        is_flag=True,
        help="Work out every chapter, whether or not it changed since the last run.",
    )
    return no_cache(jobs(command))


@contextmanager
def means(*, jobs: int | None, no_cache: bool) -> Iterator[Means]:
    """The store and the number of processes for the chapters of this run."""
    store = None if no_cache else open_store()
    try:
        yield Means(store, jobs)
    finally:
        if store:
            store.close()


def is_chapter(path: Path) -> bool:
    """Whether a path that `find` gave is a chapter, and not a bank."""
    return files.kind_of(path) is files.Kind.FILE


def show(checked: Checked, *, err: bool) -> None:
    """Prints the diagnostics, with colours and carets on a terminal only."""
    stream = sys.stderr if err else sys.stdout
    if stream is None or not stream.isatty():
        for line in report.plain(checked.diagnostics):
            click.echo(line, err=err)
        return
    # rich is for terminals only: it takes longer to load than a small bank to check.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=err, highlight=False, color_system=colors())
    for pieces in report.styled(checked.diagnostics, checked.lines(), console.width):
        console.print(Text.assemble(*pieces), soft_wrap=True)


def is_plain() -> bool:
    """Whether the environment asks for text without colours and the like (https://no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))


def colors() -> Literal["auto"] | None:
    """The colour system for `rich`: what the terminal can, or none where colours are not wanted."""
    return None if is_plain() else "auto"


def summary(checked: Checked) -> str:
    """A line on how much was checked, and what was found."""
    return report.checked(
        checked.diagnostics,
        questions=checked.questions,
        chapters=sum(len(bank.chapters) for bank in checked.banks),
    )


@contextmanager
def progress(steps: int) -> Iterator[Progress]:
    """Shows a bar on a terminal, which of `steps` is under way, and leaves no trace."""
    if sys.stderr is None or not sys.stderr.isatty() or is_plain():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=steps)
        yield lambda step: bar.update(task, description=report.visible(step), advance=1)
