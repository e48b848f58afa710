import { nearest } from '../text/nearest.ts';
import { checkValue, declarationOf } from './inputs/check-value.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { HandrailError } from './model/errors.ts';
import type { Frontmatter, InputDeclaration } from './model/frontmatter.ts';
import type { BoundInput } from './model/plan.ts';
import type { InputUse } from './model/runbook.ts';
import { holdsPassword } from './secrets.ts';

/** Where values come from, in this order, and the doors that are knocked at for them. */
export interface InputSources {
  /** What the person gave: `--input`, then files; the first of a name counts. */
  readonly given: readonly {
    readonly name: string;
    readonly value: string;
    /** `--input`, `file x.yaml`. */
    readonly source: string;
  }[];
  /** Names that the runbook has elsewhere: they may be given, and need no value now. */
  readonly known: readonly string[];
  /** What earlier steps of the run captured, when it is resumed. */
  readonly captured: readonly BoundInput[];
  /** Names whose value a person gave to an earlier attempt, and the record does not hold: given or asked for, nothing else. */
  readonly again?: ReadonlySet<string>;
  /** Names that a step had set which was found done, and whose shell is gone: given or asked for, nothing else. */
  readonly gone?: ReadonlySet<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Runs a declaration's command; its output, one trailing newline off, or why there is none. `null`: nothing is
   * started now, and its value is one that only a run can tell.
   */
  readonly runCommand:
    | ((
        command: string,
        name: string,
      ) => Promise<{ readonly value: string } | { readonly why: string }>)
    | null;
  /** Asks the operator; `null` when nobody is there. */
  readonly ask:
    | ((
        name: string,
        question: {
          readonly description: string;
          readonly secret: boolean;
          readonly choices: readonly string[];
        },
      ) => Promise<string | undefined>)
    | null;
}

/** What binding came to. */
export interface Binding {
  readonly values: readonly BoundInput[];
  /** Everything that nothing gives, in the order of the text; errors. */
  readonly unbound: readonly Diagnostic[];
}

/**
 * Binds inputs: what the person gave, captured values, the environment, a command, the default, the
 * operator. Only used inputs are bound. Throws INPUT_UNKNOWN for a given name that the runbook does not
 * have, and INPUT_INVALID, naming all of them, for values that do not fit their declarations.
 */
export async function bindInputs(
  uses: readonly InputUse[],
  frontmatter: Frontmatter,
  sources: InputSources,
  path: string,
): Promise<Binding> {
  const declared = frontmatter.inputs ?? {};
  refuseUnknown(uses, sources, path);
  const values: BoundInput[] = [];
  const unbound: Diagnostic[] = [];
  const wrong: string[] = [];
  for (const use of uses) {
    const declaration = declarationOf(use.name, declared);
    const offered = await offer(use, declaration, sources);
    if (offered === 'needless') continue;
    if ('why' in offered) {
      unbound.push(missing(use, declaration, offered.why));
      continue;
    }
    const checked = checkValue(offered.value, declaration);
    if (checked.why === undefined)
      values.push({
        name: use.name,
        value: checked.value,
        secret: use.secret || holdsPassword(checked.value),
        source: offered.source,
        ...(use.variable === true ? { variable: true } : {}),
      });
    else wrong.push(`The value of input \`${use.name}\` (${offered.source}) ${checked.why}.`);
  }
  if (wrong.length > 0) throw new HandrailError('INPUT_INVALID', { message: wrong.join(' ') });
  return { values, unbound };
}

interface Offer {
  readonly value: string;
  readonly source: string;
}
interface NoOffer {
  /** A sentence that says more than that there is none, or `''`. */
  readonly why: string;
}

/** `needless`: used nowhere that matters now, or bound by a step or the environment on its own. */
async function offer(
  use: InputUse,
  declaration: InputDeclaration | null,
  sources: InputSources,
): Promise<Offer | NoOffer | 'needless'> {
  const given = sources.given.find(({ name }) => name === use.name);
  if (given !== undefined) return given;
  if (sources.gone?.has(use.name))
    return (await askFor(use, declaration, sources)) ?? { why: GONE };
  const captured = sources.captured.find(({ name }) => name === use.name);
  if (captured !== undefined) return captured;
  if (use.lines.length === 0 || use.bound?.startsWith('step ')) return 'needless';
  if (isVariable(use) && (sources.env[use.name] ?? '') !== '') return 'needless';
  if ((sources.env[use.defaultOf ?? ''] ?? '') !== '') return 'needless';
  if (use.elsewhere === true && !sources.again?.has(use.name)) return 'needless';
  const isGone = sources.again?.has(use.name) === true;
  const declared = isGone
    ? { why: 'It was given when the run began, and is not in its record.' }
    : declaration === null
      ? { why: '' }
      : await byItself(use, declaration, sources);
  if (declared === 'needless' || 'value' in declared) return declared;
  return (await askFor(use, declaration, sources)) ?? declared;
}

const GONE = 'The step that had set it last was done, and the value is gone with its shell.';

/** What a declaration gives without asking. */
async function byItself(
  use: InputUse,
  declaration: InputDeclaration,
  sources: InputSources,
): Promise<Offer | NoOffer | 'needless'> {
  const { env, command, required } = declaration;
  const value = env === undefined ? undefined : sources.env[env];
  if (value !== undefined && value !== '') return { value, source: `environment ${env}` };
  if (command !== undefined && sources.runCommand === null) return 'needless';
  const answer = command === undefined ? undefined : await sources.runCommand?.(command, use.name);
  if (answer !== undefined && 'value' in answer) return { value: answer.value, source: 'command' };
  if (declaration.default !== undefined)
    return { value: String(declaration.default), source: 'default' };
  if (required === false) return { value: '', source: 'default' };
  return { why: answer === undefined ? '' : `Its command gives none: ${answer.why}` };
}

const MAX_QUESTIONS = 5;

async function askFor(
  use: InputUse,
  declaration: InputDeclaration | null,
  { ask }: InputSources,
): Promise<Offer | undefined> {
  if (ask === null || /^\$\d/.test(use.spelling)) return undefined;
  const choices = declaration?.choices?.map(String) ?? [];
  let description = declaration?.description ?? '';
  for (let count = 0; count < MAX_QUESTIONS; count += 1) {
    const value = await ask(use.name, { description, secret: use.secret, choices });
    if (value === undefined) return undefined;
    const { why } = checkValue(value, declaration);
    if (why === undefined) return { value, source: 'operator' };
    description = [`That value ${why}.`, declaration?.description ?? ''].join(' ').trim();
  }
  return undefined;
}

function refuseUnknown(uses: readonly InputUse[], sources: InputSources, path: string): void {
  const names = [...uses.map(({ name }) => name), ...sources.known];
  const unknown = sources.given.find(({ name }) => !names.includes(name));
  if (unknown !== undefined)
    throw new HandrailError('INPUT_UNKNOWN', {
      path,
      name: unknown.name,
      nearest: nearest(unknown.name, names),
    });
}

function missing(use: InputUse, declaration: InputDeclaration | null, why: string): Diagnostic {
  const { name, spelling, lines } = use;
  const where = `line${lines.length > 1 ? 's' : ''} ${lines.slice(0, 20).join(', ')}${lines.length > 20 ? ' …' : ''}`;
  const more = why === '' ? '' : ` ${why}`;
  const positional = /^\$\d/.test(spelling);
  const environment = declaration?.env === undefined ? '' : `, or set \`${declaration.env}\``;
  return {
    rule: isVariable(use) ? 'free-variable' : 'unbound-input',
    severity: 'error',
    line: lines[0] ?? 1,
    column: 1,
    message: isVariable(use)
      ? `Nothing sets \`${spelling}\` (${where}).${more}`
      : `Nothing gives input \`${name}\` a value: \`${spelling}\` (${where}).${more}`,
    hint: positional
      ? 'A step is given no arguments: write the value, or an input, in its place.'
      : use.secret
        ? `Give it with \`--inputs FILE\`${environment}: on the command line everybody sees it in \`ps\`.`
        : `Give it with \`--input ${name}=…\`${environment}.`,
  };
}

function isVariable({ spelling }: InputUse): boolean {
  return spelling.startsWith('$');
}
