"""Links, images and footnote references: brackets that a target, a label or a definition ends."""

from __future__ import annotations

from mcqdeck.markdown.inlines.delimiter_runs import Close, Open, Run, Runs
from mcqdeck.markdown.inlines.pieces import Piece, nested, shown
from mcqdeck.markdown.references import LABEL, normal, past_gap, target, title
from mcqdeck.markdown.tree import Definition, Document, Inline, Kind

LONGEST_LABEL = 1000


class Bracket:
    """An opening bracket at `at` that waits for its end; `index` is its piece."""

    __slots__ = ("at", "has_bracket_after", "index", "is_image", "run")

    def __init__(self, at: int, index: int, run: Run | None, *, is_image: bool) -> None:
        self.at = at
        self.index = index
        self.run = run
        self.is_image = is_image
        self.has_bracket_after = False

    @property
    def inside(self) -> int:
        """Where the text in the brackets begins."""
        return self.at + 1 + self.is_image


class Brackets:
    """The brackets of a text that are open. What they become replaces their pieces."""

    def __init__(self, text: str, pieces: list[Piece], runs: Runs, document: Document) -> None:
        self._text = text
        self._pieces = pieces
        self._runs = runs
        self._document = document
        self._open: list[Bracket] = []
        self._first_active = 0

    @property
    def is_open(self) -> bool:
        """Whether a bracket waits for its end."""
        return bool(self._open)

    def open(self, at: int, *, is_image: bool) -> None:
        """Adds `[` or `![`."""
        if self._open:
            self._open[-1].has_bracket_after = True
        signs = "![" if is_image else "["
        self._pieces.append(Inline(Kind.TEXT, at, at + len(signs), signs))
        run = self._runs.last
        self._open.append(Bracket(at, len(self._pieces) - 1, run, is_image=is_image))

    def close(self, at: int) -> int:
        """Takes `]`: where the link, image or footnote reference ends; 0 if it ends none."""
        if not self._open:
            return 0
        bracket = self._open.pop()
        is_active = bracket.is_image or len(self._open) >= self._first_active
        self._first_active = min(self._first_active, len(self._open))
        link = self._find(bracket, at) if is_active else None
        if not link:
            return self._footnote(bracket, at)
        said, end = link
        self._runs.resolve(bracket.run)
        if bracket.is_image:
            children = nested(self._pieces[bracket.index + 1 :])
            image = Inline(
                Kind.IMAGE, bracket.at, end, shown(children), children, said.target, said.title
            )
            self._pieces[bracket.index :] = [image]
        else:
            self._pieces[bracket.index] = Open(Kind.LINK, bracket.at, said.target, said.title)
            self._pieces.append(Close(end))
            self._first_active = len(self._open)
        return end

    def _footnote(self, bracket: Bracket, at: int) -> int:
        """Where a footnote reference with a definition ends, now in the pieces; else 0."""
        if not self._document.footnotes or not self._text.startswith("^", bracket.at + 1):
            return 0
        label = normal(self._text[bracket.at + 2 : at])
        if bracket.is_image or label not in self._document.footnotes:
            return 0
        self._runs.resolve(bracket.run)
        self._document.used.add(f"^{label}")
        reference = Inline(Kind.FOOTNOTE, bracket.at, at + 1, label)
        self._pieces[bracket.index :] = [reference]
        return at + 1

    def _find(self, bracket: Bracket, at: int) -> tuple[Definition, int] | None:
        """The target and title after the `]` at `at`, and where they end."""
        if self._text.startswith("(", at + 1) and (link := self._inline(at + 2)):
            return link
        label, end = None, at + 1
        if reference := LABEL.match(self._text, at + 1):
            label, end = reference[1], reference.end()
        elif self._text.startswith("[]", at + 1):
            end = at + 3
        if label is None:
            if bracket.has_bracket_after or at - bracket.inside > LONGEST_LABEL:
                return None
            label = self._text[bracket.inside : at]
        definitions = self._document.definitions
        if not definitions:
            return None
        name = normal(label)
        said = definitions.get(name)
        if said is None:
            return None
        self._document.used.add(name)
        return said, end

    def _inline(self, at: int) -> tuple[Definition, int] | None:
        """The target and title in parentheses, of which the first stands before `at`."""
        address = target(self._text, past_gap(self._text, at))
        if not address:
            return None
        url, end = address
        after = past_gap(self._text, end)
        named = title(self._text, after) if after > end else None
        if named:
            after = past_gap(self._text, named[1])
        if not self._text.startswith(")", after):
            return None
        return Definition(url, named[0] if named else ""), after + 1
