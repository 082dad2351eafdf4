"""What the adapter keeps about somebody is in memory, is told, and goes when they are forgotten."""

from datetime import timedelta

import pytest

from adapters.discord import DiscordAdapter, asking, pages
from adapters.discord.keeping import FORM, NAME, PLACE, at_all
from bot.contract.card import Card, Field, Form
from bot.contract.facts import Keeps, WhatIsKept
from bot.contract.intent import Intent, Reply
from bot.contract.params import Words
from bot.contract.place import Member
from bot.contract.text import Text, Voice, text
from tests.discord.bench import Core, Runs, member, say
from tests.discord.standin import Guild, StandIn


class Asking(Core):
    """A core with a long form, which is asked for by one command."""

    async def form(self, intent: Intent) -> Form | Reply:  # noqa: ARG002 - the port's
        fields = tuple(Field(f"note{one}", Words(100), text("question"), required=False) for one in range(7))
        return Form("peer ask", text("title"), fields, "def")


@pytest.fixture
def core() -> Asking:
    return Asking()


@pytest.fixture
async def adapter(runs: Runs, porch: Guild) -> DiscordAdapter:
    return await runs.start()


async def kept(adapter: DiscordAdapter, who: Member) -> tuple[Text, ...]:
    answer = await adapter.tell(WhatIsKept("discord", who))
    assert isinstance(answer, Keeps)
    return answer.lines


async def test_it_is_told_while_it_is_there_and_goes_with_the_farewell(
    there: StandIn, adapter: DiscordAdapter, core: Asking, porch: Guild
) -> None:
    birch, rowan = there.person("birch", porch), there.person("rowan", porch)
    assert await kept(adapter, member(birch)) == ()
    for one in (birch, rowan):
        await say(adapter, member(one), key=f"to {one.id}")
        assert adapter._asking is not None
        await adapter._asking.names(frozenset({member(one)}))
        await one.slash("peer ask")
        assert await kept(adapter, member(one)) == (NAME, PLACE, FORM)

    def farewell(_: Intent) -> Reply:
        return Reply(Card((text("bye"),), farewell=True), Voice())

    core.answers = farewell
    await birch.slash("mine data")
    assert await kept(adapter, member(birch)) == ()
    assert await kept(adapter, member(rowan)) == (NAME, PLACE, FORM)


async def test_what_is_kept_at_all_is_known_before_it_is_connected(runs: Runs) -> None:
    adapter = runs.begin()
    assert await adapter.tell(WhatIsKept("discord")) == Keeps(at_all())
    assert await kept(adapter, Member("discord", "1")) == ()
    adapter._forget(Member("discord", "1"))


def test_lifetimes_are_those_by_which_things_are_asked_anew_or_dropped() -> None:
    assert NAME.facts["names"] is asking.NAME_KEPT
    assert FORM.facts["forms"] is pages.KEPT_FOR
    assert (timedelta(minutes=1), timedelta(minutes=15)) == (asking.NAME_KEPT, pages.KEPT_FOR)
