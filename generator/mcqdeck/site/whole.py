"""All files of a bank's site, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from mcqdeck.model import Place, RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack import card
from mcqdeck.pack.faces import style_with_addresses
from mcqdeck.render.mathml import STYLE as MATH_STYLE
from mcqdeck.site import bank_script, media, offline, scripts
from mcqdeck.site.addresses import chapter_keys, chapter_titles, question_page, source_address
from mcqdeck.site.bank_script import ChapterEntry, bank_data, level_name, question_data
from mcqdeck.site.card_script import FIELD_NAMES, Rows, card_script
from mcqdeck.site.description import description
from mcqdeck.site.pages import Pages, safe, summary_of, title_of
from mcqdeck.site.texts import Texts
from mcqdeck.words import direction_of, words_for

_STYLES = ("assets/card.css", "assets/site.css")
_ABOVE = "../"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a site: its path, relative and with forward slashes, and its bytes."""

    path: str
    data: bytes


_PLAIN = File(".nojekyll", b"")
"""Tells GitHub Pages to serve all files as they are, those too whose names begin with `_`."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands on the pages of one chapter."""

    entry: ChapterEntry
    questions: tuple[RenderedQuestion, ...]


class Site:
    """The site of a bank. `deck` are the bytes of its package for Anki, if it can be offered."""

    def __init__(self, rendered: RenderedBank, deck: bytes | None = None) -> None:
        config = rendered.config
        self._rendered, self._deck = rendered, deck
        # The site has a clock, strikes and buttons of its own, and no editor to look an id up in.
        self._card = replace(
            config, answer_on_choice=False, strike_out=False, timer=False, show_id=True
        )
        self._words = words_for(config.language, config.words)
        self._media = media.MediaFiles(rendered.media)
        self._texts = Texts(self._media.sizes)
        self._digests: dict[str, str] = {}

    @property
    def unread_formulas(self) -> tuple[tuple[str, Place], ...]:
        """The formulas that show as their source, once all files were made."""
        return tuple(self._texts.unread)

    def files(self) -> Iterator[File]:
        """The files of the site, each path once; for the same bank always the same bytes.

        Raises:
            McqdeckError: a media file cannot be read.
        """
        for path, data in self._media.files():
            yield self._noted(path, data)
        yield from self._assets()
        pages = self._pages()
        shown: list[_Shown] = []
        for chapter, key, title in self._chapters():
            made = self._chapter(chapter, key, title)
            yield self._noted(f"data/{key}.js", made[1])
            shown.append(made[0])
        yield from self._lists(pages, shown)
        yield from self._question_pages(pages, shown)
        entries = [shown_chapter.entry for shown_chapter in shown]
        questions = question_data(self._rendered, self._words, entries)
        yield self._noted("bank.js", scripts.call("receiveQuestions", questions))
        yield self._first_page(pages, entries)
        yield from self._app()

    def _noted(self, path: str, data: bytes) -> File:
        self._digests[path] = scripts.digest(data)
        return File(path, data)

    def _address(self, path: str) -> str:
        return f"{path}?v={self._digests[path]}"

    def _assets(self) -> Iterator[File]:
        bank = self._rendered
        yield self._noted("assets/look.js", scripts.asset("look.js"))
        for name in sorted({name for names in scripts.LATER.values() for name in names}):
            yield self._noted(f"assets/{name}.js", scripts.asset(f"{name}.js"))
        yield self._noted("assets/faces.js", card_script(self._card, has_sound=bank.has_sound))
        for path, style in zip(_STYLES, self._styles(), strict=True):
            yield self._noted(path, style.encode())
        if bank.style:
            addresses = self._media.addresses()
            style = style_with_addresses(bank.style, lambda name: addresses.get(name, name))
            yield self._noted("style.css", style.encode())
        for name in scripts.BINARY:
            yield self._noted(f"assets/{name}", scripts.asset(name))

    def _styles(self) -> tuple[str, ...]:
        """The card's own style and the site's, in the order of `_STYLES`."""
        own = card.style(self._card, "", has_sound=self._rendered.has_sound)
        return own, scripts.asset("site.css").decode() + MATH_STYLE

    def _pages(self) -> Pages:
        config = self._rendered.config
        styles = [*_STYLES, *(["style.css"] if self._rendered.style else [])]
        return Pages(
            self._words,
            bank_script.all_words(self._words),
            config=config,
            spoken=self._words.language,
            direction=self._words.direction,
            is_turned=direction_of(config.language) == "rtl",
            styles=[self._address(style) for style in styles],
            look=self._address("assets/look.js"),
        )

    def _chapters(self) -> Iterator[tuple[RenderedChapter, str, str]]:
        """Each chapter with its key and the title that tells it from the others."""
        bank = self._rendered
        chapters = [chapter for chapter in bank.chapters if chapter.entries]
        keys, titles = chapter_keys(chapters, bank.folder), chapter_titles(chapters, bank.folder)
        yield from zip(chapters, keys, titles, strict=True)

    def _chapter(self, chapter: RenderedChapter, key: str, title: str) -> tuple[_Shown, bytes]:
        """What stands in a chapter, and the script that hands over its questions."""
        rows = Rows(self._rendered, self._texts, self._media.addresses())
        here = tuple(chapter.questions)
        data = scripts.call(
            "receiveChapter", key, [rows.row(question, chapter) for question in here]
        )
        address = f"data/{key}.js?v={scripts.digest(data)}"
        page = f"c/{key}.html"
        entry = ChapterEntry(key, title, chapter.title, address, page, chapter.entries)
        return _Shown(entry, here), data

    def _lists(self, pages: Pages, shown: Sequence[_Shown]) -> Iterator[File]:
        """A page for each chapter, with the stems of its questions."""
        for place, chapter in enumerate(shown):
            yield File(
                chapter.entry.page,
                pages.page(
                    "chapter.html",
                    above=_ABOVE,
                    chapter=chapter.entry,
                    previous=shown[place - 1].entry if place else None,
                    following=shown[place + 1].entry if place + 1 < len(shown) else None,
                    questions=[
                        (question_page(rendered.question), summary_of(rendered.stem), rendered)
                        for rendered in chapter.questions
                    ],
                ),
            )

    def _question_pages(self, pages: Pages, shown: Sequence[_Shown]) -> Iterator[File]:
        addresses = self._media.addresses(_ABOVE)
        objectives = dict(self._rendered.config.objectives)
        for chapter in shown:
            pages_here = [question_page(rendered.question) for rendered in chapter.questions]
            for place, rendered in enumerate(chapter.questions):
                question = rendered.question
                yield File(
                    pages_here[place],
                    pages.page(
                        "question.html",
                        above=_ABOVE,
                        chapter=chapter.entry,
                        place=place + 1,
                        title=title_of(rendered.stem) or question.id,
                        summary=summary_of(rendered.stem),
                        question=question,
                        parts=self._parts(rendered, addresses),
                        objective=objectives.get(question.objective or "", ""),
                        level=level_name(question.level, self._words) if question.level else "",
                        source=source_address(question, self._rendered),
                        previous=pages_here[place - 1] if place else "",
                        following=pages_here[place + 1] if place + 1 < len(pages_here) else "",
                    ),
                )

    def _parts(self, rendered: RenderedQuestion, addresses: Mapping[str, str]) -> dict[str, object]:
        def ready(html: str) -> Markup:
            return safe(self._texts.ready(html, addresses, rendered.question.where))

        return {
            "stem": ready(rendered.stem),
            "options": [
                {
                    "letter": option.letter,
                    "is_correct": option.is_correct,
                    "html": ready(option.html),
                    "rationale": ready(option.rationale),
                }
                for option in rendered.options
            ],
            "explanation": ready(rendered.explanation),
            "references": ready(rendered.references),
            "notice": ready(rendered.notice),
            "choose": sum(option.is_correct for option in rendered.options),
        }

    def _bank_script(self, entries: Sequence[ChapterEntry]) -> str:
        data = bank_data(self._rendered, self._words, entries, FIELD_NAMES)
        names = {name for names in scripts.LATER.values() for name in names} | {"faces"}
        addresses = {name: self._address(f"assets/{name}.js") for name in sorted(names)}
        addresses["bank"] = self._address("bank.js")
        given = data | {"scripts": addresses, "needs": scripts.LATER}
        return scripts.call("receiveBank", given).decode()

    def _first_page(self, pages: Pages, entries: Sequence[ChapterEntry]) -> File:
        config = self._rendered.config
        lead, whole = description(config.description)
        questions = [question for entry in entries for question in entry.questions]
        active = [question for question in questions if question.retired is None]
        # All that the first view needs is one file: a phone waits for each request more than for
        # its bytes.
        style = "\n".join(self._styles())
        look = scripts.asset("look.js").decode()
        script = f"{scripts.joined(scripts.FIRST).decode()}\n{self._bank_script(entries)}"
        data = pages.page(
            "index.html",
            above="",
            chapters=entries,
            lead=lead,
            description=safe(whole),
            style=safe(style),
            look_script=safe(look),
            script=safe(script),
            permits=[scripts.permit(text) for text in (look, script)],
            permits_style=scripts.permit(style),
            bank_style=self._address("style.css") if self._rendered.style else "",
            count=len(active),
            cards=sum(question.has_flashcard for question in active) if config.flashcards else 0,
            deck=f"{config.id}.apkg" if self._deck is not None else "",
        )
        return self._noted("index.html", data)

    def _app(self) -> Iterator[File]:
        config = self._rendered.config
        yield self._noted("manifest.webmanifest", offline.manifest(config, self._words))
        first = {
            path: digest
            for path, digest in self._digests.items()
            if not path.startswith(("data/", f"{media.FOLDER}/"))
        }
        later = {path: digest for path, digest in self._digests.items() if path not in first}
        yield File("sw.js", offline.worker(config.id, first, later))
        if self._deck is not None:
            yield File(f"{config.id}.apkg", self._deck)
        yield _PLAIN


def front_page(banks: Sequence[RenderedBank]) -> Iterator[File]:
    """The page that leads to the sites of several banks, each in a folder named by its id."""
    config = banks[0].config
    words = words_for(config.language, config.words)
    files = {
        "assets/look.js": scripts.asset("look.js"),
        "assets/card.css": card.style(config, "").encode(),
        "assets/site.css": scripts.asset("site.css"),
    }
    addresses = {path: f"{path}?v={scripts.digest(data)}" for path, data in files.items()}
    for path, data in files.items():
        yield File(path, data)
    pages = Pages(
        words,
        bank_script.all_words(words),
        config=config,
        spoken=words.language,
        direction=words.direction,
        is_turned=direction_of(config.language) == "rtl",
        styles=[addresses[style] for style in _STYLES],
        look=addresses["assets/look.js"],
    )
    entries = [
        (
            rendered.config,
            description(rendered.config.description)[0],
            sum(entry.retired is None for entry in rendered.entries),
        )
        for rendered in banks
    ]
    yield File("index.html", pages.page("banks.html", above="", banks=entries))
    yield _PLAIN
