"""Diagnostics as lines for people: plain for a pipe, with the source and a caret for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.report.visible import visible

COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_MARGIN = 4
_TAB = 4
_NARROWEST = 40

Piece = tuple[str, str]


def plain(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Two lines for each diagnostic."""
    for diagnostic in diagnostics:
        yield headline(diagnostic)
        yield f"  help: {visible(diagnostic.help)}"


def headline(diagnostic: Diagnostic) -> str:
    """`path:line:column: severity[name]: message`."""
    where = diagnostic.where
    return (
        f"{visible(where.path)}:{where.line}:{where.column}: "
        f"{diagnostic.severity}[{diagnostic.name}]: {visible(diagnostic.message)}"
    )


def styled(
    diagnostics: Sequence[Diagnostic], lines: Mapping[str, Sequence[str]], width: int
) -> Iterator[list[Piece]]:
    """Lines for a terminal as pieces of text with a style each.

    `lines` holds the lines of each file by its path, `width` is the terminal's. A long line is cut
    around the fault.
    """
    for diagnostic in diagnostics:
        where = diagnostic.where
        yield [
            (f"{visible(where.path)}:{where.line}:{where.column}: ", "bold"),
            (f"{diagnostic.severity}[{diagnostic.name}]", COLOURS[diagnostic.severity]),
            (f": {visible(diagnostic.message)}", ""),
        ]
        source = lines.get(where.path, ())
        if 0 < where.line <= len(source) and source[where.line - 1].strip():
            line, before, caret = _caret(source[where.line - 1], diagnostic, width - _MARGIN)
            yield [(" " * _MARGIN + line, "")]
            yield [(" " * (_MARGIN + before), ""), (caret, COLOURS[diagnostic.severity])]
        yield [("  help: ", "bold green"), (visible(diagnostic.help), "")]
        yield []


def _caret(line: str, diagnostic: Diagnostic, width: int) -> tuple[str, int, str]:
    """The source line as shown, the cells before the caret, and the caret."""
    # rich is imported for terminals only: it takes longer to load than a small bank to check.
    from rich.cells import cell_len  # noqa: PLC0415

    width = max(_NARROWEST, width)
    start = min(diagnostic.where.column - 1, len(line))
    end = min(start + diagnostic.length, max(len(line), start + 1))
    first = max(0, start - width // 2) if len(line) > width else 0
    shown = line[first : first + width]
    before = _spaced(shown[: start - first])
    marked = _spaced(line[start : min(end, first + width)])
    return _spaced(shown), cell_len(before), "^" * max(1, cell_len(marked))


def _spaced(line: str) -> str:
    """A line of a source with spaces for its tabs."""
    return visible(line.replace("\t", " " * _TAB))
