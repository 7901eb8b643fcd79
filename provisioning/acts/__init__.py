"""What does each step: one module for each kind of thing."""
