"""What a community says in its check-in rooms is written by its moderators, in chat, and by nobody else."""

import pytest

from tests.drivers import Evening, every_platform

PROMPTS = ("What is on the stove?", "Which bird did you hear?")


@every_platform("K10", "X13")
@pytest.mark.parametrize(
    ("command", "param", "typed"),
    [
        ("checkin prompts", "prompts", PROMPTS),
        ("checkin words", "opening", ("Sit down, there is tea.",)),
    ],
)
async def test_a_community_writes_its_own_and_sees_it_before_it_is_kept(
    evening: Evening, command: str, param: str, typed: tuple[str, ...]
) -> None:
    linden, before = evening.person("linden"), evening.rows()
    shown = await linden.asks(command, {param: "\n".join(typed)})
    assert [one for one in typed if one not in shown] == []
    assert typed[0].encode() not in evening.bytes_at_rest()
    assert {table: rows for table, rows in evening.rows().items() if table != "seen"} == {
        table: rows for table, rows in before.items() if table != "seen"
    }
    saved = await linden.presses("draft.use")
    assert "Saved" in saved
    assert [one for one in typed if one not in saved] == []
    again = await linden.asks(command, {"starters": "no"} if param == "prompts" else {"visible": "yes"})
    assert [one for one in typed if one not in again] == [], "what is not given stays"
    emptied = await linden.asks("setup clear", {"which": param})
    assert [one for one in typed if one in emptied] == []
    assert "This is for moderators" in await evening.person("birch").asks(command, {param: typed[0]})
