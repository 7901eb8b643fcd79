"""Switched lights over the tray: a Protocol, our own board on a serial port, a simulator."""
