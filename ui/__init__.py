"""The screens: they show what the engine says and report touches, nothing else."""
