"""Between banks and other forms of questions: a file or a folder a form, and a table of them all.

The extra `exchange` holds the libraries that forms need. The rest of the tool knows the table and
the values that flow, and no form.
"""

from mcqdeck.exchange import account
from mcqdeck.exchange.bank import Entry, Fate, Plan, Target, contents_of, plan
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.names import slug
from mcqdeck.exchange.formats import FORMATS, Format, format_named, read, recognised, write
from mcqdeck.exchange.item import Contents, Item, LeftOut, Source, Written

__all__ = [
    "FORMATS",
    "Contents",
    "Entry",
    "Fate",
    "Format",
    "Item",
    "LeftOut",
    "Plan",
    "Source",
    "Target",
    "Written",
    "account",
    "contents_of",
    "format_named",
    "plan",
    "read",
    "recognised",
    "slug",
    "words_of",
    "write",
]
