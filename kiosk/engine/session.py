"""One citizen's visit, from the first touch to the wipe.

What is personal lies in the vault; beside it stand counts, switches and codes.
"""

from dataclasses import dataclass, field

from kiosk.document.typed import Field, Wrong
from kiosk.flow.tally import Tally
from kiosk.session.vault import Slot, Vault
from wire.record import Consent
from wire.screen import Language
from wire.vision import Compared

TYPED_SLOTS = {
    Field.NUMBER: Slot.TYPED_NUMBER,
    Field.BIRTH: Slot.TYPED_BIRTH,
    Field.ISSUED: Slot.TYPED_ISSUED,
}


@dataclass(slots=True)
class Session:
    """What the engine knows of the visit."""

    vault: Vault
    language: Language
    opened_at: float
    """On the engine's clock, seconds."""
    record_id: str
    reference: str
    """The code for receipt and staff; drawn at random, names nobody."""
    tally: Tally = field(default_factory=Tally)
    code: str = ""
    """The failure code behind where the session went last."""
    outcome: str = "left"
    keep_template: bool = False
    consent: Consent | None = None
    field: Field = Field.NUMBER
    wrong: Wrong = Wrong.NOTHING
    compared: Compared | None = None
    card_ms: int = 0
    stored: bool = False
    sent: bool = False
    paper: str = "none"

    def typed(self, which: Field) -> str:
        """Return what was typed so far; a short-lived copy for one decision."""
        slot = TYPED_SLOTS[which]
        if not self.vault.holds(slot):
            return ""
        with self.vault.use(slot) as view:
            return bytes(view).decode("ascii")

    def type_over(self, which: Field, text: str) -> None:
        """Replace what was typed."""
        self.vault.put(TYPED_SLOTS[which], text.encode("ascii"))
