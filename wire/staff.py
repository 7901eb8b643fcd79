"""What staff mode is made of: which devices are tested, and how a visit of staff ends."""

from enum import StrEnum


class DeviceTest(StrEnum):
    """What staff can test."""

    READER = "reader"
    PRINTER = "printer"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    TOUCH = "touch"
    SOUND = "sound"


class StaffEnd(StrEnum):
    """Why staff mode ended."""

    LEFT = "left"
    CARD_TAKEN = "card_taken"
    TIMED_OUT = "timed_out"
    TIME_UP = "time_up"
    """The whole time that one visit may take."""
    SCREEN_LOST = "screen_lost"
    READER_LOST = "reader_lost"
    RESTARTED = "restarted"
