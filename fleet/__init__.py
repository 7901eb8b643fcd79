"""Operations' server and web console; empty in this release (docs/architecture.md)."""
