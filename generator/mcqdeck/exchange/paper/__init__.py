"""A paper test and its key in one HTML file that needs nothing else, for print."""

from mcqdeck.exchange.paper.write import HOLDS, write

__all__ = ["HOLDS", "write"]
