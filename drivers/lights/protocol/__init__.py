"""The language of the light board; no I/O."""
