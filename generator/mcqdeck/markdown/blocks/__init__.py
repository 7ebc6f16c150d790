"""The first stage: lines become blocks.

`line` is a line with a cursor; `patterns` how blocks begin; `openers` begins them; `open_blocks` is
the stack of those that are open; `parser` takes one line after another, `common_lines` by a short
way where it can; `tables` are made at the end.
"""

from mcqdeck.markdown.blocks.open_blocks import Recovery, no_recovery
from mcqdeck.markdown.blocks.parser import parse_blocks
from mcqdeck.markdown.blocks.patterns import ends_html

__all__ = ["Recovery", "ends_html", "no_recovery", "parse_blocks"]
