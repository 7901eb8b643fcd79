"""Turns a machine into a terminal and retires it; empty in this release (docs/architecture.md)."""
