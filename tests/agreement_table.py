"""The table of agreements as documentation prints it.

``python -m tests.agreement_table`` writes it into docs/agreements.md; a test holds the two together.
"""

from pathlib import Path
from typing import Final

from bot.domain.agreement import SAME, TABLE, Row

PAGE: Final = Path(__file__).parent.parent / "docs" / "agreements.md"
BEGIN: Final = "<!-- the table begins: python -m tests.agreement_table -->"
END: Final = "<!-- the table ends -->"


def _then(row: Row) -> str:
    said = ["stays as it is" if row.next == SAME else f"**{row.next}**"]
    if row.begins:
        begins = "in the same state, with all that was said to it" if row.begins == SAME else f"in **{row.begins}**"
        said.append(f"the next version begins {begins}")
    if row.round == "begins":
        said.append("everybody is asked, afresh")
    if row.round == "ends":
        said.append("answers are erased")
    if row.displaces:
        said.append("what stood until now is replaced")
    return "; ".join(said)


def table() -> str:
    """Return the table in Markdown."""
    lines = ["| in | what happens | who may | what must hold | then |", "|---|---|---|---|---|"]
    lines += [
        f"| {', '.join(row.states)} | {row.event} | {row.who.says} "
        f"| {'; '.join(guard.says for guard in row.guards) or '-'} | {_then(row)} |"
        for row in TABLE
    ]
    return "\n".join(lines)


def printed() -> str:
    """Return the table that the page has."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def write() -> None:
    """Write the table into the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    write()
