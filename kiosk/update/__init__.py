"""Updates of the terminal: found, checked, tried, confirmed by its own health, or undone."""
