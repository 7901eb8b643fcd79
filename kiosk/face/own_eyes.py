"""How open are this person's own eyes usually? Narrow eyes are not closed eyes.

A limit on the raw opening would ask people with narrow eyes to open what is open: over 51
neutral portraits it runs from 0.18 to 0.34 (docs/face.md, "Quality").
"""

from collections import deque
from typing import Final

_LOOKS: Final = 100
"""About ten seconds of looks."""
_ENOUGH: Final = 10
_USUAL: Final = 0.20
"""Opening that is taken for open until enough was seen; three quarters of it lie below
every neutral portrait, so that nobody begins with closed eyes."""
_QUANTILE: Final = 0.8


class OwnEyes:
    """The openings of one person, as `kiosk.vision.measures.eye_opening` says them."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=_LOOKS)

    def see(self, opening: float) -> None:
        """Take one look."""
        self._seen.append(opening)

    @property
    def usual(self) -> float:
        """The opening that counts as open: the 80th percentile of what was seen."""
        if len(self._seen) < _ENOUGH:
            return _USUAL
        return max(sorted(self._seen)[int(_QUANTILE * (len(self._seen) - 1))], _USUAL / 2)
