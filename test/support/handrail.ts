import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import type { StoredEvent } from '../../src/engine/model/event.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
const bin = path.join(root, 'dist/handrail.js');

/** What one call of the command line is made of. */
export interface HandrailCall {
  /** The runbook's text, written as `runbook.md`; `{file}` in `args` stands for its path. */
  readonly runbook?: string;
  /** More files of the folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Arguments; `run {file} --all --unattended` when a runbook is given and no arguments are. */
  readonly args?: readonly string[];
  /** Typed on standard input, which is never a terminal here. */
  readonly answers?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A folder of an earlier call, to go on in. */
  readonly folder?: string;
  /** Ends the call with this signal as soon as standard output holds the text. */
  readonly signalAt?: { readonly text: string; readonly signal: NodeJS.Signals };
}

/** What came of it. Times, ids and the folder are normalised, so that texts can be compared whole. */
export interface HandrailResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Events of the newest run, as stored. */
  readonly events: readonly StoredEvent[];
  /** Files of the folder but those of runs, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Folders of the runs, oldest first. */
  readonly runs: readonly string[];
}

/** Calls the real bundle once, in a folder of its own that also keeps its runs. */
export async function handrail(call: HandrailCall): Promise<HandrailResult> {
  const bundleError = inject('bundleError');
  if (bundleError !== '') throw new Error(`the bundle does not build: ${bundleError}`);
  const folder = call.folder ?? mkdtempSync(path.join(tmpdir(), 'handrail-test-'));
  mkdirSync(path.join(folder, '.handrail'), { recursive: true });
  for (const [name, text] of Object.entries({
    ...call.files,
    ...(call.runbook === undefined ? {} : { 'runbook.md': call.runbook }),
  }))
    write(path.join(folder, name), text);
  const args = (call.args ?? ['run', '{file}', '--all', '--unattended']).map((word) =>
    word.replaceAll('{file}', path.join(folder, 'runbook.md')).replaceAll('{folder}', folder),
  );
  const ended = await start(args, folder, call);
  const runs = runsIn(folder);
  return {
    exitCode: ended.exitCode,
    stdout: normalised(ended.stdout, folder),
    stderr: normalised(ended.stderr, folder),
    events: eventsOf(runs.at(-1)),
    files: filesOf(folder),
    folder,
    runs,
  };
}

/** Replaces what differs from call to call: `<run>`, `<folder>`, `<time>`, `<at>`, `<sha256>`. */
export function normalised(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<folder>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<run>')
    .replace(/\b[0-9a-f]{64}\b/g, '<sha256>')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, '<at>')
    .replace(/\b(?:\d+ h \d+ m|\d+ m \d+ s|\d+\.\d s|\d+ ms)(?![a-z])/g, '<time>');
}

/** The environment of a call: nothing of the machine's own settings for handrail or its colours. */
export function cleanEnv(
  folder: string,
  more: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:HANDRAIL_|CI$|GITHUB_|VITEST|NODE_|FORCE_COLOR|NO_COLOR|XDG_|LANG|LC_)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    // What a login has nearly everywhere; how screens look without it is asked where it matters.
    LANG: 'C.UTF-8',
    HANDRAIL_HOME: path.join(folder, '.handrail'),
    XDG_CACHE_HOME: path.join(tmpdir(), 'handrail-test-cache'),
    ...more,
  };
}

async function start(
  args: readonly string[],
  folder: string,
  { answers = [], env = {}, signalAt }: HandrailCall,
): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: cleanEnv(folder, env),
    stdio: 'pipe',
  });
  const said = { stdout: '', stderr: '' };
  let signalled = false;
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      if (!signalAt || signalled || !said.stdout.includes(signalAt.text)) return;
      signalled = true;
      child.kill(signalAt.signal);
    });
  child.stdin.on('error', () => undefined);
  child.stdin.end(answers.map((line) => `${line}\n`).join(''));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { exitCode, ...said };
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function runsIn(folder: string): readonly string[] {
  const runs = path.join(folder, '.handrail', 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .toSorted()
    .map((name) => path.join(runs, name));
}

function eventsOf(run: string | undefined): readonly StoredEvent[] {
  const log = run === undefined ? '' : path.join(run, 'log.jsonl');
  if (log === '' || !existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): StoredEvent => JSON.parse(line));
}

function filesOf(folder: string): Readonly<Record<string, string>> {
  const entries = filesBelow(folder).filter(
    (file) => !path.relative(folder, file).startsWith('.handrail'),
  );
  return Object.fromEntries(
    entries.map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

/** Without what links lead to: some tests lay a way out of their folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(file);
    return entry.isFile() ? [file] : [];
  });
}
