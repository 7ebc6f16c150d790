"""The documentation builds without a warning: no link leads nowhere, no page stands alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-b", "dirhtml"]
    command += ["-d", str(folder / "doctrees"), str(ROOT / "docs"), str(folder / "site")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return folder / "site"


def test_every_command_and_rule_has_its_place(site: Path) -> None:
    commands = (site / "commands" / "index.html").read_text(encoding="utf-8")
    for command in ("build", "check", "diff", "export", "import", "init", "preview", "site"):
        assert f'id="mcqdeck-{command}"' in commands
    for name in ("rules/key-longest", "diagnostics/not-utf-8"):
        page = (site / name / "index.html").read_text(encoding="utf-8")
        assert "Since version" in page


def test_the_python_interface_comes_from_the_docstrings(site: Path) -> None:
    page = (site / "python" / "index.html").read_text(encoding="utf-8")
    for name in ("mcqdeck.load", "mcqdeck.check", "mcqdeck.build"):
        assert f'id="{name}"' in page
