"""The starter prompts: enough of them in every language, and each one open, short and kind."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import app, config
from bot.clock import VirtualClock
from bot.config import ConfigError
from bot.contract.text import Plain, Starter, Voice, text
from bot.decks import DECKS, LONGEST, load
from bot.domain.prompts import IN, KINDS, OUT
from bot.i18n import Fluent
from tests.test_locales import FORBIDDEN, LANGUAGES, grade

ALL = load()
EVERY = [(language, kind, words) for language, deck in ALL.items() for kind in KINDS for words in deck[kind]]

AVOIDED = {
    "en": r"""
        ill(ness)?|sick\w*|health\w*|symptoms?|problems?|troubles?|pain\w*|hurt\w*|wounds?|traum\w*|abus\w*|suffer\w*
        |medic\w*|therap\w*|treatment|doctors?|recover\w*|heal\w*|cop(e|ing)|struggl\w*|fight\w*|surviv\w*|relaps\w*
        |progress|improv\w*|better|worse|worst|best|achiev\w*|accomplish\w*|goals?|succe\w*|productiv\w*|proud\w*|learnt?
        |rat(e|ing)|scale|scores?|how\s(bad|good|much|many|often|well|hard|long|far)|regret\w*|fears?|afraid|guilt\w*
        |past|childhood|family|parents?|partners?|mothers?|fathers?|why|should|must|have\sto|need\sto|always|never
    """,
    "de": r"""
        krank\w*|gesund\w*|symptom\w*|problem\w*|schwierig\w*|schmerz\w*|verletz\w*|wunden?|trauma\w*|leid\w*|medizin\w*
        |medikament\w*|therap\w*|behandlung|arzt|ärzt\w*|genes\w*|heil\w*|bewältig\w*|kämpf\w*|überleb\w*|rückf\w*
        |fortschritt\w*|verbesser\w*|besser|schlechter|schlimm\w*|am\sbesten|erreich(en|t|st)|geschafft|ziele?|erfolg\w*
        |produktiv|stolz|gelernt|bewert\w*|skala|punkte|wie\s(schlimm|gut|viel|viele|oft|schwer|lange|weit)|bereu\w*
        |angst|ängst\w*|schuld\w*|vergangen\w*|kindheit|familie|eltern|partner\w*|mutter|vater|warum|wieso|sollst
        |solltest|musst|müsstest|immer|nie|niemals|sie\b(?=\sbitte)|ihnen
    """,
}
"""What no prompt asks about: illness and trouble, progress and ratings, harm and the past, why; and no must."""

CLOSED = {
    "en": r"(do|does|did|is|are|was|were|am|can|could|would|will|shall|should|may|might|have|has|had)\b",
    "de": r"(ist|sind|war|waren|bist|hast|hat|haben|hattest|kannst|könntest|willst|möchtest|magst|wirst|würdest|darf|"
    r"gehst|gibt|tust|denkst|fühlst|siehst|hörst|weißt)\b",
}
"""How a question begins to which one can only say yes or no."""


def test_every_deck_is_of_a_language_and_knows_what_it_avoids() -> None:
    assert {"en", "de"} <= set(ALL) <= set(LANGUAGES)
    assert set(ALL) <= set(AVOIDED)
    assert set(ALL) <= set(CLOSED)


@pytest.mark.parametrize("language", ALL)
def test_a_deck_is_large_enough_for_both_rounds(language: str) -> None:
    assert len(ALL[language][IN]) >= 30
    assert len(ALL[language][OUT]) >= 10
    assert sum(len(ALL[language][kind]) for kind in KINDS) >= 40


@pytest.mark.parametrize("language", ALL)
def test_no_prompt_is_there_twice(language: str) -> None:
    every = [re.sub(r"\W+", " ", words).casefold() for of, _, words in EVERY if of == language]
    assert len(set(every)) == len(every)


def troubles_of(language: str, words: str) -> list[str]:
    """Return what is not as a prompt should be."""
    wrong: list[str] = []
    avoided = re.compile(rf"\b(?:{FORBIDDEN[language]}|{AVOIDED[language]})\b", re.IGNORECASE | re.VERBOSE)
    if found := avoided.search(words):
        wrong.append(f"says {found[0]!r}")
    if len(words.split()) > 20:
        wrong.append("is long")
    if words.count("?") != 1 or not words.endswith("?"):
        wrong.append("is not one question")
    if re.search(r"[!*_<>`@#{}\[\]/\\\n]|\.\.|…", words):
        wrong.append("is not plain")
    question = re.split(r"(?<=[.:;])\s", words)[-1]
    if any(re.match(CLOSED[language], one, re.IGNORECASE) for one in (words, question)):
        wrong.append("can only be answered with yes or no")
    if language == "en" and len(words.split()) >= 12 and grade(words) > 8:
        wrong.append("is hard to read")
    return wrong


@pytest.mark.parametrize(("language", "kind", "words"), EVERY)
def test_a_prompt_is_short_plain_and_open(language: str, kind: str, words: str) -> None:
    assert troubles_of(language, words) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "How bad was your week?"),
        ("en", "Are you well today?"),
        ("en", "What progress did you make?"),
        ("en", "What do you see? And what do you hear?"),
        ("en", "Tell us about yourself."),
        ("en", "What a day! What comes next?"),
        ("en", "What are your symptoms?"),
        ("en", "What " + "little " * 20 + "thing do you see?"),
        ("de", "Wie schlimm war deine Woche?"),
        ("de", "Geht es dir gut? Was hilft?"),
        ("de", "Bist du da?"),
        ("de", "Worauf bist du stolz?"),
    ],
)
def test_what_is_not_a_prompt_is_found(language: str, words: str) -> None:
    assert troubles_of(language, words) != []


def test_a_deck_without_a_list_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(f'{IN} = ["What is near?"]\n', encoding="utf-8")
    with pytest.raises(KeyError):
        load(tmp_path)


def test_the_decks_are_installed_with_the_bot() -> None:
    written = (DECKS.parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    assert '"bot.decks" = ["*.toml"]' in written


# Those of an operator


def configured(folder: Path, **files: str | bytes) -> Path:
    """Return a configuration beside a folder with decks."""
    (folder / "own").mkdir()
    for name, words in files.items():
        (folder / "own" / f"{name}.toml").write_bytes(words if isinstance(words, bytes) else words.encode())
    file = folder / "config.toml"
    file.write_text('[bot]\ndecks = "own"\n', encoding="utf-8")
    return file


def mistakes(file: Path) -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as found:
        config.load(file)
    return [(mistake.path, mistake.says.id) for mistake in found.value.mistakes]


def test_an_operators_own_deck_takes_the_place_of_the_starters_in_its_language_alone(tmp_path: Path) -> None:
    file = configured(tmp_path, en='\ufeffin = ["Is *that* near?"]\nout = ["What stays?"]\n')
    settings = config.load(file)
    assert settings.bot.decks == tmp_path / "own"
    speaker = Fluent(own=settings.bot.decks)

    def said(kind: str, language: str) -> str:
        line = text("checkin-prompt", prompt=Starter(kind, "room", 7))
        return speaker.say(line, Voice(language), datetime(2027, 3, 4, tzinfo=UTC), Loud())

    class Loud(Plain):
        def said(self, words: str) -> str:
            return f"<{words}>"

    assert "<Is *that* near?>" in said(IN, "en"), "it is shown as what somebody wrote, and not as markup"
    assert "<What stays?>" in said(OUT, "en")
    assert said(IN, "de").strip("\u2068\u2069") in ALL["de"][IN]


def test_every_mistake_in_own_decks_is_told_at_once_and_never_what_stands_there(tmp_path: Path) -> None:
    long = "a" * (LONGEST + 1)
    file = configured(
        tmp_path,
        en=f'in = ["Fine?", 7, " ", "two\\nlines", "{long}"]\nout = []\nextra = 1\n',
        de="in = [\n",
        xx='in = ["Fine?"]\n',
        fr=b"\xff\xfe",
    )
    languages = "xx" if "fr" in LANGUAGES else "fr"
    found = mistakes(file)
    assert [one for one in found if one[0] == "bot.decks.en.in"] == [("bot.decks.en.in", "config-prompt")] * 4
    assert ("bot.decks.en.out", "config-deck") in found
    assert ("bot.decks.en.extra", "config-deck") in found
    assert ("bot.decks.de", "config-toml") in found
    assert (f"bot.decks.{languages}", "config-one-of") in found
    with pytest.raises(ConfigError) as error:
        config.load(file)
    assert [m.says.facts["number"] for m in error.value.mistakes if m.says.id == "config-prompt"] == [2, 3, 4, 5]
    assert "Fine" not in repr(error.value.mistakes)


def test_a_folder_of_decks_that_is_none_is_a_mistake(tmp_path: Path) -> None:
    file = configured(tmp_path)
    (tmp_path / "own").rmdir()
    assert mistakes(file) == [("bot.decks", "config-not-a-folder")]


def test_the_bot_speaks_with_the_decks_that_the_configuration_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[Path | None] = []

    class Noting(Fluent):
        def __init__(self, *, own: Path | None = None) -> None:
            named.append(own)
            super().__init__(own=own)

    monkeypatch.setattr(app, "Fluent", Noting)
    words = 'in = ["What is near?"]\nout = ["What stays?"]\n'
    app.Service(config.load(configured(tmp_path, en=words)), VirtualClock(datetime(2027, 3, 4, tzinfo=UTC)))
    assert named == [tmp_path / "own"]
