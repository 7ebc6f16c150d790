"""Installs the wheel by pip, pipx and uv, each into nothing, and follows the README's author path.

Needs the network: `make test-installed` runs it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

from mcqdeck import __version__
from tests.test_readme import author_commands

ROOT = Path(__file__).parents[1]
_SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def with_pip(wheel: Path, folder: Path) -> Path:
    """Installs by pip into an environment of its own; where its commands are."""
    venv.create(folder / "pip", with_pip=True)
    commands = folder / "pip" / _SCRIPTS
    _run(commands / "python", "-m", "pip", "install", "--quiet", wheel)
    return commands


def with_pipx(wheel: Path, folder: Path) -> Path:
    """Installs by pipx; where its commands are."""
    tool = _tool("pipx", folder)
    commands = folder / "pipx-bin"
    _run(tool, "install", wheel, PIPX_HOME=folder / "pipx-home", PIPX_BIN_DIR=commands)
    return commands


def with_uv(wheel: Path, folder: Path) -> Path:
    """Installs by uv; where its commands are."""
    tool = _tool("uv", folder)
    commands = folder / "uv-bin"
    places = {"UV_TOOL_DIR": folder / "uv-tools", "UV_TOOL_BIN_DIR": commands}
    _run(tool, "tool", "install", "--quiet", wheel, UV_CACHE_DIR=folder / "uv-cache", **places)
    return commands


def _tool(name: str, folder: Path) -> Path:
    venv.create(folder / name, with_pip=True)
    _run(folder / name / _SCRIPTS / "python", "-m", "pip", "install", "--quiet", name)
    return folder / name / _SCRIPTS / name


def _run(*command: str | Path, cwd: Path | None = None, **environment: Path) -> str:
    """Runs a command without what this environment offers; what it printed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**own, **{name: str(path) for name, path in environment.items()}},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


_WAYS: tuple[Callable[[Path, Path], Path], ...] = (with_pip, with_pipx, with_uv)


def main() -> None:
    """Tries all ways; ends with a traceback where one fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
        (wheel,) = folder.glob("*.whl")
        for way in _WAYS:
            mcqdeck = way(wheel, folder) / "mcqdeck"
            here = folder / "here" / way.__name__
            here.mkdir(parents=True)
            for arguments in (["--version"], *author_commands()):
                said = _run(mcqdeck, *arguments, cwd=here, MCQDECK_CACHE_DIR=here / "cache")
                print(f"{way.__name__}: mcqdeck {' '.join(arguments)}: {said.splitlines()[0]}")  # noqa: T201
            assert _run(mcqdeck, "--version") == f"mcqdeck, version {__version__}\n"
            assert (here / "decks" / "my-exam.apkg").is_file()


if __name__ == "__main__":
    main()
