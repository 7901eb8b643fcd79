"""The outbox's tables, and the statements that move a record from one state to the next."""

from typing import Final

TABLES: Final = (
    # `number` is the order in which records were stored: it never goes back, whatever the
    # clock does, and none is used twice.
    """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    key_id TEXT NOT NULL,
    suite TEXT NOT NULL,
    digest TEXT NOT NULL,
    created_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    tried_at REAL,
    retry_at REAL NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    code TEXT NOT NULL DEFAULT '',
    receipt TEXT,
    verdict TEXT,
    ended_at REAL,
    linked INTEGER NOT NULL DEFAULT 0,
    CHECK ((state = 'delivered') = (receipt IS NOT NULL)),
    CHECK ((state = 'queued') = (ended_at IS NULL))
) STRICT
""",
    "CREATE INDEX IF NOT EXISTS by_state ON records (state, number)",
    "CREATE INDEX IF NOT EXISTS by_age ON records (state, created_at)",
    # Apart, so that noting an attempt does not write the payload anew. `slot` is the
    # place of its wrapping key.
    """
CREATE TABLE IF NOT EXISTS payloads (
    number INTEGER PRIMARY KEY REFERENCES records,
    slot INTEGER NOT NULL UNIQUE,
    wrapped BLOB NOT NULL
) STRICT
""",
    # Slots whose keys are to be destroyed; nobody is given one of them.
    "CREATE TABLE IF NOT EXISTS retired (slot INTEGER PRIMARY KEY) STRICT",
    # The register's clock, and this machine's steady one when it was told.
    """
CREATE TABLE IF NOT EXISTS register_time (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    register_s REAL NOT NULL,
    steady_s REAL NOT NULL,
    boot TEXT NOT NULL
) STRICT
""",
    # The head of the trail when a record was stored last, and the one the register signed
    # for last.
    """
CREATE TABLE IF NOT EXISTS trail (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    count INTEGER NOT NULL DEFAULT 0,
    hash TEXT NOT NULL,
    anchored_count INTEGER NOT NULL DEFAULT 0,
    anchored_hash TEXT NOT NULL
) STRICT
""",
    """
INSERT OR IGNORE INTO trail (one, hash, anchored_hash)
VALUES (1, printf('%064d', 0), printf('%064d', 0))
""",
)

FREE_SLOT: Final = """
WITH taken AS (SELECT slot FROM payloads UNION ALL SELECT slot FROM retired)
SELECT CASE WHEN EXISTS (SELECT 1 FROM taken WHERE slot = 0) THEN (
    SELECT slot + 1 FROM taken
    WHERE NOT EXISTS (SELECT 1 FROM payloads WHERE payloads.slot = taken.slot + 1)
    AND NOT EXISTS (SELECT 1 FROM retired WHERE retired.slot = taken.slot + 1)
    ORDER BY slot LIMIT 1
) ELSE 0 END
"""
RETIRE: Final = "INSERT OR IGNORE INTO retired VALUES (?)"
RETIRE_DELIVERED: Final = """
INSERT OR IGNORE INTO retired
SELECT slot FROM records JOIN payloads USING (number)
WHERE record_id = ? AND state = 'delivered'
"""
DUE: Final = """
SELECT record_id, key_id, suite, attempts, slot, wrapped, trail.count, trail.hash
FROM records JOIN payloads USING (number) CROSS JOIN trail
WHERE number = (
    SELECT number FROM records WHERE state = 'queued' AND (retry_at <= ? OR retry_at > ?)
    ORDER BY attempts > 0, number LIMIT 1
)
"""
"""The inner query sorts numbers alone: a queue of payloads is never read to find the first."""
CARRIED: Final = """
SELECT number, record_id, key_id, suite, created_at, slot, wrapped
FROM records JOIN payloads USING (number)
WHERE state IN ('queued', 'set_aside') AND number > ? ORDER BY number LIMIT 1
"""
NOTE_FAILURE: Final = """
UPDATE records SET attempts = attempts + 1, tried_at = ?, status = ?, code = ?, retry_at = ?
WHERE record_id = ? AND state = 'queued'
"""
NOTE_REFUSAL: Final = """
UPDATE records SET state = 'set_aside', attempts = attempts + 1, tried_at = ?, ended_at = ?,
    status = ?, code = ?
WHERE record_id = ? AND state = 'queued'
"""
NOTE_RECEIPT: Final = """
UPDATE records SET state = 'delivered', attempts = attempts + 1, tried_at = ?, ended_at = ?,
    status = ?, code = '', receipt = ?, verdict = ?
WHERE record_id = ? AND state = 'queued'
"""
ERASE_PAYLOAD: Final = """
DELETE FROM payloads WHERE number = (
    SELECT number FROM records WHERE record_id = ? AND state = 'delivered'
)
"""
NOTE_TRAIL: Final = "UPDATE trail SET count = ?, hash = ?"
NOTE_ANCHOR: Final = "UPDATE trail SET anchored_count = ?, anchored_hash = ?"
ANCHOR: Final = "SELECT anchored_count, anchored_hash FROM trail"
NOTE_TIME: Final = "REPLACE INTO register_time VALUES (1, ?, ?, ?)"
TIME: Final = "SELECT register_s, steady_s, boot FROM register_time"
RETIRE_REFUSED: Final = """
INSERT OR IGNORE INTO retired
SELECT slot FROM records JOIN payloads USING (number)
WHERE state = 'set_aside' AND ended_at < ?
"""
ERASE_REFUSED: Final = """
DELETE FROM payloads WHERE number IN (
    SELECT number FROM records WHERE state = 'set_aside' AND ended_at < ?
)
"""
FORGET: Final = """
DELETE FROM records
WHERE (state = 'delivered' AND ended_at < ?) OR (state = 'set_aside' AND ended_at < ?)
"""
RETRY_NOW: Final = "UPDATE records SET retry_at = 0 WHERE state = 'queued' AND retry_at > 0"
NOTE_LINK: Final = "UPDATE records SET linked = 1 WHERE record_id = ?"
STANDING: Final = """
SELECT state, verdict, linked, attempts, status, code, created_at FROM records
WHERE record_id = ?
"""
DEAD_LETTERS: Final = """
SELECT record_id, attempts, status, code, created_at FROM records
WHERE state = 'set_aside' ORDER BY number
"""
LATEST_DELIVERED: Final = """
SELECT record_id, verdict, linked FROM records
WHERE state = 'delivered' AND ended_at > ? ORDER BY ended_at DESC, number DESC LIMIT 1
"""
