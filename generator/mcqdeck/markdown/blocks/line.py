"""A line of source with a cursor that counts columns as CommonMark does: a tab stops at fours."""

from __future__ import annotations

from mcqdeck.markdown.pattern import pattern

TAB = 4
NON_SPACE = pattern(r"[^ \t]")


class Line:
    """The line being read. `offset` is the next character, `column` its column, both from 0.

    `look()` sets `next`, the first character that is not white space, `indent`, its distance in
    columns, and `is_blank`. A tab that was taken only in part leaves `rest_of_tab` columns.
    """

    __slots__ = (
        "column",
        "indent",
        "is_blank",
        "next",
        "offset",
        "rest_of_tab",
        "row",
        "text",
    )

    def __init__(self, text: str, row: int) -> None:
        self.text = text
        self.row = row
        self.offset = 0
        self.column = 0
        self.rest_of_tab = 0
        self.look()

    def look(self) -> None:
        """Finds the first character from the cursor on that is not white space."""
        text, at = self.text, self.offset
        if at < len(text) and text[at] not in " \t" and not self.rest_of_tab:
            self.next, self.indent, self.is_blank = at, 0, False
            return
        match = NON_SPACE.search(self.text, self.offset)
        self.next = match.start() if match else len(self.text)
        self.is_blank = match is None
        between = self.text[self.offset : self.next]
        if "\t" in between:
            column = self.column
            for index, character in enumerate(between):
                if character == "\t":
                    stop = TAB - column % TAB
                    column += self.rest_of_tab if index == 0 and self.rest_of_tab else stop
                else:
                    column += 1
            self.indent = column - self.column
        else:
            self.indent = len(between)

    def skip(self, characters: int) -> None:
        """Moves on by characters that are not tabs."""
        self.offset += characters
        self.column += characters
        self.rest_of_tab = 0
        self.look()

    def skip_columns(self, columns: int) -> None:
        """Moves on over white space by columns, through a tab if need be."""
        while columns > 0 and self.offset < len(self.text):
            if self.text[self.offset] == "\t":
                width = self.rest_of_tab or TAB - self.column % TAB
                step = min(width, columns)
                self.rest_of_tab = width - step
                self.offset += self.rest_of_tab == 0
            else:
                step = 1
                self.offset += 1
                self.rest_of_tab = 0
            self.column += step
            columns -= step
        self.look()

    def skip_space(self) -> None:
        """Moves to the first character that is not white space."""
        self.column += self.indent
        self.offset = self.next
        self.rest_of_tab = 0
        self.indent = 0

    @property
    def left(self) -> str:
        """What follows the cursor; the rest of a tab taken in part becomes spaces."""
        if self.rest_of_tab:
            return " " * self.rest_of_tab + self.text[self.offset + 1 :]
        return self.text[self.offset :]
