"""The terminal's engine: flow, vault, devices, sealing."""
