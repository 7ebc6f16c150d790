"""How wide a line of a chapter may be, and how wide a text is."""

from mcqdeck.report.columns import width

__all__ = ["LINE", "width"]

LINE = 100
"""The columns that a line of a chapter has."""
