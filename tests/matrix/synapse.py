"""A real homeserver for the tests: Synapse from its own environment (``make synapse``), on a free loopback port.

JSON is YAML, so its configuration is written as JSON. It listens to clients alone, federates with nobody, and its
limits are so high that a test does not meet them.
"""

import base64
import hashlib
import hmac
import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

ROOT: Final = Path(__file__).parent.parent.parent
PYTHON: Final = ROOT / ".synapse" / "bin" / "python"
STARTS_WITHIN: Final = 60.0
MANY: Final = {"per_second": 100_000, "burst_count": 100_000}


def free_port() -> int:
    """Return a loopback port that nobody has at this moment."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def configuration(folder: Path, port: int) -> dict[str, Any]:
    """Return the configuration of a homeserver that lives in ``folder``."""
    per_user = ("rc_message", "rc_registration", "rc_admin_redaction", "rc_joins_per_room", "rc_3pid_validation")
    return {
        "server_name": "localhost",
        "pid_file": str(folder / "pid"),
        "listeners": [
            {"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "resources": [{"names": ["client"]}]}
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "log_config": str(folder / "log.json"),
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "registration_shared_secret": secrets.token_hex(),
        "macaroon_secret_key": secrets.token_hex(),
        "form_secret": secrets.token_hex(),
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        "report_stats": False,
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "caches": {"sync_response_cache_duration": "0s"},
        "rc_login": {"address": MANY, "account": MANY, "failed_attempts": MANY},
        "rc_joins": {"local": MANY, "remote": MANY},
        "rc_invites": {"per_room": MANY, "per_user": MANY, "per_issuer": MANY},
        "rc_room_creation": MANY,
        "rc_key_requests": MANY,
        "rc_presence": {"per_user": MANY},
        "rc_delayed_event_mgmt": MANY,
        "rc_reports": MANY,
        "rc_user_directory": MANY,
        **dict.fromkeys(per_user, MANY),
    }


def call(
    address: str, method: str = "GET", body: Mapping[str, Any] | None = None, token: str = ""
) -> tuple[int, dict[str, Any]]:
    """Ask a homeserver something, and return status and answer."""
    asked = urllib.request.Request(  # noqa: S310 - the address is ours
        address, method=method, data=None if body is None else json.dumps(body).encode()
    )
    if token:
        asked.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - the same
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


class Homeserver:
    """One Synapse. Started at once; `stop` and `start` for tests in which it is away."""

    def __init__(self, folder: Path) -> None:
        """Write its files to an empty folder.

        Raises:
            RuntimeError: It is not installed.
        """
        if not PYTHON.exists():
            raise RuntimeError("The homeserver for these tests is not installed. Run: make synapse")
        self.port: Final = free_port()
        self.url: Final = f"http://127.0.0.1:{self.port}"
        self._folder: Final = folder
        self._process: subprocess.Popen[bytes] | None = None
        key = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (folder / "signing.key").write_text(f"ed25519 a_test {key}\n")
        settings = configuration(folder, self.port)
        self._secret: Final = str(settings["registration_shared_secret"])
        (folder / "homeserver.json").write_text(json.dumps(settings))
        handler = {"class": "logging.FileHandler", "filename": str(folder / "homeserver.log")}
        (folder / "log.json").write_text(
            json.dumps(
                {"version": 1, "handlers": {"file": handler}, "root": {"level": "WARNING", "handlers": ["file"]}}
            )
        )

    def start(self) -> None:
        """Start it, and wait until it is healthy.

        Raises:
            RuntimeError: It ended, or was not healthy within a minute.
        """
        with (self._folder / "out").open("ab") as out:
            self._process = subprocess.Popen(
                [str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(self._folder / "homeserver.json")],
                cwd=self._folder,
                stdout=out,
                stderr=out,
            )
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=5):  # noqa: S310 - the address is ours
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError("the homeserver did not start: " + (self._folder / "out").read_text()[-2_000:])

    def stop(self) -> None:
        """Stop it."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def restart(self) -> None:
        """Stop it and start it, with what it knew."""
        self.stop()
        self.start()

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, token: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """Ask it something, as anybody could, and return status and answer."""
        return call(self.url + path, method, body, token)

    def register(self, name: str, password: str = "porch light") -> str:  # noqa: S107 - made up for the test
        """Register a user without logging them in, and return their id."""
        status, answer = self.call(
            "POST",
            "/_matrix/client/v3/register",
            {"username": name, "password": password, "inhibit_login": True, "auth": {"type": "m.login.dummy"}},
        )
        assert status == 200, answer
        return str(answer["user_id"])

    def delete_room(self, room: str) -> None:
        """Take a room away with everybody in it, as whoever runs a homeserver can."""
        token = self._operator()
        status, answer = self.call("DELETE", f"/_synapse/admin/v1/rooms/{quote(room)}", {"purge": True}, token)
        assert status == 200, answer

    def _operator(self) -> str:
        """Return the token of a new account of whoever runs it."""
        name, password = f"operator-{secrets.token_hex(8)}", secrets.token_hex()
        status, answer = self.call("GET", "/_synapse/admin/v1/register")
        assert status == 200, answer
        signed = "\0".join((answer["nonce"], name, password, "admin")).encode()
        mac = hmac.new(self._secret.encode(), signed, hashlib.sha1).hexdigest()
        asked = {"nonce": answer["nonce"], "username": name, "password": password, "admin": True, "mac": mac}
        status, answer = self.call("POST", "/_synapse/admin/v1/register", asked)
        assert status == 200, answer
        return str(answer["access_token"])
