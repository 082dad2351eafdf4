import itertools
import logging
import os
from collections.abc import AsyncIterator, Iterator

import pytest

from tests.matrix.listening import Listening
from tests.matrix.people import People
from tests.matrix.synapse import Homeserver

_NUMBERS = itertools.count(1)


@pytest.fixture(autouse=True)
def _quiet_library() -> Iterator[None]:
    """Keep out of test reports what the library logs: whole events, some of which cannot even be written as UTF-8."""
    library = logging.getLogger("nio")
    before = library.level
    library.setLevel(logging.CRITICAL)
    yield
    library.setLevel(before)


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homeserver]:
    """One homeserver a test process."""
    server = Homeserver(tmp_path_factory.mktemp("synapse"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def name() -> str:
    """A name that nobody on the homeserver has: it outlives a test."""
    return f"t{os.getpid()}x{next(_NUMBERS)}"


@pytest.fixture
async def people(homeserver: Homeserver, name: str) -> AsyncIterator[People]:
    """Members of the homeserver, for this test."""
    made = People(homeserver, name)
    yield made
    await made.close()


@pytest.fixture
async def bot(people: People, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Listening]:
    """A bot that listens. Its syncs end after a second, so that a test can wait for one."""
    monkeypatch.setattr("adapters.matrix.sync.POLL", 1)
    made = Listening(people.homeserver, people.account("bot"))
    await made.start()
    yield made
    await made.stop()
