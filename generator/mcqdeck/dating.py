"""When a release is dated, and what a person must know where a clock was wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mcqdeck.diagnostic import McqdeckError

if TYPE_CHECKING:
    # It loads genanki, which a check does not need.
    from mcqdeck.pack.stamp import Release

FIRST_PACKAGES = 1_349_049_600
"""October 2012: Anki 2.0, the first to read packages, came out."""

_OLDEST_EPOCH = 315_532_800  # 1980: ZIP cannot store earlier dates
_LONGEST_EPOCH = 12  # digits
_MOST_SHOWN = 40  # characters


def now() -> int:
    """The second since 1970 that the machine's clock says."""
    return int(time.time())


def timestamp(environment: Mapping[str, str], clock: int) -> int:
    """The second of the release: `SOURCE_DATE_EPOCH` of the environment, or that of the clock.

    Anki ignores notes dated in the future.

    Raises:
        McqdeckError: the clock cannot be right, or `SOURCE_DATE_EPOCH` is no time up to it.
    """
    if clock < FIRST_PACKAGES:
        raise McqdeckError(
            f"this machine's clock says {date(clock)}, which is impossible; set it right, "
            "because Anki tells old from new by the time of a release"
        )
    text = environment.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return clock
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_EPOCH
    if not is_number or not _OLDEST_EPOCH <= int(text) <= clock:
        shown = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN] + "…"
        raise McqdeckError(
            f"SOURCE_DATE_EPOCH={shown}: must be seconds since 1970, from 1980 to now"
        )
    return int(text)


def warnings_of(second: int) -> Iterator[str]:
    """What a person must know who dates a release in the far past."""
    if second < FIRST_PACKAGES:
        yield (
            f"SOURCE_DATE_EPOCH dates this release {date(second)}: where a learner has edited a "
            "question, Anki keeps the edit and ignores your correction; give the time of the last "
            "change to the sources"
        )


def warnings_of_last(last: Release, path: Path, clock: int) -> Iterator[str]:
    """What a person must know if the last release was dated by a clock that was wrong."""
    if last.mod > clock:
        yield (
            f"{path.as_posix()}: the last release is dated {date(last.mod)}, and this machine's "
            f"clock says {date(clock)}; if this clock is wrong, set it right and build again; if "
            "the other one was, go on: learners keep their own edits, and what you change arrives"
        )
    elif last.mod < FIRST_PACKAGES:
        yield (
            f"{path.as_posix()}: the last release is dated {date(last.mod)}, before Anki could "
            "read packages: its clock, or SOURCE_DATE_EPOCH, was wrong; learners lose nothing by it"
        )


def date(second: int) -> str:
    """A second since 1970 as a date that people read."""
    try:
        day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    except OverflowError:
        return "after the year 9999"
    return f"{day:%Y-%m-%d %H:%M} UTC"
