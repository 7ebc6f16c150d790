"""How Sphinx makes the documentation: `make docs` writes it into build/docs."""

from __future__ import annotations

import os
import re
from inspect import cleandoc
from pathlib import Path

import click
from sphinx.application import Sphinx

import mcqdeck
from mcqdeck import markdown, model

DOCS = Path(__file__).parent

project = "mcqdeck"
author = "the mcqdeck developers"
project_copyright = f"2026, {author}"
version = release = mcqdeck.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_click",
]
exclude_patterns = ["generate.py", "conf.py"]
source_suffix = {".md": "markdown"}
root_doc = "index"

myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["misc.highlighting_failure"]  # bad examples are bad on purpose

# Its annotations name these, which it imports for type checkers only.
vars(model).update(Document=markdown.Document, Excerpt=markdown.Excerpt)

autodoc_typehints = "description"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True

html_theme = "furo"
html_title = f"mcqdeck {release}"
html_favicon = "../generator/mcqdeck/site/assets/icon.svg"
html_static_path: list[str] = []
html_copy_source = False

_REPOSITORY = os.environ.get("REPOSITORY_URL", "")
"""Where the repository can be read; the workflow that publishes the pages says so."""

_LINK = re.compile(r"\[([^\[\]]+)\]\((\.\./[^()\s]+)\)")


_ALL_IN_FOLDER = "\n```{toctree}\n:glob:\n:hidden:\n\n*\n```\n"


def _prepare(_app: Sphinx, name: str, source: list[str]) -> None:
    """Points links to files outside this folder at the repository, or makes them plain text; lists
    the pages that are generated.
    """
    folder = (DOCS / name).parent

    def replaced(link: re.Match[str]) -> str:
        target = (folder / link[2]).resolve()
        if target.is_relative_to(DOCS):
            return link[0]
        path = target.relative_to(DOCS.parent).as_posix()
        return f"[{link[1]}]({_REPOSITORY}/blob/HEAD/{path})" if _REPOSITORY else link[1]

    source[0] = _LINK.sub(replaced, source[0])
    if name in ("rules/index", "diagnostics/index"):
        source[0] += _ALL_IN_FOLDER


def _lay_out_examples(_app: Sphinx, ctx: click.Context, lines: list[str]) -> None:
    """Keeps the columns of the examples that a command ends its help with."""
    examples = cleandoc((ctx.command.epilog or "").replace("\b", "")).splitlines()
    if examples and examples[0] == "Examples:":
        lines[:] = ["Examples:", "", ".. code-block:: text", "", *examples[1:], ""]


def setup(app: Sphinx) -> None:
    """Registers what Sphinx does not do itself."""
    app.connect("source-read", _prepare)
    app.connect("sphinx-click-process-epilog", _lay_out_examples)
