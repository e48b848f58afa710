import { hostname } from 'node:os';
import { fromLatin1, quoted, toLatin1, unquoted } from '../../process/bash-quoting.ts';
import { type Declaration, declarationText, parseDeclarations } from './declarations.ts';

/** What the shell of one step leaves to the next one, as if both were pasted into one terminal. Plain data. */
export interface ShellState {
  /** Absolute, and as everybody writes a path, not as latin1 text; `''`: where the run's steps start. */
  readonly cwd: string;
  /** As `umask` prints it; `''`: the engine's own. */
  readonly umask: string;
  /** Names of the environment that a step unset. */
  readonly unset: readonly string[];
  /** What differs from the environment that steps are given. Values as bash prints them. */
  readonly variables: readonly Declaration[];
  /** As `declare -f` prints them, with their attributes after them. */
  readonly functions: string;
  /** As `alias -p` prints them. */
  readonly aliases: string;
}

export const EMPTY_STATE: ShellState = {
  cwd: '',
  umask: '',
  unset: [],
  variables: [],
  functions: '',
  aliases: '',
};

/** The environment a step was given, for telling what the step changed. */
export interface GivenEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Names set for this step alone: what they were before is kept. */
  readonly own: ReadonlySet<string>;
  /** The folder it ran in was set for this step alone. */
  readonly ownCwd: boolean;
}

/** Bash's own variables: they describe the shell that runs, or are options in disguise. */
const NOT_CARRIED =
  /^(?:BASH(?:$|_.*|OPTS|PID)|__handrail_.*|HANDRAIL_.*|_|COLUMNS|COMP_WORDBREAKS|DIRSTACK|EPOCHREALTIME|EPOCHSECONDS|EUID|FUNCNAME|GROUPS|HISTCMD|HOSTTYPE|LINENO|LINES|MACHTYPE|OSTYPE|PIPESTATUS|POSIXLY_CORRECT|PPID|PWD|RANDOM|SECONDS|SHELLOPTS|SHLVL|SRANDOM|UID)$/;

/** What bash itself sets in every shell, where the environment does not. */
const PRISTINE: Readonly<Record<string, string>> = {
  HOSTNAME: hostname(),
  IFS: ' \t\n',
  OPTERR: '1',
  OPTIND: '1',
  PS4: '+ ',
  TERM: 'dumb',
};

/**
 * Reads what the end of a step's bash wrote (see `shell-script.ts`), as latin1 text. `undefined` when it is not
 * complete: the step was killed or ended in `exec`, and the state before it stands. `null` when it is not understood.
 */
export function readState(
  raw: string,
  before: ShellState,
  given: GivenEnvironment,
): ShellState | null | undefined {
  const parts = raw.split('\0');
  const [cwd = '', umask = '', locals = '', variables = '', functions = '', exported = ''] = parts;
  if (parts.length !== 8 || parts[7] !== 'end') return undefined;
  const all = parseDeclarations(variables);
  const hidden = parseDeclarations(locals);
  if (!all || !hidden) return null;
  return {
    ...changesOf(all, new Set(hidden.map(({ name }) => name)), before, given),
    cwd: given.ownCwd ? before.cwd : fromLatin1(cwd.replace(/\n$/, '')),
    umask: umask.trim() === engineUmask() ? '' : umask.trim(),
    functions: functions + exported.replace(/^declare -f \S+\n/gm, ''),
    aliases: parts[6] ?? '',
  };
}

/** Reads what the end of a shell other than bash wrote: its folder and its exported variables. */
export function readPlainState(
  raw: string,
  before: ShellState,
  given: GivenEnvironment,
): ShellState | undefined {
  const parts = raw.split('\0');
  const [cwd = '', ...entries] = parts;
  if (entries.pop() !== 'end') return undefined;
  const exported = entries.map((entry): Declaration => {
    const at = entry.indexOf('=');
    return { name: entry.slice(0, at), attributes: 'x', value: quoted(entry.slice(at + 1)) };
  });
  const names = new Set(exported.map(({ name }) => name));
  const others = before.variables.filter(
    ({ name, attributes }) => !names.has(name) && !attributes.includes('x'),
  );
  return {
    ...before,
    ...changesOf([...others, ...exported], new Set(), before, given),
    cwd: given.ownCwd ? before.cwd : fromLatin1(cwd.replace(/\n$/, '')),
  };
}

function changesOf(
  all: readonly Declaration[],
  hidden: ReadonlySet<string>,
  before: ShellState,
  given: GivenEnvironment,
): Pick<ShellState, 'variables' | 'unset'> {
  const beforeByName = new Map(before.variables.map((each) => [each.name, each]));
  const names = new Set<string>();
  const variables: Declaration[] = [];
  for (const declaration of all) {
    const { name } = declaration;
    names.add(name);
    if (NOT_CARRIED.test(name)) continue;
    const earlier = beforeByName.get(name);
    const restored = hidden.has(name) || (given.own.has(name) && isAsGiven(declaration, given.env));
    if (restored && earlier) variables.push(earlier);
    else if (!restored && !isAsGiven(declaration, given.env) && !isPristine(declaration, given.env))
      variables.push(declaration);
  }
  const unset = Object.keys(given.env).filter(
    (name) => !names.has(name) && /^[A-Za-z_]\w*$/.test(name) && !NOT_CARRIED.test(name),
  );
  return { variables, unset };
}

function isAsGiven(declaration: Declaration, env: GivenEnvironment['env']): boolean {
  const { name, attributes, value } = declaration;
  const given = env[name];
  if (given === undefined) return name === 'OLDPWD' && value === undefined;
  return attributes === 'x' && value !== undefined && unquoted(value) === toLatin1(given);
}

function isPristine(declaration: Declaration, env: GivenEnvironment['env']): boolean {
  const { name, attributes, value } = declaration;
  if (env[name] !== undefined || (attributes !== '' && attributes !== 'i')) return false;
  if (name === 'SHELL' || name === 'PATH') return true;
  return value !== undefined && PRISTINE[name] !== undefined && unquoted(value) === PRISTINE[name];
}

let umaskText: string | undefined;

function engineUmask(): string {
  umaskText ??= process.umask().toString(8).padStart(4, '0');
  return umaskText;
}

/**
 * Text for bash that brings the state back; `''` when there is nothing to bring. Values are data in it, never code.
 * What was set for this step alone stands.
 */
export function restoreText(state: ShellState, given: GivenEnvironment): string {
  const { env, own } = given;
  const lines = state.variables
    .filter(({ name }) => !own.has(name))
    .map((declaration) => {
      // What the environment gave is exported; a variable that is not must be made anew.
      const anew = env[declaration.name] !== undefined && !declaration.attributes.includes('x');
      return `${anew ? `unset -v ${declaration.name};` : ''}${declarationText(declaration)}`;
    });
  const unset = state.unset.filter((name) => env[name] !== undefined && !own.has(name));
  if (unset.length > 0) lines.push(`unset -v ${unset.join(' ')}`);
  if (state.umask !== '') lines.push(`umask ${quoted(state.umask)}`);
  if (state.aliases !== '') lines.push(state.aliases);
  // Last, and nothing after them that they could take the place of.
  if (state.functions !== '')
    lines.push(`shopt -s extglob\neval ${quoted(state.functions)}\n\\builtin shopt -u extglob`);
  return lines.join('\n');
}

/** The exported variables of the state over the environment, for processes that take nothing else from it. */
export function exportedEnvironment(
  state: ShellState,
  { env, own }: GivenEnvironment,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = { ...env };
  for (const name of state.unset) if (!own.has(name)) delete result[name];
  for (const { name, attributes, value } of state.variables) {
    if (own.has(name)) continue;
    const plain = attributes.includes('x') && value !== undefined ? unquoted(value) : undefined;
    if (plain !== undefined) result[name] = fromLatin1(plain);
    else if (!attributes.includes('x')) delete result[name];
  }
  return result;
}
