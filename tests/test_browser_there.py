"""The cards' tests find a browser, or get one, or say aloud that they did not run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("playwright")

ROOT = Path(__file__).parents[1]
HAS_NO_CHROME = not any(
    Path(path).exists()
    for path in ("/opt/google/chrome", "/opt/microsoft/msedge", "/Applications/Google Chrome.app")
)
needs_none = pytest.mark.skipif(
    os.name != "posix" or not HAS_NO_CHROME, reason="a browser here cannot be hidden"
)


def run(tmp_path: Path, *arguments: str, ci: bool) -> subprocess.CompletedProcess[str]:
    """Runs Python where nothing is installed but what lies in `tmp_path / "bin"`, nor can be."""
    (tmp_path / "bin").mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment |= {
        "PATH": str(tmp_path / "bin"),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers"),
        "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment | ({"CI": "true"} if ci else {}),
        capture_output=True,
        text=True,
        check=False,
    )


@needs_none
def test_without_a_browser_the_tests_are_skipped_aloud(tmp_path: Path) -> None:
    pytest_here = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/browser/test_verdict.py")

    alone = run(tmp_path, *pytest_here, ci=False)
    in_ci = run(tmp_path, *pytest_here, "-x", ci=True)

    (loud,) = [line for line in alone.stdout.splitlines() if "NO BROWSER" in line]
    assert alone.returncode == 0
    assert f" {alone.stdout.split()[-4]} tests of the cards DID NOT RUN" in loud
    assert in_ci.returncode == 1


@needs_none
def test_where_none_can_be_had_ci_fails(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "tests.browser.chromium", ci=True)

    assert done.stdout == "No Chromium yet, so: -m playwright install chromium\n"
    assert done.returncode == 1
    assert "none could be had" in done.stderr


@needs_none
@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or not shutil.which("chromium"),
    reason="only root installs packages",
)
def test_debian_package_is_the_last_resort(tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "sh").symlink_to("/bin/sh")
    installed = f"/bin/ln -s {shutil.which('chromium')} {folder}/chromium"
    script = f'#!/bin/sh\necho "$@" >>{tmp_path}/said\n[ $1 = update ] || {installed}\n'
    (folder / "apt-get").write_text(script)
    (folder / "apt-get").chmod(0o755)

    done = run(tmp_path, "-m", "tests.browser.chromium", ci=True)

    assert done.returncode == 0, done.stderr
    assert "The cards are tested in Chromium" in done.stdout
    assert (tmp_path / "said").read_text().splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends chromium",
    ]
