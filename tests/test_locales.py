"""The words themselves: every language whole, every id in use, and all of it in the voice the project chose."""

import ast
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.contract.command import Command
from bot.contract.params import Pick, Picks, YesNo, params
from bot.contract.text import text
from bot.i18n import LOCALES, Fluent
from commands import CATALOGUE

ROOT = Path(__file__).parent.parent
LANGUAGES = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())

COMPUTED = {
    "command-": "the description of a command, by its name",
    "param-": "the label of a parameter, by its name",
    "option-": "the label of an option, by its parameter and value",
    "refusal-": "the sentence of a refusal, by its code",
    "start-": "what keeps the bot from starting, by its code",
    "table-": "a table of the data registry, by its name",
    "column-": "a column of the data registry, by its name",
    "lifetime-": "a lifetime of the data registry, by its table",
    "coming-": "what a job will write, by its kind",
    "language-": "a language's name, which the CLDR knows",
    "time-": "an instant inside a sentence, by how far away it is",
    "platform-": "what a platform is called, by its name",
    "door-reach-": "how to reach the bot on a platform, by its name",
    "privacy-platform-": "what a platform itself keeps, by its name",
}
"""Ids that no string in the code spells out, each kind with its reason."""

LABELS = ("choice-", "param-", "option-", "command-", "table-", "column-", "language-", "time-")
"""Ids of names and labels, which are no sentences."""

# The words of the field that this bot does not use about people, and words of hurry, blame and threat.
FORBIDDEN = {
    "en": r"""
        helpers?|helpees?|seekers?|listeners?|supporters?|clients?|cases?|tickets?|queues?|patients?|symptoms?
        |diagnos\w+|risks?|severity|triage|complian\w+|engagement|violat\w+|rules?|inactive|ghost\w*|invalid|fail\w*
        |hurry|urgent\w*|last\schance|only\s\S+\sleft|you\smissed|you\shaven.t\syet|crisis|danger\w*
    """,
    "de": r"""
        helfer\w*|hilfesuchend\w*|ratsuchend\w*|hilfsbedürftig\w*|zuhörer\w*|unterstützer\w*|klient\w*|fall|fälle\w*
        |tickets?|warteschlange\w*|patient\w*|symptom\w*|diagnose\w*|risik\w*|schweregrad\w*|triage|verst[oö]ß\w*
        |regeln?|inaktiv\w*|geister\w*|ungültig\w*|fehlgeschlagen|gescheitert|beeil\w*|dringend\w*
        |letzte\schance|nur\snoch|du\shast\sverpasst|krise\w*|gefahr\w*|gefährlich\w*
    """,
}


class _Facts(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802 - the visitor's own spelling
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: Any) -> None:  # noqa: N802 - the visitor's own spelling
        self.messages.add(node.id.name)


class _Commands(Visitor):
    def __init__(self) -> None:
        self.found: list[str] = []

    def visit_FunctionReference(self, node: Any) -> None:  # noqa: N802 - the visitor's own spelling
        assert node.id.name == "COMMAND"
        self.found += [argument.parse()["value"] for argument in node.arguments.positional]


@cache
def messages(language: str) -> dict[str, Any]:
    """Return the messages of a language by id; junk and ids given twice are errors."""
    found: dict[str, Any] = {}
    for file in sorted((LOCALES / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{language}/{file.name} is not Fluent: {str(entry.content)[:80]!r}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{language}/{file.name} has {entry.id.name} a second time"
                assert entry.value is not None
                found[entry.id.name] = entry
    return found


def facts(message: Any) -> set[str]:
    visitor = _Facts()
    visitor.visit(message)
    return visitor.names


def named(node: Any) -> tuple[str, ...]:
    """Return the commands that a part of a sentence names."""
    visitor = _Commands()
    visitor.visit(node)
    return tuple(visitor.found)


def wordings(pattern: Any) -> Iterator[str]:
    """Give every sentence that a pattern can become, with a short word in the place of each fact."""
    parts: list[list[str]] = []
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            parts.append([element.value])
        elif isinstance(element.expression, ftl.SelectExpression):
            parts.append([words for variant in element.expression.variants for words in wordings(variant.value)])
        elif isinstance(element.expression, ftl.StringLiteral):
            parts.append([element.expression.parse()["value"]])
        elif isinstance(element.expression, ftl.FunctionReference):
            parts.append(["/" + command for command in named(element)])
        else:
            parts.append(["it"])
    return ("".join(chosen) for chosen in itertools.product(*parts))


def every_wording(language: str) -> Iterator[tuple[str, str]]:
    for name, message in messages(language).items():
        for words in wordings(message.value):
            yield name, words


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for package in ("bot", "commands", "adapters"):
        for file in sorted((ROOT / package).rglob("*.py")):
            yield file, ast.parse(file.read_text(encoding="utf-8"))


def constants(node: ast.expr) -> Iterator[str]:
    """Give the strings that an expression may be, as far as it is written out."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.IfExp(body=body, orelse=orelse):
            yield from constants(body)
            yield from constants(orelse)
        case _:
            pass


def spoken() -> Iterator[tuple[str, str]]:
    """Give every id of a text that the code spells out, and where."""
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"text", "Text"}:
                for name in constants(node.args[0]) if node.args else ():
                    if not re.fullmatch(r"[a-z][A-Za-z0-9_-]*", name):
                        continue  # SQLAlchemy has a `text` of its own
                    yield name, f"{file.relative_to(ROOT)}:{node.lineno}"


def strings() -> set[str]:
    """Return every string in the code, and every quoted word in what the local page brings along."""
    found = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for file in (ROOT / "adapters").rglob("static/*"):
        if file.suffix in {".html", ".js", ".mjs"}:
            found.update(re.findall(r"""["'`]([a-z][a-z0-9_-]*)["'`]""", file.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_that_english_says_of_the_same_facts(language: str) -> None:
    english, other = messages("en"), messages(language)
    assert sorted(set(english) - set(other)) == [], f"{language} does not say"
    assert sorted(set(other) - set(english)) == [], f"only {language} says"
    different = {name for name in english if facts(english[name]) != facts(other[name])}
    assert sorted(different) == [], f"{language} speaks of other facts"


def test_every_sentence_the_code_speaks_is_written() -> None:
    written = messages("en")
    missing = [
        f"{where}: {name}" for name, where in spoken() if name not in written and not name.startswith("language-")
    ]
    assert missing == []


def test_every_sentence_written_is_spoken() -> None:
    used = strings()
    visitor = _Facts()
    for message in messages("en").values():
        visitor.visit(message)
    unused = [
        name
        for name in messages("en")
        if name not in used and name not in visitor.messages and not name.startswith(tuple(COMPUTED))
    ]
    assert unused == []


@pytest.mark.parametrize(("kind", "prefix"), [("Refusal", "refusal-"), ("StartError", "start-")])
def test_every_code_has_its_sentence_and_every_sentence_its_code(kind: str, prefix: str) -> None:
    codes = {
        (code, f"{file.relative_to(ROOT)}:{node.lineno}")
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind and node.args
        for code in constants(node.args[0])
    }
    assert len(codes) > 10
    assert sorted(f"{where}: {code}" for code, where in codes if prefix + code not in messages("en")) == []
    spoken_itself = {name for name, _ in spoken()}
    dead = {name for name in messages("en") if name.startswith(prefix)} - {prefix + code for code, _ in codes}
    assert sorted(dead - spoken_itself) == [], "nothing says these"


def test_commands_parameters_options_and_jobs_have_their_words() -> None:
    catalogue_of = pytest.importorskip("commands", reason="no catalogue yet")
    catalogue = getattr(catalogue_of, "CATALOGUE", None)
    if catalogue is None:
        pytest.skip("no catalogue yet")
    wanted: set[str] = set()
    for command in catalogue.all_commands:
        if command.typed or command.form:
            wanted.add(command.text_id)
        for declared in params(command.args):
            wanted.add(f"param-{declared.name}")
            if isinstance(declared.kind, Pick | Picks):
                if not declared.name.startswith("language"):  # those have their languages' names
                    wanted |= {f"option-{declared.name}-{value}" for value in declared.kind.options}
            elif isinstance(declared.kind, YesNo):
                wanted |= {f"option-{declared.name}-{value}" for value in ("yes", "no")}
    wanted |= {job.announces for job in catalogue.all_jobs if job.announces}
    written = {name for name in messages("en") if name.startswith(("command-", "param-", "option-", "coming-"))}
    names = {name for name in wanted if not name.startswith("language-")}
    assert sorted(names - set(messages("en"))) == [], "not written"
    pressed = {command.text_id for command in catalogue.all_commands}  # may be described, need not be
    dead = {name for name in written - names - pressed - strings() if not name.startswith("option-language-")}
    assert sorted(dead) == [], "of nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_be_pressed_in_a_room_has_words_of_its_own(language: str) -> None:
    """On Matrix whoever waves at a card has its choices in their own conversation, by what the commands are called."""
    pressed = [command for command in CATALOGUE.all_commands if not command.personal]
    assert len(pressed) > 40
    assert sorted(one.text_id for one in pressed if one.text_id not in messages(language)) == [], "not written"
    for area, commands in itertools.groupby(sorted(pressed, key=_area), _area):
        shown = [Fluent().plain(text(one.text_id), language) for one in commands]
        assert len(set(shown)) == len(shown), f"{area}: two that can stand on one card are called the same"


def _area(command: Command[Any]) -> str:
    return re.split("[ .]", command.name)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_name_commands_that_are_there_and_leave_the_sign_before_them_to_the_platform(language: str) -> None:
    typed = [command.name for command in CATALOGUE.all_commands if command.typed]
    written = re.compile(rf"(?<!\w)[/!](?:{'|'.join({one.split()[0] for one in typed})})\b")
    troubles = [
        f"{name}: there is no {command!r}"
        for name, message in messages(language).items()
        for command in named(message)
        if not any(one == command or one.startswith(command + " ") for one in typed)
    ]
    for file in sorted((LOCALES / language).glob("*.ftl")):
        troubles += [
            f"{file.name}: {line.split(' ', 1)[0]} writes a command by itself"
            for line in file.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#") and written.search(line)
        ]
    assert troubles == []


def test_labels_of_choices_are_named_as_such() -> None:
    wrong = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {name}"
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Choice"
        for label in [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "label")]
        if isinstance(label, ast.Call) and isinstance(label.func, ast.Name) and label.func.id == "text" and label.args
        for name in constants(label.args[0])
        if not name.startswith("choice-")
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice_of_every_language(language: str) -> None:
    forbidden = re.compile(rf"\b(?:{FORBIDDEN[language]})\b", re.IGNORECASE | re.VERBOSE)
    troubles: list[str] = []
    for name, words in every_wording(language):
        if found := forbidden.search(words):
            troubles.append(f"{name}: says {found[0]!r}")
        if re.search(r"!(?![a-z])", words):  # "!peer ask" is a command
            troubles.append(f"{name}: raises its voice")
        if len(words.split()) > 60:
            troubles.append(f"{name}: {len(words.split())} words, at most 60")
        if not any(letter.isalnum() for letter in words):
            troubles.append(f"{name}: has no words that can be read aloud")
        if any(letter in words for letter in "\u2066\u2067\u2068\u2069\u202a\u202b\u202d\u202e"):
            troubles.append(f"{name}: writes an isolate; the speaker does that")
        if name.startswith("choice-") and len(words) > 40:
            troubles.append(f"{name}: {len(words)} letters on a button, at most 40")
        if name.startswith("command-") and len(words) > 100:
            troubles.append(f"{name}: {len(words)} letters, at most 100")
        if name.startswith(("param-", "option-", "command-")) and "\n" in words:
            troubles.append(f"{name}: a label is one line")
    assert troubles == []


def test_every_language_has_its_list_of_words_to_avoid() -> None:
    assert set(LANGUAGES) <= set(FORBIDDEN)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, less a silent final e."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    if re.search(r"[^aeioulr]e$|[^aeiou]es$|[^aeioutd]ed$", word.lower()):
        groups -= 1
    return max(groups, 1)


def grade(words: str) -> float:
    """Return the Flesch-Kincaid grade level (Kincaid et al. 1975) of an English text."""
    plain = re.sub(r"`[^`]*`|\S*[/@]\S*", "it", words)
    sentences = max(len(re.findall(r"[.?:;](?:\s|$)", plain)), 1)
    said = re.findall(r"[A-Za-z][A-Za-z']*", plain)
    if not said:
        return 0.0
    return 0.39 * len(said) / sentences + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


def test_english_can_be_read_with_eight_years_of_school() -> None:
    hard = [
        f"{name}: grade {grade(words):.1f}: {words}"
        for name, words in every_wording("en")
        # The measure means nothing on a few words.
        if not name.startswith(LABELS) and len(words.split()) >= 12 and grade(words) > 8
    ]
    assert hard == []


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    assert grade("The light is on. You can ask me. I will say yes or no.") < 3
    assert grade("Notwithstanding considerable organisational reluctance, participation necessitates commitment.") > 15


def test_no_language_is_hard_wired() -> None:
    assert set(Fluent().locales) == set(LANGUAGES)
    assert {"en", "de"} <= set(LANGUAGES)
