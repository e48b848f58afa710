/** Measures programs against each other: CPU time of the whole tree, and the least of interleaved rounds. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One measured thing. */
export interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  /** Environment beyond the bench's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called before each round, unmeasured. */
  readonly before?: () => void;
  /** The program measures a part of itself: the last word it prints is its CPU time in milliseconds. */
  readonly measuresItself?: boolean;
  /** Exit codes that are no failure, beside 0. */
  readonly alsoFine?: readonly number[];
}

/** The least that a contender took, in milliseconds, of that many rounds. */
export interface Least {
  readonly cpuMs: number;
  /** The median of the CPU times: what it usually took, where the least may be luck. */
  readonly usualMs: number;
  readonly wallMs: number;
  readonly rounds: number;
}

export interface RaceOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly rounds: number;
  /** No round but the first begins that would end later than so long after the first began, so that a race ends on a loaded machine, too. */
  readonly limitMs: number;
}

/** One call may take so long; a program that hangs is a failure and no endless bench. */
const CALL_LIMIT_MS = 15 * 60_000;

/**
 * The least CPU and wall times of contenders that take turns, so that noise meets all of them alike. One round comes
 * first that only warms caches. Throws where one of them fails.
 */
export function race(
  contenders: readonly Contender[],
  { cwd, env, rounds, limitMs }: RaceOptions,
): ReadonlyMap<string, Least> {
  const taken = new Map<string, { readonly cpuMs: number; readonly wallMs: number }[]>();
  const from = performance.now();
  let latestMs = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    // As long as the one before: a round of a loaded machine may take minutes.
    if (round > 1 && began - from + latestMs > limitMs) break;
    for (const contender of contenders) {
      contender.before?.();
      const known = round < 2 ? [] : (taken.get(contender.name) ?? []);
      taken.set(contender.name, [...known, once(contender, cwd, env)]);
    }
    latestMs = performance.now() - began;
  }
  return new Map([...taken].map(([name, times]) => [name, leastOf(times)]));
}

function leastOf(times: readonly { readonly cpuMs: number; readonly wallMs: number }[]): Least {
  const cpu = times.map(({ cpuMs }) => cpuMs).sort((one, other) => one - other);
  return {
    cpuMs: cpu[0] ?? Number.NaN,
    usualMs: cpu[Math.floor(cpu.length / 2)] ?? Number.NaN,
    wallMs: Math.min(...times.map(({ wallMs }) => wallMs)),
    rounds: times.length,
  };
}

/** Bash's `time` knows the CPU time of a program and of all that it waited for, in milliseconds. */
const TIMED = `exec 3>&2 2>&1; TIMEFORMAT='%3U %3S %3R'; { time "$@" 2>&1; } 2>&3`;

function once(
  { name, argv, env: more, measuresItself, alsoFine = [] }: Contender,
  cwd: string,
  env: Readonly<Record<string, string>>,
): { readonly cpuMs: number; readonly wallMs: number } {
  const { status, signal, stdout, stderr } = spawnSync('bash', ['-c', TIMED, 'bash', ...argv], {
    cwd,
    env: { ...process.env, ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: CALL_LIMIT_MS,
  });
  if (status !== 0 && !alsoFine.includes(status ?? -1))
    throw new Error(`${name} ended with ${status ?? signal}: ${stdout.slice(-300)}`);
  const [user = 0, system = 0, wall = 0] = stderr.trim().split(/\s+/).slice(-3).map(Number);
  const own = Number(stdout.trim().split(/\s+/).at(-1));
  return {
    cpuMs: measuresItself === true ? own : (user + system) * 1000,
    wallMs: wall * 1000,
  };
}

/** The most memory that a program itself had, in MB, as the kernel remembers it. Throws where it fails. */
export async function peakMb(
  argv: readonly string[],
  { cwd, env }: Pick<RaceOptions, 'cwd' | 'env'>,
): Promise<number> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    timeout: CALL_LIMIT_MS,
  });
  let peakKb = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    } catch {
      // It has just ended.
    }
  }, 5);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(look);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}`);
  return peakKb / 1024;
}
