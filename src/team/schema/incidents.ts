/**
 * Logs of incidents (notes of runs are such logs too), a host's own each, byte for byte. The one without a name is the
 * host's chain of all of them.
 */
export const INCIDENTS = `
CREATE TABLE handrail.incident (
  host text NOT NULL REFERENCES handrail.host (host), name text NOT NULL, seq integer NOT NULL, line bytea NOT NULL,
  hash bytea NOT NULL, stored_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (host, name, seq));
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON handrail.incident FOR EACH ROW EXECUTE FUNCTION handrail.never();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON handrail.incident FOR EACH STATEMENT EXECUTE FUNCTION handrail.never();
CREATE FUNCTION handrail.append_incident(p_name text, p_first integer, p_lines bytea[], OUT stored integer, OUT fork integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h text := handrail.host_here(); s integer := p_first; l bytea; have bytea; head bytea; last integer;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('handrail.incident ' || h || ' ' || p_name, 0));
  SELECT i.seq, i.hash INTO last, head FROM handrail.incident i WHERE i.host = h AND i.name = p_name ORDER BY i.seq DESC LIMIT 1;
  last := coalesce(last, -1); head := coalesce(head, decode(repeat('00', 32), 'hex'));
  IF p_first > last + 1 THEN
    RAISE EXCEPTION 'a gap: line % is expected, line % was sent', last + 1, p_first USING ERRCODE = '22023', DETAIL = (last + 1)::text;
  END IF;
  FOREACH l IN ARRAY p_lines LOOP
    have := NULL;
    IF s <= last THEN SELECT i.hash INTO have FROM handrail.incident i WHERE i.host = h AND i.name = p_name AND i.seq = s; END IF;
    IF have <> sha256(l) OR (s > last AND (convert_from(l, 'UTF8')::json)->>'prev' IS DISTINCT FROM encode(head, 'hex')) THEN
      INSERT INTO handrail.conflict (kind, id, seq, have, got, line, host)
        VALUES ('incident', p_name, s, coalesce(have, head), sha256(l), l, h) ON CONFLICT DO NOTHING;
      stored := last + 1; fork := s; RETURN;
    END IF;
    IF s > last THEN
      head := sha256(l); last := s;
      INSERT INTO handrail.incident (host, name, seq, line, hash) VALUES (h, p_name, s, l, head);
    END IF;
    s := s + 1;
  END LOOP;
  stored := last + 1;
END $$;
REVOKE ALL ON FUNCTION handrail.append_incident FROM PUBLIC;
GRANT EXECUTE ON FUNCTION handrail.append_incident TO handrail_host;
GRANT SELECT ON handrail.incident TO handrail_reader, handrail_host;
ALTER TABLE handrail.incident ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON handrail.incident FOR SELECT TO handrail_reader USING (true);
CREATE POLICY its_own ON handrail.incident FOR SELECT TO handrail_host USING (host = (SELECT handrail.host_here()));
`;
