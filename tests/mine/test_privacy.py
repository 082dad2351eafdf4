"""What is kept, who could read it, and how it ends."""

import logging
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chance import SecretChance
from bot.clock import SystemClock
from bot.contract.facts import Right
from bot.contract.params import Raw
from bot.contract.text import Plain, Text, Voice, text
from bot.domain.errors import StartError
from bot.i18n import Fluent
from bot.store.engine import SqlStore
from bot.store.lifetimes import Lifetimes
from bot.store.registry import lifetimes
from bot.store.sealed import Keys
from commands import CATALOGUE
from tests.drivers import Evening, Person, every_platform
from tests.drivers.traces import disguises, traces
from tests.mine.test_mine import SETTINGS, has_everything_open
from tests.platform.test_platform import GIVEN

SPEAKER = Fluent()
PEOPLE = ("birch", "alder", "rowan", "hazel", "linden")


# M7


@every_platform("M7")
@pytest.mark.parametrize("locale", SPEAKER.locales)
async def test_the_privacy_page_names_every_table_and_column_with_its_lifetime(evening: Evening, locale: str) -> None:
    birch = evening.person("birch")
    birch.becomes(locale=locale)
    page = await birch.asks("about privacy")
    stays = {one.table: one for one in lifetimes(Lifetimes())}
    for table, columns in evening.columns().items():
        named = SPEAKER.plain(text(f"table-{table}"), locale)
        lines = [line for line in page.splitlines() if line.startswith(f"{named}:")]
        assert len(lines) == 1, table
        for column in columns:
            assert SPEAKER.plain(text(f"column-{column}"), locale) in lines[0], (table, column)
        lifetime = SPEAKER.say(Text(stays[table].text, stays[table].facts), Voice(locale), evening.now, Plain(str))
        assert lines[0].endswith(lifetime), table
    for beside in ("forgotten", "backups"):
        lifetime = SPEAKER.say(Text(stays[beside].text, stays[beside].facts), Voice(locale), evening.now, Plain(str))
        assert lifetime in page


@every_platform("M7")
async def test_the_privacy_page_follows_the_configuration(evening: Evening) -> None:
    birch = evening.person("birch")
    usual = (await birch.asks("about privacy")).splitlines()
    await evening.restart(lifetimes=Lifetimes(seen=timedelta(days=3)))
    changed = (await birch.asks("about privacy")).splitlines()
    assert len(changed) == len(usual)
    ((before, after),) = [(one, other) for one, other in zip(usual, changed, strict=True) if one != other]
    assert "7 days" in before
    assert "3 days" in after


@every_platform("M7")
async def test_what_the_configuration_says_is_what_is_done(evening: Evening) -> None:
    await evening.restart(lifetimes=Lifetimes(seen=timedelta(days=3)))
    usual = evening.rows()["seen"]
    await evening.person("birch").asks("mine limits", {"budget": "2"})
    await evening.wind(days=2)
    assert evening.rows()["seen"] == usual + 1
    await evening.wind(days=2)
    assert evening.rows()["seen"] == usual, "what was done before it was configured so stays for a week"


# M10


def what_names_people(evening: Evening) -> dict[str, str | bytes]:
    """Return the ids and names of everybody, and every sentence that anybody was shown."""
    people = [evening.person(name) for name in PEOPLE]
    kept = " ".join(kept_words(evening))
    found: dict[str, str | bytes] = {}
    for person in people:
        found |= {f"id of {person.name}": person.member.id, f"name of {person.name}": person.name}
        for words in (*person.sees(), *(said for _, said in person.was_sent())):
            # Words and other places of the community are kept as they are, so that the bot can post them.
            lines = [line.removeprefix("• ") for line in words.splitlines()]
            found |= {line: line for line in lines if line and line not in kept}
    return found


def kept_words(evening: Evening) -> list[str]:
    with closing(sqlite3.connect(f"file:{evening.folder / 'porchlight.db'}?mode=ro", uri=True)) as look:
        return [row[0] for row in look.execute("select words from word union all select words from elsewhere")]


def files(evening: Evening) -> bytes:
    """Return every byte on the disk, and of a copy as backups are made."""
    copy = evening.folder.parent / "copy.db"
    with closing(sqlite3.connect(f"file:{evening.folder / 'porchlight.db'}?mode=ro", uri=True)) as look:
        look.execute("VACUUM INTO ?", (str(copy),))
    try:
        return evening.bytes_at_rest() + copy.read_bytes()
    finally:
        copy.unlink()


@every_platform("M10")
async def test_no_file_holds_a_name_an_id_or_a_sentence(evening: Evening) -> None:
    await evening.person("alder").asks("peer light on")
    await evening.person("rowan").asks("peer request", {"place": "either"})
    assert not traces(what_names_people(evening), files(evening))
    await evening.person("alder").presses("peer.yes")
    await evening.person("rowan").presses("peer.enter")
    await has_everything_open(evening, "birch", "hazel")
    needles = what_names_people(evening)
    assert len(needles) > 30
    assert not traces(needles, files(evening))
    await evening.wind(days=1)
    assert not traces(what_names_people(evening), files(evening))


@every_platform("M10")
async def test_what_was_there_would_be_found(evening: Evening) -> None:
    """The control: community words stand there openly, and whatever is planted is found in every disguise."""
    await has_everything_open(evening, "birch", "hazel")
    assert traces({"a word": "night shifts"}, files(evening))
    birch = evening.person("birch")
    name = {"name of Birch": what_names_people(evening)["name of Birch"]}
    assert not traces(name, evening.bytes_at_rest())
    for number, spelling in enumerate(disguises(birch.name)):
        planted = evening.folder / f"planted-{number}"
        planted.write_bytes(b"\x00\xff" + spelling + b"\x00")
        assert traces(name, evening.bytes_at_rest())
        planted.unlink()


@every_platform("M10")
async def test_a_stolen_database_opens_to_nothing_without_its_key(evening: Evening, tmp_path: Path) -> None:
    await has_everything_open(evening, "birch", "hazel")
    stolen = tmp_path / "stolen"
    stolen.mkdir(mode=0o700)

    def steal() -> None:
        shutil.copyfile(evening.folder / "porchlight.db", stolen / "porchlight.db")

    await evening.restart(steal)
    store = SqlStore(stolen / "porchlight.db", Keys.load_or_make(stolen / "another.key"), SystemClock())
    with pytest.raises(StartError, match="store-key"):
        await store.session().__aenter__()
    with closing(sqlite3.connect(stolen / "porchlight.db")) as look:
        # Also without any bot: what would say who somebody is is bytes alone.
        for table, column in (("member", "member"), ("member", "called"), ("post", "line"), ("space", "space")):
            values = [row[0] for row in look.execute(f'select "{column}" from "{table}"') if row[0] is not None]  # noqa: S608
            assert values, table
            for value in values:
                assert isinstance(value, bytes)
                assert not any(
                    letters.isalnum() for letters in value.decode("ascii", "ignore").split() if len(letters) > 8
                )


# M11


@every_platform("M11")
async def test_when_all_has_ended_only_settings_profiles_and_lists_stay(evening: Evening) -> None:
    await evening.person("alder").asks("peer light on", {"hours": "12", "stays": "yes", "questions": "1"})
    await evening.person("rowan").asks("peer request", {"span": "7d"})
    await evening.person("alder").presses("peer.yes")
    await has_everything_open(evening, "birch", "hazel")
    before = {table for table, rows in evening.rows().items() if rows}
    assert {"met", "seen", "delivered", "opening", "question", "agenda", "post"} <= before
    for _ in range(31):
        await evening.wind(days=1)
    rows = {table: count for table, count in evening.rows().items() if count}
    stays = {"meta", "alembic_version", "community", "space", "word", "elsewhere", "member", "apart", "comfort"}
    assert set(rows) == stays
    assert (rows["member"], rows["apart"], rows["comfort"]) == (4, 1, 1)


@every_platform("M11")
async def test_a_mark_of_who_was_forgotten_ends_too(evening: Evening) -> None:
    birch = evening.person("birch")
    await birch.asks("mine limits", {"budget": "2"})
    await birch.asks("mine forget")
    await birch.presses("mine.forget-yes")
    marks = evening.folder / "forgotten"
    assert marks.read_bytes()
    for _ in range(15):
        await evening.wind(days=1)
    assert not marks.read_bytes()


# M14

TYPICAL: dict[str, dict[str, Raw]] = {
    **GIVEN,
    **SETTINGS,
    "mine called": {"called": "Somebody"},
    "mine reset": {"what": "quiet"},
    "peer request": {"span": "1d"},
    "peer light on": {"hours": "3"},
    "peer apart": {"member": "birch"},
    "peer together": {"member": "birch"},
    "peer words": {"word": "a loss", "mark": "ask"},
    "peer pause": {"day": "4"},
    "setup language": {"language": "en"},
    "setup limits": {"wait_days": "3"},
    "setup groups": {"groups": ("adults",)},
    "setup room": {"room_for": "moderators"},
    "setup words": {"word_list": "night shifts\nnew in town\ncaring for a parent\na loss\njust company"},
    "setup elsewhere": {"elsewhere": "The open evening"},
    "setup clear": {"which": "groups"},
}
"""What each command that takes something is given, where it is tried."""

TYPED = tuple(sorted(name for name, command in CATALOGUE.commands.items() if command.typed))


async def tries_everything(person: Person, *, in_room: bool) -> list[tuple[str, str]]:
    """Type every command there is; return what each answered."""
    answers = [(command, await person.asks(command, TYPICAL.get(command), in_room=in_room)) for command in TYPED]
    await starts_anew(person)
    return answers


async def starts_anew(person: Person) -> None:
    """Let nothing be left of what somebody did."""
    await person.asks("mine stop")
    await person.asks("mine forget")
    await person.presses("mine.forget-yes")


@every_platform("M14")
@pytest.mark.parametrize("name", ["linden", "rowan"])
async def test_no_command_of_anybody_shows_what_another_has_open(evening: Evening, name: str) -> None:
    asker = evening.person(name)
    for command in (one for one in TYPED if CATALOGUE.commands[one].right is Right.MODERATOR):
        await asker.asks(command, TYPICAL.get(command), in_room=True)  # what a moderator sets shows later on
    await asker.asks("mine limits", TYPICAL["mine limits"])  # so that there is something to forget
    await starts_anew(asker)
    without = [*await tries_everything(asker, in_room=False), *await tries_everything(asker, in_room=True)]
    birch = evening.person("birch")
    for command, args in SETTINGS.items():
        await birch.asks(command, args)
    await birch.asks("mine called", {"called": "Silver Birch"})
    await birch.presses("draft.use")
    await birch.asks("peer words", {"word": "a loss", "mark": "not"})
    for other in ("linden", "rowan"):
        await birch.asks("peer apart", {"member": other})
    await birch.asks("peer light on", {"hours": "12", "words": ("night shifts",)})
    await birch.asks("peer request", {"span": "3d", "words": ("new in town",)})
    await evening.person("hazel").asks("peer request", {"span": "1d", "ask_first": "yes"})
    await birch.asks("peer pause", {"day": "9"})
    assert evening.rows()["opening"] == 3
    told = [*await tries_everything(asker, in_room=False), *await tries_everything(asker, in_room=True)]
    for (command, one), (_, other) in zip(without, told, strict=True):
        if command != "checkin list":  # it shows what stands in the porch for all: what the asker opened the first time
            assert one == other, command
        assert "Silver" not in other, command
    shown = " ".join(answer for command, answer in told if command != "peer apart-list")
    assert "birch" not in shown.lower(), "only on a list that the asker wrote themselves"


# M16 and M17


@every_platform("M16")
async def test_other_places_are_the_same_for_everyone_and_come_on_request_alone(evening: Evening) -> None:
    answers = {await evening.person(name).asks("elsewhere", in_room=here) for name in PEOPLE for here in (False, True)}
    assert len(answers) == 1
    (listed,) = answers
    assert "The open evening at the library" in listed
    await has_everything_open(evening, "birch", "hazel")
    assert {await evening.person(name).asks("elsewhere") for name in PEOPLE} == answers
    for name in PEOPLE:
        for words in ANYTHING:
            await evening.person(name).writes(words)
            await evening.person(name).writes(words, in_room=True)
    await evening.wind(days=2)
    for name in PEOPLE:
        assert not any("library" in words for _, words in evening.person(name).was_sent())
    assert not any("library" in words for words in evening.in_the_room())


ANYTHING = (
    "good evening",
    "I cannot go on",
    "I want to die",
    "help me please",
    "/no such thing",
    "/peer",
    "/mine everything now",
    "yes",
    "peer ask",
    "ich weiß nicht weiter",
    "'; drop table member; --",
    "<script>alert(1)</script> @everyone",
    "{ $until } v1.peer.yes.x.x",
    "\u202egnirts",
    "🌧" * 500,
    "a" * 5000,
)
"""Things that people write which are no command."""


@every_platform("M17", but=("discord",))  # where nothing is heard: tests/discord/test_evening.py
async def test_what_is_not_understood_gets_one_answer_whatever_it_is(
    evening: Evening, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    await has_everything_open(evening, "birch", "hazel")
    before = evening.rows()
    mark = SecretChance().new_id()
    answers = set()
    for name in ("birch", "rowan", "linden"):
        for words in (*ANYTHING, mark, f"/{mark} {mark}"):
            answers.add(await evening.person(name).writes(words))
    assert len(answers) == 1
    (answer,) = answers
    for said in ("I am a program", "did not keep what you wrote", "nobody was told", "/elsewhere"):
        assert said in answer
    assert evening.rows() == before
    printed = "".join(capfd.readouterr())
    assert not traces({"what was written": mark}, evening.bytes_at_rest() + (caplog.text + printed).encode())
    sent = {name: len(evening.person(name).was_sent()) for name in PEOPLE}
    await evening.settle()
    assert {name: len(evening.person(name).was_sent()) for name in PEOPLE} == sent


@every_platform("M17")
async def test_what_is_said_in_a_room_is_not_answered_at_all(evening: Evening) -> None:
    before, room = evening.rows(), evening.in_the_room()
    heard = []
    for words in ANYTHING:
        assert not await evening.person("birch").writes(words, in_room=True)
        heard = [words for words in evening.in_the_room()[len(room) :] if "program" in words]
    assert not heard
    assert evening.rows() == before
    assert not any(evening.person(name).was_sent() for name in PEOPLE)
