"""A fleet that does not exist, with faults and with what only looks like one. Not shipped."""
