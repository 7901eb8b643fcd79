"""Card profiles: how one kind of card is opened, read and verified.

`reading` says what every profile is; `icao` is the open one. The department's own
HKID profile, which is not public, would stand beside it.
"""
