/**
 * The record: runs, their events and files, the chains of hosts and of the team. Tables belong to a role that nobody
 * logs in with; a host writes through functions that are bound to the login it came with, and nobody updates or
 * deletes.
 */
export const RECORD = String.raw`
CREATE TABLE handrail.host (
  login name PRIMARY KEY, host text UNIQUE NOT NULL, added_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE handrail.run (
  run uuid PRIMARY KEY, host text NOT NULL REFERENCES handrail.host (host), opened_by name NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX run_of_host ON handrail.run (host, run);
CREATE TABLE handrail.event (
  run uuid NOT NULL REFERENCES handrail.run, seq integer NOT NULL, type text NOT NULL, line bytea NOT NULL,
  hash bytea NOT NULL, prev bytea NOT NULL, stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, seq));
CREATE TABLE handrail.blob (sha256 bytea PRIMARY KEY, bytes bytea, length bigint NOT NULL);
CREATE TABLE handrail.file (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run uuid NOT NULL REFERENCES handrail.run, path text NOT NULL,
  sha256 bytea NOT NULL REFERENCES handrail.blob, stored_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX file_of_run ON handrail.file (run, path, n);
CREATE TABLE handrail.piece (
  run uuid NOT NULL REFERENCES handrail.run, path text NOT NULL, at bigint NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (run, path, at));
CREATE TABLE handrail.chain (
  host text NOT NULL REFERENCES handrail.host (host), chain bytea NOT NULL, seq integer NOT NULL, line bytea NOT NULL,
  hash bytea NOT NULL, stored_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (host, chain, seq));
CREATE TABLE handrail.ledger (seq bigint PRIMARY KEY, run text NOT NULL, what text NOT NULL, line bytea NOT NULL, hash bytea NOT NULL);
CREATE INDEX ledger_of_run ON handrail.ledger (run, seq);
CREATE TABLE handrail.conflict (
  kind text NOT NULL, id text NOT NULL, seq integer NOT NULL, have bytea NOT NULL, got bytea NOT NULL, line bytea NOT NULL,
  host text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (kind, id, seq, got));
CREATE TABLE handrail.tombstone (
  run uuid PRIMARY KEY REFERENCES handrail.run, by name NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE handrail.pulse (run uuid PRIMARY KEY REFERENCES handrail.run, at timestamptz NOT NULL);

CREATE FUNCTION handrail.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE FUNCTION handrail.only_emptied() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.bytes IS NULL AND NEW.sha256 = OLD.sha256 AND NEW.length = OLD.length THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'append-only: a blob is emptied or stays' USING ERRCODE = '42501';
END $$;
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['host','run','event','file','chain','ledger','conflict','tombstone'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON handrail.%I FOR EACH ROW EXECUTE FUNCTION handrail.never()', t);
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.%I FOR EACH STATEMENT EXECUTE FUNCTION handrail.never()', t);
  END LOOP;
END $$;
CREATE TRIGGER append_only BEFORE DELETE ON handrail.blob FOR EACH ROW EXECUTE FUNCTION handrail.never();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.blob FOR EACH STATEMENT EXECUTE FUNCTION handrail.never();
CREATE TRIGGER only_emptied BEFORE UPDATE ON handrail.blob FOR EACH ROW EXECUTE FUNCTION handrail.only_emptied();

CREATE FUNCTION handrail.host_here() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text;
BEGIN
  SELECT host INTO h FROM handrail.host WHERE login = session_user;
  IF h IS NULL THEN RAISE EXCEPTION 'the login % belongs to no host of this team', session_user USING ERRCODE = '42501'; END IF;
  RETURN h;
END $$;

CREATE FUNCTION handrail.host_if_any() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT host FROM handrail.host WHERE login = session_user $$;

CREATE FUNCTION handrail.own_run(p_run uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here();
BEGIN
  INSERT INTO handrail.run (run, host, opened_by) VALUES (p_run, h, session_user) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM handrail.run WHERE run = p_run AND host = h FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'run % belongs to another host', p_run USING ERRCODE = '42501'; END IF;
  RETURN h;
END $$;

-- Lines of a run's log. The same bytes again are no news; a gap is refused; other bytes where some are stored already are
-- a fork, which is kept as evidence and refused.
CREATE FUNCTION handrail.append(p_run uuid, p_first integer, p_lines bytea[], OUT stored integer, OUT fork integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h text := handrail.own_run(p_run);
  s integer := p_first; l bytea; have bytea; m text[]; head bytea; last integer;
BEGIN
  SELECT e.seq, e.hash INTO last, head FROM handrail.event e WHERE e.run = p_run ORDER BY e.seq DESC LIMIT 1;
  last := coalesce(last, -1); head := coalesce(head, decode(repeat('00', 32), 'hex'));
  IF p_first > last + 1 THEN
    RAISE EXCEPTION 'a gap: line % is expected, line % was sent', last + 1, p_first USING ERRCODE = '22023', DETAIL = (last + 1)::text;
  END IF;
  FOREACH l IN ARRAY p_lines LOOP
    IF s <= last THEN
      SELECT e.hash INTO have FROM handrail.event e WHERE e.run = p_run AND e.seq = s;
      IF have <> sha256(l) THEN
        INSERT INTO handrail.conflict (kind, id, seq, have, got, line, host) VALUES ('run', p_run::text, s, have, sha256(l), l, h) ON CONFLICT DO NOTHING;
        stored := last + 1; fork := s; RETURN;
      END IF;
    ELSE
      m := regexp_match(encode(substring(l FROM 1 FOR 400), 'escape'), '^\{"seq":(\d+),"at":"[^"]*","monoMs":[-+.0-9e]+,"run":"([0-9a-f-]+)","attempt":\d+,"type":"([a-z.-]+)","prev":"([0-9a-f]{64})"');
      IF m IS NULL OR m[1]::bigint <> s OR m[2] <> p_run::text THEN
        RAISE EXCEPTION 'line % is no line of this run', s USING ERRCODE = '22023';
      END IF;
      IF decode(m[4], 'hex') <> head THEN
        INSERT INTO handrail.conflict (kind, id, seq, have, got, line, host) VALUES ('run', p_run::text, s, head, sha256(l), l, h) ON CONFLICT DO NOTHING;
        stored := last + 1; fork := s; RETURN;
      END IF;
      head := sha256(l);
      INSERT INTO handrail.event (run, seq, type, line, hash, prev) VALUES (p_run, s, m[3], l, head, decode(m[4], 'hex'));
      last := s;
    END IF;
    s := s + 1;
  END LOOP;
  PERFORM pg_notify('handrail_run', p_run::text);
  stored := last + 1;
END $$;

CREATE FUNCTION handrail.put_file(p_run uuid, p_path text, p_sha256 bytea, p_length bigint, p_bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.own_run(p_run);
  IF p_bytes IS NOT NULL AND (sha256(p_bytes) <> p_sha256 OR length(p_bytes) <> p_length) THEN
    RAISE EXCEPTION 'the bytes of % are not those that were announced', p_path USING ERRCODE = '22023';
  END IF;
  INSERT INTO handrail.blob (sha256, bytes, length) VALUES (p_sha256, p_bytes, p_length) ON CONFLICT DO NOTHING;
  INSERT INTO handrail.file (run, path, sha256)
    SELECT p_run, p_path, p_sha256
     WHERE p_sha256 IS DISTINCT FROM (SELECT f.sha256 FROM handrail.file f WHERE f.run = p_run AND f.path = p_path ORDER BY n DESC LIMIT 1);
  DELETE FROM handrail.piece WHERE run = p_run AND path = p_path;
END $$;

-- Output on its way: what is there of a file before its end is known. Not evidence; the file takes its place.
CREATE FUNCTION handrail.put_piece(p_run uuid, p_path text, p_at bigint, p_bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.own_run(p_run);
  INSERT INTO handrail.piece (run, path, at, bytes) VALUES (p_run, p_path, p_at, p_bytes) ON CONFLICT DO NOTHING;
  PERFORM pg_notify('handrail_run', p_run::text);
END $$;

-- The team's own chain: one line for each line of a host's.
CREATE FUNCTION handrail.enter(p_host text, p_run text, p_what text, p_head text, p_at text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n bigint; prev bytea; l bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('handrail.ledger', 0));
  SELECT g.seq, g.hash INTO n, prev FROM handrail.ledger g ORDER BY g.seq DESC LIMIT 1;
  n := coalesce(n, -1) + 1; prev := coalesce(prev, decode(repeat('00', 32), 'hex'));
  l := convert_to(format('{"seq":%s,"at":%s,"run":%s,"what":%s,"head":%s,"host":%s,"prev":"%s"}', n, to_json(p_at), to_json(p_run), to_json(p_what), to_json(p_head), to_json(p_host), encode(prev, 'hex')), 'UTF8');
  INSERT INTO handrail.ledger (seq, run, what, line, hash) VALUES (n, p_run, p_what, l, sha256(l));
END $$;

-- Lines of a host's chain of all its runs; a state folder begins a chain of its own, known by the hash of its first line.
CREATE FUNCTION handrail.append_chain(p_chain bytea, p_first integer, p_lines bytea[], OUT stored integer, OUT fork integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here(); s integer := p_first; l bytea; have bytea; head bytea; last integer; j json;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('handrail.chain ' || h || encode(p_chain, 'hex'), 0));
  SELECT c.seq, c.hash INTO last, head FROM handrail.chain c WHERE c.host = h AND c.chain = p_chain ORDER BY c.seq DESC LIMIT 1;
  last := coalesce(last, -1); head := coalesce(head, decode(repeat('00', 32), 'hex'));
  IF p_first > last + 1 THEN
    RAISE EXCEPTION 'a gap: line % is expected, line % was sent', last + 1, p_first USING ERRCODE = '22023', DETAIL = (last + 1)::text;
  END IF;
  FOREACH l IN ARRAY p_lines LOOP
    IF s <= last THEN
      SELECT c.hash INTO have FROM handrail.chain c WHERE c.host = h AND c.chain = p_chain AND c.seq = s;
      IF have <> sha256(l) THEN
        INSERT INTO handrail.conflict (kind, id, seq, have, got, line, host) VALUES ('chain', encode(p_chain, 'hex'), s, have, sha256(l), l, h) ON CONFLICT DO NOTHING;
        stored := last + 1; fork := s; RETURN;
      END IF;
    ELSE
      j := convert_from(l, 'UTF8')::json;
      IF (s = 0 AND sha256(l) <> p_chain) OR j->>'prev' IS DISTINCT FROM encode(head, 'hex') THEN
        INSERT INTO handrail.conflict (kind, id, seq, have, got, line, host) VALUES ('chain', encode(p_chain, 'hex'), s, head, sha256(l), l, h) ON CONFLICT DO NOTHING;
        stored := last + 1; fork := s; RETURN;
      END IF;
      head := sha256(l);
      INSERT INTO handrail.chain (host, chain, seq, line, hash) VALUES (h, p_chain, s, l, head);
      IF j->>'run' IS NOT NULL AND j->>'what' IS NOT NULL AND j->>'head' IS NOT NULL THEN
        PERFORM handrail.enter(h, j->>'run', j->>'what', j->>'head', coalesce(j->>'at', ''));
      END IF;
      last := s;
    END IF;
    s := s + 1;
  END LOOP;
  stored := last + 1;
END $$;

CREATE FUNCTION handrail.note(p_run uuid, p_what text, p_head text, p_at text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.enter(handrail.own_run(p_run), p_run::text, p_what, p_head, p_at);
END $$;

CREATE FUNCTION handrail.beat(p_run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.own_run(p_run);
  INSERT INTO handrail.pulse (run, at) VALUES (p_run, clock_timestamp()) ON CONFLICT (run) DO UPDATE SET at = excluded.at;
END $$;

-- Locks of engines that keep their runs here: held as long as the connection is.
CREATE TABLE handrail.lock (name text PRIMARY KEY, holder text NOT NULL);
CREATE FUNCTION handrail.take_lock(p_name text, p_holder text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here(); other text;
BEGIN
  IF NOT pg_try_advisory_lock(hashtextextended('handrail.lock ' || h || ' ' || p_name, 0)) THEN
    SELECT holder INTO other FROM handrail.lock WHERE name = h || ' ' || p_name;
    RETURN coalesce(other, '{}');
  END IF;
  INSERT INTO handrail.lock (name, holder) VALUES (h || ' ' || p_name, p_holder) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder;
  RETURN NULL;
END $$;

-- Retention: the files of a run become empty, what was there stays known.
CREATE FUNCTION handrail.retire(p_run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.own_run(p_run);
  INSERT INTO handrail.tombstone (run, by) VALUES (p_run, session_user) ON CONFLICT DO NOTHING;
  UPDATE handrail.blob b SET bytes = NULL
   WHERE b.bytes IS NOT NULL AND b.sha256 IN (SELECT sha256 FROM handrail.file WHERE run = p_run)
     AND NOT EXISTS (SELECT 1 FROM handrail.file f WHERE f.sha256 = b.sha256 AND f.run <> p_run
                       AND NOT EXISTS (SELECT 1 FROM handrail.tombstone t WHERE t.run = f.run));
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA handrail FROM PUBLIC;
GRANT USAGE ON SCHEMA handrail TO handrail_host, handrail_reader;
GRANT EXECUTE ON FUNCTION handrail.append, handrail.append_chain, handrail.put_file, handrail.put_piece, handrail.note, handrail.beat, handrail.retire, handrail.take_lock, handrail.host_here TO handrail_host;
GRANT EXECUTE ON FUNCTION handrail.host_if_any TO handrail_host, handrail_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA handrail TO handrail_reader;

-- A host reads what it wrote itself, and nothing else.
GRANT SELECT ON handrail.run, handrail.event, handrail.blob, handrail.file, handrail.piece, handrail.chain, handrail.ledger, handrail.conflict, handrail.tombstone, handrail.pulse, handrail.migration TO handrail_host;
DO $$
DECLARE t text; own text;
BEGIN
  FOREACH t IN ARRAY ARRAY['run','event','blob','file','piece','chain','ledger','conflict','tombstone','pulse'] LOOP
    EXECUTE format('ALTER TABLE handrail.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY all_of_it ON handrail.%I FOR SELECT TO handrail_reader USING (true)', t);
    own := CASE
      WHEN t IN ('run', 'chain', 'conflict') THEN 'host = (SELECT handrail.host_here())'
      WHEN t = 'blob' THEN 'sha256 IN (SELECT f.sha256 FROM handrail.file f)'
      WHEN t = 'ledger' THEN 'true'
      ELSE 'run IN (SELECT r.run FROM handrail.run r)' END;
    EXECUTE format('CREATE POLICY its_own ON handrail.%I FOR SELECT TO handrail_host USING (%s)', t, own);
  END LOOP;
END $$;
`;

/**
 * The end of an output that grew before everybody's eyes: its pieces become the file, where they come to what its host says it
 * is. And indexes for what is asked again and again of a record with many requests in it.
 */
export const ENDS = `
CREATE FUNCTION handrail.end_file(p_run uuid, p_path text, p_sha256 bytea, p_length bigint, p_rest bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE whole bytea;
BEGIN
  PERFORM handrail.own_run(p_run);
  IF (SELECT sum(length(bytes)) FROM handrail.piece WHERE run = p_run AND path = p_path) + length(p_rest) IS DISTINCT FROM p_length THEN
    RETURN false;
  END IF;
  SELECT string_agg(bytes, ''::bytea ORDER BY at) || p_rest INTO whole FROM handrail.piece WHERE run = p_run AND path = p_path;
  IF sha256(whole) <> p_sha256 THEN RETURN false; END IF;
  PERFORM handrail.put_file(p_run, p_path, p_sha256, p_length, whole);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION handrail.end_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.end_file TO handrail_host;

CREATE INDEX request_by_age ON handrail.request (at DESC);
CREATE INDEX claim_of_worker ON handrail.claim (host, worker);
CREATE INDEX due_of_worker ON handrail.due (host, worker, at);
`;

/**
 * Hosts apart from each other: no login of one host can hold up, foretell or take the place of what another one writes, nor
 * read or keep its files by their hash. What they still share is the team's chain, which nobody waits for long.
 */
export const APART = `
-- The same contents of two hosts are two rows: neither waits for the other, speaks for it or reads of it.
CREATE TABLE handrail.content (
  host text NOT NULL REFERENCES handrail.host (host), sha256 bytea NOT NULL, bytes bytea, length bigint NOT NULL, PRIMARY KEY (host, sha256));
INSERT INTO handrail.content (host, sha256, bytes, length)
  SELECT DISTINCT r.host, b.sha256, b.bytes, b.length
    FROM handrail.blob b JOIN handrail.file f ON f.sha256 = b.sha256 JOIN handrail.run r ON r.run = f.run;
DROP TABLE handrail.blob CASCADE;
ALTER TABLE handrail.content RENAME TO blob;
CREATE INDEX file_of_contents ON handrail.file (sha256);
-- What became empty is filled again by the same contents alone.
CREATE OR REPLACE FUNCTION handrail.only_emptied() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.host = OLD.host AND NEW.sha256 = OLD.sha256 AND (
    (NEW.bytes IS NULL AND NEW.length = OLD.length)
    OR (OLD.bytes IS NULL AND sha256(NEW.bytes) = OLD.sha256 AND length(NEW.bytes) = NEW.length)) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'append-only: a blob is emptied or stays' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER append_only BEFORE DELETE ON handrail.blob FOR EACH ROW EXECUTE FUNCTION handrail.never();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.blob FOR EACH STATEMENT EXECUTE FUNCTION handrail.never();
CREATE TRIGGER only_emptied BEFORE UPDATE ON handrail.blob FOR EACH ROW EXECUTE FUNCTION handrail.only_emptied();
GRANT SELECT ON handrail.blob TO handrail_reader, handrail_host;
ALTER TABLE handrail.blob ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON handrail.blob FOR SELECT TO handrail_reader USING (true);
CREATE POLICY its_own ON handrail.blob FOR SELECT TO handrail_host USING (host = (SELECT handrail.host_here()));

CREATE OR REPLACE FUNCTION handrail.put_file(p_run uuid, p_path text, p_sha256 bytea, p_length bigint, p_bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.own_run(p_run); kept bytea := p_bytes;
BEGIN
  IF p_bytes IS NOT NULL AND (sha256(p_bytes) <> p_sha256 OR length(p_bytes) <> p_length) THEN
    RAISE EXCEPTION 'the bytes of % are not those that were announced', p_path USING ERRCODE = '22023';
  END IF;
  -- What retention took from a run does not come back with it.
  IF EXISTS (SELECT FROM handrail.tombstone t WHERE t.run = p_run) THEN kept := NULL; END IF;
  INSERT INTO handrail.blob AS b (host, sha256, bytes, length) VALUES (h, p_sha256, kept, p_length)
    ON CONFLICT (host, sha256) DO UPDATE SET bytes = excluded.bytes, length = excluded.length
     WHERE b.bytes IS NULL AND excluded.bytes IS NOT NULL;
  INSERT INTO handrail.file (run, path, sha256)
    SELECT p_run, p_path, p_sha256
     WHERE p_sha256 IS DISTINCT FROM (SELECT f.sha256 FROM handrail.file f WHERE f.run = p_run AND f.path = p_path ORDER BY n DESC LIMIT 1);
  DELETE FROM handrail.piece WHERE run = p_run AND path = p_path;
END $$;
CREATE OR REPLACE FUNCTION handrail.retire(p_run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.own_run(p_run);
BEGIN
  INSERT INTO handrail.tombstone (run, by) VALUES (p_run, session_user) ON CONFLICT DO NOTHING;
  UPDATE handrail.blob b SET bytes = NULL
   WHERE b.host = h AND b.bytes IS NOT NULL AND b.sha256 IN (SELECT sha256 FROM handrail.file WHERE run = p_run)
     AND NOT EXISTS (SELECT 1 FROM handrail.file f JOIN handrail.run r ON r.run = f.run AND r.host = h
                      WHERE f.sha256 = b.sha256 AND f.run <> p_run
                        AND NOT EXISTS (SELECT 1 FROM handrail.tombstone t WHERE t.run = f.run));
END $$;

-- A due time that another host says it took is still due here.
ALTER TABLE handrail.due DROP CONSTRAINT due_pkey, ADD PRIMARY KEY (host, run);
CREATE INDEX due_of_run ON handrail.due (run);

-- A run that was asked of another host, or that it has, is nobody else's to begin or to speak of.
CREATE FUNCTION handrail.is_of_another(p_run uuid, p_host text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    (SELECT r.host <> p_host FROM handrail.run r WHERE r.run = p_run),
    (SELECT q.host <> p_host FROM handrail.request q WHERE q.id = p_run),
    (SELECT bool_and(d.host <> p_host) FROM handrail.due d WHERE d.run = p_run), false) $$;
CREATE OR REPLACE FUNCTION handrail.own_run(p_run uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here();
BEGIN
  -- Before anything is written: what is refused later would keep its host waiting until then.
  IF handrail.is_of_another(p_run, h) THEN RAISE EXCEPTION 'run % belongs to another host', p_run USING ERRCODE = '42501'; END IF;
  INSERT INTO handrail.run (run, host, opened_by) VALUES (p_run, h, session_user) ON CONFLICT DO NOTHING;
  PERFORM 1 FROM handrail.run WHERE run = p_run AND host = h FOR UPDATE;
  IF NOT FOUND THEN RAISE EXCEPTION 'run % belongs to another host', p_run USING ERRCODE = '42501'; END IF;
  RETURN h;
END $$;

-- Lines for the team's chain wait here where somebody holds that; who comes next enters them.
CREATE TABLE handrail.unentered (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, host text NOT NULL, run text NOT NULL, what text NOT NULL, head text NOT NULL, at text NOT NULL);
CREATE OR REPLACE FUNCTION handrail.enter(p_host text, p_run text, p_what text, p_head text, p_at text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF p_run ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
    IF handrail.is_of_another(p_run::uuid, p_host) THEN RETURN; END IF;
  END IF;
  INSERT INTO handrail.unentered (host, run, what, head, at) VALUES (p_host, p_run, p_what, p_head, p_at);
END $$;
-- The lock is one that nobody takes without having something to enter, unlike those that are numbers.
CREATE FUNCTION handrail.enter_waiting() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE n bigint; prev bytea; l bytea; w record;
BEGIN
  LOCK TABLE handrail.ledger IN SHARE ROW EXCLUSIVE MODE;
  SELECT g.seq, g.hash INTO n, prev FROM handrail.ledger g ORDER BY g.seq DESC LIMIT 1;
  n := coalesce(n, -1); prev := coalesce(prev, decode(repeat('00', 32), 'hex'));
  FOR w IN WITH gone AS (DELETE FROM handrail.unentered RETURNING *) SELECT * FROM gone ORDER BY gone.n LOOP
    n := n + 1;
    l := convert_to(format('{"seq":%s,"at":%s,"run":%s,"what":%s,"head":%s,"host":%s,"prev":"%s"}', n, to_json(w.at), to_json(w.run), to_json(w.what), to_json(w.head), to_json(w.host), encode(prev, 'hex')), 'UTF8');
    prev := sha256(l);
    INSERT INTO handrail.ledger (seq, run, what, line, hash) VALUES (n, w.run, w.what, l, prev);
  END LOOP;
EXCEPTION WHEN lock_not_available THEN NULL;
END $$;
CREATE OR REPLACE FUNCTION handrail.note(p_run uuid, p_what text, p_head text, p_at text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.enter(handrail.own_run(p_run), p_run::text, p_what, p_head, p_at);
  PERFORM handrail.enter_waiting();
END $$;
CREATE OR REPLACE FUNCTION handrail.beat(p_run uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM handrail.own_run(p_run);
  INSERT INTO handrail.pulse (run, at) VALUES (p_run, clock_timestamp()) ON CONFLICT (run) DO UPDATE SET at = excluded.at;
  IF EXISTS (SELECT FROM handrail.unentered) THEN PERFORM handrail.enter_waiting(); END IF;
END $$;
-- Logs of one host take turns at its own row: an advisory lock is taken by whoever knows its number.
DO $do$
DECLARE f regprocedure; d text;
BEGIN
  FOREACH f IN ARRAY ARRAY['handrail.append_chain(bytea,integer,bytea[])', 'handrail.append_incident(text,integer,bytea[])']::regprocedure[] LOOP
    d := regexp_replace(pg_get_functiondef(f), 'PERFORM pg_advisory_xact_lock[^;]*;', 'PERFORM 1 FROM handrail.host g WHERE g.host = h FOR NO KEY UPDATE;');
    IF f = 'handrail.append_chain(bytea,integer,bytea[])'::regprocedure THEN
      d := regexp_replace(d, 'stored := last [+] 1;[[:space:]]*END', 'stored := last + 1; PERFORM handrail.enter_waiting(); END');
    END IF;
    EXECUTE d;
  END LOOP;
END $do$;
-- One worker of a name at a time, for as long as its connection is there; nobody else can hold its place.
CREATE TABLE handrail.worker (
  host text NOT NULL REFERENCES handrail.host (host), worker text NOT NULL, backend integer NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (host, worker));
CREATE FUNCTION handrail.work_as(p_worker text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO handrail.worker AS w (host, worker, backend) VALUES (handrail.host_here(), p_worker, pg_backend_pid())
    ON CONFLICT (host, worker) DO UPDATE SET backend = excluded.backend, at = excluded.at
     WHERE w.backend = excluded.backend OR NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = w.backend AND a.usename = session_user);
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION handrail.work_as FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.work_as TO handrail_host;
REVOKE ALL ON FUNCTION handrail.is_of_another, handrail.enter_waiting FROM PUBLIC;
`;
