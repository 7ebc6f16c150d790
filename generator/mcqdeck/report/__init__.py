"""Diagnostics and summaries as text for people and for tools.

What few commands need is imported from its module: `bank_statistics`, `verification`.
"""

from mcqdeck.report.changes import changes_as_json, changes_as_markdown, changes_as_text
from mcqdeck.report.columns import BAR, without_blocks
from mcqdeck.report.explain import explained, listed
from mcqdeck.report.github import as_github
from mcqdeck.report.json import as_json
from mcqdeck.report.sarif import as_sarif
from mcqdeck.report.summary import (
    Built,
    PublishedSite,
    baseline_written,
    built,
    checked,
    fixed,
    formatted,
    from_cache,
    not_compared,
    published,
    remarks_on_baseline,
    renamed,
    statistics,
    statistics_as_json,
    unchanged,
)
from mcqdeck.report.text import plain, styled
from mcqdeck.report.visible import visible

__all__ = [
    "BAR",
    "Built",
    "PublishedSite",
    "as_github",
    "as_json",
    "as_sarif",
    "baseline_written",
    "built",
    "changes_as_json",
    "changes_as_markdown",
    "changes_as_text",
    "checked",
    "explained",
    "fixed",
    "formatted",
    "from_cache",
    "listed",
    "not_compared",
    "plain",
    "published",
    "remarks_on_baseline",
    "renamed",
    "statistics",
    "statistics_as_json",
    "styled",
    "unchanged",
    "visible",
    "without_blocks",
]
