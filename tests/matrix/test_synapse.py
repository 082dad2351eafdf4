from pathlib import Path

import pytest

import tests.matrix.synapse as installed
from tests.matrix.synapse import Homeserver, configuration


def test_it_is_healthy_and_takes_users(homeserver: Homeserver, name: str) -> None:
    assert homeserver.register(name) == f"@{name}:localhost"
    status, answer = homeserver.call(
        "POST",
        "/_matrix/client/v3/login",
        {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": name},
            "password": "porch light",
        },
    )
    assert status == 200
    assert homeserver.call("GET", "/_matrix/client/v3/account/whoami", token=str(answer["access_token"]))[0] == 200


def test_what_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "PYTHON", tmp_path / "python")
    with pytest.raises(RuntimeError, match="make synapse"):
        Homeserver(tmp_path)


def test_it_comes_back_with_what_it_knew(tmp_path: Path) -> None:
    server = Homeserver(tmp_path)
    server.start()
    try:
        server.register("birch")
        server.restart()
        status, answer = server.call(
            "POST", "/_matrix/client/v3/register", {"username": "birch", "auth": {"type": "m.login.dummy"}}
        )
        assert (status, answer["errcode"]) == (400, "M_USER_IN_USE")
        server.stop()
        with pytest.raises(OSError):  # noqa: PT011 - whatever a refused connection is called
            server.call("GET", "/health")
    finally:
        server.stop()


def test_it_listens_to_clients_on_this_machine_alone(tmp_path: Path) -> None:
    written = configuration(tmp_path, 1)
    assert written["listeners"][0]["bind_addresses"] == ["127.0.0.1"]
    assert written["listeners"][0]["resources"] == [{"names": ["client"]}]
    assert written["federation_domain_whitelist"] == []
