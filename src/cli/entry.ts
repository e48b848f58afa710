#!/usr/bin/env node
/** The bin. It serves version and main help from text that the build put in, and loads the rest only when asked for more. */
import { codeLoader } from './load-code.ts';
import type { main } from './main.ts';
import { lostSentence, writeNow } from './write-now.ts';

declare const HANDRAIL_VERSION: string;
declare const HANDRAIL_HELP: string;

declare const HANDRAIL_OLDEST_NODE: string;

/** The file that `main` is in, and its name there. */
declare const HANDRAIL_MAIN: readonly [file: string, name: string];

const [first, ...rest] = process.argv.slice(2);
const { env } = process;
const VERSION_WORDS = ['--version', '-V', '-v', 'version'];
if (rest.length === 0 && first !== undefined && VERSION_WORDS.includes(first)) {
  say(`${HANDRAIL_VERSION}\n`);
} else if (rest.length === 0 && (first === '--help' || first === '-h' || first === 'help')) {
  say(HANDRAIL_HELP);
} else if (isOlder(process.versions.node, HANDRAIL_OLDEST_NODE)) {
  process.stderr.write(
    `handrail: This is Node ${process.versions.node}, and handrail needs Node ${HANDRAIL_OLDEST_NODE} or newer. In a checkout, \`npx handrail\` uses the one that \`npm ci\` brings; elsewhere, install a newer one.\n`,
  );
  process.exitCode = 78;
} else {
  const caches = env['XDG_CACHE_HOME'] || (env['HOME'] && `${env['HOME']}/.cache`);
  const isKept = caches && !env['NODE_DISABLE_COMPILE_CACHE'];
  const load = codeLoader(
    import.meta.dirname,
    isKept ? `${caches}/handrail/code` : null,
    first ?? 'run',
  );
  const [file, name] = HANDRAIL_MAIN;
  const begin: typeof main = Object(load(file))[name];
  await begin(process.argv.slice(2), HANDRAIL_VERSION, { writeNow, lostSentence });
}

/** Whether a version comes before another; `22.22.2` and its like. */
function isOlder(version: string, than: string): boolean {
  const [ours, theirs] = [version, than].map((each) => each.split('.').map(Number));
  const at = theirs?.findIndex((number, index) => number !== ours?.[index]) ?? -1;
  return at >= 0 && Number(ours?.[at]) < Number(theirs?.[at]);
}

function say(text: string): void {
  const written = writeNow(1, text);
  if (written.rest) process.stdout.write(written.rest);
  if (written.lost === undefined) return;
  writeNow(2, lostSentence(written.lost));
  process.exitCode = 74;
}
