"""Diagnostics as commands to GitHub Actions, which shows them beside the lines they mean.

The commands: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.report.text import plain
from mcqdeck.report.visible import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST_SHOWN = 10  # of a severity in a step; GitHub keeps the others in the log


def as_github(diagnostics: Sequence[Diagnostic], locate: Callable[[str], str]) -> Iterator[str]:
    """A command for each diagnostic, and an ordinary line if GitHub will not show all of them.

    A command's message is what `plain` prints, since the log shows nothing else of it. `locate`
    gives the path from the root of the checkout for a path as it was typed, or an absolute one.
    """
    for diagnostic in diagnostics:
        where = diagnostic.where
        properties = {
            "file": visible(locate(where.path)),
            "line": str(where.line),
            "col": str(where.column),
            "endColumn": str(where.column + diagnostic.length),
            "title": diagnostic.name,
        }
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        message = "\n".join(plain([diagnostic]))
        yield f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(message)}"
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    if max(counts.values(), default=0) > _MOST_SHOWN:
        yield (
            f"GitHub shows {_MOST_SHOWN} of a kind beside the sources; all of them are in this log."
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
