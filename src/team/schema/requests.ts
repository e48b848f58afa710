/**
 * Requests, what persons answered to them, and what became of them. The documents are the bytes that were signed: who
 * has the database can delay or hide them, and the host, which believes its own files alone, starts nothing else.
 */
export const REQUESTS = `
CREATE TABLE handrail.request (
  id uuid PRIMARY KEY, host text NOT NULL REFERENCES handrail.host (host), document bytea NOT NULL, signature text NOT NULL,
  texts bytea NOT NULL, who text NOT NULL, runbook text NOT NULL, procedure text NOT NULL, expires_at timestamptz NOT NULL,
  login name NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX request_of_host ON handrail.request (host, at);
CREATE INDEX request_of_runbook ON handrail.request (runbook, procedure, at);
CREATE TABLE handrail.answer (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('approval', 'cancel', 'review')),
  document bytea NOT NULL, signature text NOT NULL, who text NOT NULL, login name NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE UNIQUE INDEX answer_once ON handrail.answer (subject, sha256(document), md5(signature));
CREATE TABLE handrail.claim (
  request uuid PRIMARY KEY REFERENCES handrail.request, host text NOT NULL, worker text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE handrail.word (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, request uuid NOT NULL REFERENCES handrail.request, state text NOT NULL,
  why text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX word_of_request ON handrail.word (request, n);
CREATE TABLE handrail.presence (host text PRIMARY KEY REFERENCES handrail.host (host), at timestamptz NOT NULL, busy integer NOT NULL);

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['request','answer','claim','word'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON handrail.%I FOR EACH ROW EXECUTE FUNCTION handrail.never()', t);
    EXECUTE format('CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.%I FOR EACH STATEMENT EXECUTE FUNCTION handrail.never()', t);
  END LOOP;
END $$;

-- Rings the bell of a host: a job in its queue. Without the queues its worker looks by itself, later.
CREATE FUNCTION handrail.ring(p_host text, p_about uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO handrail_bell.job (name, data, retry_limit, policy)
    SELECT q.name, jsonb_build_object('about', p_about), 0, q.policy FROM handrail_bell.queue q WHERE q.name = 'host-' || p_host;
  PERFORM pg_notify('pgboss_' || left(encode(sha224('handrail_bell'::bytea), 'hex'), 24), 'host-' || p_host);
EXCEPTION WHEN undefined_table OR invalid_schema_name OR insufficient_privilege THEN NULL;
END $$;

CREATE FUNCTION handrail.ask(p_id uuid, p_host text, p_document bytea, p_signature text, p_texts bytea, p_who text, p_runbook text, p_procedure text, p_expires timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM handrail.host WHERE host = p_host) THEN
    RAISE EXCEPTION 'no host of this team is called %', p_host USING ERRCODE = '22023';
  END IF;
  INSERT INTO handrail.request (id, host, document, signature, texts, who, runbook, procedure, expires_at, login)
    VALUES (p_id, p_host, p_document, p_signature, p_texts, p_who, p_runbook, p_procedure, p_expires, session_user);
  PERFORM handrail.ring(p_host, p_id);
  PERFORM pg_notify('handrail_queue', p_id::text);
END $$;

CREATE FUNCTION handrail.answer(p_subject uuid, p_kind text, p_document bytea, p_signature text, p_who text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text;
BEGIN
  SELECT host INTO h FROM handrail.request WHERE id = p_subject;
  IF h IS NULL THEN SELECT host INTO h FROM handrail.run WHERE run = p_subject; END IF;
  IF h IS NULL THEN RAISE EXCEPTION 'there is no request and no run %', p_subject USING ERRCODE = '22023'; END IF;
  IF p_kind = 'approval' AND p_who = (SELECT who FROM handrail.request WHERE id = p_subject) THEN
    RAISE EXCEPTION 'four eyes: % asked for it and cannot approve it', p_who USING ERRCODE = '42501';
  END IF;
  INSERT INTO handrail.answer (subject, kind, document, signature, who, login) VALUES (p_subject, p_kind, p_document, p_signature, p_who, session_user)
    ON CONFLICT DO NOTHING;
  PERFORM handrail.ring(h, p_subject);
  PERFORM pg_notify('handrail_queue', p_subject::text);
END $$;

-- At most one start, for ever: the primary key says so, whoever asks.
CREATE FUNCTION handrail.claim(p_request uuid, p_worker text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here();
BEGIN
  PERFORM 1 FROM handrail.request WHERE id = p_request AND host = h;
  IF NOT FOUND THEN RAISE EXCEPTION 'request % is not for host %', p_request, h USING ERRCODE = '42501'; END IF;
  INSERT INTO handrail.claim (request, host, worker) VALUES (p_request, h, p_worker) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_notify('handrail_queue', p_request::text);
  RETURN true;
END $$;

CREATE FUNCTION handrail.say(p_request uuid, p_state text, p_why text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here();
BEGIN
  INSERT INTO handrail.word (request, state, why)
    SELECT id, p_state, p_why FROM handrail.request q WHERE id = p_request AND host = h
      AND ROW (p_state, p_why) IS DISTINCT FROM (SELECT ROW (w.state, w.why) FROM handrail.word w WHERE w.request = q.id ORDER BY n DESC LIMIT 1);
  IF FOUND THEN PERFORM pg_notify('handrail_queue', p_request::text); END IF;
END $$;

CREATE FUNCTION handrail.present(p_busy integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO handrail.presence (host, at, busy) VALUES (handrail.host_here(), clock_timestamp(), p_busy)
    ON CONFLICT (host) DO UPDATE SET at = excluded.at, busy = excluded.busy;
END $$;

REVOKE ALL ON FUNCTION handrail.ring, handrail.ask, handrail.answer, handrail.claim, handrail.say, handrail.present FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.ask, handrail.answer TO handrail_person;
GRANT EXECUTE ON FUNCTION handrail.claim, handrail.say, handrail.present TO handrail_host;
GRANT SELECT ON handrail.host TO handrail_person;
GRANT SELECT ON handrail.request, handrail.answer, handrail.claim, handrail.word, handrail.presence TO handrail_reader, handrail_host;
DO $$
DECLARE t text; own text;
BEGIN
  FOREACH t IN ARRAY ARRAY['request','answer','claim','word','presence'] LOOP
    EXECUTE format('ALTER TABLE handrail.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY all_of_it ON handrail.%I FOR SELECT TO handrail_reader USING (true)', t);
    own := CASE t
      WHEN 'word' THEN 'request IN (SELECT q.id FROM handrail.request q)'
      WHEN 'answer' THEN 'subject IN (SELECT q.id FROM handrail.request q) OR subject IN (SELECT r.run FROM handrail.run r)'
      ELSE 'host = (SELECT handrail.host_here())' END;
    EXECUTE format('CREATE POLICY its_own ON handrail.%I FOR SELECT TO handrail_host USING (%s)', t, own);
  END LOOP;
END $$;
`;

/** Due times of schedules that a host's worker started: each of them once, whichever worker of the host asks first. */
export const DUE = `
CREATE TABLE handrail.due (
  run uuid PRIMARY KEY, host text NOT NULL REFERENCES handrail.host (host), runbook text NOT NULL, procedure text NOT NULL,
  due_at timestamptz NOT NULL, worker text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON handrail.due FOR EACH ROW EXECUTE FUNCTION handrail.never();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.due FOR EACH STATEMENT EXECUTE FUNCTION handrail.never();
CREATE FUNCTION handrail.claim_due(p_run uuid, p_runbook text, p_procedure text, p_due timestamptz, p_worker text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO handrail.due (run, host, runbook, procedure, due_at, worker)
    VALUES (p_run, handrail.host_here(), p_runbook, p_procedure, p_due, p_worker) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION handrail.claim_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.claim_due TO handrail_host;
GRANT SELECT ON handrail.due TO handrail_reader, handrail_host;
ALTER TABLE handrail.due ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON handrail.due FOR SELECT TO handrail_reader USING (true);
CREATE POLICY its_own ON handrail.due FOR SELECT TO handrail_host USING (host = (SELECT handrail.host_here()));
`;

/**
 * What a host has still to look after, beside the requests and claims for ever: a question that comes every few seconds costs
 * what is open, not what there ever was. It is no evidence: whoever changes it delays or hides, and the claim decides.
 */
export const PENDING = `
CREATE TABLE handrail.pending (
  request uuid PRIMARY KEY REFERENCES handrail.request, host text NOT NULL, login name NOT NULL, at timestamptz NOT NULL, worker text);
INSERT INTO handrail.pending (request, host, login, at, worker)
  SELECT q.id, q.host, q.login, q.at, c.worker FROM handrail.request q LEFT JOIN handrail.claim c ON c.request = q.id
   WHERE NOT EXISTS (SELECT FROM handrail.word w WHERE w.request = q.id
     AND w.state IN (CASE WHEN c.request IS NULL THEN 'expired' ELSE 'refused' END, CASE WHEN c.request IS NULL THEN 'cancelled' END));
CREATE INDEX pending_open ON handrail.pending (host, login, at) WHERE worker IS NULL;
CREATE INDEX pending_of_worker ON handrail.pending (host, worker) WHERE worker IS NOT NULL;

CREATE FUNCTION handrail.keep_pending() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE outcome text;
BEGIN
  IF TG_TABLE_NAME = 'request' THEN
    INSERT INTO handrail.pending (request, host, login, at) VALUES (NEW.id, NEW.host, NEW.login, NEW.at);
  ELSIF TG_TABLE_NAME = 'claim' THEN
    INSERT INTO handrail.pending (request, host, login, at, worker)
      SELECT q.id, q.host, q.login, q.at, NEW.worker FROM handrail.request q WHERE q.id = NEW.request
      ON CONFLICT (request) DO UPDATE SET worker = excluded.worker;
  ELSIF TG_TABLE_NAME = 'word' THEN
    DELETE FROM handrail.pending WHERE request = NEW.request
      AND ((worker IS NULL AND NEW.state IN ('expired', 'cancelled')) OR (worker IS NOT NULL AND NEW.state = 'refused'));
  ELSE
    BEGIN
      outcome := convert_from(NEW.line, 'UTF8')::json->>'outcome';
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
    -- A run that waits for a word is gone on with.
    IF outcome <> 'waiting' THEN DELETE FROM handrail.pending WHERE request = NEW.run AND worker IS NOT NULL; END IF;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION handrail.keep_pending FROM PUBLIC;
CREATE TRIGGER pending AFTER INSERT ON handrail.request FOR EACH ROW EXECUTE FUNCTION handrail.keep_pending();
CREATE TRIGGER pending AFTER INSERT ON handrail.claim FOR EACH ROW EXECUTE FUNCTION handrail.keep_pending();
CREATE TRIGGER pending AFTER INSERT ON handrail.word FOR EACH ROW EXECUTE FUNCTION handrail.keep_pending();
CREATE TRIGGER pending AFTER INSERT ON handrail.event FOR EACH ROW WHEN (NEW.type = 'run.finished') EXECUTE FUNCTION handrail.keep_pending();
GRANT SELECT ON handrail.pending TO handrail_reader, handrail_host;
ALTER TABLE handrail.pending ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON handrail.pending FOR SELECT TO handrail_reader USING (true);
CREATE POLICY its_own ON handrail.pending FOR SELECT TO handrail_host USING (host = (SELECT handrail.host_here()));

CREATE INDEX event_ends ON handrail.event (run, seq) WHERE type IN ('run.finished', 'run.resumed');

-- Whether a row is of the host itself is asked of that row, not of every run that there is.
DO $$
DECLARE t text; request text := 'EXISTS (SELECT FROM handrail.request q WHERE q.id = %s)'; run text := 'EXISTS (SELECT FROM handrail.run r WHERE r.run = %s)';
BEGIN
  FOREACH t IN ARRAY ARRAY['event','file','piece','tombstone','pulse','word','answer'] LOOP
    EXECUTE format('DROP POLICY its_own ON handrail.%I', t);
    EXECUTE format('CREATE POLICY its_own ON handrail.%I FOR SELECT TO handrail_host USING (%s)', t, CASE t
      WHEN 'word' THEN format(request, 'word.request')
      WHEN 'answer' THEN format(request, 'answer.subject') || ' OR ' || format(run, 'answer.subject')
      ELSE format(run, t || '.run') END);
  END LOOP;
END $$;
`;

/**
 * The ids that a schedule gives can be told beforehand: a request by such an id would make the run another host's, and keep
 * its record out.
 */
export const FORESEEN = `
DO $do$
BEGIN
  EXECUTE regexp_replace(pg_get_functiondef('handrail.ask'::regproc), 'BEGIN', $$BEGIN
  IF substr(p_id::text, 15, 1) = '8' THEN
    RAISE EXCEPTION 'the id % is one that only a schedule gives', p_id USING ERRCODE = '22023';
  END IF;$$);
END $do$;
`;

/**
 * Nor can another host take it for a run of its own, which comes first: such an id says in its last group whose it is, as
 * `dueId` makes it.
 */
export const OWN_DUE = `
CREATE FUNCTION handrail.is_due_of_another(p_run uuid, p_host text) RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT substr(p_run::text, 15, 1) = '8' AND substr(p_run::text, 25, 8) <> left(encode(sha256(convert_to(p_host, 'UTF8')), 'hex'), 8) $$;
CREATE OR REPLACE FUNCTION handrail.is_of_another(p_run uuid, p_host text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    (SELECT r.host <> p_host FROM handrail.run r WHERE r.run = p_run),
    (SELECT q.host <> p_host FROM handrail.request q WHERE q.id = p_run),
    handrail.is_due_of_another(p_run, p_host)) $$;
CREATE OR REPLACE FUNCTION handrail.claim_due(p_run uuid, p_runbook text, p_procedure text, p_due timestamptz, p_worker text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here();
BEGIN
  IF handrail.is_due_of_another(p_run, h) THEN RAISE EXCEPTION 'the due time % is of another host', p_run USING ERRCODE = '42501'; END IF;
  INSERT INTO handrail.due (run, host, runbook, procedure, due_at, worker)
    VALUES (p_run, h, p_runbook, p_procedure, p_due, p_worker) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION handrail.is_due_of_another FROM PUBLIC;
`;

/** Which runs of the team's chain a host's login may not read; whoever reads everything is told none. */
export const ELSEWHERE = `
CREATE FUNCTION handrail.elsewhere() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT run FROM handrail.run WHERE host <> handrail.host_if_any() $$;
REVOKE ALL ON FUNCTION handrail.elsewhere FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.elsewhere TO handrail_host, handrail_reader;
`;
