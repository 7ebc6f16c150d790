"""From HTML and plain text to the Markdown of a bank, and from HTML to plain text."""

from mcqdeck.exchange.markup.convert import Converter, same
from mcqdeck.exchange.markup.dialect import OTHERS, OURS
from mcqdeck.exchange.markup.escape import escaped, guarded
from mcqdeck.exchange.markup.inlines import image
from mcqdeck.exchange.markup.literal import html_in
from mcqdeck.exchange.markup.plain import markdown_of_plain, plain_of_html

__all__ = [
    "OTHERS",
    "OURS",
    "Converter",
    "escaped",
    "guarded",
    "html_in",
    "image",
    "markdown_of_plain",
    "plain_of_html",
    "same",
]
