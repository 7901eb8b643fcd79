"""What this software calls itself, in records, hellos and reports."""

from typing import Final

SOFTWARE: Final = "kiosk-terminal/0.1.0"
