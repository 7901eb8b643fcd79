"""Cameras: a Protocol, the real driver, and a simulated pair over loopback."""
