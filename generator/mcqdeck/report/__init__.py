"""Diagnostics and summaries as text for people and for tools."""

from mcqdeck.report.changes import changes_as_json, changes_as_markdown, changes_as_text
from mcqdeck.report.json import as_json
from mcqdeck.report.summary import Built, built, checked, unchanged
from mcqdeck.report.text import plain, styled

__all__ = [
    "Built",
    "as_json",
    "built",
    "changes_as_json",
    "changes_as_markdown",
    "changes_as_text",
    "checked",
    "plain",
    "styled",
    "unchanged",
]
