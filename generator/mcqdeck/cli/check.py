"""The command `check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import partial
from itertools import chain
from pathlib import Path
from threading import Event
from typing import Any

import click

from mcqdeck import files, report
from mcqdeck.cli.formats import FORMATS
from mcqdeck.cli.terminal import (
    Command,
    PathType,
    echo,
    echo_json,
    echo_source,
    find,
    is_chapter,
    means,
    need,
    progress,
    summary,
    with_means,
)
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.disk import write
from mcqdeck.fixes import apply_fixes, difference
from mcqdeck.preview import WATCH
from mcqdeck.project import (
    ADJUSTABLE,
    CATALOGUE,
    CHECK_STEPS,
    NO_TEXTS,
    Baseline,
    Checked,
    Comparison,
    Means,
    rewrite_sources,
)
from mcqdeck.project import check as check_banks
from mcqdeck.rules import Selection
from mcqdeck.vanished import VANISHED, vanished

_MOST_NAMES = 3  # of files that were saved together
_MOST_PASSES = 10  # of --fix: where two fixes meet, the second waits for the next pass


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """The options of `check`."""

    output_format: str
    select: frozenset[str]
    ignore: frozenset[str]
    is_fix: bool
    is_diff: bool
    is_watch: bool
    statistics: bool
    baseline: Path | None
    write_baseline: Path | None
    jobs: int | None
    no_cache: bool

    def problem(self, *, is_partial: bool) -> str:
        """Why the options cannot be had together, or nothing.

        `is_partial` says that the run is not about all rules and whole banks.
        """
        problems = {
            "--diff shows changes to files, and nothing else.": self.is_diff
            and (self.statistics or self.output_format != "text"),
            "--watch shows mistakes as text; give it without --fix, --diff and --write-baseline.": (
                self.is_watch
                and (
                    self.is_fix
                    or self.is_diff
                    or self.write_baseline is not None
                    or self.output_format != "text"
                )
            ),
            "--statistics come as text or json.": self.statistics
            and self.output_format not in ("text", "json"),
            "--write-baseline notes all faults; give it without --baseline.": self.baseline
            and self.write_baseline,
            "--write-baseline covers whole banks and all rules; give it banks and no chapters, "
            "without --select and --ignore.": self.write_baseline and is_partial,
        }
        return next((text for text, is_so in problems.items() if is_so), "")


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
    if name is None or context.resilient_parsing:  # a shell completes what comes after
        return
    rule = next((rule for rule in CATALOGUE if rule.name == name), None)
    if rule is None:
        raise click.BadParameter(_unknown_rule(name))
    from mcqdeck.report.explain import explained  # noqa: PLC0415  # few runs need it

    for line in explained(rule):
        click.echo(line)
    context.exit()


def _list_rules(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    """Prints a line for each rule and ends the run."""
    if is_wanted and not context.resilient_parsing:
        from mcqdeck.report.explain import listed  # noqa: PLC0415  # few runs need it

        for line in listed(CATALOGUE):
            click.echo(line)
        context.exit()


def _names_like(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    """The names of rules that begin so, for shells that complete them."""
    return [rule.name for rule in CATALOGUE if rule.name.startswith(begun)]


def _unknown_rule(name: str) -> str:
    meant = get_close_matches(name, [rule.name for rule in CATALOGUE], 1)
    hint = f" Did you mean `{meant[0]}`?" if meant else " See --list-rules."
    return f"there is no rule `{name}`.{hint}"


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck check                          the bank here, or all in source/
  mcqdeck check source/my-exam/01.md     one chapter
  mcqdeck check --diff                   what --fix would change
  mcqdeck check --watch                  again after every save
  mcqdeck check --explain key-longest    why a rule is there, with examples
  mcqdeck check --format json | jq .     for tools
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=PathType())
@click.option(
    "--format",
    "output_format",
    type=click.Choice([*FORMATS]),
    default="text",
    show_default=True,
    help="Lines for people, a list of objects, a SARIF log, or GitHub's annotations.",
)
@click.option(
    "--select",
    metavar="NAME",
    multiple=True,
    callback=_rule_names,
    shell_complete=_names_like,
    help="Show this rule and no other, even if it is off; may be repeated.",
)
@click.option(
    "--ignore",
    metavar="NAME",
    multiple=True,
    callback=_rule_names,
    shell_complete=_names_like,
    help="Leave this rule out; may be repeated.",
)
@click.option(
    "--fix", "is_fix", is_flag=True, help="Apply the fixes that are certain to the sources."
)
@click.option(
    "--diff", "is_diff", is_flag=True, help="Show what --fix would write, and write nothing."
)
@click.option(
    "--watch", "is_watch", is_flag=True, help="Check again after every save, until Ctrl-C."
)
@click.option(
    "--statistics", is_flag=True, help="Show how many diagnostics each rule has, not where."
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=PathType(dir_okay=False),
    help="Leave out the faults that this file lists.",
)
@click.option(
    "--write-baseline",
    metavar="FILE",
    type=PathType(dir_okay=False),
    help="Record the present faults, so that --baseline leaves them out.",
)
@with_means
@click.option(
    "--explain",
    metavar="NAME",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    shell_complete=_names_like,
    help="Show why a rule is there, its evidence and an example, and exit.",
)
@click.option(
    "--list-rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="List all rules, one per line, and exit.",
)
def check(banks: tuple[Path, ...], **options: Any) -> None:
    """Show everything that is wrong in the sources, all of it at once.

    Writes nothing, unless --fix (without --diff) or --write-baseline says so. Exit status 1 if
    anything is an error. What stops every build shows whatever is selected or ignored, and is in no
    baseline.
    """
    wanted = _Wanted(**options)
    paths = find(banks)
    is_partial = bool(wanted.select or wanted.ignore) or any(map(is_chapter, paths))
    if problem := wanted.problem(is_partial=is_partial):
        raise click.UsageError(problem)
    known = Baseline.parse(wanted.baseline) if wanted.baseline else None
    with means(jobs=wanted.jobs, no_cache=wanted.no_cache) as given:
        if wanted.is_watch:
            _watch(banks, wanted, known, given)
            sys.exit(0)
        run = partial(_run_check, paths, wanted, known, given)
        checked, compared = run(NO_TEXTS)
        if wanted.is_diff:
            _, texts = _fixed(run, (checked, compared), wanted)
            _show_differences(checked.texts, texts)
            sys.exit(1 if checked.has_errors else 0)
        if wanted.is_fix:
            before = checked.texts
            (checked, compared), texts = _fixed(run, (checked, compared), wanted)
            rewrite_sources(before, texts)
            click.echo(report.fixed(texts), err=True)
        checked, remarks = _with_vanished(checked, paths, wanted, given)
    if wanted.write_baseline:
        _write_baseline(wanted.write_baseline, checked)
        sys.exit(0)
    _show_checked(checked, wanted)
    for remark in remarks if wanted.output_format == "text" else ():
        click.echo(remark, err=True)
    _remark_on_baseline(compared, is_partial=is_partial)
    sys.exit(1 if checked.has_errors else 0)


_CheckResult = tuple[Checked, Comparison | None]


def _watch(banks: Sequence[Path], wanted: _Wanted, known: Baseline | None, given: Means) -> None:
    """Checks after every save, until Ctrl-C; on a terminal each time on a clear screen."""
    need("check --watch", WATCH)
    from mcqdeck.preview.watching import saved_files  # noqa: PLC0415  # needs the extra

    homes = [path.parent if is_chapter(path) else path for path in find(banks)]
    folders = list(dict.fromkeys(homes))
    places = ", ".join(folder.as_posix() for folder in folders)
    said = "Watching"
    with suppress(KeyboardInterrupt):  # the way to end it
        for saved in chain([frozenset[Path]()], saved_files(folders, Event())):
            click.clear()
            if saved:
                left = [path for path in saved if path.exists()]  # editors come and go
                names = ", ".join(sorted(path.name for path in left or saved)[:_MOST_NAMES])
                said = f"{datetime.now():%H:%M:%S}: {names} changed; watching"
            try:
                paths = find(banks)
                checked, compared = _run_check(paths, wanted, known, given, NO_TEXTS)
                _show_checked(checked, wanted)
                _remark_on_baseline(compared, is_partial=True)
            except McqdeckError as error:  # a file that is gone for a moment
                echo(f"mcqdeck: {error}", err=True)
            echo(f"{said} {places}. Ctrl-C ends it.", err=True)


def _remark_on_baseline(compared: Comparison | None, *, is_partial: bool) -> None:
    """Tells how many faults the baseline knows, and how many of them are gone."""
    if compared is None:
        return
    gone = 0 if is_partial else compared.gone  # it may only not have been looked for
    for line in report.remarks_on_baseline(compared.known, gone):
        click.echo(line, err=True)


def _run_check(
    paths: Sequence[Path],
    wanted: _Wanted,
    known: Baseline | None,
    given: Means,
    texts: Mapping[str, bytes],
) -> _CheckResult:
    """Checks the banks; faults that are known are left out, and counted.

    Files whose paths are in `texts` are checked as if they held those bytes.
    """
    with progress(CHECK_STEPS * len(paths)) as step:
        selection = Selection(wanted.select, wanted.ignore)
        checked = check_banks(paths, step, selection=selection, means=given, texts=texts)
    if known is None:
        return checked, None
    compared = known.compare(checked.banks, checked.diagnostics, ADJUSTABLE)
    return checked.only(compared.new), compared


def _with_vanished(
    checked: Checked, paths: Sequence[Path], wanted: _Wanted, given: Means
) -> tuple[Checked, list[str]]:
    """What was checked with what the last releases hold and the banks lack; a line for each bank
    that was not compared.
    """
    if any(map(is_chapter, paths)) or (wanted.select and VANISHED not in wanted.select):
        return checked, []
    has_errors = checked.has_errors
    searched = [
        (bank.folder, vanished(bank, given.store, has_errors=has_errors)) for bank in checked.banks
    ]
    remarks = [report.not_compared(folder, gone.remark) for folder, gone in searched if gone.remark]
    return checked.and_also([one for _, gone in searched for one in gone.diagnostics]), remarks


def _fixed(
    run: Callable[[Mapping[str, bytes]], _CheckResult], checked: _CheckResult, wanted: _Wanted
) -> tuple[_CheckResult, Mapping[str, bytes]]:
    """The files that the certain fixes change, as they will be, and what is then left to find.

    Where two fixes touch, the second is made after the first; nothing is written.
    """
    texts: dict[str, bytes] = {}
    for _ in range(_MOST_PASSES):
        changed = apply_fixes(checked[0].texts, _selected(checked[0], wanted).diagnostics)
        if not changed:
            break
        texts |= changed
        checked = run(texts)
    return checked, texts


def _show_differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Prints what separates files from what they will be."""
    for path, data in after.items():
        echo_source(difference(report.visible(path), before[path], data))


def _selected(checked: Checked, wanted: _Wanted) -> Checked:
    """What the run is about: what stops every build shows all the same, but is not fixed."""
    if not wanted.select:
        return checked
    return checked.only(
        [diagnostic for diagnostic in checked.diagnostics if diagnostic.name in wanted.select]
    )


def _show_checked(checked: Checked, wanted: _Wanted) -> None:
    """Prints what a check found, in the way that is wanted."""
    if wanted.statistics:
        _show_statistics(checked, is_json=wanted.output_format == "json")
    else:
        FORMATS[wanted.output_format](checked)


def _show_statistics(checked: Checked, *, is_json: bool) -> None:
    """Prints how many diagnostics each rule has."""
    if is_json:
        echo_json(report.statistics_as_json(checked.diagnostics))
        return
    questions = checked.questions
    for line in report.statistics(checked.diagnostics, questions):
        click.echo(line)
    click.echo(summary(checked))
    click.echo(report.from_cache(checked.from_cache, checked.chapters))


def _write_baseline(path: Path, checked: Checked) -> None:
    """Writes the faults that a baseline may hold, and says how many they are."""
    if files.kind_of(path) is not files.Kind.NOTHING:
        Baseline.parse(path)  # so that no other file is overwritten
    faults = [diagnostic for diagnostic in checked.diagnostics if diagnostic.name in ADJUSTABLE]
    write(path, Baseline.of(checked.banks, faults).data())
    click.echo(report.baseline_written(path, len(faults), len(checked.diagnostics) - len(faults)))
