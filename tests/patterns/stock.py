"""What the patterns for stock options match."""

from tests.patterns.examples import at_start, found

EXAMPLES = {
    "stock_options._LABEL": at_start(
        "⟨(a) ⟩All of these",
        "⟨  (h)  ⟩All of these",
        "⟨D. ⟩All of these",
        "⟨d) ⟩All of these",
        "⟨D: ⟩All of these",
        "⟨A. ⟩All of these",
        "⟨h. ⟩All of these",
        "(i) All of these",
        "i. All of these",
        "(d)All of these",
        "d.All of these",
        "d All of these",
    ),
    "stock_options._ALL": at_start(
        "⟨All⟩ of the above",
        "⟨**each⟩** of these",
        "⟨any⟩ of these",
        "⟨every⟩ answer",
        "⟨everything⟩ above",
        "⟨They are all⟩ correct",
        "⟨they  are  all⟩ correct",
        "They all are",
        "Allow it",
        "It is all of them",
    ),
    "stock_options._NONE": at_start(
        "⟨None⟩ of the above",
        "⟨**neither⟩** of these",
        "⟨no⟩ answer",
        "⟨nothing⟩ listed",
        "Nobody",
        "It is none of them",
    ),
    "stock_options._QUANTITY": at_start(
        "⟨Some⟩ of them",
        "⟨**most⟩** of them",
        "⟨half⟩ of them",
        "⟨many⟩ of them",
        "⟨few⟩ of them",
        "⟨several⟩ of them",
        "⟨a few⟩ of them",
        "⟨one⟩ of them",
        "⟨two⟩ of them",
        "Something",
        "It is one of them",
    ),
    "stock_options._WORD": found("⟨none⟩ ⟨of⟩_⟨C4⟩, ⟨it⟩'⟨s⟩", "_ — …"),
}
