"""Where requests come in: sockets, TLS, who is calling, refusals."""
