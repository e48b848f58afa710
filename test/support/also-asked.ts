import { execFileSync } from 'node:child_process';

/**
 * Programs that tests ask too where they are. What they would say is proven without them as well: nothing depends on
 * them, and no package brings them. The README has the same list.
 */
export const ALSO_ASKED = ['fish', 'tcsh', 'zsh', 'man', 'systemd-analyze'] as const;

/** Whether such a program is here. */
export function isHere(name: string): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
