"""The descriptor network in a process of its own: ``python -m kiosk.vision.embedder``.

It holds Python's global lock for 100 ms a face, which would stop the preview. One
message is one face chip (150 x 150 x 3 bytes), the answer 128 doubles.
"""

import sys

import numpy as np

from drivers.host import channel_of_parent
from kiosk.session.memory import guard
from kiosk.vision import models


def main() -> None:
    """Answer until the parent closes the channel."""
    guard(lock=False)
    channel = channel_of_parent(sys.argv[1:])
    network = models.encoder()
    channel.send_bytes(b"ready")
    flat = np.zeros(models.CHIP_PX * models.CHIP_PX * 3, np.uint8)
    chip = flat.reshape(models.CHIP_PX, models.CHIP_PX, 3)
    try:
        while True:
            channel.recv_bytes_into(flat)
            descriptor = np.array(network.compute_face_descriptor(chip, num_jitters=1))
            # The face is not kept until the next one comes.
            flat[:] = 0
            channel.send_bytes(descriptor.tobytes())
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    main()
