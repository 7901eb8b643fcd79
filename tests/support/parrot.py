"""A child for tests: says its process id once it is spoken to, and repeats what it hears."""

import os
import sys

from drivers.host import channel_of_parent


def main() -> None:
    """Answer until the parent goes."""
    channel = channel_of_parent(sys.argv[1:])
    try:
        while True:
            heard = channel.recv_bytes()
            channel.send_bytes(heard + b" " + str(os.getpid()).encode())
    except EOFError:
        return


if __name__ == "__main__":
    main()
