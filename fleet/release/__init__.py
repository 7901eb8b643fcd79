"""Releases: built the same by anyone, signed by people offline, published by the fleet."""
