"""What terminal and card say to each other; no I/O: bytes in, bytes out."""
