"""Processes of the bot that need not import anything: one process that has imported all of it forks for each.

Started as ``python -m tests.drivers.forks SOCKET``, it waits there. Who connects sends three open files: both ends
of the talk with the bot, its log, and where its number and later its exit code are written, a line each. It ends when
its standard input does.
"""

import atexit
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.drivers import bot

ROOT = Path(__file__).parent.parent.parent


def _child(talk: int, log: int) -> None:
    """Be the bot, from here to its end."""
    for number, target in ((talk, 0), (talk, 1), (log, 2)):
        os.dup2(number, target)
    sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1)
    code = 1
    try:
        bot.main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve(path: str) -> None:
    """Fork whenever somebody connects."""
    told_r, told_w = os.pipe()
    os.set_blocking(told_w, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(told_w)
    ends: dict[int, int] = {}
    with socket.socket(socket.AF_UNIX) as door, selectors.DefaultSelector() as watch:
        door.bind(path)
        door.listen()
        for file in (door, told_r, 0):
            watch.register(file, selectors.EVENT_READ)
        print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
        while True:
            for key, _ in watch.select():
                if key.fileobj == 0 and not os.read(0, 1):
                    return
                if key.fileobj == told_r:
                    os.read(told_r, 512)
                    _bury(ends)
                elif key.fileobj is door:
                    _fork(door, ends)


def _fork(door: socket.socket, ends: dict[int, int]) -> None:
    with door.accept()[0] as asking:
        _, files, _, _ = socket.recv_fds(asking, 1, 3)
    talk, log, end = files
    number = os.fork()
    if not number:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        door.close()
        os.close(end)
        for other in ends.values():
            os.close(other)
        _child(talk, log)
    os.close(talk)
    os.close(log)
    os.write(end, f"{number}\n".encode())
    ends[number] = end


def _bury(ends: dict[int, int]) -> None:
    """Tell how those ended that have."""
    for number in list(ends):
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            end = ends.pop(number)
            os.write(end, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(end)


@cache
def _server() -> str:
    """Start the process that forks, once in each test process; return where it waits."""
    folder = tempfile.TemporaryDirectory(prefix="forks-")
    path = str(Path(folder.name) / "door")
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.drivers.forks", path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"

    def end() -> None:
        server.communicate()
        folder.cleanup()

    atexit.register(end)
    return path


def start(log: Path) -> tuple[socket.socket, int]:
    """Start a bot; return the talk with it, and the file from which its number and its exit code are read."""
    ours, theirs = socket.socketpair()
    told, end = os.pipe()
    with log.open("ab") as file, socket.socket(socket.AF_UNIX) as asking, theirs:
        asking.connect(_server())
        socket.send_fds(asking, [b"x"], [theirs.fileno(), file.fileno(), end])
    os.close(end)
    return ours, told


if __name__ == "__main__":
    serve(sys.argv[1])
