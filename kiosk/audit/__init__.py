"""What the terminal notes about itself: events, numbers and enums; text cannot enter."""

from kiosk.audit.log import note

__all__ = ["note"]
