"""Prepares a release: `python .github/release.py v1.2.0 notes.md`, in the project's root.

The tag, the version and CHANGELOG.md must agree. Each package is tried out on the real Anki
against that of the last release, and the notes tell what changed: the section of CHANGELOG.md, and
what each package changes for learners. Ends with exit status 1, and a line that says why, where a
release must not go out.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mcqdeck import __version__

_DECKS = Path("decks")


def section(changelog: str, version: str) -> str:
    """What CHANGELOG.md says of a version.

    Raises:
        SystemExit: it says nothing of it.
    """
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    found = re.search(rf"{heading}\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE)
    if not found or not found[1].strip():
        raise SystemExit(f"CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD` with a text")
    return found[1].strip()


def with_whole_links(text: str, tag: str) -> str:
    """A text whose links to files of the project lead there, and whose images show, from elsewhere.

    The address of the project is that which GitHub gives a workflow; elsewhere, links stay.
    """
    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        return text
    project = f"{os.environ['GITHUB_SERVER_URL']}/{repository}"
    text = _IMAGE.sub(rf"\g<0>{project}/raw/{tag}/", text)
    return _RELATIVE.sub(f"]({project}/blob/{tag}/", text)


_IMAGE = re.compile(r"!\[[^\]]*\]\((?![a-z]+:|[#/])")
"""The start of an image in a file: the `![A card](` of `![A card](docs/card.png)`."""

_RELATIVE = re.compile(r"\]\((?![a-z]+:|[#/])")
"""The start of a link to a file: the `](` of `[promises](docs/promises.md)`."""


def last_release(tag: str) -> str | None:
    """The tag of the release before this one."""
    command = ("git", "describe", "--tags", "--abbrev=0", "--match", "v[0-9]*", f"{tag}^")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def packages_of(tag: str, folder: Path) -> dict[str, Path]:
    """Writes the packages of a release into a folder; where each lies, by its name."""
    listing = _output("git", "ls-tree", "-z", "--name-only", tag, f"{_DECKS}/").decode()
    found = {}
    for path in filter(None, listing.split("\0")):
        if path.endswith(".apkg"):
            place = folder / Path(path).name
            place.write_bytes(_output("git", "show", f"{tag}:{path}"))
            found[place.name] = place
    return found


def told(package: Path, old: Path | None) -> str:
    """What a package is to learners; it was tried out before.

    Raises:
        SystemExit: by it, learners would lose something.
    """
    olds = [str(old)] if old else []
    done = subprocess.run((*_MCQDECK, "verify", str(package), *olds), check=False)
    if done.returncode:
        raise SystemExit(f"{package.as_posix()} must not go out: see what verify says above")
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    title = f"## {package.name}\n\nSHA-256: `{digest}`"
    if not old:
        return f"{title}\n\nThe first release of this package."
    changes = _output(*_MCQDECK, "diff", "--format", "markdown", str(old), str(package)).decode()
    return f"{title}\n\n{changes.strip()}"


_MCQDECK = (sys.executable, "-m", "mcqdeck")


def _output(*command: str) -> bytes:
    return subprocess.run(command, capture_output=True, check=True).stdout


def main(tag: str, notes: Path) -> None:
    """Checks and tries all that a release consists of, and writes its notes.

    README.md, which PyPI will show, gets links that lead somewhere from there.
    """
    if tag != f"v{__version__}":
        raise SystemExit(
            f"the tag is {tag}, but the version is {__version__}: one of them is wrong"
        )
    changed = section(Path("CHANGELOG.md").read_text(encoding="utf-8"), __version__)
    parts = [with_whole_links(changed, tag)]
    last = last_release(tag)
    with tempfile.TemporaryDirectory() as folder:
        olds = packages_of(last, Path(folder)) if last else {}
        news = sorted(_DECKS.glob("*.apkg"))
        if gone := sorted(olds.keys() - {path.name for path in news}):
            raise SystemExit(f"{', '.join(gone)} of {last} is not in {_DECKS}/ any more")
        parts += [told(path, olds.get(path.name)) for path in news]
    notes.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    readme = Path("README.md")
    readme.write_text(with_whole_links(readme.read_text(encoding="utf-8"), tag), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
