"""Portraits decoded in a child process: a picture from a card may be made to break a decoder."""
