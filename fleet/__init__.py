"""Operations' server and console: how every terminal is, and what is about to go wrong.

Folders that decide do no I/O: `health`, `anomaly`, and the modules that say so.
"""
