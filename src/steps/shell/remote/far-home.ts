import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { StepContext } from '../../../engine/contracts/step-type.ts';
import { HandrailError } from '../../../engine/model/errors.ts';
import { noPlace, placeNamed, wayTo } from '../../../engine/model/place.ts';
import { lastLine } from '../../../text/lines.ts';
import { sha256Of } from '../../../text/sha256.ts';
import { closeLine, type FarLock, openLine } from './far-script.ts';

/** What the steps of one run share on one place. */
export interface FarHome {
  readonly place: Place;
  /** A private folder there, removed at the end of the run. */
  readonly folder: string;
  /** The environment that a login gets there. */
  readonly env: Readonly<Record<string, string>>;
  /** Where a login ends up. */
  readonly cwd: string;
  /** The line that each answer from there begins with. */
  readonly mark: string;
  /** Carries a line there and back, what came behind its mark; `undefined` when the line is broken. */
  ask(line: string, input?: Uint8Array): Promise<Answer | undefined>;
  nextFolder(): string;
  /** What the run holds on its own machine, it holds there too. */
  readonly lock: FarLock | null;
  /** Folders of steps that came to their end: they go with the next step, when the log has what was in them. */
  readonly over: Set<string>;
  /** What stands there is still needed when this run goes on: it is not removed with this engine. */
  leave(): void;
  close(): Promise<void>;
}

/** What a line brought back. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const ANSWER_MS = 60_000;
const BROKEN = 255;

/** Opens a place at first use; the engine closes it with the run. Throws UNREACHABLE. */
export function farHome(
  context: StepContext,
  name: string,
  privateFolder: string,
): Promise<FarHome> {
  return context.resources.get(`shell@${name}`, () => open(context, name, privateFolder));
}

async function open(context: StepContext, name: string, privateFolder: string): Promise<FarHome> {
  const place = placeOf(name, privateFolder, context.env);
  const nonce = randomUUID().slice(0, 8);
  const mark = `handrail-mark-${nonce}`;
  const ask = async (line: string, input?: Uint8Array): Promise<Answer | undefined> =>
    behindMark(await carried(place.command(line, { terminal: false }), context.env, input), mark);
  const id = `handrail-${context.env['HANDRAIL_RUN_ID'] ?? 'run'}-${nonce}`;
  const lock = lockOf(context, privateFolder);
  const answer = await ask(openLine(id, mark, lock));
  const [folder = '', cwd = ''] = answer?.stdout.toString().split('\n') ?? [];
  if (answer === undefined || answer.exitCode !== 0 || !folder.startsWith('/'))
    throw new HandrailError('UNREACHABLE', {
      message: `\`${name}\` cannot be reached: ${whyNot(answer)}. Nothing was started there.`,
    });
  const rest = answer.stdout.subarray(Buffer.byteLength(`${folder}\n${cwd}\n`)).toString();
  let attempts = 0;
  let isLeft = false;
  return {
    place,
    folder,
    lock,
    mark,
    cwd,
    env: environmentIn(rest),
    ask,
    over: new Set(),
    nextFolder() {
      attempts += 1;
      return `${folder}/${attempts}`;
    },
    leave() {
      isLeft = true;
    },
    async close() {
      if (!isLeft) await ask(closeLine(folder));
      const end = place.close();
      if (end !== null) await carried(end, context.env);
    },
  };
}

/** Where an engine is gone and what it started is not, the lock on its own machine is free again, and that one's is not. */
function lockOf({ lockName }: StepContext, privateFolder: string): FarLock | null {
  if (lockName == null) return null;
  return { key: sha256Of(lockName).slice(0, 32), engine: sha256Of(privateFolder).slice(0, 32) };
}

/** What a login prints by itself (a greeting, a noisy start-up file) stands before the mark; without it no `sh` was there. */
function behindMark(answer: Answer | undefined, mark: string): Answer | undefined {
  if (answer === undefined) return undefined;
  const at = answer.stdout.indexOf(`${mark}\n`);
  if (at >= 0) return { ...answer, stdout: answer.stdout.subarray(at + mark.length + 1) };
  if (answer.exitCode === 0) return { ...answer, exitCode: BROKEN };
  return answer;
}

function whyNot(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer';
  return lastLine(answer.stderr) || lastLine(answer.stdout.toString()) || 'no answer';
}

/** Runs a helper to its end. `undefined`: it could not be started, or the line broke. */
function carried(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  input?: Uint8Array,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, stdio: 'pipe' });
    // Not that of `spawn`: where there is no such program, it goes on and keeps the engine waiting.
    const timer = setTimeout(() => child.kill(), ANSWER_MS);
    const pieces: Buffer[] = [];
    let bytes = 0;
    let said = '';
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const isAway = error.code === 'ENOENT';
      const stderr = isAway ? `\`${program}\` is not on this machine's PATH` : error.message;
      resolve({ exitCode: BROKEN, stdout: Buffer.alloc(0), stderr });
    });
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= MAX_ANSWER_BYTES) pieces.push(piece);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4096);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === null) resolve(undefined);
      else resolve({ exitCode: code, stdout: Buffer.concat(pieces), stderr: said });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

function environmentIn(text: string): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const entry of text.split('\0')) {
    const at = entry.indexOf('=');
    if (at > 0) env[entry.slice(0, at)] = entry.slice(at + 1);
  }
  return env;
}
/** Where a step's commands run, when that is not this machine. */
interface Place {
  /** As it is written: `db1`, `container:web`, `pod:shop/web-0`. */
  readonly name: string;
  /** Program and arguments that carry a command line of the far side's `sh` there. */
  command(line: string, options: { readonly terminal: boolean }): readonly [string, ...string[]];
  /** Ends what was opened for it; `null`: nothing was. */
  close(): readonly [string, ...string[]] | null;
}

/** A place by its name; `folder` is private, for sockets. Throws STEP_CANNOT_RUN for a name that is none. */
function placeOf(name: string, folder: string, env: Readonly<Record<string, string>>): Place {
  const place = placeNamed(name);
  if (place === undefined) throw new HandrailError('STEP_CANNOT_RUN', { message: noPlace(name) });
  if (place.kind === 'container') return container(name, place.container, env);
  return place.kind === 'pod' ? podPlace(name, place.namespace, place.pod) : sshHost(name, folder);
}

/**
 * The system's own ssh, with the person's configuration, agent and jump hosts; one connection for all steps of the run.
 * A line that is dead is noticed within a quarter of a minute.
 */
function sshHost(name: string, folder: string): Place {
  const options = (terminal: boolean): readonly string[] => [
    '-o',
    'ControlMaster=auto',
    '-o',
    `ControlPath=${folder}/%C`,
    '-o',
    'ControlPersist=120',
    '-o',
    'ConnectTimeout=10',
    '-o',
    'ServerAliveInterval=5',
    '-o',
    'ServerAliveCountMax=3',
    ...(terminal ? ['-tt'] : ['-T', '-o', 'BatchMode=yes']),
  ];
  return {
    name,
    command: (line, { terminal }) => ['ssh', ...options(terminal), '--', name, line],
    close: () => ['ssh', '-o', `ControlPath=${folder}/%C`, '-O', 'exit', '--', name],
  };
}

function container(name: string, id: string, env: Readonly<Record<string, string>>): Place {
  const tool = wayTo(name, env);
  return {
    name,
    command: (line, { terminal }) => [tool, 'exec', terminal ? '-it' : '-i', id, 'sh', '-c', line],
    close: () => null,
  };
}

function podPlace(name: string, namespace: string, pod: string): Place {
  return {
    name,
    command: (line, { terminal }) => [
      'kubectl',
      'exec',
      terminal ? '-it' : '-i',
      '-n',
      namespace,
      pod,
      '--',
      'sh',
      '-c',
      line,
    ],
    close: () => null,
  };
}
