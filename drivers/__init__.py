"""Devices: one folder per kind, each a Protocol with a real driver and a simulator."""
