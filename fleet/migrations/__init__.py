"""The shapes the fleet's database went through (Alembic)."""
