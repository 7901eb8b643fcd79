"""Is a terminal well? Decided from what it told, the hour and versioned rules. NO I/O."""
