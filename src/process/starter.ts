import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { programOnPath } from './commands-on-path.ts';
import { withLocks } from './lock-descriptors.ts';
import { isOver, startOf, statOf } from './process-stat.ts';
import { signalName } from './signal-name.ts';

/**
 * A small process that starts the processes of steps in the engine's place. A fork copies the tables of all memory that
 * whoever forks has: from an engine of 90 MB a `bash -c true` costs three times what it costs from here, and the engine
 * grows with its run. Its processes are what those are that Node starts detached: first of a session and group of their
 * own, with the same environment, folder and descriptors, but for the parent that they have.
 */
export interface Starter {
  /** Starts a process with real pipes for its output; `undefined`: it has to be started another way. */
  start(request: StartRequest): Promise<StarterProcess | undefined>;
  /** Once nothing more is to be started. */
  close(): void;
}

/** A process to start. */
export interface StartRequest {
  readonly program: string;
  /** Seen by everybody in `ps`: never a script, a value or a secret. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What it has started. */
export interface StarterProcess {
  readonly pid: number;
  readonly readers: readonly [Readable, Readable];
  /** Called with `null` twice where nobody knows how it ended, since the starter itself was ended. */
  onExit(listener: (exitCode: number | null, signal: string | null) => void): void;
}

/**
 * Takes `LENGTH` (eight digits) and so many bytes: folder, program, the number of arguments, these, and the environment
 * as `NAME=value`, each closed by NUL. Answers `p PID OUT ERR` with the descriptors on which it holds the output open
 * until the next request, `b` once the program has begun, or `f WHY`, and in the end `x STATUS` as wait(2) has it. No
 * program begins before the first answer, so that none began where there is none. It ends with its engine.
 */
const SCRIPT = `use strict;
my ($engine, $setsid, $prctl) = @ARGV;
syscall $prctl, 1, 9, 0, 0, 0;
exit if getppid != $engine;
sub take {
  my ($size, $bytes) = (shift, '');
  while (length $bytes < $size) {
    sysread(STDIN, $bytes, $size - length $bytes, length $bytes) or exit;
  }
  return $bytes;
}
my ($out, $err);
while (1) {
  my ($folder, $program, $count, @rest) = split /\\0/, take(take(8));
  my @args = splice @rest, 0, $count;
  my ($to_out, $to_err, $may, $go, $begun, $begin);
  pipe($out, $to_out) && pipe($err, $to_err) && pipe($may, $go) && pipe($begun, $begin) or exit;
  my $pid = fork;
  if (!defined $pid) { syswrite STDOUT, "f $!\\n"; next }
  if ($pid == 0) {
    close $go;
    %ENV = map { split /=/, $_, 2 } @rest;
    syscall($setsid) == $$ && chdir $folder && open(STDIN, '<', '/dev/null')
      && open(STDERR, '>&', $to_err) && sysread($may, my $word, 1) && open(STDOUT, '>&', $to_out)
      && exec { $program } @args;
    syswrite $begin, "$!";
    kill 'KILL', $$;
  }
  syswrite STDOUT, "p $pid " . fileno($out) . ' ' . fileno($err) . "\\n";
  syswrite $go, '+';
  close $_ for $to_out, $to_err, $may, $go, $begin;
  my $failed = sysread $begun, my $why, 200;
  syswrite STDOUT, $failed ? "f $why\\n" : "b\\n";
  waitpid $pid, 0;
  syswrite STDOUT, "x $?\\n" if !$failed;
}
`;

/** It is asked for by its full name, so that nothing on PATH takes its place or makes it slow. */
const PERL = '/usr/bin/perl';
/** Numbers of setsid(2) and prctl(2): Perl's own module for the one costs more than all the rest of it. */
const SYSTEM_CALLS: Readonly<Record<string, readonly [setsid: string, prctl: string]>> = {
  x64: ['112', '157'],
  arm64: ['157', '167'],
};
const LENGTH_DIGITS = 8;

/**
 * Opens a starter whose processes inherit these locks. `undefined`: this machine has not what it takes, which is Linux on
 * a processor that is known, Perl, and a `/proc` to look into.
 */
export function openStarter(lockFds: readonly number[]): Starter | undefined {
  const calls = process.platform === 'linux' ? SYSTEM_CALLS[process.arch] : undefined;
  if (calls === undefined || !isThere(PERL)) return undefined;
  const child = spawn(PERL, ['-e', SCRIPT, String(process.pid), ...calls], {
    detached: true,
    env: {},
    stdio: withLocks(['pipe', 'pipe', 'ignore'], lockFds),
  });
  return starterOn(child);
}

/** The one process that a starter has under way. */
interface UnderWay {
  /** `undefined`: it was not started. */
  begun(answer: readonly number[] | undefined): void;
  /** As wait(2) has it; `undefined`: the starter was ended. */
  ended(status: number | undefined): void;
}

function starterOn(child: ChildProcess): Starter | undefined {
  const { pid, stdin, stdout } = child;
  let underWay: UnderWay | undefined;
  let place: readonly number[] | undefined;
  let isOpen = true;
  const lost = (): void => {
    isOpen = false;
    // Once it has a place nobody may start it a second time.
    underWay?.begun(place);
    underWay?.ended(undefined);
  };
  child.once('error', lost);
  if (!(stdin instanceof Socket && stdout instanceof Socket) || !isThere(`/proc/${pid}/fd/0`)) {
    child.kill();
    return undefined;
  }
  for (const one of [child, stdin, stdout]) one.unref();
  stdin.on('error', lost);
  stdout.once('close', lost);
  eachLine(stdout, (line) => {
    const [word, ...numbers] = line.split(' ');
    if (word === 'p') place = numbers.map(Number);
    else if (word === 'b') underWay?.begun(place);
    else if (word === 'f') underWay?.begun(undefined);
    else underWay?.ended(Number(numbers[0]));
  });
  return {
    async start(request) {
      const content = contentOf(request);
      if (!isOpen || underWay !== undefined || content === undefined) return undefined;
      // While one is under way the engine has something to wait for.
      stdout.ref();
      place = undefined;
      const over = (): void => {
        underWay = undefined;
        stdout.unref();
      };
      const exit = new Promise<number | undefined>((ended) => {
        underWay = { begun: () => undefined, ended };
      });
      void exit.then(over);
      const answer = await new Promise<readonly number[] | undefined>((begun) => {
        if (underWay !== undefined) underWay = { ...underWay, begun };
        stdin.write(content);
      });
      if (answer === undefined) {
        over();
        return undefined;
      }
      const [started = 0, out = 0, error = 0] = answer;
      const start = startOf(started) ?? '';
      return {
        pid: started,
        readers: [reading(`/proc/${pid}/fd/${out}`), reading(`/proc/${pid}/fd/${error}`)],
        onExit: (listener) =>
          void exit.then((status) => tell(listener, { pid: started, start }, status)),
      };
    },
    close() {
      isOpen = false;
      stdin.end();
    },
  };
}

/** What it is asked; `undefined` for a program that it cannot find. */
function contentOf({ program, args, cwd, env }: StartRequest): Buffer | undefined {
  const path = programOnPath(program, env);
  if (path === undefined) return undefined;
  const words = [cwd, path, String(args.length + 1), program, ...args];
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const content = Buffer.from(`${[...words, ...given].join('\0')}\0`);
  return Buffer.concat([Buffer.from(String(content.length).padStart(LENGTH_DIGITS, '0')), content]);
}

/** Nothing where the starter was ended between its answer and now: how the process ended is not known then, either. */
function reading(path: string): Readable {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return new Socket({ fd, readable: true, writable: false });
  } catch {
    return Readable.from([]);
  }
}

function eachLine(from: Socket, take: (line: string) => void): void {
  let begun = '';
  from.setEncoding('latin1').on('data', (chunk: string) => {
    const lines = `${begun}${chunk}`.split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

const CODE_SHIFT = 8;
const SIGNAL_MASK = 0x7f;
const LOOK_MS = 50;

function tell(
  listener: (exitCode: number | null, signal: string | null) => void,
  process: { readonly pid: number; readonly start: string },
  status: number | undefined,
): void {
  if (status !== undefined) {
    const signal = signalName(status & SIGNAL_MASK);
    listener(signal === null ? status >> CODE_SHIFT : null, signal);
  } else if (isAtWork(process)) setTimeout(tell, LOOK_MS, listener, process, status);
  else listener(null, null);
}

/** Whoever inherits it may leave it unburied, and its number may be somebody else's by now. */
function isAtWork({ pid, start }: { readonly pid: number; readonly start: string }): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.start === start && !isOver(stat);
}

function isThere(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}
