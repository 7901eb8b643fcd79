"""The machine's own key, in its TPM: it signs here and nowhere else, and never leaves."""
