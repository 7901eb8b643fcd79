"""What a citizen may read without an account: services and public information, as data."""
