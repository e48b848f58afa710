import { ALSO_ASKED, isHere } from './also-asked.ts';

/** What the tests use and no package brings, with the Debian package that does. The README has the same list. */
export const NEEDED: Readonly<Record<string, string>> = {
  bash: 'bash',
  git: 'git',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  python3: 'python3',
};

/** Before any test: says in one sentence what is missing, instead of failing somewhere later. */
export function setup(): void {
  const missing = Object.keys(NEEDED).filter((name) => !isHere(name));
  if (missing.length === 0) {
    sayWhoIsNotAsked();
    return;
  }
  const packages = [...new Set(missing.map((name) => NEEDED[name]))];
  throw new Error(
    `The tests need ${missing.join(' and ')}, which no package brings: apt-get install ${packages.join(' ')}, then again.`,
  );
}

function sayWhoIsNotAsked(): void {
  const away = ALSO_ASKED.filter((name) => !isHere(name));
  if (away.length > 0)
    console.log(`Not here, and so not asked too: ${away.join(', ')}. No test is skipped for it.`);
}
