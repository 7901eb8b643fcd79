"""``python -m ui --engine SOCKET_PATH``: the terminal's screens."""

import sys

from ui import environment

environment.prepare()

from ui.app import main  # noqa: E402  (Qt reads its environment when it is imported)

sys.exit(main())
