import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Files that settings are looked for in, the person's own first. */
export function configurationFiles(env: Env): readonly string[] {
  const home = env['XDG_CONFIG_HOME'] || (env['HOME'] && path.join(env['HOME'], '.config'));
  const own = home ? [path.join(home, 'handrail', 'config.yaml')] : [];
  return [...own, '/etc/handrail/config.yaml'].filter((file) => existsSync(file));
}

/** The login that `handrail team host add` makes for a host; who it belongs to stands in its name. */
const URL_OF_RECORD = /postgres(?:ql)?:\/\/([^\s:@/]*)/;
const LOGIN = 'handrail_host_';

/**
 * What the team calls this host, by the login that it has to the record: no run waits for the record to say so. `undefined`:
 * none is named, or it is a person's.
 */
export function hostInTeam(env: Env): string | undefined {
  for (const text of urlTexts(env)) {
    const login = URL_OF_RECORD.exec(text)?.[1];
    if (login !== undefined)
      return login.startsWith(LOGIN) ? login.slice(LOGIN.length) || undefined : undefined;
  }
  return undefined;
}

/** Where the URL of the record stands, what counts most first; a file that cannot be read says nothing of it. */
function* urlTexts(env: Env): Generator<string, void> {
  const own = env['HANDRAIL_TEAM'];
  if (own) return yield own;
  for (const file of configurationFiles(env))
    try {
      yield readFileSync(file, 'utf8').replace(/^ *#.*/gm, '');
    } catch {}
}
