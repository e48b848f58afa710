import { HandrailError } from '../engine/model/errors.ts';
import { EXIT } from '../engine/model/outcome.ts';
import { nearest } from '../text/nearest.ts';
import { parseArguments } from './arguments.ts';
import type { CommandSpec, Invocation } from './command.ts';
import type { CliContext } from './context.ts';
import { PART_GONE } from './load-code.ts';
import { makeOutlet, type Outlet } from './outlet.ts';
import { screenStyle, wantsColour } from './screen/style.ts';
import { TABLE } from './table.ts';
import { directOutlet, isNoDevice } from './write-now.ts';

const DEFAULT_COLUMNS = 80;

/** How text is written at once, which the bin needs before anything else is loaded. */
export type Direct = Pick<typeof import('./write-now.ts'), 'writeNow' | 'lostSentence'>;

/** Carries out one command line and sets the exit code. Everything it throws becomes one sentence. */
export async function main(
  argv: readonly string[],
  version: string,
  direct: Direct,
): Promise<void> {
  const err = makeOutlet(
    () => process.stderr,
    () => undefined,
  );
  try {
    const words = usualWords(argv);
    const command = commandOf(words[0]);
    const out = outletOf(command, words, direct);
    const invocation = parseArguments(command, TABLE, words.slice(1));
    process.exitCode = invocation.flag('help')
      ? await showHelp(command, out)
      : await carryOut(invocation, { out, err, version });
  } catch (error) {
    process.exitCode = await report(error, err);
  }
}

function outletOf(command: CommandSpec, words: readonly string[], direct: Direct): Outlet {
  const lost = (why: Error): void => {
    process.once('exit', () => {
      direct.writeNow(2, direct.lostSentence(why));
      if (!command.carriesOut) process.exitCode ||= EXIT.outputLost;
    });
  };
  const streamed = (): Outlet => makeOutlet(() => process.stdout, lost);
  const isBrief = command.brief?.every((name) => !words.includes(`--${name}`)) === true;
  return isBrief && isNoDevice(1) ? directOutlet(direct.writeNow, streamed, lost) : streamed();
}

/** What people type who know other commands: `handrail` alone begins at a terminal, `--help run` is `help run`. */
function usualWords(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first === undefined) {
    // Asked only here: to look at standard input loads what reads files as streams, 8 ms.
    const isPerson = process.stdin.isTTY === true && process.stdout.isTTY === true;
    return isPerson ? ['run'] : argv;
  }
  if (first === '--help' || first === '-h') return ['help', ...rest];
  return argv;
}

function commandOf(word: string | undefined): CommandSpec {
  const found = TABLE.commands.find(({ name }) => name === word);
  if (found) return found;
  const hint = '`handrail --help` lists the commands.';
  if (word === undefined || word.startsWith('-'))
    throw new HandrailError('USAGE', {
      message: `${word === undefined ? 'No command was given.' : `\`${word}\` stands where a command is expected.`} ${hint}`,
    });
  const near = nearest(
    word,
    TABLE.commands.map(({ name }) => name),
  );
  const what = /[./#]/.test(word) ? ` To carry out a runbook: \`handrail run ${word}\`.` : '';
  throw new HandrailError('USAGE', {
    message: `There is no command \`${word}\`.${what}${near || what ? '' : ` ${hint}`}`,
    nearest: what ? undefined : near,
  });
}

async function showHelp(command: CommandSpec, out: CliContext['out']): Promise<number> {
  const { commandHelp } = await import('./help.ts');
  await out.write(commandHelp(command, TABLE));
  return EXIT.passed;
}

async function carryOut(
  invocation: Invocation,
  { out, err, version }: Pick<CliContext, 'out' | 'err' | 'version'>,
): Promise<number> {
  const { env } = process;
  const plain = invocation.flag('plain') || Boolean(env['HANDRAIL_PLAIN']);
  // A stream is made of standard output only where it may be a terminal.
  const screen = out.isTerminal ? process.stdout : undefined;
  const colour = !plain && wantsColour(screen, env);
  const body = await invocation.command.load();
  return body.run(invocation, {
    env,
    cwd: folderHere(),
    out,
    err,
    version,
    style: screenStyle(colour),
    colour,
    columns: screen?.columns || DEFAULT_COLUMNS,
    // In this order: to look at standard input loads what reads files as streams.
    interactive: out.isTerminal && process.stdin.isTTY === true,
    state: (await placeInstead(invocation)) ?? invocation.text('state'),
  });
}

/** The folder that this was called in. Throws USAGE where somebody took it away meanwhile. */
function folderHere(): string {
  try {
    return process.cwd();
  } catch (error) {
    throw folderGone(error);
  }
}

function folderGone(cause: unknown): HandrailError {
  const message =
    'The folder that this was called in is not there any more. Change into another one.';
  return new HandrailError('USAGE', { message }, { cause });
}

/** What a command reads from when an option says that it is not the state folder. */
async function placeInstead(invocation: Invocation): Promise<string | undefined> {
  const spec = invocation.command.options.find(({ insteadOf }) => insteadOf === 'state');
  const given = spec === undefined ? undefined : invocation.text(spec.name);
  if (given === undefined) return undefined;
  const { teamUrl } = await import('./team/team-url.ts');
  return teamUrl(given, process.env);
}

/** What the system says of a path is no mistake of ours: something odd stands there, or it belongs to somebody else. */
async function unforeseen(error: unknown): Promise<HandrailError> {
  const message = error instanceof Error ? error.message : String(error);
  const isGone = error instanceof Error && 'code' in error && error.code === PART_GONE;
  if (isOfPath(error)) {
    const { whyOf } = await import('../stores/files/disk.ts');
    const said = `\`${error.path}\` cannot be used: ${whyOf(error)}. Look at what stands there, and who may read and write it.`;
    return new HandrailError('CONFIGURATION', { message: said }, { cause: error });
  }
  return new HandrailError(isGone ? 'CONFIGURATION' : 'INTERNAL', { message }, { cause: error });
}

function isOfPath(error: unknown): error is Error & { readonly path: string } {
  return (
    error instanceof Error &&
    'syscall' in error &&
    'path' in error &&
    typeof error.path === 'string'
  );
}

async function report(error: unknown, err: CliContext['err']): Promise<number> {
  const { screenLine } = await import('./screen/safe-text.ts');
  const known = error instanceof HandrailError ? error : await unforeseen(error);
  await err.write(`handrail: ${screenLine(known.message)}\n`);
  const cause = known.code === 'INTERNAL' ? (known.cause ?? known) : known;
  if (process.env['HANDRAIL_DEBUG'] && cause instanceof Error) await err.write(`${cause.stack}\n`);
  return known.exitCode;
}
