"""Rollouts: who goes first, when the next may, and when to stop. NO I/O."""
