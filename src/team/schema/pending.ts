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
    UPDATE handrail.pending SET worker = NEW.worker WHERE request = NEW.request;
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
