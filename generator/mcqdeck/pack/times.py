"""When a thing of a package last changed: the second by which Anki tells old from new.

Anki replaces what a learner has if the package's copy is newer, and a learner's own edit is dated
with the second in which it was made. So what changed needs a later second than any release gave it,
to arrive; what did not change needs one before any edit of it, so that edits stay. With one clock
that is right, the second of the release is both. A clock that was ahead makes a second that is too
late for what did not change: `Time` holds what is needed to take it back.
"""

from __future__ import annotations

from dataclasses import dataclass

_MOST_EARLIER = 8


@dataclass(frozen=True, slots=True)
class Time:
    """The second of the last change, and what the next release must know of it."""

    mod: int
    """What the package says."""

    due: int
    """What it says from the next release on if nothing changes; differs from `mod` where the last
    change had to be dated in the future to arrive."""

    peak: int
    """The latest second that any release gave it: a change needs a later one."""

    earlier: tuple[int, ...] = ()
    """The seconds of earlier changes, ascending; the last few of them."""

    @classmethod
    def at(cls, second: int) -> Time:
        """Something that a release brings for the first time."""
        return cls(second, second, second)

    @property
    def is_plain(self) -> bool:
        """Whether `mod` says all there is to know."""
        return self.mod == self.due == self.peak and not self.earlier

    def is_settled(self, clock: int) -> bool:
        """Whether the same content keeps this time in a release at which a clock says `clock`."""
        return self.mod == self.due <= clock

    def unchanged(self, clock: int) -> Time:
        """The time of the same content in the next release, made when a right clock says `clock`.

        A second in the future was given by a clock that was ahead. It is taken back to just after
        the change before: then nobody's edit is older, and the content arrives where that one is.
        """
        if self.is_settled(clock):
            return self
        if self.due <= clock:
            return Time(self.due, self.due, self.peak, self.earlier)
        past = _past(self.earlier, clock)
        due = past[-1] + 1 if past else 1
        return Time(due, due, self.peak, past)

    def changed(self, now: int, clock: int) -> Time:
        """The time of new content in a release dated `now`, made when a clock says `clock`.

        It is later than all before. Where that is in the future, it is taken back in the next
        release, in which `due` counts.
        """
        past = _past((*self.earlier, self.due), clock)
        due = max(now, past[-1] + 1) if past else now
        mod = max(due, self.peak + 1)
        return Time(mod, due, mod, past[-_MOST_EARLIER:])


def next_time(old: Time | None, now: int, clock: int, *, is_same: bool) -> Time:
    """The time in a release dated `now` of what had `old` in the last one, if it was in it."""
    if old is None:
        return Time.at(now)
    return old.unchanged(clock) if is_same else old.changed(now, clock)


def _past(seconds: tuple[int, ...], clock: int) -> tuple[int, ...]:
    return tuple(second for second in seconds if second <= clock)
