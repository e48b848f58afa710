/** The YAML reader, loaded at first use: most runbooks have no frontmatter. */
export function loadYaml(): Promise<typeof import('yaml')> {
  return import('yaml');
}
