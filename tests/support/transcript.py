"""A card that is nothing but a list of what is asked and what it answers, byte for byte."""

from collections.abc import Iterable


class TranscriptChannel:
    """Answers the commands it was told of, in their order, and no others."""

    def __init__(self, exchanges: Iterable[tuple[str, str]]) -> None:
        """Take pairs of command and response, both in hexadecimal."""
        self._left = [(bytes.fromhex(c), bytes.fromhex(r)) for c, r in exchanges]

    def transmit(self, command: bytes) -> bytes:
        """Answer the next command."""
        assert self._left, f"one command more than expected: {command.hex(' ')}"
        expected, response = self._left.pop(0)
        assert command == expected, f"{command.hex(' ')} instead of {expected.hex(' ')}"
        return response

    def assert_finished(self) -> None:
        """Fail unless everything was asked."""
        assert not self._left, f"{len(self._left)} commands were never sent"
