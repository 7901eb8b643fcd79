"""Turns a machine into a terminal, checks it, and retires it."""
