"""The mistakes that show when a bank is rendered; each docstring is the mistake's explanation."""

from __future__ import annotations

from mcqdeck.diagnostic import Finding, Rule, Severity
from mcqdeck.model import Place


def unsafe_html(where: Place, message: str, cure: str, *, length: int = 1) -> Finding:
    """A learner would see a gap: what a card may not hold is taken out before it reaches Anki.

    Scripts, styles, forms, frames, event handlers and links that Anki cannot open are not for
    cards, since anyone's contribution may carry them. Write Markdown instead; put HTML that is
    meant to be read in backticks; link to full `https://` addresses.
    """
    return Finding(where, message, cure, length)


def unsafe_math(where: Place, command: str, *, defines: bool) -> Finding:
    r"""A formula must not act: a learner's click, network or later cards are none of its business.

    MathJax knows commands that make links (`\href`), set styles (`\style`), or define others for
    all cards that follow (`\def`). Write the formula with the commands of ordinary mathematics.
    """
    shown = command if len(command) <= 40 else command[:39] + "…"
    what = (
        "changes what later formulas mean"
        if defines
        else "is no command of ordinary mathematics that a card allows"
    )
    return Finding(
        where,
        f"`{shown}` {what}",
        "write the formula without it; to show the command as text, put it in backticks",
        max(1, len(shown)),
    )


def template_braces(where: Place, signs: str) -> Finding:
    """A learner would see raw braces: cloze deletions and template fields do nothing on this card.

    Write the question with options. To show the braces as text, put them in backticks.
    """
    return Finding(
        where,
        f"`{signs}…` is Anki's template syntax, which a question cannot use",
        "put it in backticks to show it as it is, or leave it out",
        len(signs),
    )


def math_unclosed(where: Place, signs: str) -> Finding:
    r"""A learner would see LaTeX source in the place of a formula, as its dollar sign never closes.

    End the formula with `$` (or `$$`) in the same paragraph, directly after its last character and
    before no letter or digit. For a dollar sign, write `\$`.
    """
    dollars = "$$" if signs.startswith("$$") else "$"
    return Finding(
        where,
        f"the formula that begins with `{signs}` never ends in its paragraph",
        f"end it with `{dollars}`, no space before it; for a dollar sign write `\\$`",
        len(signs),
    )


def unknown_syntax(where: Place, text: str, what: str, cure: str, *, length: int = 1) -> Finding:
    """A learner would see raw marks: this was meant as something that a card does not know.

    Other programs (Obsidian, Pandoc, MkDocs …) have marks of their own. Write it in GitHub's
    Markdown; to show the marks as they are, put them in backticks.
    """
    shown = text if len(text) <= 40 else text[:39] + "…"
    return Finding(where, f"`{shown}` is {what}", cure, length)


def unused_definition(where: Place, label: str, *, is_footnote: bool) -> Finding:
    """A text that nothing leads to: GitHub does not show it, and no learner ever sees it.

    Link to it where it belongs, or delete it.
    """
    sign = f"[^{label}]" if is_footnote else f"[text][{label}]"
    what = "footnote" if is_footnote else "link definition"
    return Finding(
        where,
        f"nothing refers to the {what} `{label}`",
        f"write `{sign}` where it belongs, or delete the definition",
    )


def media_missing(where: Place, path: str, near: str | None, *, length: int = 1) -> Finding:
    """A learner would see a broken image or hear nothing: no file of the bank has this path.

    Paths start at the bank's folder, and letter case counts, as it does on GitHub and on phones.
    Write the path of a file that is there, or add the file.
    """
    if near is None:
        return Finding(
            where, f"no file `{path}` in the bank", "add the file, or mend its path", length
        )
    case = near.casefold() == path.casefold()
    message = f"no file `{path}` in the bank" + (", only in other letter case" if case else "")
    return Finding(where, message, f"did you mean `{near}`?", length)


def media_outside_bank(where: Place, path: str, *, length: int = 1) -> Finding:
    """A learner would not get the file: only what lies in the bank's folder goes into its package.

    A path that leads out by `..`, from the root of the disk or through a symbolic link works on one
    machine only. Copy the file into the bank and name it by its path there.
    """
    return Finding(
        where, f"`{path}` is outside the bank", "copy the file into the bank's folder", length
    )


def media_remote(where: Place, url: str, *, length: int = 1) -> Finding:
    """A learner without network sees a broken image, and its server sees each review.

    Save the file in the bank's folder and name it by its path there.
    """
    return Finding(
        where,
        f"`{url}` stays on the web and is fetched at each review",
        "save it in the bank's folder and write its path",
        length,
    )


def media_type(where: Place, path: str, *, length: int = 1) -> Finding:
    """A learner would see nothing: not every Anki shows or plays files of this type.

    Images may be png, jpg, gif, webp or svg; sounds mp3, ogg, wav or m4a. Convert the file.
    """
    return Finding(
        where,
        f"`{path}` is of a type that Anki does not show",
        "convert it to png, jpg, gif, webp or svg, or a sound to mp3, ogg, wav or m4a",
        length,
    )


def media_unused(where: Place) -> Finding:
    """A learner misses an image that was meant for a question: no question names this file.

    Name it where it belongs, or delete it.
    """
    return Finding(where, "no question names this file", "name it in a question, or delete it")


def duplicate_option(where: Place, first: Place) -> Finding:
    """Two options that read the same leave only luck between them.

    What the learner sees is compared: text and images, with white space and letter case folded
    except in code. Reword one of them, or take it out.
    """
    return Finding(
        where,
        f"reads the same as the option on line {first.line}",
        "reword one of the two, or take it out",
    )


MISTAKES: tuple[Rule, ...] = (
    Rule(Severity.ERROR, unsafe_html),
    Rule(Severity.ERROR, unsafe_math),
    Rule(Severity.ERROR, template_braces),
    Rule(Severity.ERROR, math_unclosed),
    Rule(Severity.WARNING, unknown_syntax),
    Rule(Severity.WARNING, unused_definition),
    Rule(Severity.ERROR, duplicate_option),
    Rule(Severity.ERROR, media_missing),
    Rule(Severity.ERROR, media_outside_bank),
    Rule(Severity.ERROR, media_type),
    Rule(Severity.WARNING, media_remote),
    Rule(Severity.WARNING, media_unused),
)
