"""The only program with a network: carries sealed records from the outbox to the register."""
