"""Diagnostics and summaries as text for people and for tools."""

from mcqdeck.report.json import as_json
from mcqdeck.report.summary import Built, built, checked
from mcqdeck.report.text import plain, styled

__all__ = ["Built", "as_json", "built", "checked", "plain", "styled"]
