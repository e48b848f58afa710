import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { commandOnPath } from './command-on-path.ts';
import { linkReal, type StandInFolder, writeStandIn } from './stand-ins.ts';
import type { RunbookTest, StandIn, TestFile } from './test-words.ts';

/** The folder in which one test runs, and nothing outside of it. */
export interface Scratch extends StandInFolder {
  /** Where the runbook stands and its steps run. */
  readonly page: string;
  readonly runbook: string;
  readonly state: string;
  /** The whole environment of the test. */
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/** Makes the folder: the runbook and what it links to, the test's files, its stand-ins and a PATH of nothing else. */
export function makeScratch(
  runbook: string,
  linked: readonly string[],
  shared: TestFile,
  test: RunbookTest,
  path_: string,
): Scratch {
  const root = mkdtempSync(path.join(tmpdir(), 'handrail-try-'));
  const at = (name: string): string => path.join(root, name);
  for (const name of ['page', 'bin', 'home', 'tmp', 'state', 'counts']) mkdirSync(at(name));
  const folder = path.dirname(runbook);
  for (const file of [runbook, ...linked]) copyInto(at('page'), folder, file);
  for (const [name, text] of Object.entries(test.files ?? {})) writeInto(at('page'), name, text);
  const where = {
    bin: at('bin'),
    calls: at('calls'),
    missing: at('missing'),
    counts: at('counts'),
  };
  const bash = realOf('bash', path_);
  for (const name of ['bash', 'sh']) linkReal(name, bash, where);
  for (const [name, entries] of standInsOf(shared, test)) writeStandIn(name, entries, bash, where);
  for (const name of new Set([...(shared.real ?? []), ...(test.real ?? [])]))
    if (!existsSync(path.join(where.bin, name))) linkReal(name, realOf(name, path_), where);
  const own = Object.entries(test.env ?? {}).map(([name, value]) => [name, String(value)] as const);
  return {
    ...where,
    page: at('page'),
    runbook: path.join(at('page'), path.basename(runbook)),
    state: at('state'),
    env: {
      PATH: where.bin,
      HOME: at('home'),
      TMPDIR: at('tmp'),
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      USER: 'tester',
      ...Object.fromEntries(own),
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A test's own entries answer before those of all tests. */
function standInsOf(shared: TestFile, test: RunbookTest): ReadonlyMap<string, readonly StandIn[]> {
  const entries = new Map<string, readonly StandIn[]>();
  for (const commands of [test.commands ?? {}, shared.commands ?? {}])
    for (const [name, list] of Object.entries(commands))
      entries.set(name, [...(entries.get(name) ?? []), ...list]);
  return entries;
}

function realOf(name: string, path_: string): string {
  const found = commandOnPath(name, path_);
  if (found !== undefined) return found;
  throw new HandrailError('CONFIGURATION', {
    message: `\`${name}\` is to run as it is, and is not on the PATH of this machine.`,
  });
}

function copyInto(page: string, folder: string, file: string): void {
  const relative = path.relative(folder, file);
  if (relative.startsWith('..'))
    throw new HandrailError('CONFIGURATION', {
      message: `\`${file}\` stands outside of \`${folder}\`: a test runs what is below the folder of its runbook.`,
    });
  mkdirSync(path.dirname(path.join(page, relative)), { recursive: true });
  copyFileSync(file, path.join(page, relative));
}

function writeInto(page: string, name: string, text: string): void {
  const file = path.resolve(page, name);
  if (path.relative(page, file).startsWith('..'))
    throw new HandrailError('CONFIGURATION', {
      message: `The file \`${name}\` would stand outside of the scratch folder.`,
    });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
