"""GIFT, the text form of Moodle: its documentation and what its importer does decide.

https://docs.moodle.org/en/GIFT_format and `question/format/gift/format.php` of Moodle.
"""

from mcqdeck.exchange.gift.read import read, recognises
from mcqdeck.exchange.gift.write import HOLDS, write

__all__ = ["HOLDS", "read", "recognises", "write"]
