"""Devices for a simulated fleet: every terminal has its own, and one reader was exchanged."""

from typing import Any, Final

from fleet.store.database import Database
from fleet.store.fitting_tables import fittings
from fleet.store.fittings import Fittings
from wire.devices import Fitted, Place, Report

_MODELS: Final = (
    (Place.READER, "072f:223b ACR1252 Dual Reader", "RR412"),
    (Place.FACE_CAMERA, "046d:085e BRIO Ultra HD Webcam", "8A41"),
    (Place.DOCUMENT_CAMERA, "0c45:6366 USB 4K Camera", "SN00"),
    (Place.PRINTER, "0403:6001 FT232R USB UART", "A10K"),
    (Place.LIGHTS, "2e8a:000a Light board", "E661"),
)
_EXCHANGED_AT: Final = 7


def fit(database: Database, terminals: int, *, since: int, now: int) -> None:
    """Give each terminal its devices at `since`, and one another reader at `now`."""
    made: list[dict[str, Any]] = [
        {"terminal": number, "place": place.value, "model": model}
        | {"serial": f"{begin}-{number:04}", "since": since, "told_at": since}
        for number in range(1, terminals + 1)
        for place, model, begin in _MODELS
    ]
    with database.writing() as connection:
        connection.execute(fittings.insert(), made)
    other = Fitted(Place.READER, "072f:223b ACR1252 Dual Reader", "RR510-9931")
    Fittings(database).told(_EXCHANGED_AT, Report((other,)), now=now)
