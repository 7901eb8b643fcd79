"""What terminal and printer say to each other; no I/O."""
