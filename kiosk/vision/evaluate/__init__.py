"""Measure what the vision process can do, on pictures whose truth is known. Never shipped."""
