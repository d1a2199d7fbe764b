"""Lines in a terminal: wrapped between words, with hanging indents, and deaf to what an article's words would do."""

from collections.abc import Iterable
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from sayso.reporting.labels import printable

WIDEST = 100
TWICE = 160  # for two texts beside each other
NARROWEST = 16
BAR = "│ "


class Printer:
    """Prints lines with hanging indents, so that wrapped text stays readable, and knows whether to give reasons."""

    def __init__(self, console: Console, explain: bool) -> None:
        self.console = console
        self.explain = explain
        self.width = min(console.width, WIDEST)
        self.lines = 0

    def line(self, text: Text | str, indent: int = 0, style: str = "", lead: Text | str = "") -> None:
        """One paragraph at an indent, wrapped between words; `lead` stands before it, and it hangs from there."""
        self.lines += 1
        first = Text(lead) if isinstance(lead, str) else lead
        hang = indent + first.cell_len
        body = Text(printable(text), style) if isinstance(text, str) else text
        if self.width - hang < NARROWEST:
            first, hang = Text(), 1
            body = Text.assemble(lead, body)
        for number, line in enumerate(body.wrap(self.console, self.width - hang)):
            line.rstrip()
            start = Text.assemble(" " * indent, first) if number == 0 and hang > 1 else Text(" " * hang)
            self.console.print(start + line, soft_wrap=True)

    def quote(self, words: str, indent: int) -> None:
        """Words of the article, with a bar before them: quotation marks would mix with the article's own."""
        if words:
            self.line(words, indent, "italic", lead=Text(BAR, "dim"))

    def two(self, left: Text, right: Text, indent: int) -> None:
        """Two texts beside each other, in as many columns as the terminal has, with a bar before each."""
        self.lines += 1
        room = (min(self.console.width, TWICE) - indent - 2 * len(BAR) - 1) // 2
        columns = [list(text.wrap(self.console, room)) for text in (left, right)]
        for one, other in zip_longest(*columns):
            first, second = one or Text(), other or Text()
            first.rstrip()
            first.pad_right(room - first.cell_len + 1)
            row = Text.assemble(" " * indent, (BAR, "dim"), first, (BAR, "dim"), second)
            row.rstrip()
            self.console.print(row, soft_wrap=True)

    def heading(self, title: str, count: int | None = None) -> None:
        text = Text(title, "bold")
        if count is not None:
            text.append(f"  ({count})", "not bold dim")
        self.console.print()
        self.line(text)

    def fact(self, label: str, value: str) -> None:
        """A label and its value; a value of several lines stays under itself."""
        self.line(value, lead=Text(f"{label:<10} ", "dim"))

    def reasons(self, reasons: Iterable[str], indent: int) -> None:
        if self.explain:
            for reason in reasons:
                self.line(f"why: {reason}", indent, "dim")
