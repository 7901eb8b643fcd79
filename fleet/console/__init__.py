"""What operations look at: pages made on the server, nothing loaded from elsewhere."""
