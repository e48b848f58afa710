import { readFileSync } from 'node:fs';

/** What the first comment of a script says of it. */
export function helpOf(script: string): string {
  const [, comment = ''] = /^\/\*\*([\s\S]*?)\*\//m.exec(readFileSync(script, 'utf8')) ?? [];
  return `${comment.replaceAll(/^ \*? ?/gm, '').trim()}\n`;
}

/** Ends a script that was asked for `--help`, with its help and before it does anything. */
export function sayHelp(script: string): void {
  if (!process.argv.slice(2).some((word) => word === '--help' || word === '-h')) return;
  process.stdout.write(helpOf(script));
  process.exit(0);
}
