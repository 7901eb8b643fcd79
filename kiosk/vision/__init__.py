"""The vision process: owns the cameras, finds and compares faces, writes the preview."""
