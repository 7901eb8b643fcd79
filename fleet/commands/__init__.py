"""What operations ask of terminals: few typed orders, each with a visible end."""
