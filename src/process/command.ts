import { HandrailError } from '../engine/model/errors.ts';

/** A short auxiliary command: git's identity, a notice, an input's `command`. */
export interface CommandRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard input; default: empty. */
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Default: 30 s. */
  readonly timeoutMs?: number;
  /** Kept of each stream; the rest is thrown away. Default: 1 MiB. */
  readonly maxOutputBytes?: number;
  readonly signal?: AbortSignal;
}

/** How a short command ended. A failure is a result and not an error. */
export interface CommandResult {
  /** `null`: it did not end by itself. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** Output was larger than was kept. */
  readonly truncated: boolean;
}

/** Runs a short command and collects its output. Throws STEP_CANNOT_RUN when it cannot be started. */
export async function runCommand(request: CommandRequest): Promise<CommandResult> {
  // Loaded only here: it costs more than the step processes themselves may.
  const { execa } = await import('execa');
  const maxBuffer = request.maxOutputBytes ?? 1024 * 1024;
  const result = await execa(request.program, request.args, {
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    env: request.env,
    extendEnv: false,
    ...inputOf(request.input),
    timeout: request.timeoutMs ?? 30_000,
    forceKillAfterDelay: 1000,
    ...(request.signal ? { cancelSignal: request.signal } : {}),
    maxBuffer,
    stripFinalNewline: false,
    reject: false,
  });
  if (result.exitCode === undefined && !result.isTerminated && !result.isMaxBuffer) {
    const message = `\`${request.program}\` cannot be started: ${result.originalMessage ?? 'no such program on PATH'}.`;
    throw new HandrailError('STEP_CANNOT_RUN', { message }, { cause: result });
  }
  return {
    exitCode: result.exitCode ?? null,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    timedOut: result.timedOut,
    truncated: result.isMaxBuffer,
  };
}

function inputOf(input: CommandRequest['input']) {
  if (input === undefined) return { stdin: 'ignore' as const };
  return typeof input === 'string' || input instanceof Uint8Array ? { input } : { stdin: input };
}
