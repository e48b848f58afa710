import type { ShellFacts } from '../model/shell-facts.ts';

/** Reads a script with the bash grammar, which is loaded at the first script. */
export async function readScript(text: string): Promise<ShellFacts> {
  const { readShell } = await import('../shell/facts.ts');
  return readShell(text);
}
