import { execFileSync } from 'node:child_process';

/** What the tests use and no package brings, with the Debian package that does. The README has the same list. */
const NEEDED: Readonly<Record<string, string>> = {
  bash: 'bash',
  git: 'git',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  python3: 'python3',
};

/** Before any test: says in one sentence what is missing, instead of failing somewhere later. */
export function setup(): void {
  const missing = Object.keys(NEEDED).filter((name) => !isThere(name));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => NEEDED[name]))];
  throw new Error(
    `The tests need ${missing.join(' and ')}, which no package brings: apt-get install ${packages.join(' ')}, then again.`,
  );
}

function isThere(name: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
