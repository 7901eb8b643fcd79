"""The console for programs: the same rights, the same acts, as JSON."""
