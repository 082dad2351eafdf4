"""How sentences are spoken: times, lists, names and other people's words, in the reader's language and zone."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract.place import Member, Room
from bot.contract.text import Fact, Literal, Plain, Said, Starter, Text, Typed, Voice, text
from bot.decks import load
from bot.i18n import Fluent, language_name

NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)  # a Thursday


def shown(_: Member | Room) -> str:
    return "<@1>"


@pytest.fixture
def fluent(tmp_path: Path) -> Fluent:
    for locale, words in {
        "en": (
            "one = It is { $it }.\n"
            "only-english = Only here.\n"
            "count = { $n ->\n    [one] one day\n   *[other] { $n } days\n }\n"
            "way = { $way ->\n    [voice] talk\n   *[text] write\n } to { $it }\n"
            'way-in = { COMMAND("peer ask") } and { $it }\n'
            'choose = { $n ->\n    [one] { COMMAND("mine stop") }, { $it }\n   *[other] no\n }\n'
        ),
        "de": (
            "one = Es ist { $it }.\n"
            "count = { $n ->\n    [one] ein Tag\n   *[other] { $n } Tage\n }\n"
            "way = { $way ->\n    [voice] sprechen\n   *[text] schreiben\n } mit { $it }\n"
        ),
    }.items():
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "own.ftl").write_text(words, encoding="utf-8")
        times = Path(__file__).parent.parent / "bot" / "locales" / locale / "common.ftl"
        (tmp_path / locale / "common.ftl").write_text(times.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    return Fluent(tmp_path)


def say(fluent: Fluent, what: Text, locale: str = "en", zone: str = "UTC") -> str:
    return fluent.say(what, Voice(locale, zone), NOON, Plain(shown))


@pytest.mark.parametrize(
    ("fact", "english", "german"),
    [
        (7, "7", "7"),
        (12_345, "12,345", "12.345"),
        (True, "yes", "yes"),
        ("token", "token", "token"),
        (NOON + timedelta(hours=3), "16:00", "16:00 Uhr"),
        (NOON + timedelta(days=1), "13:00 on Friday", "13:00 Uhr am Freitag"),
        (NOON + timedelta(days=6), "13:00 on Wednesday", "13:00 Uhr am Mittwoch"),
        (NOON + timedelta(days=7), "13:00 on 11 March", "13:00 Uhr am 11. März"),
        (NOON - timedelta(days=1), "13:00 on 3 March", "13:00 Uhr am 3. März"),
        (NOON + timedelta(days=365), "13:00 on 3 March 2028", "13:00 Uhr am 3. März 2028"),
        (NOON + timedelta(hours=11, minutes=30), "00:30 on Friday", "00:30 Uhr am Freitag"),
        (timedelta(minutes=20), "20 minutes", "20 Minuten"),
        (timedelta(hours=24), "24 hours", "24 Stunden"),
        (timedelta(hours=1), "1 hour", "1 Stunde"),
        (timedelta(days=30), "30 days", "30 Tage"),
        (timedelta(minutes=90), "1 hour and 30 minutes", "1 Stunde und 30 Minuten"),
        (timedelta(), "0 seconds", "0 Sekunden"),
        (date(2027, 6, 18), "18 June", "18. Juni"),
        (date(2028, 6, 18), "18 June 2028", "18. Juni 2028"),
        (time(7, 5), "07:05", "07:05"),
        (Literal("Europe/London"), "Europe/London", "Europe/London"),
        (Typed("peer ask"), "/peer ask", "/peer ask"),
        (Said("tea"), "\u2068tea\u2069", "\u2068tea\u2069"),
        (Member("local", "1"), "<@1>", "<@1>"),
        (Room("local", "1"), "<@1>", "<@1>"),
        (text("language-de"), "German", "Deutsch"),
        ((text("language-en"), text("language-fr"), text("language-de")), "English, French and German",
         "Englisch, Französisch und Deutsch"),
        ((), "", ""),
    ],
)  # fmt: skip
def test_a_fact_is_spoken_in_the_language_and_zone_of_the_reader(
    fluent: Fluent, fact: Fact, english: str, german: str
) -> None:
    assert say(fluent, text("one", it=fact), "en", "Europe/Berlin") == f"It is {english}."
    assert say(fluent, text("one", it=fact), "de", "Europe/Berlin") == f"Es ist {german}."


def test_numbers_and_tokens_choose_the_wording(fluent: Fluent) -> None:
    assert say(fluent, text("count", n=1)) == "one day"
    assert say(fluent, text("count", n=3), "de") == "3 Tage"
    assert say(fluent, text("way", way="voice", it=Said("tea"))) == "talk to \u2068tea\u2069"
    assert say(fluent, text("way", way="text", it=text("language-de")), "de") == "schreiben mit Deutsch"


def test_a_list_longer_than_fluents_limit_is_spoken_whole(fluent: Fluent) -> None:
    lines = tuple(Said("x" * 100) for _ in range(50))
    assert say(fluent, text("way", way="text", it=lines)).count("x") == 5000


@pytest.mark.parametrize(
    ("locale", "words"),
    [("de-AT", "Es ist 7."), ("de_CH", "Es ist 7."), ("xx", "It is 7."), ("", "It is 7."), ("../../etc", "It is 7.")],
)
def test_a_region_falls_back_to_its_language_and_the_unknown_to_english(
    fluent: Fluent, locale: str, words: str
) -> None:
    assert say(fluent, text("one", it=7), locale) == words


def test_a_missing_sentence_falls_back_to_english_and_then_to_its_id(fluent: Fluent) -> None:
    assert say(fluent, text("only-english"), "de") == "Only here."
    assert say(fluent, text("nowhere"), "de") == "nowhere"
    assert say(fluent, text("one"), "en") == "It is {$it}."


def test_english_comes_first_and_a_folder_without_words_is_no_language(fluent: Fluent) -> None:
    assert fluent.locales == ("en", "de")


def test_an_unknown_zone_is_spoken_as_utc(fluent: Fluent) -> None:
    assert say(fluent, text("one", it=NOON), "en", "../../etc/passwd") == "It is 12:00."
    assert say(fluent, text("one", it=NOON), "en", "x" * 300) == "It is 12:00."


@pytest.mark.parametrize("kind", ["in", "out"])
def test_starters_of_a_draw_come_each_once_in_the_language_of_the_room(fluent: Fluent, kind: str) -> None:
    for locale in ("en", "de"):
        deck = load()[locale][kind]
        said = [say(fluent, text("one", it=Starter(kind, "room", number)), locale) for number in range(2 * len(deck))]
        begin = say(fluent, text("one", it=""), locale).removesuffix(".")
        assert sorted(said[: len(deck)]) == sorted(f"{begin}{words}." for words in deck)
        assert said[len(deck) :] == said[: len(deck)], "then they come again"


def test_the_sentences_of_a_language_are_read_once(fluent: Fluent, tmp_path: Path) -> None:
    for file in tmp_path.glob("*/own.ftl"):
        file.write_text("one = Another.", encoding="utf-8")
    said = say(Fluent(tmp_path), text("one", it=7)), say(fluent, text("one", it=7))
    assert said == ("It is 7.", "It is 7.")


def test_a_language_without_a_deck_speaks_those_of_english(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text('in = ["What is near?"]\nout = ["What is next?"]\n', encoding="utf-8")
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "own.ftl").write_text("one = { $it }\n", encoding="utf-8")
    german = Fluent(tmp_path, tmp_path)
    assert say(german, text("one", it=Starter("out", "room", 7)), "de") == "What is next?"


def test_languages_name_themselves_when_unknown() -> None:
    assert language_name("pt-BR", "en") == "Brazilian Portuguese"
    assert language_name("qqq", "de") == "qqq"
    assert language_name("de", "xx") == "German"


def test_a_platform_shows_commands_words_and_times_in_its_own_way(fluent: Fluent) -> None:
    class Shows(Plain):
        def command(self, command: str) -> str:
            return f"!{command}"

        def said(self, words: str) -> str:
            return f"[{words}]"

        def literal(self, words: str) -> str:
            return f"`{words}`"

        def stamp(self, instant: datetime) -> str | None:
            return f"<{instant:%H}>"

    def shows(what: Text) -> str:
        return fluent.say(what, Voice("en"), NOON, Shows(shown))

    assert shows(text("way-in", it=Said("*tea*"))) == "!peer ask and [*tea*]"
    assert shows(text("way", way="voice", it=NOON)) == "talk to <12>"
    assert shows(text("choose", n=1, it=Literal("UTC"))) == "!mine stop, `UTC`"
    assert shows(text("one", it=Said("{ \ue002peer ask\ue003 }"))) == "It is [{ \ue002peer ask\ue003 }]."


def test_labels_need_no_reader(fluent: Fluent) -> None:
    assert fluent.plain(text("one", it=text("language-de")), "de") == "Es ist Deutsch."


_facts: st.SearchStrategy[Fact] = st.recursive(
    st.one_of(
        st.integers(),
        st.text(max_size=20),
        st.booleans(),
        st.datetimes(
            timezones=st.just(UTC), min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1)  # noqa: DTZ001 - hypothesis takes naive bounds
        ),
        st.dates(),
        st.timedeltas(),
        st.text(max_size=20).map(Said),
        st.text(max_size=20).map(Literal),
        st.builds(Starter, st.sampled_from(["in", "out"]), st.text(max_size=5), st.integers(0, 200)),
        st.text(max_size=20).map(text),
    ),
    lambda facts: st.one_of(st.tuples(facts, facts), facts.map(lambda it: text("one", it=it))),
    max_leaves=4,
)  # fmt: skip
REAL = Fluent()


@given(message=st.sampled_from(["time-date", "refusal-words-long", "nowhere"]), fact=_facts, locale=st.text(max_size=8))
def test_nothing_that_a_text_holds_makes_the_speaker_raise(message: str, fact: Fact, locale: str) -> None:
    assert isinstance(REAL.say(text(message, clock=fact, limit=fact), Voice(locale), NOON, Plain(shown)), str)
