"""One way to write a chapter: the same questions, in lines of the same length and the same marks.

In: a chapter's bytes. Out: its bytes as we write them, proved to say what they said. What cannot
be written in another way without saying something else stays as it is.
"""

from mcqdeck.formatting.banks import format_sources, format_text
from mcqdeck.formatting.chapter import Formatted

__all__ = ["Formatted", "format_sources", "format_text"]
