"""What a session holds and leaves: vault, consent, memory, the sealed record."""
