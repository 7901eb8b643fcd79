"""Alerts that somebody reads: one per matter, grouped, silenced with an end, escalated."""
