"""Cards: readers, protocols without I/O, profiles, and virtual cards."""
