"""Files are read by their short identifier, however little the card gives at a time."""

import pytest

from drivers.card.protocol import tlv
from drivers.card.protocol.dialogue import converse
from drivers.card.protocol.errors import CardUnreadable, FileNotOnCard, ReadRefused
from drivers.card.protocol.files import least_commands, read_file, select_application
from drivers.card.protocol.lds import COM, GROUPS
from tests.support.transcript import TranscriptChannel

FIRST = "00 B0 9E 00 DF"
WHOLE = "60 14 5F 01 04 30 31 30 37 5F 36 06 30 34 30 30 30 30 5C 02 61 75"
CHUNK = 223


class FileCard:
    """A card of one file, which may give less than asked and knows far offsets."""

    def __init__(self, file: bytes, *, most: int = 256) -> None:
        self._file = file
        self._most = most
        self.commands: list[bytes] = []

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        if command[1] == 0xB0:
            by_short_id = command[2] & 0x80
            offset = command[3] if by_short_id else int.from_bytes(command[2:4], "big")
            data = self._file[offset:][: min(command[4] or 256, self._most)]
        else:
            offset = int.from_bytes(tlv.only(command[5:-1], 0x54), "big")
            data = tlv.build(0x53, self._file[offset:][: (command[-1] or 256) - 3])
        return data + b"\x90\x00"


def test_a_file_that_fits_one_answer_costs_one_command() -> None:
    card = TranscriptChannel([(FIRST, f"{WHOLE} 62 82")])
    assert converse(read_file(COM, chunk=CHUNK), card) == bytes.fromhex(WHOLE)
    card.assert_finished()


def test_the_rest_of_a_file_is_read_where_the_first_answer_ended() -> None:
    parts = [(FIRST, "60 14 5F 01 04 30 31 30 90 00"), ("00 B0 00 08 0E", WHOLE[24:] + "90 00")]
    card = TranscriptChannel(parts)
    assert converse(read_file(COM, chunk=CHUNK), card) == bytes.fromhex(WHOLE)
    card.assert_finished()


def test_bytes_behind_the_object_are_not_read() -> None:
    card = TranscriptChannel([(FIRST, "60 02 5F 01 FF FF FF FF 90 00")])
    assert converse(read_file(COM, chunk=CHUNK), card) == bytes.fromhex("60 02 5F 01")


@pytest.mark.parametrize("most", [8, 100, 256])
def test_short_reads_come_together(most: int) -> None:
    file = tlv.build(0x75, bytes(i % 251 for i in range(1000)))
    assert converse(read_file(GROUPS[2], chunk=CHUNK), FileCard(file, most=most)) == file


@pytest.mark.parametrize("size", [10, CHUNK, CHUNK + 1, 1000])
def test_no_file_costs_a_command_more_than_it_has_chunks(size: int) -> None:
    file = tlv.build(0x75, bytes(size))
    card = FileCard(file)
    converse(read_file(GROUPS[2], chunk=CHUNK), card)
    assert len(card.commands) == least_commands(len(file), CHUNK)
    assert max(command[4] for command in card.commands) == CHUNK


def test_a_file_beyond_32767_bytes_is_read_by_odd_instructions() -> None:
    file = tlv.build(0x75, bytes(i % 251 for i in range(33_300)))
    card = FileCard(file)
    assert converse(read_file(GROUPS[2], chunk=CHUNK), card) == file
    far = [command for command in card.commands if command[1] == 0xB1]
    assert far[0].hex().startswith("00b1000004540280")
    assert all(command[-1] <= CHUNK for command in far)


def test_progress_is_told_in_bytes_and_ends_at_the_whole() -> None:
    file = tlv.build(0x75, bytes(1000))
    told: list[tuple[int, int]] = []
    reading = read_file(GROUPS[2], chunk=CHUNK, progress=lambda *share: told.append(share))
    converse(reading, FileCard(file))
    assert told == sorted(told)
    assert told[-1] == (len(file), len(file))


@pytest.mark.parametrize("status", ["6A 82", "6A 83", "6A 88"])
def test_a_missing_file_is_said_to_be_missing(status: str) -> None:
    with pytest.raises(FileNotOnCard, match=r"EF\.COM"):
        converse(read_file(COM, chunk=CHUNK), TranscriptChannel([(FIRST, status)]))


@pytest.mark.parametrize("status", ["67 00", "6B 00", "6F 00"])
def test_a_length_that_the_card_does_not_take_is_told_from_other_refusals(status: str) -> None:
    with pytest.raises(ReadRefused):
        converse(read_file(COM, chunk=CHUNK), TranscriptChannel([(FIRST, status)]))


def test_an_application_is_selected_by_its_name() -> None:
    command = "00 A4 04 0C 07 A0 00 00 02 47 10 01"
    application = bytes.fromhex("A0000002471001")
    converse(select_application(application), TranscriptChannel([(command, "90 00")]))
    with pytest.raises(FileNotOnCard):
        converse(select_application(application), TranscriptChannel([(command, "6A 82")]))


@pytest.mark.parametrize(
    "answer",
    ["69 82", "90 00", "62 82", f"60 81 F0 {'00' * 221} 90 00", "60 80 00 00 90 00"],
    ids=["refused", "nothing", "nothing and the end", "more than asked", "indefinite length"],
)
def test_a_read_that_brings_nothing_or_too_much_is_refused(answer: str) -> None:
    with pytest.raises(CardUnreadable):
        converse(read_file(COM, chunk=CHUNK), TranscriptChannel([(FIRST, answer)]))


@pytest.mark.parametrize("answer", ["6B 00", "90 00", "62 82", f"{'00' * 15} 90 00", "69 88"])
def test_a_file_that_ends_before_its_length_says_is_refused(answer: str) -> None:
    parts = [(FIRST, "60 14 5F 01 04 30 31 30 90 00"), ("00 B0 00 08 0E", answer)]
    with pytest.raises(CardUnreadable) as caught:
        converse(read_file(COM, chunk=CHUNK), TranscriptChannel(parts))
    assert not isinstance(caught.value, ReadRefused), "a shorter plan would not help"
