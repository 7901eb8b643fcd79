"""One citizen's visit, from the first touch to the wipe.

What is personal lies in the vault; beside it stand counts, switches and codes.
"""

from dataclasses import dataclass, field

from kiosk.content.catalogue import START, Browsing
from kiosk.document.typed import Field, Wrong
from kiosk.flow.tally import Tally
from kiosk.session.vault import Slot, Vault
from wire.document import PrintRead
from wire.framing import decode
from wire.record import Consent
from wire.screen import Language
from wire.vision import Compared, Presentation

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
    needs_guardian: bool = False
    """The citizen is a minor."""
    guardian_request: str = ""
    """Id of the consent that is asked for."""
    guardian_known: bool = False
    """The register has the request."""
    guardian_consent: str = ""
    """Id of the consent that a guardian gave for a minor, `wire.guardian`."""
    field: Field = Field.NUMBER
    wrong: Wrong = Wrong.NOTHING
    was_typed: bool = False
    """The print was typed, not read."""
    print_check: str = ""
    """How chip and print were found to belong together: ``agrees``, ``unsure`` or ``typed``."""
    gentle: bool = False
    """The citizen chose to be photographed without moves and colours."""
    presentation: Presentation = Presentation.NOT_MADE
    compared: Compared | None = None
    staff_card: int = 0
    """Number of the service card of who looked and confirmed; 0 where nobody had to."""
    card_ms: int = 0
    stored: bool = False
    sent: bool = False
    paper: str = "none"
    browsing: Browsing = START

    def typed(self, which: Field) -> str:
        """Return what was typed so far; a short-lived copy for one decision."""
        slot = TYPED_SLOTS[which]
        if not self.vault.holds(slot):
            return ""
        with self.vault.use(slot) as view:
            return bytes(view).decode("ascii")

    def printed(self) -> PrintRead:
        """Return what the card prints, read or typed; a short-lived copy for one decision.

        Raises:
            SlotEmpty: it is not known: a bug in the flow.
        """
        with self.vault.use(Slot.PRINT) as view:
            printed: PrintRead = decode(bytes(view), PrintRead)
        return printed

    def type_over(self, which: Field, text: str) -> None:
        """Replace what was typed."""
        self.vault.put(TYPED_SLOTS[which], text.encode("ascii"))
