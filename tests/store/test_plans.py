"""Reminders of plans, and who is willing to be written to."""

from datetime import timedelta

from bot.contract.place import Member
from bot.contract.queues import WorkTx
from bot.contract.tables import PlanReminder, Willing
from bot.store.engine import SqlStore
from tests.store.scene import ANNA, BEN, DAY, NOW, profile

MINE, THEIRS = profile(ANNA).id, profile(BEN).id
FAR = Member("other", "dora-at-the-sea")
LINK = "https://example.org/plans/7"


async def test_a_reminder_is_its_members_own(store: SqlStore) -> None:
    late = PlanReminder("plan-1", MINE, "community-1", LINK, NOW + DAY)
    soon = PlanReminder("plan-2", MINE, "community-1", LINK, NOW + timedelta(hours=1))
    other = PlanReminder("plan-3", THEIRS, "community-1", LINK, NOW + DAY)

    def work(tx: WorkTx) -> None:
        for one in (late, soon, other):
            tx.plans.add(one)
        assert tx.plans.of_member(MINE) == (soon, late)
        assert tx.plans.get("plan-3") == other
        tx.plans.remove("plan-1")
        assert tx.plans.get("plan-1") is None
        assert tx.plans.of_member(MINE) == (soon,)
        assert LINK not in repr(soon)
        tx.forget(ANNA, NOW)
        assert tx.plans.of_member(MINE) == ()
        assert tx.plans.of_member(THEIRS) == (other,)

    await store.write(work)
    await store.sweep(NOW + 2 * DAY - timedelta(seconds=1))
    assert await store.read(lambda tx: tx.plans.get("plan-3")) == other
    await store.sweep(NOW + 2 * DAY)
    assert await store.read(lambda tx: tx.plans.get("plan-3")) is None


async def test_who_is_willing_is_found_by_community_and_platform(store: SqlStore) -> None:
    anna, ben = Willing("w-1", "community-1", MINE, ANNA), Willing("w-2", "community-1", THEIRS, BEN)
    dora = Willing("w-3", "community-1", profile(FAR).id, FAR)

    def work(tx: WorkTx) -> None:
        tx.members.add(profile(FAR))
        tx.willing.add(ben, NOW)
        tx.willing.add(anna, NOW + DAY)
        tx.willing.add(dora, NOW)
        assert tx.willing.of_community("community-1", "local") == (ben, anna)
        assert tx.willing.of_community("community-1", "other") == (dora,)
        assert tx.willing.of_community("community-2", "local") == ()
        assert tx.willing.of_member(MINE) == (anna,)
        assert tx.willing.get("w-2") == ben
        tx.willing.remove("w-2")
        assert tx.willing.get("w-2") is None
        tx.forget(ANNA, NOW + DAY)
        assert tx.willing.of_community("community-1", "local") == ()

    await store.write(work)
