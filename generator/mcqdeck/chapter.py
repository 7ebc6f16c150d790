"""One chapter through read, check and render: the unit of work, of memory and of a worker.

What a chapter gives is a function of its text, its bank's settings, the media that it names, and
our version. What concerns a bank as a whole is told from such results (`project.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mcqdeck import read, render, rules
from mcqdeck.diagnostic import Diagnostic, RuleNames
from mcqdeck.model import Config, RenderedChapter
from mcqdeck.render import Found, Library, Shelf
from mcqdeck.rules import Severities


@dataclass(frozen=True, slots=True)
class Settings:
    """What a chapter may know of its bank and of the run.

    `config` is the bank's, without all that concerns no chapter.
    """

    config: Config
    names: RuleNames
    """All rules, which `allow` may name."""

    on: frozenset[str]
    """The names of the rules that are on."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a chapter gives. The diagnostics are not adjusted to the bank's settings yet."""

    chapter: RenderedChapter
    diagnostics: tuple[Diagnostic, ...]
    asked: tuple[tuple[str, Found], ...]
    """The targets of its images, and what each leads to."""

    named: frozenset[str]
    """The files of the bank that its questions name, be it by a mistaken path."""

    @property
    def depends_on_listing(self) -> bool:
        """Whether another file in the bank's folder could change the result."""
        return any(found.media is None for _, found in self.asked)


def settings_for(config: Config, severities: Severities, names: RuleNames) -> Settings:
    """The settings of a bank's chapters; two that are equal give the same results."""
    bare = replace(
        config,
        title="",
        description="",
        authors=(),
        license="",
        rule_set="",
        rules=(),
        plan=(),
        dropped=(),
        renamed=(),
        places=(),
    )
    return Settings(bare, names, severities.names)


def work(path: str, data: bytes, settings: Settings, shelf: Shelf) -> Result:
    """Reads, checks and renders a chapter; `path` is how diagnostics name the file.

    Raises:
        McqdeckError: a media file cannot be read.
    """
    config = settings.config
    chapter, mistakes = read.parse_chapter(path, data, config, settings.names)
    library = Library(shelf)
    findings = rules.check_chapter(chapter, config, settings.on)
    questions, losses = render.render_chapter(chapter, config, library)
    done = render.rendered_chapter(chapter, questions, rules.compared(chapter, config))
    diagnostics = (*mistakes, *findings, *losses)
    return Result(done, diagnostics, tuple(library.asked.items()), library.named)


def is_current(result: Result, shelf: Shelf) -> bool:
    """Whether the media that a remembered result names are what they were.

    Raises:
        McqdeckError: a media file cannot be read.
    """
    return all(shelf.find(source) == found for source, found in result.asked)
