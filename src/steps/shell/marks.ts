const MARKS = ['HANDRAIL_RUN_ID', 'HANDRAIL_STEP_ID'];

/** Pairs `NAME=value` in its environment that tell a step's processes from all others; empty where the run sets none. */
export function marksOf(env: Readonly<Record<string, string>>): readonly string[] {
  const marks = MARKS.flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : []));
  return marks.length === MARKS.length ? marks : [];
}
