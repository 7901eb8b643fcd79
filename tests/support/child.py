"""A child for tests/unit/drivers/test_host.py: echoes, leaves, hangs, or says too much."""

import os
import sys
import threading

from drivers.host import LONGEST_MESSAGE_BYTES, channel_of_parent


def main() -> int:
    """Behave as the first argument says."""
    channel = channel_of_parent(sys.argv[1:])
    match sys.argv[1]:
        case "leave":
            return 7
        case "hang":
            threading.Event().wait()
        case "flood":
            channel.send_bytes(bytes(LONGEST_MESSAGE_BYTES + 1))
            threading.Event().wait()
        case "environment":
            channel.send_bytes(os.environ.get("KIOSK_TEST", "").encode())
        case "descriptor":
            channel.send_bytes(os.pread(int(sys.argv[2]), 16, 0))
    try:
        while True:
            channel.send_bytes(channel.recv_bytes(LONGEST_MESSAGE_BYTES))
    except EOFError:
        return 0


if __name__ == "__main__":
    sys.exit(main())
