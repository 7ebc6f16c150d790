"""Rewrites what the tests hold `mcqdeck check` to, for review in the diff: `make accept`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from mcqdeck.cli import main

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"


def accept_cases() -> None:
    """Writes what `check` prints for every case."""
    os.chdir(CASES)
    sources = [path for path in CASES.iterdir() if path.suffix == ".md" or path.is_dir()]
    for source in sorted(sources):
        if source.name != "good":
            arguments = ["check", "--select", source.stem, source.name]
            printed = CliRunner().invoke(main, arguments).output
            source.with_suffix(".txt").write_text(printed, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    accept_cases()
    subprocess.run([sys.executable, str(ROOT / "docs" / "generate.py")], check=True)
