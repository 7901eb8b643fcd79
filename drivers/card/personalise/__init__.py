"""Makes virtual cards: issuing PKI, data groups, a software chip. Never shipped."""
