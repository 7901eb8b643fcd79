"""The sandbox's phone page: what the QR opens until a real app does."""
