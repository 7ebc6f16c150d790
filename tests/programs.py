"""What some tests need that a machine may lack."""

from __future__ import annotations

import os
import shutil

import pytest


def needs(program: str) -> pytest.MarkDecorator:
    """Skips a test where a program is missing; in CI the test runs and fails for lack of it."""
    return needs_if(shutil.which(program) is not None, program)


def needs_if(is_there: bool, name: str) -> pytest.MarkDecorator:
    """The same for what is no program on the path.

    What a machine of CI is known to lack stands in `MCQDECK_TESTS_LACK`.
    """
    may_lack = not os.environ.get("CI") or name in os.environ.get("MCQDECK_TESTS_LACK", "").split()
    return pytest.mark.skipif(may_lack and not is_there, reason=f"no {name} here")
