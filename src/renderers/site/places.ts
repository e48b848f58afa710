/** The page of a run. */
export function runPath(run: string): string {
  return `_/runs/${run.replace(/[^\w.-]/g, '-')}.html`;
}

/** The page of an incident. */
export function incidentPath(name: string): string {
  return `_/incidents/${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '')}.html`;
}
