"""Our programs for a shell, which start in a hundredth of a second.

What the shell finds in its ``PATH`` is a few lines that hand their streams, words and surroundings to a server; the
server was forked from the tests with everything imported, and forks the program.
"""

from __future__ import annotations

import marshal
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from support.forked import PROGRAMS, be_program, can_fork_with

_LENGTH = 8
_SHIM = """\
#!{python} -IS
import _socket, marshal, os, sys
about = marshal.dumps((["{name}", *sys.argv[1:]], os.getcwd(), dict(os.environ)))
server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect("{address}")
streams = b"".join(number.to_bytes(4, sys.byteorder) for number in range(3))
server.sendmsg([len(about).to_bytes({length}, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
server.sendall(about)
os._exit(int(server.recv(4) or b"70"))
"""


@contextmanager
def serving_programs() -> Iterator[Path]:
    """Serve while someone types into shells; yield the folder to put first in their ``PATH``."""
    # The name of a socket has room for a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="shims-"))
    address = folder / "server"
    for name in PROGRAMS:
        shim = folder / name
        shim.write_text(_SHIM.format(python=sys.executable, name=name, address=address, length=_LENGTH), "utf-8")
        shim.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(address))
        listening.listen()
        server = os.fork()
        if server == 0:
            _serve(listening)
        try:
            yield folder
        finally:
            os.kill(server, signal.SIGKILL)
            os.waitpid(server, 0)
            shutil.rmtree(folder)


def _serve(listening: socket.socket) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        caller, _ = listening.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                _run_for(caller)
            finally:
                os._exit(70)
        caller.close()


def _run_for(caller: socket.socket) -> None:
    """Run one program with the streams of whoever called, and tell them its exit code."""
    head, streams, _, _ = socket.recv_fds(caller, _LENGTH, 3)
    left, pieces = int.from_bytes(head, "big"), []
    while left:
        pieces.append(caller.recv(left))
        left -= len(pieces[-1])
    words, folder, env = marshal.loads(b"".join(pieces))  # noqa: S302 - we have written it
    assert can_fork_with(env), "this needs a start of its own"
    program = os.fork()
    if program == 0:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.chdir(folder)
        be_program(words, env)
    for stream in streams:
        os.close(stream)
    _, status = os.waitpid(program, 0)
    code = os.waitstatus_to_exitcode(status)
    caller.sendall(b"%d" % (code if code >= 0 else 128 - code))
