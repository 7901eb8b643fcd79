"""The settings of one terminal: defaults in code, then its file; frozen once read."""

from kiosk.config.load import BadSettings, check_overlay, load
from kiosk.config.settings import Settings

__all__ = ["BadSettings", "Settings", "check_overlay", "load"]
