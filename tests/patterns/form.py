"""What the patterns of the rules for form match."""

from tests.patterns.examples import anywhere

EXAMPLES = {
    "rules.form.choose_mismatch._CHOOSE_NUMBER": anywhere(
        "⟨Choose two⟩ of them⟨. Select  the three⟩ best⟨: pick any four⟩⟨!mark exactly five⟩",
        "Which⟨?\tchoose only  six⟩",
        "Which\n⟨  choose the  two⟩ of⟨;pick any  1⟩⟨: select 9⟩⟨. mark exactly  3⟩⟨? pick one⟩",
        "Which ⟨(choose two⟩), ⟨.choose two⟩, ",
        "⟨Choose two⟩ oranges",
        "Choose two  or three. You may choose two. Choose twofold. Choose 0. Choose other two",
    ),
}
