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
