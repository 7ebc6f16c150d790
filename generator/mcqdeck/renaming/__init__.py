"""A question under another id, for which learners keep their reviews.

In: a bank, the id that a question has and the one that it shall have. Out: the files as they will
be, proved to give every note the GUID that it had.
"""

from mcqdeck.renaming.bank import Renamed, rename

__all__ = ["Renamed", "rename"]
