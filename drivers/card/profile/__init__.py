"""Card profiles: how one kind of card is opened, read and verified.

A profile is one function like `drivers.card.profile.icao.read`: it takes what the
print says and whom we trust, and is a dialogue that ends in a `CardRead`. The
department's own HKID profile, which is not public, would stand beside `icao.py`.
"""
