"""What the fleet keeps, in SQLite or PostgreSQL."""
