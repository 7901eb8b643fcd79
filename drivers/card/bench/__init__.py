"""The card bench: what a reader and a card can do, for the workshop (docs/devices.md)."""
