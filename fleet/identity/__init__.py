"""Who becomes a terminal: claim codes, certificates, renewals."""
