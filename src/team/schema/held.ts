/**
 * What one has for as long as its connection is there. An advisory lock is taken by whoever knows its number, and
 * everybody reads in `pg_locks` which ones are: so its number is drawn anew each time, and a row that only the host itself
 * writes says which one it is, and which connection has it.
 */
export const HELD = `
DROP TABLE handrail.lock;
CREATE TABLE handrail.lock (
  host text NOT NULL REFERENCES handrail.host (host), name text NOT NULL, holder text NOT NULL, backend integer NOT NULL,
  mark bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (host, name));
ALTER TABLE handrail.worker ADD mark bigint;

-- A number of a process is given out again; that another login has it, or this one anew, is not that connection any more.
CREATE FUNCTION handrail.is_connected(p_login name, p_backend integer, p_mark bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = p_backend AND a.usename = p_login)
    AND (p_mark IS NULL OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = p_backend AND l.locktype = 'advisory' AND l.granted
      AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = p_mark)) $$;
CREATE FUNCTION handrail.draw_mark() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE mark bigint := ('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint;
BEGIN
  PERFORM pg_advisory_lock(mark), pg_stat_clear_snapshot();
  RETURN mark;
END $$;

CREATE FUNCTION handrail.hold(p_name text, p_holder text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here(); m bigint := handrail.draw_mark(); other text;
BEGIN
  INSERT INTO handrail.lock AS k (host, name, holder, backend, mark) VALUES (h, p_name, p_holder, pg_backend_pid(), m)
    ON CONFLICT (host, name) DO UPDATE
      SET holder = excluded.holder, backend = excluded.backend, mark = excluded.mark, at = excluded.at
     WHERE NOT handrail.is_connected(session_user, k.backend, k.mark);
  IF FOUND THEN RETURN NULL; END IF;
  PERFORM pg_advisory_unlock(m);
  SELECT holder INTO other FROM handrail.lock WHERE host = h AND name = p_name;
  RETURN coalesce(other, '{}');
END $$;
-- The holder of it, where there is one; nothing where it is taken now.
CREATE OR REPLACE FUNCTION handrail.take_lock(p_name text, p_holder text) RETURNS text
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT handrail.hold('lock ' || p_name, p_holder) $$;
CREATE FUNCTION handrail.take_run(p_run uuid) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$ SELECT handrail.hold('run ' || p_run, '{}') IS NULL $$;
CREATE FUNCTION handrail.let_go() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM handrail.lock WHERE host = handrail.host_here() AND backend = pg_backend_pid();
  PERFORM pg_advisory_unlock_all();
END $$;
CREATE FUNCTION handrail.is_written(p_run uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT FROM handrail.run r JOIN handrail.host g USING (host) JOIN handrail.lock k USING (host)
    WHERE r.run = p_run AND k.name = 'run ' || p_run AND handrail.is_connected(g.login, k.backend, k.mark)) $$;

CREATE OR REPLACE FUNCTION handrail.work_as(p_worker text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m bigint := handrail.draw_mark();
BEGIN
  INSERT INTO handrail.worker AS w (host, worker, backend, mark) VALUES (handrail.host_here(), p_worker, pg_backend_pid(), m)
    ON CONFLICT (host, worker) DO UPDATE SET backend = excluded.backend, mark = excluded.mark, at = excluded.at
     WHERE w.backend = excluded.backend OR NOT handrail.is_connected(session_user, w.backend, w.mark);
  IF FOUND THEN RETURN true; END IF;
  PERFORM pg_advisory_unlock(m);
  RETURN false;
END $$;
REVOKE ALL ON FUNCTION handrail.is_connected, handrail.draw_mark, handrail.hold, handrail.take_run, handrail.let_go, handrail.is_written FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.take_run, handrail.let_go, handrail.is_written TO handrail_host;
GRANT EXECUTE ON FUNCTION handrail.is_written TO handrail_reader;
`;
