"""Read a card on a reader: with the plan that fits, our own arithmetic beside the link.

Here a reading meets a reader; what is read and believed is the profile's.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from drivers.card.pcsc import ReaderFaulty
from drivers.card.profile.plan import SHORT, SHORT_ANSWER, Aside, ReadPlan, plans
from drivers.card.protocol.card_files import CardLimits, parse_atr_info
from drivers.card.protocol.dialogue import Channel, Dialogue, converse
from drivers.card.protocol.errors import CardUnreadable, ReadRefused
from drivers.card.protocol.files import read_start
from drivers.card.protocol.lds import ATR_INFO
from drivers.card.reader import CardReader, CardSession
from drivers.errors import DeviceError

T = TypeVar("T")


def limits(session: CardSession, channel: Channel) -> CardLimits | None:
    """Ask the card how long answers may be, where the reader carries long ones.

    EF.ATR/INFO is a row of objects, not one: its first piece is looked at.

    Raises:
        DeviceError: the reader failed, or the card went away.
    """
    if session.longest_answer <= SHORT_ANSWER:
        return None
    try:
        return parse_atr_info(converse(read_start(ATR_INFO, chunk=SHORT.chunk), channel))
    except CardUnreadable:
        return None


def read_card(
    reader: CardReader,
    reading: Callable[[ReadPlan], Dialogue[T]],
    *,
    through: Callable[[Channel], Channel] = lambda channel: channel,
) -> T:
    """Read the card that lies there, in a new session for each plan that has to be tried.

    Args:
        reader: where it lies.
        reading: the whole dialogue, from the way in to the verdict.
        through: wraps the session, to count or to show its commands.

    Raises:
        DeviceError: what the last attempt raised.
    """
    with ThreadPoolExecutor(1, "aside") as threads:
        left: list[ReadPlan] = []
        while True:
            with reader.connect() as session:
                channel = through(session)
                if not left:
                    answers = limits(session, channel)
                    left = plans(session.longest_answer, answers, _beside(threads))
                plan = left.pop(0)
                try:
                    return converse(reading(plan), channel)
                except DeviceError as error:
                    if not left or not _may_be_the_length(error, plan):
                        raise


def _beside(threads: ThreadPoolExecutor) -> Aside:
    def start(work: Callable[[], T]) -> Callable[[], T]:
        return threads.submit(work).result

    return start


def _may_be_the_length(error: DeviceError, plan: ReadPlan) -> bool:
    """Say whether a shorter plan may do: the card refused, or the reader choked."""
    too_long = isinstance(error, ReaderFaulty) and plan.longest_answer > SHORT_ANSWER
    return too_long or isinstance(error, ReadRefused)
