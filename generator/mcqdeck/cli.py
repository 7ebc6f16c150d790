"""The command line: options in, text and exit status out. The only place that prints or exits."""

from __future__ import annotations

import gc
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import FrameType
from typing import Any

import click

from mcqdeck import __version__, report
from mcqdeck.baseline import keys
from mcqdeck.build import (
    ADJUSTABLE,
    BUILD_STEPS,
    CATALOGUE,
    CHECK_STEPS,
    Baseline,
    Checked,
    Compared,
    Progress,
    carry_out,
    compare,
    find_banks,
    fix,
    plan,
    write,
)
from mcqdeck.build import check as check_banks
from mcqdeck.build import init as init_bank
from mcqdeck.check import Selection
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.memory import Memory, Previous
from mcqdeck.mending import difference, mend

_DEFAULT_BANKS = Path("source")
_MOST_PASSES = 10  # of --fix: where two mendings meet, the second waits for the next pass


class _Command(click.Command):
    """A command that shows what the world does wrong in one line, with exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except McqdeckError as error:
            click.echo(f"mcqdeck: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            raise  # whoever read the output has had enough of it; click ends in silence
        except OSError as error:
            click.echo(f"mcqdeck: the output cannot be written: {error.strerror}", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again at its end
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(128 + signal.SIGINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The options of `check`."""

    output_format: str
    select: frozenset[str]
    ignore: frozenset[str]
    is_fix: bool
    is_diff: bool
    statistics: bool
    baseline: Path | None
    write_baseline: Path | None


def _rule_names(
    _context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> frozenset[str]:
    """The names in the values of an option, each of which may hold several with commas."""
    names = frozenset(name.strip() for value in values for name in value.split(",")) - {""}
    known = [rule.name for rule in CATALOGUE]
    for name in sorted(names):
        if name not in known:
            raise click.BadParameter(_unknown_rule(name))
        if option.name == "ignore" and name not in ADJUSTABLE:
            raise click.BadParameter(f"`{name}` stops every build and cannot be left out.")
    return names


def _explain(context: click.Context, _option: click.Parameter, name: str | None) -> None:
    """Prints a rule's page and ends the run."""
    if name is None:
        return
    rule = next((rule for rule in CATALOGUE if rule.name == name), None)
    if rule is None:
        raise click.BadParameter(_unknown_rule(name))
    for line in report.explained(rule):
        click.echo(line)
    context.exit()


def _list_rules(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    """Prints a line for each rule and ends the run."""
    if is_wanted:
        for line in report.listed(CATALOGUE):
            click.echo(line)
        context.exit()


def _unknown_rule(name: str) -> str:
    meant = get_close_matches(name, [rule.name for rule in CATALOGUE], 1)
    hint = f" Did you mean `{meant[0]}`?" if meant else " See --list-rules."
    return f"there is no rule `{name}`.{hint}"


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  mcqdeck init my-exam          make a bank in the folder my-exam
  mcqdeck check my-exam         show every mistake in it
  mcqdeck build my-exam         write decks/my-exam.apkg for Anki
""",
)
@click.version_option(__version__, prog_name="mcqdeck")
def main() -> None:
    """Turns banks of multiple-choice questions, written in Markdown, into Anki packages.

    A bank is a folder with deck.toml and a Markdown file for each chapter. BANK may be such a
    folder, a folder of banks, or a single chapter; left out, it is the bank in the current folder,
    or else every bank in source/.

    Exit status: 0, or 1 if the sources have errors, or 2 if the command line or the world is at
    fault.
    """
    signal.signal(signal.SIGTERM, _stop)
    # Nearly all that is made lives to the end, so to search it for garbage often is time lost.
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


@main.command(
    cls=_Command,
    epilog="""\b
Examples:
  mcqdeck check                          the bank here, or all in source/
  mcqdeck check source/my-exam/01.md     one chapter
  mcqdeck check --diff                   what --fix would change
  mcqdeck check --explain key-longest    why a rule is there, with examples
  mcqdeck check --format json | jq .     for tools
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="Lines for people, a list of objects, a SARIF log, or GitHub's annotations.",
)
@click.option(
    "--select",
    metavar="NAME",
    multiple=True,
    callback=_rule_names,
    help="Show this rule and no other, even if it is off; may be repeated.",
)
@click.option(
    "--ignore",
    metavar="NAME",
    multiple=True,
    callback=_rule_names,
    help="Leave this rule out; may be repeated.",
)
@click.option("--fix", "is_fix", is_flag=True, help="Mend in the sources what is certain.")
@click.option(
    "--diff", "is_diff", is_flag=True, help="Show what --fix would change, and write nothing."
)
@click.option("--statistics", is_flag=True, help="Show how often each rule speaks, not where.")
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Leave out the faults that this file knows.",
)
@click.option(
    "--write-baseline",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Note the faults that there are now, so that --baseline leaves them out.",
)
@click.option(
    "--explain",
    metavar="NAME",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Show why a rule is there, its evidence and an example, and exit.",
)
@click.option(
    "--list-rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="Show every rule in a line, and exit.",
)
def check(banks: tuple[Path, ...], **options: Any) -> None:
    """Show everything that is wrong in the sources, all of it at once.

    Writes nothing, unless --fix or --write-baseline says so. Exit status 1 if anything is an error.
    What stops every build shows whatever is selected or ignored, and is in no baseline.
    """
    wanted = _Wanted(**options)
    if wanted.is_fix and wanted.is_diff:
        raise click.UsageError("--diff shows what --fix would do; give one of them.")
    if wanted.statistics and wanted.output_format not in ("text", "json"):
        raise click.UsageError("--statistics come as text or json.")
    paths = _find(banks)
    known = Baseline.parse(wanted.baseline) if wanted.baseline else None
    checked, compared = _run_check(paths, wanted, known)
    if wanted.is_fix:
        files: set[str] = set()
        for _ in range(_MOST_PASSES):
            if not (changed := fix(checked)):
                break
            files.update(changed)
            checked, compared = _run_check(paths, wanted, known)
        click.echo(report.fixed(files), err=True)
    if wanted.write_baseline:
        _write_baseline(wanted.write_baseline, checked)
        sys.exit(0)
    _show_checked(checked, wanted)
    if compared:
        for line in report.remarks_on_baseline(compared.known, compared.gone):
            click.echo(line, err=True)
    sys.exit(1 if checked.has_errors else 0)


def _run_check(
    paths: Sequence[Path], wanted: _Wanted, known: Baseline | None
) -> tuple[Checked, Compared | None]:
    """Checks the banks; faults that are known are left out, and counted."""
    with _progress(CHECK_STEPS * len(paths)) as step:
        selection = Selection(wanted.select, wanted.ignore)
        checked = check_banks(paths, step, selection=selection)
    if known is None:
        return checked, None
    compared = known.compare(checked.banks, checked.diagnostics, ADJUSTABLE)
    return checked.only(compared.new), compared


def _show_checked(checked: Checked, wanted: _Wanted) -> None:
    """Prints what a check found, in the way that is wanted."""
    if wanted.is_diff:
        for path, after in mend(checked.texts, checked.diagnostics).items():
            for line in difference(path, checked.texts[path], after):
                click.echo(line)
    elif wanted.statistics:
        _show_statistics(checked, is_json=wanted.output_format == "json")
    elif wanted.output_format == "json":
        click.echo(report.as_json(checked.diagnostics))
    elif wanted.output_format == "sarif":
        click.echo(_as_sarif(checked))
    elif wanted.output_format == "github":
        for line in report.as_github(checked.diagnostics, _from_checkout):
            click.echo(line)
        click.echo(_summary(checked))
    else:
        _show(checked, err=False)
        click.echo(_summary(checked))


def _show_statistics(checked: Checked, *, is_json: bool) -> None:
    """Prints how often each rule speaks."""
    if is_json:
        click.echo(report.statistics_as_json(checked.diagnostics))
        return
    questions = sum(len(bank.questions) for bank in checked.banks)
    for line in report.statistics(checked.diagnostics, questions):
        click.echo(line)
    click.echo(_summary(checked))


@main.command(
    "build",
    cls=_Command,
    epilog="""\b
Examples:
  mcqdeck build                          the bank here, or all in source/
  mcqdeck build source/my-exam -o out    into the folder out
  mcqdeck build --check                  is decks/ what the source gives?
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("decks"),
    show_default=True,
    help="The folder for the packages.",
)
@click.option(
    "--previous",
    metavar="FILE|none",
    help="The package that learners have now, or `none`.  [default: the one to be replaced]",
)
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit status 1 if a build would."
)
def build_command(
    banks: tuple[Path, ...], output: Path, previous: str | None, is_check: bool
) -> None:
    """Write a package for Anki from each bank: OUTPUT/<bank id>.apkg.

    The package of the last release is read first: a question that is as it was keeps its place
    in learners' collections with all they did to it, one that changed arrives, and one that is
    gone stops the build. If any source has an error, all of them are shown and nothing is
    written.
    """
    start = time.perf_counter()
    paths = _find(banks)
    if chapter := next((path for path in paths if path.is_file()), None):
        raise click.UsageError(f"{chapter.as_posix()} is a chapter; build takes a bank's folder.")
    memory = _memory(previous, len(paths))
    built: tuple[report.Built, ...] = ()
    stale: tuple[Path, ...] = ()
    with _progress((CHECK_STEPS + BUILD_STEPS) * len(paths)) as step:
        checked = check_banks(paths, step, renders=True)
        if not checked.has_errors:
            gc.freeze()  # all of it is needed to the end, so do not search it for garbage
            ready = plan(checked, output, step, previous=memory)
            checked = checked.and_also(ready.diagnostics)
            stale = tuple(each.path for each in ready.packages if not each.is_there)
            if not (ready.diagnostics or is_check):
                built = carry_out(ready, step)
    _show(checked, err=True)
    if checked.has_errors:
        click.echo(f"{_summary(checked)}; nothing was written", err=True)
        sys.exit(1)
    if is_check:
        for path in stale:
            click.echo(f"{path.as_posix()}: not what the source gives; run `mcqdeck build`")
        sys.exit(1 if stale else 0)
    _show_built(built, time.perf_counter() - start, previous=previous)


@main.command(
    cls=_Command,
    epilog="""\b
Examples:
  mcqdeck diff old.apkg decks/my-exam.apkg
  mcqdeck diff --format markdown old.apkg decks/my-exam.apkg > notes.md
""",
)
@click.argument("old", metavar="OLD.apkg", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.apkg", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, release notes, or an object for tools.",
)
@click.option("--exit-code", is_flag=True, help="Exit status 1 if the packages differ.")
def diff(old: Path, new: Path, output_format: str, exit_code: bool) -> None:
    """Show what the package NEW brings to a learner who has OLD.

    Questions whose right answer is another one come first. Texts are shown in words, not in HTML.
    """
    changes = compare(old, new)
    if output_format == "json":
        click.echo(report.changes_as_json(changes))
    elif output_format == "markdown":
        click.echo(report.changes_as_markdown(changes), nl=False)
    else:
        for line in report.changes_as_text(changes, is_brief=False):
            click.echo(line)
    sys.exit(1 if exit_code and not changes.is_empty else 0)


@main.command(
    cls=_Command, epilog="\b\nExample:\n  mcqdeck init my-exam && mcqdeck build my-exam\n"
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a small, complete bank in a new folder.

    It is ready to build, and its chapters show each feature of the format once. DIR is made if it
    does not exist; a folder that has anything in it is left alone.
    """
    bank = init_bank(folder)
    command = f"mcqdeck build {shlex.quote(bank.as_posix())}"
    click.echo(f"made {bank.as_posix()}: edit its chapters, then run `{command}`")


def _find(banks: Sequence[Path]) -> list[Path]:
    """The banks and chapters that the command line names, each once."""
    if not banks:
        here = Path()
        banks = [here] if (here / "deck.toml").exists() else [_DEFAULT_BANKS]
        if not banks[0].is_dir():
            raise click.UsageError("no bank here: name one, or begin with `mcqdeck init my-exam`.")
    found = [each for bank in banks for each in find_banks(bank)]
    return list({each.resolve(): each for each in reversed(found)}.values())[::-1]


def _as_sarif(checked: Checked) -> str:
    return report.as_sarif(
        checked.diagnostics,
        rules=CATALOGUE,
        version=__version__,
        locate=_from_checkout,
        owners=keys(checked.banks, checked.diagnostics),
        texts=checked.texts,
    )


def _from_checkout(path: str) -> str:
    """The path from the root of the checkout, as GitHub reads it; one outside is absolute.

    The root is GITHUB_WORKSPACE, and the current folder where that is not set.
    """
    here = Path.cwd()
    root = Path(os.environ.get("GITHUB_WORKSPACE") or here)
    whole = Path(os.path.normpath(here / path))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def _write_baseline(path: Path, checked: Checked) -> None:
    """Writes the faults that a baseline may hold, and says how many they are."""
    faults = [each for each in checked.diagnostics if each.name in ADJUSTABLE]
    write(path, Baseline.of(checked.banks, faults).data())
    click.echo(report.baseline_written(path, len(faults), len(checked.diagnostics) - len(faults)))


def _memory(previous: str | None, banks: int) -> Previous:
    """Where the last release is to be found; says what it costs to have none."""
    if previous is None:
        return Memory.OUTPUT
    if previous == "none":
        click.echo(
            "warning: building without memory: to learners every question counts as changed, so "
            "their own edits and tags are overwritten, and a question that is gone goes unnoticed",
            err=True,
        )
        return Memory.NONE
    if banks > 1:
        raise click.UsageError("--previous FILE is the package of one bank; name that bank.")
    return Path(previous)


def _show_built(built: Sequence[report.Built], seconds: float, *, previous: str | None) -> None:
    """Prints what was built, and what each release does to learners of the last one."""
    for package in built:
        if not package.is_new:
            click.echo(report.unchanged(package))
            continue
        click.echo(report.built(package, seconds=seconds / len(built)))
        if package.changes is None and previous is None:
            click.echo("  first release: no earlier package is there to compare with")
        elif package.changes:
            for line in report.changes_as_text(package.changes):
                click.echo(f"  {line}")


def _show(checked: Checked, *, err: bool) -> None:
    """Prints the diagnostics, with colours and carets on a terminal only."""
    stream = sys.stderr if err else sys.stdout
    if stream is None or not stream.isatty():
        for line in report.plain(checked.diagnostics):
            click.echo(line, err=err)
        return
    # rich is for terminals only: it takes longer to load than a small bank to check.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=err, highlight=False)
    for pieces in report.styled(checked.diagnostics, checked.lines(), console.width):
        console.print(Text.assemble(*pieces), soft_wrap=True)


def _summary(checked: Checked) -> str:
    return report.checked(
        checked.diagnostics,
        questions=sum(len(bank.questions) for bank in checked.banks),
        chapters=sum(len(bank.chapters) for bank in checked.banks),
    )


@contextmanager
def _progress(steps: int) -> Iterator[Progress]:
    """Shows a bar on a terminal, which of `steps` is under way, and leaves no trace."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=steps)
        yield lambda step: bar.update(task, description=step, advance=1)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Ends in order when told to, so that no half-written file stays behind."""
    sys.exit(128 + signal.SIGTERM)
