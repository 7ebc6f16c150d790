"""Moodle XML, and what it has in common with GIFT: formats of texts, categories, grades."""

from mcqdeck.exchange.moodle.xml_read import read, recognises
from mcqdeck.exchange.moodle.xml_write import HOLDS, write

__all__ = ["HOLDS", "read", "recognises", "write"]
