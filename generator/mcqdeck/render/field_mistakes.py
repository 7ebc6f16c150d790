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
    r"""A formula may only show mathematics: no links, no requests, no effect on later cards.

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

    A path starts at the folder of the file that names it, and letter case counts, as it does on
    GitHub and on phones.
    Write the path of a file that is there, or add the file.
    """
    if near is None:
        return Finding(
            where, f"no file `{path}` in the bank", "add the file, or correct its path", length
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
    """A learner without a network sees a broken image, and the image's server sees each review.

    Save the file in the bank's folder and name it by its path there.
    """
    return Finding(
        where,
        f"`{url}` stays on the web and is fetched at each review",
        "save it in the bank's folder and write its path",
        length,
    )


def media_type(where: Place, path: str, *, length: int = 1, is_styled: bool = False) -> Finding:
    """A learner would see nothing: not every Anki shows or plays files of this type.

    Images may be png, jpg, gif, webp or svg; sounds mp3, ogg, wav or m4a; videos mp4 or webm. A
    style may also name fonts: woff2, woff, ttf or otf. Convert the file.
    """
    return Finding(
        where,
        f"`{path}` is of a type that Anki does not show",
        "name an image (png, jpg, gif, webp, svg) or a font (woff2, woff, ttf, otf)"
        if is_styled
        else "convert it to png, jpg, gif, webp or svg, a sound to mp3, ogg, wav or m4a, or a "
        "video to mp4 or webm",
        length,
    )


def media_on_request(where: Place, path: str, *, length: int = 1) -> Finding:
    """A learner at a computer hears nothing: Anki plays these formats by itself, but its cards do
    not, and in an option or its reason a sound plays only when the learner asks for it.

    Convert a sound to mp3, ogg or wav, and a video to webm.
    """
    return Finding(
        where,
        f"cards on a computer do not play `{path}` when asked to, as in an option they must",
        "convert it to webm" if path.lower().endswith("mp4") else "convert it to mp3, ogg or wav",
        length,
    )


def media_unused(where: Place, *, is_for_style: bool = False) -> Finding:
    """A learner misses an image that was meant for a question: nothing in the bank names this file.

    Name it where it belongs, or delete it.
    """
    if is_for_style:
        message = "neither `style.css` nor a question names this file"
        return Finding(where, message, "name it in `style.css`, or delete it")
    return Finding(where, "no question names this file", "name it in a question, or delete it")


def not_compiled(where: Place, name: str) -> Finding:
    """A learner gets nothing of what this file holds: it is neither a chapter nor an image, a
    sound, a video, a font or a style.

    A chapter's name ends in `.md`. What is not for learners lies outside the bank, or has a name
    that begins with a dot; `README` and `LICENSE` are for readers.
    """
    stem, _, ending = name.rpartition(".")
    if name.rpartition("/")[2] == "deck.toml":
        problem = "a bank within the bank: nothing in this folder is compiled"
        return Finding(where, problem, "move the folder out of the bank, or delete this file")
    if name.endswith("/"):
        return Finding(
            where, "a link to a folder, which is not followed", "put the folder itself here"
        )
    is_text = ending.lower() in ("markdown", "mdown", "mdwn", "mkd", "mkdn", "txt", "text")
    return Finding(
        where,
        "this file is not compiled",
        f"rename it to `{stem.rpartition('/')[2]}.md` if it is a chapter; else move it elsewhere"
        if is_text
        else "move it out of the bank, or put a dot before its name",
    )


def bad_css(where: Place, problem: str) -> Finding:
    """What is not closed swallows the rules after it, and a learner sees a card without them.

    Close each bracket, quote and comment of a style sheet.
    """
    return Finding(where, f"this is not CSS: {problem}", "close or delete it")


def style_remote(where: Place, url: str) -> Finding:
    """Without a network a learner sees the card without it, and its server sees each review.

    Put the font or the image into the bank's folder and name it by its path there.
    """
    shown = url if len(url) <= 60 else url[:59] + "…"
    return Finding(
        where,
        f"`{shown}` is not in the package and is fetched at each review",
        "save it in the bank's folder and write its path",
    )


def style_import(where: Place, problem: str) -> Finding:
    """A learner would not get this style. A sheet that is imported is written into the card's style
    where `@import` stands, and that is above all other rules.

    Write `@import "file.css";`, with a media query if need be, at the top of `style.css`, or put
    the rules into `style.css` themselves.
    """
    return Finding(
        where,
        f"this `@import` {problem}",
        'write `@import "file.css";` at the top, or copy the rules of that file',
        len("@import"),
    )


def duplicate_option(where: Place, first: Place) -> Finding:
    """Two options that read the same leave only luck between them.

    What the learner sees is compared: text, superscripts and subscripts, and images, with white
    space and letter case folded except in code. Reword one of them, or take it out.
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
    Rule(Severity.WARNING, media_on_request),
    Rule(Severity.WARNING, media_remote),
    Rule(Severity.WARNING, media_unused),
    Rule(Severity.WARNING, not_compiled),
    Rule(Severity.ERROR, bad_css),
    Rule(Severity.WARNING, style_remote),
    Rule(Severity.WARNING, style_import),
)
