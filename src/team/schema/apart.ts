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
