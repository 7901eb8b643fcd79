"""Databases for the tests of the fleet."""

from tests.support.databases import cluster, database, url

__all__ = ["cluster", "database", "url"]
