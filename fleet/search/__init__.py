"""One search over what terminals noted, what was said about them, and what people did."""
