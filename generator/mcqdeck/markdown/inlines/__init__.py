"""The second stage: the text of a leaf becomes inlines.

`parser` takes one sign after another; `delimiter_runs` pairs `*`, `_` and `~`; `brackets` makes
links, images and footnote references; `autolinks`, `formulas` and `emoji` know theirs; `pieces`
puts all together as a tree.
"""

from mcqdeck.markdown.inlines.emoji import characters
from mcqdeck.markdown.inlines.parser import inlines, parse_inlines
from mcqdeck.markdown.inlines.pieces import shown

__all__ = ["characters", "inlines", "parse_inlines", "shown"]
