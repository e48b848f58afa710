import { existsSync } from 'node:fs';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Files that settings are looked for in, the person's own first. */
export function configurationFiles(env: Env): readonly string[] {
  const home = env['XDG_CONFIG_HOME'] || (env['HOME'] && path.join(env['HOME'], '.config'));
  const own = home ? [path.join(home, 'handrail', 'config.yaml')] : [];
  return [...own, '/etc/handrail/config.yaml'].filter((file) => existsSync(file));
}
