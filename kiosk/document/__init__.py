"""What a card's print says: pure decisions, no picture library, no file."""
