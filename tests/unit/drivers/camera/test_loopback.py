"""What answers at a camera's address is hostile until it is parsed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.camera import CameraMissing, CameraUncontrolled
from drivers.camera.loopback import LoopbackControls, matched
from drivers.errors import DeviceError

pytestmark = pytest.mark.server
GOOD = b'{"serial":"A","locked":false,"factor":1.0}'


@contextmanager
def answering(*answers: bytes) -> Iterator[str]:
    """Serve these answers, one for each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for answer in answers:
                line, _ = server.accept()
                with line:
                    line.recv(4_096)
                    line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/face"
        thread.join()


def ok(body: bytes) -> bytes:
    return b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n" + body


def test_a_camera_says_which_it_is() -> None:
    with answering(ok(GOOD), ok(GOOD)) as address:
        assert LoopbackControls(address).serial == "A"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.0 404 Not Found\r\n\r\n",
        b"rubbish",
        ok(b""),
        ok(b"{}"),
        ok(GOOD[:-1]),
        ok(GOOD.replace(b"}", b',"more":1}')),
        ok(GOOD.replace(b'"A"', b"7")),
        ok(b"x" * 100_000),
    ],
)
def test_anything_else_has_no_controls(answer: bytes) -> None:
    with answering(answer) as address, pytest.raises(CameraUncontrolled):
        LoopbackControls(address)


@given(answer=st.binary(max_size=200))
def test_no_answer_does_more_than_fail(answer: bytes) -> None:
    with answering(answer) as address, pytest.raises(DeviceError):
        LoopbackControls(address)


def test_an_order_that_was_not_carried_out_is_found_out() -> None:
    with answering(ok(GOOD), ok(GOOD), ok(GOOD)) as address:
        controls = LoopbackControls(address)
        with pytest.raises(CameraUncontrolled):
            controls.lock(on=True)


def test_a_camera_that_is_unplugged_is_missing() -> None:
    with answering(b"HTTP/1.0 503 Away\r\n\r\n") as address, pytest.raises(CameraMissing):
        LoopbackControls(address)


def test_nobody_there_is_missing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(CameraMissing):
        LoopbackControls(f"http://127.0.0.1:{port}/face")


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:80/face",
        "http://127.0.0.1/face",
        "http://127.0.0.1:99999/face",
        "http://127.0.0.1:80@192.0.2.1/face",
        "http://127.0.0.1:80/face\r\nHost: x",
        "https://127.0.0.1:80/face",
    ],
)
def test_only_a_plain_address_of_this_machine_is_one(address: str) -> None:
    with pytest.raises(CameraMissing):
        matched(address)
