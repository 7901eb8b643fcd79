"""A panel that inserts cards, shows faces and tears paper; for developers, never shipped."""
