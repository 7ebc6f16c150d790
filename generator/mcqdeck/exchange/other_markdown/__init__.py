"""Questions in the Markdown of other people: headings or numbers, task lists or letters, and the
answer in the list, below it, in `<details>`, or in a list at the end.
"""

from mcqdeck.exchange.other_markdown.answers import letters
from mcqdeck.exchange.other_markdown.questions import question_in, value_of
from mcqdeck.exchange.other_markdown.read import read, recognises

__all__ = ["letters", "question_in", "read", "recognises", "value_of"]
