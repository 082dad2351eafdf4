"""A community's limits on asking: few, set by its moderators, and seen by its members."""

from tests.drivers import Evening, every_platform


@every_platform("P17")
async def test_newcomers_ask_after_as_many_days_as_moderators_chose_and_see_it(evening: Evening) -> None:
    await evening.person("linden").asks("setup limits", {"wait_days": "7"}, in_room=True)
    early, before = evening.newcomer("m1", days=5), evening.rows()
    assert "after 7 days in the community" in await early.asks("help", {"feature": "peer"}, in_room=True)
    for command in ("peer ask", "peer light on"):
        answer = await early.asks(command)
        assert "after 7 days" in answer
        assert "nothing was opened" in answer
    assert {name: evening.rows()[name] for name in ("member", "opening")} == {
        name: before[name] for name in ("member", "opening")
    }
    await evening.wind(days=2, hours=1)
    assert "Ask like this?" in await early.asks("peer ask")


@every_platform("P17")
async def test_one_request_is_open_at_a_time(evening: Evening) -> None:
    birch = evening.person("birch")
    assert "One request can be open at a time" in await birch.asks("help", {"feature": "peer"}, in_room=True)
    await birch.asks("peer request", {"span": "1d"})
    await birch.asks("peer request", {"span": "3d"})
    assert evening.rows()["opening"] == 1


@every_platform("P17")
async def test_groups_that_moderators_chose_are_seen_and_hold(evening: Evening) -> None:
    birch = evening.person("birch")
    assert "Everyone may meet everyone" in await birch.asks("help", {"feature": "peer"}, in_room=True)
    await evening.person("linden").asks("setup groups", {"groups": ("moderators",)}, in_room=True)
    assert "Those in one group may meet" in await birch.asks("help", {"feature": "peer"}, in_room=True)
    assert "could not tell yours" in await birch.asks("peer ask")
    assert evening.rows()["opening"] == 0
