"""What happens next: pure decisions, no device, no clock, no screen, no personal data."""
