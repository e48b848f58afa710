/**
 * Whether two builds say the same of the same things: every page as `show --json` reads it, every file that runs and
 * timelines are rendered to, the site, and what `verify` says of state folders, sound ones and spoiled ones.
 *
 *     npm run golden                       this checkout against `main`
 *     npm run golden -- --against REF      against another commit
 *     npm run golden -- DIR …              and over the pages of these folders as well
 *
 * Nothing is stored: both builds are made and asked on the spot, and only digests are kept while they are compared.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sayHelp } from './say-help.ts';

const root = path.dirname(import.meta.dirname);

/** Digests by what was asked, such as `show --json runbooks/backup.md`. */
export type Golden = ReadonlyMap<string, string>;

/** What two builds say otherwise of the same question, in the order of the questions. */
export function differences(before: Golden, after: Golden): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (question) => before.get(question) !== after.get(question),
  );
}

/** What is asked about; each question is put to a build by itself. */
export interface Net {
  /** Pages, read but not run. */
  readonly pages: readonly string[];
  /** Folders with a `.handrail` in them. */
  readonly states: readonly string[];
  /** Where sites and rendered files go meanwhile. */
  readonly scratch: string;
}

const LOG_FORMATS = ['markdown', 'json', 'jsonl', 'html', 'junit', 'summary'];
const TIMELINE_FORMATS = ['markdown', 'postmortem', 'json', 'ndjson', 'csv', 'mermaid', 'ics'];

/** All that a build says about a net. The build is its `handrail.js`. */
export function goldenOf(bin: string, { pages, states, scratch }: Net): Golden {
  const found = new Map<string, string>();
  const ask = (question: string, cwd: string, args: readonly string[]): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
      cwd,
      env: { ...process.env, HANDRAIL_PLAIN: '1', XDG_CACHE_HOME: scratch, TZ: 'UTC' },
      maxBuffer: 256 * 1024 * 1024,
    });
    found.set(question, digest(`${status}\0`, stdout, stderr));
  };
  for (const page of pages) {
    ask(`show --json ${page}`, path.dirname(page), ['show', '--json', path.basename(page)]);
    ask(`check ${page}`, path.dirname(page), [
      'check',
      '--json',
      '--unattended',
      path.basename(page),
    ]);
  }
  for (const state of states) {
    ask(`verify ${state}`, state, ['verify', '--json']);
    if (existsSync(path.join(state, 'spoiled'))) continue;
    for (const format of LOG_FORMATS)
      ask(`log --format ${format} ${state}`, state, ['log', 'last', '--format', format]);
    for (const format of TIMELINE_FORMATS)
      ask(`timeline --format ${format} ${state}`, state, ['timeline', 'last', '--format', format]);
    const site = path.join(scratch, 'site');
    rmSync(site, { recursive: true, force: true });
    ask(`site ${state}`, state, ['site', 'build', '.', '--out', site]);
    for (const file of filesOf(site))
      found.set(
        `site ${state} ${path.relative(site, file)}`,
        digest(withoutToday(readFileSync(file, 'utf8'))),
      );
  }
  return found;
}

/** A site says when it was made. */
const withoutToday = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{3})?)?/g, '<time>');

function digest(...parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('base64url').slice(0, 16);
}

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

/** Every markdown page below a folder but installed ones. */
export function pagesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|markdown|mdx)$/.test(name) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name))
    .toSorted();
}

/** Runbooks whose runs end in every way that a run can end by itself. */
const RUNBOOKS: Readonly<Record<string, string>> = {
  passes:
    '# Passes\n\n## One\n\n```bash\necho one | tee one.txt\n```\n\nExpected output:\n\n```\none\n```\n\n## Two\n\n```bash\nN=2; echo "two $N"\n```\n',
  fails: '# Fails\n\n```bash\necho before; exit 3\n```\n\n```bash\necho never\n```\n',
  waits: '# Waits\n\n```bash\necho ready\n```\n\n- [ ] Look at the lamp\n- [ ] Tell the team\n',
  retries:
    '# Retries\n\n```bash retries=2 delay=1ms\necho again; test -e there || { touch there; false; }\n```\n\n1. Note it down\n',
};

/** What may befall a state folder; each is done to a copy of every sound one. */
const SPOILS: Readonly<Record<string, (run: string, state: string) => void>> = {
  'edited-log': (run) => edit(path.join(run, 'log.jsonl'), /"passed"|"failed"/, '"skipped"'),
  'cut-log': (run) => cut(path.join(run, 'log.jsonl'), 40),
  'added-line': (run) => appendFileSync(path.join(run, 'log.jsonl'), '{"type":"noted"}\n'),
  'edited-page': (run) => appendFileSync(path.join(run, 'runbook.md'), '\nAnd more.\n'),
  'edited-rendering': (run) => edit(path.join(run, 'run.md'), /[a-z]{4}/, 'else'),
  'no-rendering': (run) => rmSync(path.join(run, 'run.md'), { force: true }),
  'edited-output': (run) => {
    for (const file of filesOf(path.join(run, 'output')).slice(0, 1)) appendFileSync(file, 'x');
  },
  'no-output': (run) => rmSync(path.join(run, 'output'), { recursive: true, force: true }),
  'cut-chain': (_run, state) => cut(path.join(state, 'runs.jsonl'), 20),
  'no-run': (run) => rmSync(run, { recursive: true }),
};

function edit(file: string, what: RegExp, to: string): void {
  if (existsSync(file)) writeFileSync(file, readFileSync(file, 'utf8').replace(what, to));
}

function cut(file: string, bytes: number): void {
  if (existsSync(file)) truncateSync(file, Math.max(0, readFileSync(file).length - bytes));
}

/** Forty state folders and the sound ones that they were made of, written by a build. */
export function makeStates(bin: string, folder: string): readonly string[] {
  const states: string[] = [];
  for (const [name, text] of Object.entries(RUNBOOKS)) {
    const sound = path.join(folder, name);
    mkdirSync(path.join(sound, '.handrail'), { recursive: true });
    writeFileSync(path.join(sound, 'page.md'), text);
    spawnSync(process.execPath, [bin, 'run', 'page.md', '--all', '--unattended'], { cwd: sound });
    states.push(sound);
    for (const [spoil, spoilIt] of Object.entries(SPOILS)) {
      const copy = path.join(folder, `${name}-${spoil}`);
      cpSync(sound, copy, { recursive: true });
      writeFileSync(path.join(copy, 'spoiled'), '');
      const state = path.join(copy, '.handrail');
      const runs = path.join(state, 'runs');
      const [run] = readdirSync(runs);
      if (run === undefined) throw new Error(`${name} left no run`);
      spoilIt(path.join(runs, run), state);
      states.push(copy);
    }
  }
  return states;
}

/** The bundle of a commit, built in a folder of its own. */
function buildOf(ref: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const tree = execFileSync('git', ['archive', ref], { cwd: root, maxBuffer: 512 * 1024 * 1024 });
  execFileSync('tar', ['-x', '-C', folder], { input: tree });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  build(folder);
  return path.join(folder, 'dist/handrail.js');
}

function build(folder: string): void {
  execFileSync(process.execPath, ['scripts/build.ts', '--bundle-only'], {
    cwd: folder,
    stdio: 'inherit',
  });
}

if (process.argv[1] === import.meta.filename) {
  sayHelp(import.meta.filename);
  const { values, positionals } = parseArgs({
    options: { against: { type: 'string', default: 'main' } },
    allowPositionals: true,
  });
  const scratch = mkdtempSync(path.join(tmpdir(), 'handrail-golden-'));
  try {
    build(root);
    const before = buildOf(values.against, path.join(scratch, 'before'));
    const own = ['runbooks', 'docs', 'test', 'scripts', 'templates'].map((name) =>
      path.join(root, name),
    );
    const net: Net = {
      pages: [...own, ...positionals.map((name) => path.resolve(name))].flatMap(pagesOf),
      states: makeStates(before, path.join(scratch, 'states')),
      scratch: path.join(scratch, 'cache'),
    };
    const were = goldenOf(before, net);
    rmSync(net.scratch, { recursive: true, force: true });
    const are = goldenOf(path.join(root, 'dist/handrail.js'), net);
    const changed = differences(were, are);
    for (const question of changed) console.log(question.replace(scratch, ''));
    console.log(`${were.size} questions, ${changed.length} answered otherwise`);
    process.exitCode = changed.length > 0 ? 1 : 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
