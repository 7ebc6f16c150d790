"""What can be wrong with the form of a source: a function for each, and the table of them all.

A function's name is the diagnostic's name and its docstring the explanation: why the mistake hurts
a learner or an author, then what to write instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcqdeck.diagnostic import Edit, Finding, Rule, Severity
from mcqdeck.model import Place


def not_utf_8(where: Place, offset: int, encoding: str) -> Finding:
    """Text in another encoding turns letters into garbage on the card.

    Save the file as UTF-8; every editor can.
    """
    guess = f"; it looks like {encoding}" if encoding != "UTF-8" else ""
    return Finding(
        where,
        f"the file is not UTF-8 from byte {offset} on{guess}",
        "save the file with the encoding UTF-8",
    )


def front_matter_unclosed(where: Place) -> Finding:
    """Front matter without an end would make the whole chapter part of it.

    Close it with a line of three dashes, as it begins.
    """
    return Finding(
        where,
        "the front matter that begins here never ends",
        "put a line `---` after its last key",
        3,
    )


def bad_yaml(where: Place, problem: str, advice: str) -> Finding:
    """Metadata that cannot be read is metadata that the learner's tags and filters lack.

    Write `key: value`. A comment on one line separates its keys by commas; quote a value that has a
    colon or a comma in it.
    """
    return Finding(where, f"this is not YAML: {problem}", advice)


def unknown_key(where: Place, key: str, known: Sequence[str], suggestion: str | None) -> Finding:
    """A misspelt key is silently without effect in most tools; here it is an error.

    Use one of the known keys.
    """
    meant = f"; did you mean `{suggestion}`?" if suggestion else ""
    return Finding(
        where,
        f"unknown key `{key}`{meant}",
        f"write `{suggestion}`, or remove the key"
        if suggestion
        else f"use one of {_listed(known)}, or remove the key",
        max(1, len(key)),
    )


def bad_value(where: Place, key: str, value: str, allowed: str, length: int = 1) -> Finding:
    """A value that a key cannot have would be dropped, or would mean something else than it says.

    Write one of the values that the message lists.
    """
    return Finding(where, f"`{key}` cannot be {value}", f"write {allowed}", max(1, length))


def no_title(where: Place) -> Finding:
    """The first-level heading names the subdeck; without it a learner sees a file's name.

    Begin the chapter with `# Title`.
    """
    return Finding(
        where,
        "the chapter has no title",
        "put `# Title` on a line of its own above the first question; it names the subdeck",
    )


def two_titles(where: Place, first: Place) -> Finding:
    """A chapter is one subdeck and so has one first-level heading.

    Make the second one a file of its own, or a second-level heading if it is a question.
    """
    return Finding(
        where,
        f"a second title; the first is on line {first.line}",
        "move what follows to a chapter of its own, or make the heading `##` if it is a question",
    )


def no_questions(where: Place, what: str, advice: str) -> Finding:
    """A chapter without questions gives an empty subdeck, a bank without chapters nothing at all.

    Open each question with a second-level heading. A text that is no chapter is named `README.md`,
    or with a dot before its name.
    """
    return Finding(
        where,
        f"{what} has no questions",
        advice,
    )


def deck_toml_missing(where: Place, folder: str) -> Finding:
    """`deck.toml` holds the bank's permanent id, on which every learner's progress hangs.

    Give the folder a `deck.toml` with at least `id` and `title`; `mcqdeck init` makes one.
    """
    return Finding(
        where,
        f"the bank {folder!r} has no deck.toml",
        'make one with `id = "a-permanent-name"` and `title = "…"`, or start with `mcqdeck init`',
    )


def deck_toml_bad(where: Place, problem: str, advice: str) -> Finding:
    """Without a readable `deck.toml` it is unknown which bank this is.

    Fix the TOML; texts stand in double quotes, and `id` and `title` must be there.
    """
    return Finding(where, f"deck.toml cannot be used: {problem}", advice)


def bad_id(where: Place, text: str, advice: str, length: int = 1) -> Finding:
    """An id is permanent: a learner's reviews hang on it, and links point to it.

    Write it in lower-case letters, digits and single hyphens: `warm-handoff-next-step`.
    """
    return Finding(where, text, advice, max(1, length))


def missing_id(
    where: Place,
    derived: str,
    *,
    has_comment: bool,
    former: str = "",
    edits: tuple[Edit, ...] = (),
) -> Finding:
    """An id that comes from the stem changes with the stem: after a rewording, every learner gets
    the question again, without its history.

    Give the question an id of its own, as its heading or as `id:` in its comment.
    """
    return Finding(
        where,
        "the question has no id, so rewording it will look like a new question to Anki",
        (
            f"add `id: {derived}` to the comment under the heading"
            if has_comment
            else f"write `<!-- id: {derived} -->` under the heading"
        )
        + (f"; if it was published before version 1.0, `id: {former}`" if former else ""),
        edits=edits,
    )


def comment_unclosed(where: Place) -> Finding:
    """A comment without end hides everything after it on GitHub, later questions included.

    End it with `-->`.
    """
    return Finding(where, "the comment that begins here never ends", "put `-->` after it", 4)


def comment_misplaced(where: Place, problem: str, advice: str = "") -> Finding:
    """Metadata far from its question is not read, so an objective or a level would be missing.

    Put the comment, which begins with `<!--`, on the line under the question's heading.
    """
    return Finding(
        where,
        problem,
        advice or "put the comment on a line of its own directly under the `##` heading",
    )


def two_comments(where: Place, first: Place) -> Finding:
    """With two comments it is unclear which one counts.

    Put all keys into one comment.
    """
    return Finding(
        where,
        f"a second comment with metadata; the first is on line {first.line}",
        "put all keys into one comment, separated by commas or on a line each",
        4,
    )


def unknown_objective(where: Place, name: str, suggestion: str | None, config: str) -> Finding:
    """A question under an objective that does not exist is missing where a learner looks for it.

    Use an objective listed in `deck.toml`, or add it there.
    """
    meant = f"; did you mean `{suggestion}`?" if suggestion else ""
    return Finding(
        where,
        f"no objective `{name}`{meant}",
        f"write `{suggestion}`, or add `{name}` to [objectives] in {config}"
        if suggestion
        else f"add `{name}` to [objectives] in {config}, or use one that is there",
        max(1, len(name)),
    )


def no_options(where: Place) -> Finding:
    """A question without options cannot be practised as multiple choice.

    Write the options as one task list: `- [x]` before a right one, `- [ ]` before the others.
    """
    return Finding(
        where,
        "the question has no options",
        "list the options under the stem, one per line: `- [x] right`, `- [ ] wrong`",
    )


def bad_checkbox(where: Place, box: str, advice: str) -> Finding:
    """GitHub shows a damaged checkbox as text, and the option's mark would be lost.

    Write `- [ ] ` or `- [x] `, with one space between the brackets or none, and one after.
    """
    return Finding(
        where,
        f"`{box}` does not begin with a checkbox",
        advice,
        len(box),
    )


def option_list_broken(where: Place, what: str, width: int) -> Finding:
    """What stands at the left margin ends the list, so the options after it belong to another list.

    Indent the block by as much as the option's text, and it stays inside the option.
    """
    return Finding(
        where,
        f"{what} at the margin ends the list of options",
        f"indent it by {width} spaces, to where the option's text begins",
    )


def two_option_lists(where: Place, first: Place) -> Finding:
    """A question has one list of options; from two, no learner can tell which one is meant.

    Join them into one, or make the second part a question of its own.
    """
    return Finding(
        where,
        f"a second list of options; the first begins on line {first.line}",
        "make it one list with the same marker before every option, and move other text above it",
    )


def item_without_checkbox(where: Place) -> Finding:
    """An option without a checkbox is neither right nor wrong.

    Mark every item of the list.
    """
    return Finding(
        where, "an option without a checkbox", "begin it with `[ ]`, or with `[x]` if it is right"
    )


def lettered_options(where: Place, letter: str) -> Finding:
    """Letters written into the text are wrong as soon as the options are shuffled.

    Write a task list; the card gives the letters itself.
    """
    return Finding(
        where,
        f"an option that begins with the letter `{letter}`",
        "write the options as `- [x] right` and `- [ ] wrong`, without letters",
    )


def nested_options(where: Place) -> Finding:
    """An option inside another option is part of its text, so a learner could not choose it.

    Begin every option at the same column.
    """
    return Finding(
        where,
        "an option inside another option",
        "begin it at the same column as the other options",
    )


def options_outside_question(where: Place, part: str) -> Finding:
    """Options that belong to no stem are dropped.

    Put them under the question's stem, above its sections.
    """
    return Finding(
        where,
        f"a list of options {part}",
        "move it below the stem of its question, above any `###` heading",
    )


def rationale_not_last(where: Place) -> Finding:
    """A quote with text after it is not a rationale but part of the option, so it would be shown
    before the learner has answered.

    Let one quote end the option; whatever comes after it goes above it.
    """
    return Finding(
        where,
        "a quote that is not the end of its option",
        "put the rationale last in the option, as one quote; in a quote every line begins with `>`",
    )


def unknown_section(
    where: Place, title: str, suggestion: str | None, names: Sequence[str]
) -> Finding:
    """A section that the tool does not know would be missing on the card.

    The sections are `### Explanation` and `### References`, or their names in another language.
    """
    meant = f"; did you mean `{suggestion}`?" if suggestion else ""
    return Finding(
        where,
        f"no section is called `{title}`{meant}",
        f"write `### {suggestion}`"
        if suggestion
        else "use " + " or ".join(f"`### {name}`" for name in names),
    )


def duplicate_section(where: Place, title: str, first: Place) -> Finding:
    """Of two sections with the same name one would be lost.

    Join them.
    """
    return Finding(
        where,
        f"a second section `{title}`; the first is on line {first.line}",
        "join the two, or give the question that follows its own `##` heading",
    )


def stray_text(where: Place) -> Finding:
    """Text between the options and the explanation belongs to no field and would be lost.

    Move it into the stem or into the explanation.
    """
    return Finding(
        where,
        "text after the options that belongs to no section",
        "move it above the options or into the explanation, or indent it as part of an option",
    )


def heading_level(where: Place, level: int, problem: str, advice: str) -> Finding:
    """Headings are the file's structure: one out of place moves text to where nobody looks.

    `#` is the chapter's title, `##` opens a question, `###` one of its sections; a space follows
    the signs, or they are text to GitHub.
    """
    return Finding(where, problem, advice, level)


def fence_unclosed(where: Place, mark: str, *, end: str = "") -> Finding:
    """A code fence that never ends, or ends too late, swallows the questions after it.

    So does raw HTML such as `<pre>`, which `end` closes.

    Close it with the same mark, indented as it begins, directly after its code; or delete it, if
    there is no code.
    """
    if end:
        return Finding(
            where,
            f"the `{mark}` that begins here is not closed before the next question",
            f"write `{end}` after its text, or delete this line",
            len(mark),
        )
    return Finding(
        where,
        "the code fence that begins here is not closed before the next question",
        f"put a line {mark} after its code, indented as this line is, or delete this line",
        len(mark),
    )


def question_not_recognised(where: Place, options: str) -> Finding:
    """A question in another form is read as text: no learner ever gets it.

    Write it with a heading `##` and a task list; `mcqdeck import` does so for whole files.
    """
    return Finding(
        where,
        f"this looks like a question in another form (options: {options}), and is read as text",
        "open it with `## its-id` and write `- [x]` or `- [ ]` before each option",
    )


def merge_conflict(where: Place) -> Finding:
    """Git left both versions of a text in the file, and its marks between them.

    Keep one version, or join the two, and delete the lines `<<<<<<<`, `=======` and `>>>>>>>`.
    """
    return Finding(
        where,
        "a merge conflict begins here, so the file is not read",
        "keep one of the two versions, and delete the lines with the marks",
        7,
    )


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


MISTAKES: tuple[Rule, ...] = (
    Rule(Severity.ERROR, not_utf_8),
    Rule(Severity.ERROR, front_matter_unclosed),
    Rule(Severity.ERROR, bad_yaml),
    Rule(Severity.ERROR, unknown_key),
    Rule(Severity.ERROR, bad_value),
    Rule(Severity.ERROR, no_title),
    Rule(Severity.ERROR, two_titles),
    Rule(Severity.ERROR, no_questions),
    Rule(Severity.ERROR, deck_toml_missing),
    Rule(Severity.ERROR, deck_toml_bad),
    Rule(Severity.ERROR, bad_id),
    Rule(Severity.WARNING, missing_id),
    Rule(Severity.ERROR, comment_unclosed),
    Rule(Severity.ERROR, comment_misplaced),
    Rule(Severity.ERROR, two_comments),
    Rule(Severity.ERROR, unknown_objective),
    Rule(Severity.ERROR, no_options),
    Rule(Severity.ERROR, bad_checkbox),
    Rule(Severity.ERROR, option_list_broken),
    Rule(Severity.ERROR, two_option_lists),
    Rule(Severity.ERROR, item_without_checkbox),
    Rule(Severity.ERROR, lettered_options),
    Rule(Severity.ERROR, nested_options),
    Rule(Severity.ERROR, options_outside_question),
    Rule(Severity.ERROR, rationale_not_last),
    Rule(Severity.ERROR, unknown_section),
    Rule(Severity.ERROR, duplicate_section),
    Rule(Severity.ERROR, stray_text),
    Rule(Severity.ERROR, heading_level),
    Rule(Severity.ERROR, fence_unclosed),
    Rule(Severity.WARNING, question_not_recognised),
    Rule(Severity.ERROR, merge_conflict),
)
