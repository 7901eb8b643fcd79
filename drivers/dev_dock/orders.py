"""What the dock can do: each button as data.

A simulator that is not there refuses its buttons and says so; the others still work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drivers.admin import AdminRefused, ask


@dataclass(frozen=True, slots=True)
class Order:
    """One button."""

    label: str
    simulator: str
    """``card``, ``cameras`` or ``printer``."""
    verb: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


def _show(label: str, camera: str, what: str) -> Order:
    return Order(label, "cameras", "show", {"camera": camera, "what": what})


def _pose(label: str, *, yaw: float = 0.0, nearer: float = 1.0) -> Order:
    return Order(label, "cameras", "pose", {"yaw": yaw, "nearer": nearer})


def groups(pictures: Path) -> dict[str, list[Order]]:
    """Return the buttons by group.

    Args:
        pictures: folder of `drivers.camera.pictures` and the card fronts.
    """
    faults = [
        *("none", "forged", "changed", "unknown_signer", "expired_signer", "cloned"),
        *("truncated", "torn", "mute"),
    ]
    names = {"none": "Good card"}
    cards = [
        Order(names.get(f, f.replace("_", " ").capitalize()), "card", "insert", {"fault": f})
        for f in faults
    ]
    person = str(pictures / "holder_person.npz")
    return {
        "Card on the reader": [*cards, Order("Pull the card", "card", "remove")],
        "Service card": [
            Order("PIN 314159", "card", "insert_service"),
            Order("A copy", "card", "insert_service", {"fault": "cloned"}),
            Order("Of another issuer", "card", "insert_service", {"fault": "unknown_signer"}),
        ],
        "Under the document camera": [
            _show("2018 form", "document", str(pictures / "front_2018.png")),
            _show("2003 form", "document", str(pictures / "front_2003.png")),
            _show("Nothing", "document", "nobody"),
        ],
        "Before the face camera": [
            _show("The holder", "face", str(pictures / "holder_view.jpg")),
            _show("A stranger", "face", str(pictures / "stranger_view.jpg")),
            _show("Nobody", "face", "nobody"),
            *(
                Order(
                    kind.replace("_", " ").capitalize(),
                    "cameras",
                    "show",
                    {"camera": "face", "what": person, "kind": kind},
                )
                for kind in ("alive", "flat_print", "fresh_replay", "old_replay")
            ),
            # The citizen's own left is on the right of the camera's picture.
            _pose("Turn left", yaw=22),
            _pose("Turn right", yaw=-22),
            _pose("Face the camera"),
            _pose("Come closer", nearer=1.5),
        ],
        "Face camera": [
            Order(
                kind.capitalize() if kind != "none" else "Works",
                "cameras",
                "fault",
                {"camera": "face", "kind": kind},
            )
            for kind in (
                *("none", "blank", "frozen", "unplugged"),
                *("stalled", "slow", "small", "drifting", "rolling"),
            )
        ]
        + [
            Order("Disconnect", "cameras", "disconnect", {"camera": "face"}),
            Order("Swap", "cameras", "swap", {"camera": "face", "serial": "ANOTHER"}),
            Order("Swap back", "cameras", "swap", {"camera": "face", "serial": "SIMFACE1"}),
        ],
        "Receipt printer": [
            Order("New roll", "printer", "load_paper"),
            Order("Paper out", "printer", "paper_out"),
            Order("Open cover", "printer", "cover", {"open": True}),
            Order("Close cover", "printer", "cover", {"open": False}),
            Order("Mute", "printer", "mute", {"on": True}),
            Order("Answer again", "printer", "mute", {"on": False}),
            Order("Unplug", "printer", "unplug"),
            Order("Plug in", "printer", "plug"),
        ],
    }


def carry_out(order: Order, sockets: Mapping[str, Path]) -> str:
    """Do what the button says; return what there is to say about it."""
    try:
        ask(sockets[order.simulator], order.verb, **order.arguments)
    except (OSError, AdminRefused) as error:
        return f"{order.label}: {order.simulator} refused ({error})"
    return f"{order.label}: done"


def state(simulator: str, sockets: Mapping[str, Path]) -> str:
    """Return how a simulator is, in one line."""
    try:
        answer = ask(sockets[simulator], "state", timeout_s=0.5)
    except (OSError, AdminRefused):
        return f"{simulator}: not there"
    told = ", ".join(
        f"{key} {value}" for key, value in answer.items() if key not in {"faults", "receipts"}
    )
    return f"{simulator}: {told}"


def latest_receipt(sockets: Mapping[str, Path]) -> Path | None:
    """Return the picture of the receipt printed last."""
    try:
        receipts = ask(sockets["printer"], "state", timeout_s=0.5)["receipts"]
    except (OSError, AdminRefused):
        return None
    return Path(receipts[-1]) if receipts else None
