from tests.matrix.people import People


async def test_two_members_talk_in_an_encrypted_direct_room(people: People) -> None:
    birch, rowan = await people.member("birch"), await people.member("rowan")
    room = await birch.direct(rowan.id)
    await rowan.joins(room)
    await birch.sees(room, rowan.id)
    asked = await birch.types(room, "are you there")
    assert await rowan.reads(room) == "are you there"
    await rowan.types(room, "I am")
    assert await birch.reads(room, after=asked) == "I am"
    await birch.reacts(room, asked, "👋")
    await rowan.leaves(room)
    await birch.sees(room, rowan.id, "leave")
