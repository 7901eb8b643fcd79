"""Which form a card has, from where its large portrait stands.

The 2018 form prints it on the left, the 2003 form on the right; the date of issue
alone does not tell them apart (docs/hkid.md, "Two generations").
"""

from typing import Final

from wire.document import Form

_LEFT: Final = 0.45
_RIGHT: Final = 0.55


def form_of(portrait_x: float) -> Form | None:
    """Return the form; None where the portrait stands on neither side.

    Args:
        portrait_x: centre of the largest face, share of the card's width from the left.
    """
    if portrait_x <= _LEFT:
        return Form.FORM_2018
    return Form.FORM_2003 if portrait_x >= _RIGHT else None
