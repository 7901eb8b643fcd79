"""``python -m kiosk.vision``: run the vision process that the engine started."""

import argparse
import os
import sys
import threading

from cv2.utils import logging as opencv_log

from drivers.camera.v4l2 import OpencvCamera
from drivers.host import CHANNEL_ARGUMENT, LONGEST_MESSAGE_BYTES, channel_of_parent
from kiosk.session.memory import guard
from kiosk.vision.embedding import Embedder
from kiosk.vision.preview import PreviewWriter
from kiosk.vision.process import Vision
from wire.framing import decode
from wire.vision import Camera, ToVision, VisionReady


def _end_with_any_thread(ended: threading.ExceptHookArgs) -> None:
    """End the process when one of its threads ends unexpectedly: the engine starts another.

    A vision process with a dead camera thread would look healthy and see nothing.
    """
    if not isinstance(ended.exc_value, BrokenPipeError):
        threading.__excepthook__(ended)
    os._exit(1)


def main() -> None:
    """Serve until the engine closes the channel."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.vision", description=__doc__)
    parser.add_argument("--face", required=True, help="device or address of the face camera")
    parser.add_argument("--document", required=True, help="of the document camera")
    parser.add_argument("--preview-fd", type=int, required=True, help="given by the engine")
    parser.add_argument(CHANNEL_ARGUMENT, type=int, required=True, help="given by the engine")
    options = parser.parse_args()
    guard(lock=False)
    threading.excepthook = _end_with_any_thread
    # A camera that is away is asked twice a second: OpenCV would say so each time.
    opencv_log.setLogLevel(opencv_log.LOG_LEVEL_ERROR)
    channel = channel_of_parent(sys.argv[1:])
    with Embedder() as embedder:
        vision = Vision(
            cameras={
                Camera.FACE: OpencvCamera(options.face),
                Camera.DOCUMENT: OpencvCamera(options.document),
            },
            preview=PreviewWriter(options.preview_fd),
            embed=embedder.embed,
            channel=channel,
        )
        vision.say(VisionReady())
        try:
            while True:
                vision.obey(decode(channel.recv_bytes(LONGEST_MESSAGE_BYTES), ToVision))
        except EOFError:
            vision.close()


if __name__ == "__main__":
    main()
