"""From files to values: a bank, and everything that is wrong with its form."""

from mcqdeck.read.bank import Reading, read_bank, read_chapter
from mcqdeck.read.lines import decode, split
from mcqdeck.read.mistakes import MISTAKES

__all__ = ["MISTAKES", "Reading", "decode", "read_bank", "read_chapter", "split"]
