"""Turns a machine into a terminal, checks and retires it; empty in this release (docs/architecture.md)."""
