"""The shapes the register's database went through (Alembic)."""
