/**
 * The cost of every regular expression of `src/`, asked of a ReDoS checker and kept in `test/laws/regexes.json`:
 *
 *     npm run regexes              asks about new expressions and keeps what it finds
 *     npm run regexes -- --check   the same, keeping nothing; fails when one is not linear and no reason is given
 *     npm run regexes -- --known   asks nobody; names the expressions that nobody was asked about, and fails
 *     npm run regexes -- --frozen  asks nobody; fails on those that are not even listed as unjudged, and on listed ones
 *                                  that are gone: that list only becomes shorter
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { check } from 'recheck';
import { sayHelp } from './say-help.ts';

sayHelp(import.meta.filename);

const root = path.dirname(import.meta.dirname);
const kept = path.join(root, 'test/laws/regexes.json');
/** What begins to work as soon as it is loaded. */
const ENTRIES: ReadonlySet<string> = new Set(['src/cli/entry.ts']);
const TIMEOUT_MS = 60_000;

/** What is known of the expressions, as it is kept. */
interface Known {
  /** Expressions whose work grows with the text as the text does. */
  readonly linear: readonly string[];
  /** Others, and why each may stay: what bounds the text. */
  readonly bounded: Readonly<Record<string, string>>;
  /** Expressions that the checker came to no verdict on, or was not asked about. Nothing is added. */
  readonly unjudged: readonly string[];
}

/** Files of the tree in which an expression stands, by expression. */
async function expressions(): Promise<ReadonlyMap<string, string>> {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name.split(path.sep).join('/')}`)
    .toSorted();
  const found = new Map<string, string>();
  for (const file of files)
    for (const regex of literalsOf(file, readFileSync(path.join(root, file), 'utf8')))
      found.set(regex, file);
  await load(files, (regex, file) => found.set(regex, file));
  return found;
}

function literalsOf(file: string, text: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    Literal(node) {
      if ('regex' in node) found.push(`/${node.regex.pattern}/${node.regex.flags}`);
    },
  }).visit(parseSync(file, text).program);
  return found;
}

/** Loads every module and hands on the expressions that it puts together meanwhile. */
async function load(
  files: readonly string[],
  onMade: (regex: string, file: string) => void,
): Promise<void> {
  // Few of the modules are other than they were the last time.
  enableCompileCache(path.join(root, 'node_modules/.cache/regexes'));
  // Templates and texts become modules when the command is built.
  registerHooks({
    resolve: (specifier, context, next) =>
      /\.hbs$|\?text$/.test(specifier)
        ? { url: 'data:text/javascript,export default "";', shortCircuit: true }
        : next(specifier, context),
  });
  const here = pathToFileURL(root).href;
  const Own = globalThis.RegExp;
  let loading = '';
  globalThis.RegExp = new Proxy(Own, {
    construct(_target, [source, flags]: [string | RegExp, string | undefined]) {
      const regex = new Own(source, flags);
      // A library's own are not ours to mend.
      if (new Error('made').stack?.split('\n')[2]?.includes(`${here}/src/`) === true)
        onMade(`/${regex.source}/${regex.flags}`, loading);
      return regex;
    },
  });
  for (loading of files)
    if (!ENTRIES.has(loading)) await import(pathToFileURL(path.join(root, loading)).href);
  globalThis.RegExp = Own;
}

/** What makes an expression slow; `''` when nothing does. */
async function slowness(regex: string): Promise<string> {
  const end = regex.lastIndexOf('/');
  const cost = await check(regex.slice(1, end), regex.slice(end + 1), { timeout: TIMEOUT_MS });
  if (cost.status === 'safe') return '';
  return cost.status === 'unknown'
    ? 'nobody knows'
    : `${cost.complexity.summary}, as with ${cost.attack.pattern}`;
}

const known: Known = JSON.parse(readFileSync(kept, 'utf8'));
const all = await expressions();
const wasLinear = new Set(known.linear);
if (process.argv.includes('--known')) {
  const unknown = [...all].filter(([regex]) => !wasLinear.has(regex) && !(regex in known.bounded));
  for (const [regex, file] of unknown) console.log(`${file}: ${regex}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}
if (process.argv.includes('--frozen')) {
  const listed = new Set([...known.linear, ...Object.keys(known.bounded), ...known.unjudged]);
  const added = [...all].filter(([regex]) => !listed.has(regex));
  const over = known.unjudged.filter((regex) => !all.has(regex) || wasLinear.has(regex));
  for (const [regex, file] of added) console.log(`nobody was asked about it: ${file}: ${regex}`);
  for (const regex of over) console.log(`no longer unjudged: ${regex}`);
  process.exit(added.length + over.length > 0 ? 1 : 0);
}
const linear: string[] = [];
const slow: string[] = [];
for (const [regex, file] of all) {
  if (regex in known.bounded) continue;
  const why = wasLinear.has(regex) ? '' : await slowness(regex);
  if (why === '') linear.push(regex);
  else slow.push(`${file}: ${regex}\n    ${why}`);
}
const gone = Object.keys(known.bounded).filter((regex) => !all.has(regex));
for (const each of slow) console.log(each);
for (const regex of gone) console.log(`no longer there, and still given a reason: ${regex}`);
if (!process.argv.includes('--check')) {
  const settled = new Set(linear);
  const unjudged = known.unjudged.filter((regex) => all.has(regex) && !settled.has(regex));
  const next: Known = { linear: linear.toSorted(), bounded: known.bounded, unjudged };
  writeFileSync(kept, `${JSON.stringify(next, undefined, 2)}\n`);
}
process.exit(slow.length + gone.length > 0 ? 1 : 0);
