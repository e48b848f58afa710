/**
 * Roles without a login, the schema and its list of versions; sent again it changes nothing. Roles are the whole
 * server's: two teams on one server share these names, and nothing that is granted to them leads out of a database.
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
CREATE SCHEMA IF NOT EXISTS handrail AUTHORIZATION handrail_owner;
SET LOCAL ROLE handrail_owner;
CREATE TABLE IF NOT EXISTS handrail.migration (
  version integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
GRANT USAGE ON SCHEMA handrail TO handrail_host, handrail_reader, handrail_person;
GRANT SELECT ON handrail.migration TO handrail_host, handrail_reader, handrail_person;
RESET ROLE;
`;
