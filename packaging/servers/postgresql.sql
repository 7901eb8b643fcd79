-- Once, as postgres: psql -f postgresql.sql
--
-- Each server has a database of its own and is known by its account on this machine (peer
-- authentication over the socket): there is no password to lose. Neither sees the other's.
CREATE ROLE fleet LOGIN;
CREATE DATABASE fleet OWNER fleet ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE fleet FROM PUBLIC;

CREATE ROLE register LOGIN;
CREATE DATABASE register OWNER register ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;
REVOKE ALL ON DATABASE register FROM PUBLIC;

-- What a server stores is durable when it is answered; a statement that hangs ends.
ALTER ROLE fleet SET synchronous_commit = on;
ALTER ROLE fleet SET statement_timeout = '30s';
ALTER ROLE fleet SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE register SET synchronous_commit = on;
ALTER ROLE register SET statement_timeout = '30s';
ALTER ROLE register SET idle_in_transaction_session_timeout = '60s';
