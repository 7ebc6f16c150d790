"""Random chapters: sound in form, and in their parts as nasty as can be.

A chapter is a function of its number. Its parts hold lazy lines, fences with options in them, HTML
blocks, link definitions, footnotes, tabs, nested lists, headings in options, and words full of
marks; none is taken from a text that anything was tuned on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

# fmt: off
_WORDS = (
    "water", "ice", "the", "of", "a", "boils", "which", "não", "größer", "北京", "вода",
    "ماء", "x1", "snake_case_name", "2*3*4", "a*b", "*em*", "**strong**", "_em_",
    "__strong__", "***both***", "~~gone~~", "~one~", "`code`", "`` a ` b ``",
    "`- [ ] no`", "``", "`", "*", "**", "_", "#", "##", "-", "+", ">", ">=", "<", "<=",
    "<b>w</b>", "<kbd>K</kbd>", "<sub>2</sub>", "<br>", "<!-- r -->", "&amp;", "&lt;",
    "&copy;", "&#x41;", "&", "AT&T", "\\*", "\\#", "\\[", "\\\\", "\\`", "[a]",
    "[b][a]", "[no]", "[t](https://e.org/x)", "[t](<https://e.org/a b> 'T')", "[a][]",
    "![i](https://e.org/i.png)", "https://e.org/a_b_c", "www.e.org/x.",
    "<https://e.org>", "me@e.org", "[^f]", "[^g]", "[^none]", "[x]", "[ ]", "|", "a|b",
    "1.", "7)", "(1)", "A.", "=", "==", "---", '"q"', "'s", "…", "–", "é", "😀", "!",
    "?", ":", "x:y", "$5", "{n}", "^2", "@me", "#12", "%d", "\\", "\u00a0", "a\u200bb",
)
_CODE = (
    "def f(x):", "    return x", "- [ ] no option", "- [x] no option", "## no question",
    "# no title", "> no quote", "<!-- no comment -->", "", "\tx = 1", "| a | b |",
    "[c]: no", "```", "~~", "{% raw %}",
)
_HTML = (
    "<div>\n{}\n</div>", "<details>\n<summary>{}</summary>\n\n{}\n\n</details>",
    "<p>{}</p>", "<!-- {} -->", "<!--\n{}\n\n{}\n-->",
    "<table><tr><td>{}</td></tr></table>", "<b>{}</b>", "<div>\n\n{}\n\n</div>",
    "<pre>\n{}\n\n{}\n</pre>", "<ul><li>{}</li></ul>",
)
# fmt: on
_MARKERS = ("- ", "* ", "+ ", "-   ", "1. ", "1) ", "10. ")


class _Writer:
    """Writes the parts of one chapter."""

    def __init__(self, number: int) -> None:
        self.random = Random(number)

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def words(self, most: int = 8) -> str:
        return " ".join(self.random.choices(_WORDS, k=self.random.randint(1, most)))

    def sentence(self) -> str:
        """Words of which the first opens no block, so that the part is there."""
        return f"{self.random.choice(('What', 'Wie', 'Ice', 'Où', '水', 'It'))} {self.words()}"

    def paragraph(self) -> str:
        ends = ("\n", "  \n", "\\\n", "\n   ", "\n\t", "\n      ")
        text = self.sentence()
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            text += self.random.choice(ends) + self.sentence()
        return text

    def fence(self) -> str:
        mark = self.random.choice(("```", "~~~", "````"))
        lines = self.random.choices(_CODE, k=self.random.randint(0, 4))
        info = self.random.choice(("", "python", " js", "text title"))
        inside = "\n".join(line for line in lines if not line.startswith(mark[:3]))
        return f"{mark}{info}\n{inside}\n{mark}{self.random.choice(('', ' ', '  '))}"

    def indented(self) -> str:
        lines = self.random.choices([line for line in _CODE if line], k=2)
        return "\n".join(self.random.choice(("    ", "\t")) + line for line in lines)

    def html(self) -> str:
        pattern = self.random.choice(_HTML)
        plain = ("x", "a *b*", "water", "1 &lt; 2", "`c`")
        return pattern.format(*self.random.choices(plain, k=2))

    def items(self, depth: int = 0) -> str:
        """A list without boxes, tight or loose, with lists and other blocks in its items."""
        marker = self.random.choice(_MARKERS)
        items = []
        for _ in range(self.random.randint(1, 3)):
            item = self.paragraph()
            if depth < 2 and self.often(0.3):
                item += "\n" + self.items(depth + 1)
            if self.often(0.15):
                item += "\n\n" + self.blocks(1, depth + 1)
            items.append(hung(marker, item))
        return self.random.choice(("\n", "\n", "\n\n")).join(items)

    def quote(self, depth: int = 0) -> str:
        """A quote, at times with lazy lines, and with other blocks in it."""
        text = self.paragraph() if depth or self.often(0.7) else self.blocks(2, 1)
        lines = text.split("\n")
        is_lazy = self.often(0.3) and not any(
            line.startswith((" ", "\t")) or not line for line in lines
        )
        rest = (
            lines[1:]
            if is_lazy and is_prose(lines)
            else [f"> {line}".rstrip() for line in lines[1:]]
        )
        return "\n".join([self.random.choice(("> ", ">")) + lines[0], *rest])

    def table(self) -> str:
        cell = ("a", "*b*", "`c`", "a \\| b", "`x \\| y`", "", "[a]", "<br>", "北京")
        wide = self.random.randint(1, 3)
        rows = [self.random.choices(cell, k=wide) for _ in range(self.random.randint(1, 3))]
        rows[0] = [text or "h" for text in rows[0]]
        rule = self.random.choices(("---", ":--", "--:", ":-:"), k=wide)
        return "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))

    def definition(self) -> str:
        return self.random.choice(
            (
                "[a]: https://e.org/a",
                '[A]: <https://e.org/b> "T"',
                "[b]:\n  https://e.org/c\n  'T'",
                f"[^f]: {self.sentence()}",
                f"[^g]: {self.sentence()}\n\n    {self.sentence()}",
            )
        )

    def heading(self) -> str:
        """A heading of a level that is none of the chapter's: it stands in an item or a quote."""
        return self.random.choice(("# ", "#### ", "###### ")) + self.words(3)

    def blocks(self, most: int, depth: int = 0) -> str:
        """Blocks with a blank line between them, and at times without one where none is needed."""
        kinds: Sequence[Callable[[], str]] = (
            self.paragraph,
            self.paragraph,
            self.fence,
            self.indented,
            self.html,
            self.table,
            self.definition,
            lambda: self.items(depth),
            lambda: self.quote(depth),
            *([self.heading] if depth else []),
        )
        parts = [self.random.choice(kinds)() for _ in range(self.random.randint(1, most))]
        return "\n\n".join(parts)

    def option(self, marker: str, box: str) -> str:
        text = self.sentence() if self.often(0.5) else self.words() + " end"
        if self.often(0.2):
            text += self.random.choice(("\n", "\n  ", "  \n")) + self.sentence()
        if self.often(0.3):
            text += (
                self.random.choice(("\n\n", "\n"))
                + self.random.choice(
                    (self.fence, self.items, self.heading, self.table, self.html, self.indented)
                )()
            )
        elif self.often(0.15):
            text += "\n\n" + self.blocks(2, 1)
        if self.often(0.4):
            text += self.random.choice(("\n", "\n\n")) + self.quote(1)
        return hung(marker, f"{box} {text}", lazy=self.often(0.1))

    def options(self) -> str:
        marker = self.random.choice(_MARKERS)
        boxes = [
            "[x]",
            "[ ]",
            *self.random.choices(("[ ]", "[x]", "[X]"), k=self.random.randint(0, 2)),
        ]
        self.random.shuffle(boxes)
        gap = self.random.choice(("\n", "\n", "\n\n"))
        return gap.join(self.option(marker, box) for box in boxes)

    def question(self, number: int) -> str:
        comment = self.random.choice(
            ("", "", "<!-- level: recall -->", "<!--\nlevel: recall\ntags: a\n-->")
        )
        if self.often(0.4):
            head = [f"## {self.sentence()}{self.random.choice(('', ' #', ' ##'))}", comment]
        else:
            head = [f"## question-{number}", comment, "", self.paragraph()]
        parts = ["\n".join(head)]
        if self.often(0.4):
            parts.append(self.blocks(3))
            parts.append(self.paragraph())
        parts.append(self.options())
        kind = self.random.random()
        if kind < 0.4:
            parts.append("### Explanation\n\n" + self.blocks(3))
        elif kind < 0.6:
            parts.append(self.paragraph())
        if self.often(0.2):
            parts.append("### References\n\n" + self.items())
        return "\n\n".join(parts)

    def chapter(self) -> str:
        parts = [f"# Title {self.words(3)}"]
        if self.often(0.3):
            parts.append(self.blocks(2))
        parts += [self.question(number) for number in range(self.random.randint(1, 4))]
        parts += [self.definition() for _ in range(self.random.choice((0, 0, 1, 2)))]
        text = "\n\n".join(parts) + "\n"
        if self.often(0.1):
            text = text.replace("\n    ", "\n\t")
        return text.replace("\n", "\r\n") if self.often(0.1) else text


def hung(marker: str, text: str, *, lazy: bool = False) -> str:
    """A text as the item of a list; `lazy` leaves its second line at the margin, if it is prose."""
    lines = text.split("\n")
    indent = " " * len(marker)
    hanging = [f"{indent}{line}" if line else "" for line in lines[1:]]
    if lazy and is_prose(lines[:2]) and len(lines) > 1:
        hanging[0] = lines[1]
    return "\n".join([marker + lines[0], *hanging])


def is_prose(lines: Sequence[str]) -> bool:
    """Whether lines go on in one paragraph wherever they stand."""
    return all(line[:1].isalpha() for line in lines)


def random_chapter(number: int) -> str:
    """The chapter of a number."""
    return _Writer(number).chapter()
