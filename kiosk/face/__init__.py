"""Faces: pure decisions about framing and comparison; no picture library."""
