"""The engine: builds everything, runs the flow, performs its effects on devices."""
