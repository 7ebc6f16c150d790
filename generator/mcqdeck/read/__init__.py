"""From files to values: a bank, and everything that is wrong with its form."""

from mcqdeck.read import folder, mistakes
from mcqdeck.read.bank import Reading, read_bank, read_chapter
from mcqdeck.read.folder import CONFIG
from mcqdeck.read.lines import decode, split

MISTAKES = (*mistakes.MISTAKES, *folder.MISTAKES)

__all__ = ["CONFIG", "MISTAKES", "Reading", "decode", "read_bank", "read_chapter", "split"]
