"""The hot path: a check-in is stored durably, together with others, before it is answered."""
