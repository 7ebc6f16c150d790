"""Diagnostics and summaries as text for people and for tools.

What few runs need is imported from its module, where it is needed.
"""

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
    "Built",
    "PublishedSite",
    "baseline_written",
    "built",
    "checked",
    "fixed",
    "formatted",
    "from_cache",
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
]
