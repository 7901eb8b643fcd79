"""Files are selected and read, however little the card gives at a time."""

import pytest

from drivers.card.protocol import tlv
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard
from drivers.card.protocol.files import read_file, select_application, select_file
from tests.support.transcript import TranscriptChannel

SELECT = "00 A4 02 0C 02 01 1E"
HEAD = "00 B0 00 00 08"


class FileCard:
    """A card of one file, which may give less than asked and knows far offsets."""

    def __init__(self, file: bytes, *, most: int = 256) -> None:
        self._file = file
        self._most = most
        self.commands: list[bytes] = []

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        if command[1] == 0xA4:
            return b"\x90\x00"
        if command[1] == 0xB0:
            offset = int.from_bytes(command[2:4], "big")
            data = self._file[offset:][: min(command[4] or 256, self._most)]
        else:
            offset = int.from_bytes(tlv.only(command[5:-1], 0x54), "big")
            data = tlv.build(0x53, self._file[offset:][: (command[-1] or 256) - 3])
        return data + b"\x90\x00"


def test_a_file_is_selected_and_read() -> None:
    card = TranscriptChannel(
        [
            (SELECT, "90 00"),
            (HEAD, "60 14 5F 01 04 30 31 30 90 00"),
            ("00 B0 00 08 0E", "37 5F 36 06 30 34 30 30 30 30 5C 02 61 75 90 00"),
        ]
    )
    content = converse(read_file(0x011E), card)
    assert content == bytes.fromhex("60 14 5F010430313037 5F3606303430303030 5C026175")
    card.assert_finished()


def test_a_file_shorter_than_the_first_read_is_whole() -> None:
    card = TranscriptChannel([(SELECT, "90 00"), (HEAD, "60 02 5F 01 62 82")])
    assert converse(read_file(0x011E), card) == bytes.fromhex("60 02 5F 01")
    card.assert_finished()


def test_bytes_behind_the_object_are_not_read() -> None:
    card = TranscriptChannel([(SELECT, "90 00"), (HEAD, "60 02 5F 01 FF FF FF FF 90 00")])
    assert converse(read_file(0x011E), card) == bytes.fromhex("60 02 5F 01")


@pytest.mark.parametrize("most", [8, 100, 256])
def test_short_reads_come_together(most: int) -> None:
    file = tlv.build(0x75, bytes(i % 251 for i in range(1000)))
    assert converse(read_file(0x0102), FileCard(file, most=most)) == file


def test_no_read_asks_for_more_than_a_protected_answer_can_carry() -> None:
    file = tlv.build(0x75, bytes(1000))
    card = FileCard(file)
    converse(read_file(0x0102), card)
    assert max(command[4] for command in card.commands[1:]) == 223


def test_a_file_beyond_32767_bytes_is_read_by_odd_instructions() -> None:
    file = tlv.build(0x75, bytes(i % 251 for i in range(33_300)))
    card = FileCard(file)
    assert converse(read_file(0x0102), card) == file
    far = [command for command in card.commands if command[1] == 0xB1]
    assert far[0].hex() == "00b100000454028015df"
    assert far[0][-1] == 223
    assert all(command[-1] <= 223 for command in far)


def test_progress_is_told_in_bytes_and_ends_at_the_whole() -> None:
    file = tlv.build(0x75, bytes(1000))
    told: list[tuple[int, int]] = []
    converse(read_file(0x0102, progress=lambda *share: told.append(share)), FileCard(file))
    assert told == sorted(told)
    assert told[-1] == (len(file), len(file))


@pytest.mark.parametrize("status", ["6A 82", "6A 83"])
def test_a_missing_file_is_said_to_be_missing(status: str) -> None:
    with pytest.raises(FileNotOnCard):
        converse(select_file(0x011E), TranscriptChannel([(SELECT, status)]))


def test_a_file_refused_for_another_reason_is_unreadable() -> None:
    with pytest.raises(CardUnreadable, match="6982"):
        converse(select_file(0x011E), TranscriptChannel([(SELECT, "69 82")]))


def test_an_application_is_selected_by_its_name() -> None:
    command = "00 A4 04 0C 07 A0 00 00 02 47 10 01"
    application = bytes.fromhex("A0000002471001")
    converse(select_application(application), TranscriptChannel([(command, "90 00")]))
    with pytest.raises(FileNotOnCard):
        converse(select_application(application), TranscriptChannel([(command, "6A 82")]))


@pytest.mark.parametrize(
    "answer",
    ["69 86", "90 00", "62 82", "60 14 5F 01 04 30 31 30 37 90 00", "60 80 00 00 90 00"],
    ids=["refused", "nothing", "nothing and the end", "more than asked", "indefinite length"],
)
def test_a_read_that_brings_no_progress_or_too_much_is_refused(answer: str) -> None:
    card = TranscriptChannel([(SELECT, "90 00"), (HEAD, answer)])
    with pytest.raises(CardUnreadable):
        converse(read_file(0x011E), card)


def test_a_file_that_ends_before_its_length_says_is_refused() -> None:
    card = TranscriptChannel(
        [(SELECT, "90 00"), (HEAD, "60 14 5F 01 04 30 31 30 90 00"), ("00 B0 00 08 0E", "6B 00")]
    )
    with pytest.raises(CardUnreadable, match="6B00"):
        converse(read_file(0x011E), card)
