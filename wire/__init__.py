"""Messages that cross a process or machine boundary.

Strict msgspec structs: unknown fields are refused, lengths are bounded, and
nothing here touches a socket, a file or a clock. Programs import this library;
it imports none of them.
"""
