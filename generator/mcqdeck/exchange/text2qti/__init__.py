"""The Markdown of text2qti (https://github.com/gpoore/text2qti), whose own parser decides."""

from mcqdeck.exchange.text2qti.read import read, recognises
from mcqdeck.exchange.text2qti.write import HOLDS, write

__all__ = ["HOLDS", "read", "recognises", "write"]
