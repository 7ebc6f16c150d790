"""The forms in which `check` prints what it found: `FORMATS` is the table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from mcqdeck import __version__
from mcqdeck.baseline import keys
from mcqdeck.cli.terminal import echo_json, show, summary
from mcqdeck.project import CATALOGUE, Checked


def _text(checked: Checked) -> None:
    """Lines for people."""
    show(checked, err=False)
    click.echo(summary(checked))


def _json(checked: Checked) -> None:
    """A list of objects."""
    from mcqdeck.report.json import as_json  # noqa: PLC0415  # a run needs one form

    echo_json(as_json(checked.diagnostics))


def _sarif(checked: Checked) -> None:
    """A SARIF log, for code scanning."""
    from mcqdeck.report.sarif import as_sarif  # noqa: PLC0415  # a run needs one form

    log = as_sarif(
        checked.diagnostics,
        rules=CATALOGUE,
        version=__version__,
        locate=_from_checkout,
        owners=keys(checked.banks, checked.diagnostics),
        texts=checked.texts,
    )
    echo_json(log)


def _github(checked: Checked) -> None:
    """Annotations for GitHub Actions."""
    from mcqdeck.report.github import as_github  # noqa: PLC0415  # a run needs one form

    for line in as_github(checked.diagnostics, _from_checkout):
        click.echo(line)
    click.echo(summary(checked))


def _from_checkout(path: str) -> str:
    """The path from the root of the checkout, as GitHub reads it; one outside is absolute.

    The root is GITHUB_WORKSPACE, and the current folder where that is not set.
    """
    here = Path.cwd()
    root = Path(os.environ.get("GITHUB_WORKSPACE") or here)
    whole = Path(os.path.normpath(here / path))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


FORMATS: Mapping[str, Callable[[Checked], None]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "github": _github,
}
