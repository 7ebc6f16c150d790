"""What an import or an export does, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.plan import Entry, Fate, Plan
from mcqdeck.exchange.formats import Format
from mcqdeck.exchange.item import Item, LeftOut
from mcqdeck.report.summary import counted

_MOST_LISTED = 20


def listed(formats: Iterable[Format]) -> Iterator[str]:
    """A line for each form: its name, and what it is."""
    rows = [(form.name, form.title) for form in formats]
    width = max((len(name) for name, _ in rows), default=0)
    return (f"{name:<{width}}  {title}" for name, title in rows)


def in_full(plan: Plan) -> Iterator[str]:
    """A line for each question, in the order of the sources: what becomes of it, or why nothing."""
    lines = [(entry.item.where, _entry(entry)) for entry in plan.entries]
    lines += [(left.where, _left_out(left)) for left in plan.left_out]
    order = {path: number for number, path in enumerate(dict.fromkeys(w.path for w, _ in lines))}
    for _, line in sorted(lines, key=lambda told: (order[told[0].path], told[0])):
        yield line


def in_short(plan: Plan, bank: str, *, is_dry: bool) -> Iterator[str]:
    """How many questions come in, how many do not and why, and what was not kept."""
    fates = Counter(entry.fate for entry in plan.entries)
    chapters = len({entry.path for entry in plan.new})
    made = "would come" if is_dry else "came"
    place = f"into {counted(chapters, 'new chapter')} of {bank}" if chapters else "in"
    yield f"{len(plan.new):,} of {counted(plan.count, 'question')} {made} {place}{_rest(plan)}"
    if not is_dry:
        yield from _left_out_lines(plan.left_out)
    for fate in (Fate.SAME, Fate.CHANGED, Fate.TWICE):
        if fates[fate]:
            yield f"  {fates[fate]:,} {_FATES[fate]}"
    if unmarked := sum(not entry.item.right for entry in plan.new):
        yield f"  {unmarked:,} without a marked answer: mark it in the bank, where check shows it"
    for remark in plan.remarks:
        yield f"  note: {remark}"


def written(path: str, questions: int, size: int) -> str:
    """`my-exam.xml: 42 questions (31 kB)`."""
    shown = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"
    return f"{path}: {counted(questions, 'question')} ({shown})"


_FATES = {
    Fate.SAME: "in the bank already",
    Fate.CHANGED: "in the bank already under the same name; the bank's own wording stays",
    Fate.TWICE: "repeated in these files",
}


def _rest(plan: Plan) -> str:
    if not plan.left_out:
        return ""
    kinds = Counter(left.kind.value for left in plan.left_out)
    reasons = ", ".join(
        f"{number} {kind}"
        for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair))
    )
    return f"; {len(plan.left_out):,} left out: {reasons}"


def _left_out_lines(left_out: tuple[LeftOut, ...]) -> Iterator[str]:
    for left in left_out[:_MOST_LISTED]:
        yield f"  {_left_out(left)}"
    if (more := len(left_out) - _MOST_LISTED) > 0:
        yield f"  … and {more:,} more; --dry-run lists all"


def _left_out(left: LeftOut) -> str:
    words = f' "{left.words}"' if left.words else ""
    return (
        f"{left.where.path}:{left.where.line}: left out, {left.kind.value}:{words} ({left.reason})"
    )


def _entry(entry: Entry) -> str:
    where = f"{entry.item.where.path}:{entry.item.where.line}"
    words = words_of(entry.item.stem)
    if entry.fate is Fate.NEW:
        return f'{where}: new: "{words}"{_marks(entry.item)} -> {entry.path}#{entry.id}'
    return f'{where}: {entry.fate.value} as `{entry.id}`: "{words}"'


def _marks(item: Item) -> str:
    marks = [] if item.right == 1 else [f"{item.right or 'no'} right options"]
    return "".join(f" ({mark})" for mark in (*marks, *item.remarks))
