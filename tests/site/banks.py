"""Banks of any size, for sites of any size."""

from __future__ import annotations

from pathlib import Path

LEVELS = ("recall", "application", "analysis")


def write_bank(
    folder: Path, chapters: int = 3, questions: int = 4, *, settings: str = "", id_: str = "sums"
) -> Path:
    """A bank of sums: `q1` asks for 1 + 1, `q2` for 2 + 2; the first option is the right one.

    The chapter's number is the objective, and levels take turns; odd questions have the tag `odd`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    objectives = "".join(f'O{n} = "Objective {n}"\n' for n in range(1, chapters + 1))
    head = f'id = "{id_}"\ntitle = "Sums"\ndescription = "All about **sums**. And more."\n'
    (folder / "deck.toml").write_text(
        f'{head}{settings}\n[objectives]\n{objectives}\n[rules]\nset = "off"\n', encoding="utf-8"
    )
    number = 0
    for chapter in range(1, chapters + 1):
        text = [f"# {chapter:02} Chapter {chapter}\n"]
        for _ in range(questions):
            number += 1
            text.append(question(number, f"O{chapter}"))
        (folder / f"{chapter:02}-chapter.md").write_text("\n".join(text), encoding="utf-8")
    return folder


def question(number: int, objective: str) -> str:
    """The source of one of its questions."""
    tag = ", tags: [odd]" if number % 2 else ""
    level = LEVELS[number % 3]
    return f"""## q{number}
<!-- objective: {objective}, level: {level}, difficulty: {number % 5 + 1}{tag} -->

What is {number} + {number}?

- [x] {2 * number}
- [ ] {2 * number + 1}
  > One too many for {number}.
- [ ] {2 * number + 2}

### Explanation

Twice {number} is {2 * number}, so the sum is called a double.

### References

- Book {number}
"""
