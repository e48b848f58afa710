import type { StepContext } from '../../engine/contracts/step-type.ts';
import { learntName } from '../../engine/model/secret-mark.ts';
import { FOLDER, UMASK } from '../../engine/shell/bash-variables.ts';
import { valuesOf } from './declarations.ts';
import { type ExchangeFile, openExchangeFile } from './exchange-file.ts';
import {
  bashLaunch,
  failedLineIn,
  PIPE_VERDICT_NAME,
  posixLaunch,
  type ShellLaunch,
  type ShellScript,
} from './script.ts';
import {
  exportedEnvironment,
  type GivenEnvironment,
  readPlainState,
  readState,
  restoreText,
  type ShellState,
} from './state.ts';
import { packState, unpackState } from './state-text.ts';

/** What became of a shell's end state; nothing: it is carried on, or there is none. */
export interface Kept {
  /** It is not carried on, and the step before's stands. */
  readonly warning?: string;
  /** The shell never read its script. */
  readonly unread?: string;
  /** Its end was not written whole, though the shell came to it. */
  readonly cut?: string;
}

/** A shell that is ready to be started, and what becomes of its end state. */
export interface ShellSession {
  readonly program: string;
  readonly args: readonly string[];
  /** Carries what the step left over to the next one, and says what stands in the way. */
  keep(): Kept;
  /** The line of the file at which it ended early, once `keep` has read it. */
  failedLine(): number | undefined;
  close(): void;
}

/** Key of the shell's state among what a run carries. */
const CARRIED = 'shell';
/** Largest state that is carried on. */
const MAX_STATE_BYTES = 8 * 1024 * 1024;
const POSIX_SHELLS = new Set(['sh', 'dash', 'ash', 'ksh', 'ksh93', 'mksh', 'zsh']);

/** Whether a program is a shell whose state can be carried; what is not gets the script as a file. */
export function isShell(program: string): boolean {
  return nameOf(program) === 'bash' || POSIX_SHELLS.has(nameOf(program));
}

/** The state that the run's shell steps have left so far. */
export function carriedState(context: Pick<StepContext, 'carried' | 'values'>): ShellState {
  const state = unpackState(context.carried.get(CARRIED), secretsOf(context));
  const older = context.carried.superseded?.(CARRIED) ?? new Set();
  if (older.size === 0) return state;
  const given = (name: string): string => context.values.get(name)?.value ?? '';
  return {
    ...state,
    cwd: older.has(FOLDER) ? given(FOLDER) : state.cwd,
    umask: older.has(UMASK) ? given(UMASK) : state.umask,
    variables: state.variables.filter(({ name }) => !older.has(name)),
    unset: state.unset.filter((name) => !older.has(name)),
  };
}

/** The folder that was given in the place of one that a step had gone to whose shell is gone. */
export function givenFolder(context: Pick<StepContext, 'carried' | 'values'>): string | undefined {
  if (context.carried.superseded?.(CARRIED).has(FOLDER) !== true) return undefined;
  return context.values.get(FOLDER)?.value;
}

/** What a session is made of. */
export interface SessionRequest {
  readonly script: ShellScript;
  readonly program: string;
  readonly context: Pick<StepContext, 'carried' | 'values' | 'shell'>;
  readonly state: ShellState;
  readonly given: GivenEnvironment;
  /** The run's private folder. */
  readonly folder: string;
  /** What carries text to the shell and back, where it is not a file of this machine. */
  readonly exchange?: ExchangeFile;
}

/** Makes a shell ready that goes on where the step before stopped. */
export async function openSession(request: SessionRequest): Promise<ShellSession> {
  const { program, context, state, given, folder } = request;
  const isBash = nameOf(program) === 'bash';
  const script = isBash ? await sparing(request.script, context) : request.script;
  const file = request.exchange ?? openExchangeFile(folder);
  const launch = isBash
    ? bashLaunch(script, restoreText(state, given), file.path)
    : posixLaunch(nameOf(program), script, file.path);
  file.write(launch.content);
  let failedLine: number | undefined;
  const read = isBash ? readState : readPlainState;
  return {
    program,
    args: launch.args,
    keep: () =>
      keepState(file, launch, context, (raw) => {
        failedLine = failedLineIn(raw);
        return read(raw, state, given);
      }),
    failedLine: () => failedLine,
    close: () => file.close(),
  };
}

function keepState(
  file: ExchangeFile,
  { content, begun }: ShellLaunch,
  context: Pick<StepContext, 'carried' | 'values'>,
  read: (raw: string) => ShellState | null | undefined,
): Kept {
  const raw = file.read(MAX_STATE_BYTES);
  if (!raw) return { warning: notCarried(`are larger than ${MAX_STATE_BYTES} bytes`) };
  // Nothing was written over the script: it was killed, or ended in `exec`.
  if (raw.equals(begun)) return {};
  if (raw.equals(content)) return { unread: UNREAD };
  const after = read(raw.toString('latin1'));
  if (after) carryOn(after, context);
  if (after === null) return { warning: notCarried('cannot be read back') };
  return after === undefined ? { cut: CUT } : {};
}

const UNREAD =
  'The shell could not read its script: nothing of this step has run. Within a PID namespace `/proc` must be its own.';
const CUT =
  "The shell's variables and functions could not be written down whole (is memory or the disk full?): the next step would go on without them.";

/** Carries on what a script of another language left of its environment, where it left anything. */
export function keepEnvironment(
  raw: string,
  state: ShellState,
  given: GivenEnvironment,
  context: Pick<StepContext, 'carried' | 'values'>,
): void {
  if (raw === '' || raw.length > MAX_STATE_BYTES) return;
  const after = readPlainState(raw, state, given);
  if (after) carryOn({ ...after, cwd: state.cwd }, context);
}

/** What is secret of it is known before anything of it is kept. */
function carryOn(after: ShellState, context: Pick<StepContext, 'carried' | 'values'>): void {
  context.carried.learn(valuesOf(after.variables));
  context.carried.set(CARRIED, packState(after, secretsOf(context)));
}

function notCarried(why: string): string {
  return `The shell's variables and functions ${why}: this step's changes are not carried to the next one.`;
}

/** The environment that a session's process is started with: bash takes the rest of the state itself. */
export function sessionEnvironment(
  program: string,
  state: ShellState,
  given: GivenEnvironment,
): Readonly<Record<string, string>> {
  return nameOf(program) === 'bash' ? given.env : exportedEnvironment(state, given);
}

function secretsOf({
  carried,
  values,
}: Pick<StepContext, 'carried' | 'values'>): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  for (const { name, value, secret } of values.values()) if (secret) secrets.set(name, value);
  for (const [name, value] of carried.learnt) secrets.set(learntName(name), value);
  return secrets;
}

const nameOf = (program: string): string => program.slice(program.lastIndexOf('/') + 1);

/** Under `pipefail` a program whose reader has seen enough has not failed. */
async function sparing(
  script: ShellScript,
  { shell }: Pick<StepContext, 'shell'>,
): Promise<ShellScript> {
  if (!script.options.pipefail || shell.forEarlyReaders === undefined) return script;
  return { ...script, text: await shell.forEarlyReaders(script.text, PIPE_VERDICT_NAME) };
}
