/**
 * Roles without a login, the schema and its list of versions; sent again it changes nothing. Roles are the whole
 * server's: two teams on one server share these names, and nothing that is granted to them leads out of a database. What
 * is there already under these names and belongs to somebody else could do, with a trigger or a function of its own,
 * whatever the login that calls this may do.
 */
export const FOUNDATION = `
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['handrail_owner','handrail_host','handrail_reader','handrail_person'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', r); END IF;
  END LOOP;
  IF NOT pg_has_role(current_user, 'handrail_owner', 'SET') THEN
    EXECUTE format('GRANT handrail_owner TO %I', current_user);
  END IF;
END $$;
DO $$
DECLARE n text; o oid;
BEGIN
  FOR n, o IN SELECT nspname, nspowner FROM pg_namespace WHERE nspname IN ('handrail', 'handrail_bell')
       UNION ALL SELECT 'handrail.' || relname, relowner FROM pg_class WHERE relnamespace = to_regnamespace('handrail') LOOP
    IF o <> 'handrail_owner'::regrole AND o <> current_user::regrole AND NOT (SELECT rolsuper FROM pg_roles WHERE oid = o) THEN
      RAISE EXCEPTION '% is there already and belongs to %, who is none of this team''s owners', n, o::regrole USING ERRCODE = '42501';
    END IF;
  END LOOP;
END $$;
CREATE SCHEMA IF NOT EXISTS handrail AUTHORIZATION handrail_owner;
SET LOCAL ROLE handrail_owner;
CREATE TABLE IF NOT EXISTS handrail.migration (
  version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
GRANT USAGE ON SCHEMA handrail TO handrail_host, handrail_reader, handrail_person;
GRANT SELECT ON handrail.migration TO handrail_host, handrail_reader, handrail_person;
RESET ROLE;
`;
