import { listOf, readArguments, unquoted } from './arguments.ts';
import { baseName, findProgram } from './find.ts';
import { isUnder, namesOperand } from './operands.ts';
import type { Feed, Use } from './program.ts';
import { tellsApart, valuesOf } from './rules.ts';

/** What a command hands on: words, a text for a shell, or a shell that waits for input. */
export type Handed =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      readonly elsewhere: boolean;
      readonly writes: boolean;
    }
  | {
      readonly kind: 'script';
      readonly text: string;
      readonly elsewhere: boolean;
      readonly writes: boolean;
    }
  | { readonly kind: 'open' };

const MAX_LAYERS = 12;

/** Stands for what `xargs` will put behind a command. */
export const UNSEEN = '$_';

/** Reads words by the record of their program; `undefined` when there is none. */
export function useOf(words: readonly string[], feed?: Feed): Use | undefined {
  const [name = '', ...args] = words;
  const { base } = baseName(unquoted(name));
  const program = findProgram(base);
  if (program === undefined) return undefined;
  const use = readArguments(program, base, args, feed);
  const first = use.words[0];
  const narrower = first === undefined ? undefined : findProgram(`${base} ${first}`);
  if (first === undefined || narrower === undefined) return use;
  const at = args.indexOf(first);
  const rest = [...args.slice(0, at), ...args.slice(at + 1)];
  return readArguments(narrower, `${base} ${first}`, rest, feed);
}

/** What the command hands on to another program; `undefined` when it runs none. */
export function handedOn(use: Use): Handed | undefined {
  for (const { option = '', elsewhere = false, writes = false } of use.program.runs ?? []) {
    const [text] = option === '' ? [] : valuesOf(use, ...option.split(' '));
    if (text !== undefined) return { kind: 'script', text, elsewhere, writes };
  }
  const { inner, runs } = use;
  if (inner === undefined || runs === undefined) return undefined;
  const { elsewhere = false, writes = false } = runs;
  const [first] = inner;
  if (first === undefined) return runs.opens === true ? { kind: 'open' } : undefined;
  if (/^-\w*c$/.test(first) && inner[1] !== undefined)
    return { kind: 'script', text: unquoted(inner[1]), elsewhere, writes };
  if (runs.shell === true)
    return { kind: 'script', text: inner.map(unquoted).join(' '), elsewhere, writes };
  return {
    kind: 'words',
    words: runs.appends === true ? [...inner, UNSEEN] : inner,
    elsewhere,
    writes,
  };
}

/** The command and, one behind the other, those it runs; the last may be a program without a record. */
export function layersOf(words: readonly string[], feed?: Feed): readonly Layer[] {
  const layers: Layer[] = [];
  let inner = words;
  let elsewhere = false;
  for (let depth = 0; depth < MAX_LAYERS && inner.length > 0; depth += 1) {
    const use = useOf(inner, feed);
    const handed = use === undefined ? undefined : handedOn(use);
    layers.push({ words: inner, use, handed, elsewhere });
    if (handed?.kind !== 'words') break;
    inner = handed.words;
    elsewhere ||= handed.elsewhere;
  }
  return layers;
}

/**
 * What says where the programs of a command go (an URL, a connection string, a folder or a file of settings), the file
 * that their code stands in, and the programs that others run.
 */
export function addressesIn(words: readonly string[]): readonly string[] {
  return layersOf(words).flatMap(({ use, words: [program = '', ...args] }, depth) => {
    const run = depth > 0 ? [program] : [];
    if (use === undefined) return run;
    const { addresses = '', hosts = '', code } = use.program;
    // `docker -H HOST compose ps`: the program itself goes there, whatever its subcommand is.
    const { base } = baseName(unquoted(program));
    const whole = findProgram(base);
    const before = whole === undefined ? [] : readArguments(whole, base, args).options;
    const all = listOf(whole?.addresses ?? '');
    const file = code?.input === true && !isGivenCode(use) ? use.words.slice(0, 1) : [];
    return [
      ...run,
      ...file,
      ...namedBy(`${addresses} ${hosts}`, use),
      ...before.filter(({ name }) => all.has(name)).map(({ value }) => value),
    ];
  });
}

/** The hosts that a command names. */
export function hostsIn(words: readonly string[]): readonly string[] {
  return layersOf(words).flatMap(({ use }) =>
    use === undefined ? [] : namedBy(use.program.hosts ?? '', use),
  );
}

/** The operands, and the values of options, that a list of a record names. */
function namedBy(list: string, use: Use): readonly string[] {
  const named = listOf(list);
  return [
    ...use.words.filter((_, at) => namesOperand(named, use, at)),
    ...valuesOf(use, ...[...named].filter((name) => !name.startsWith('='))),
    ...[...named].flatMap((rule) => {
      const [where = '', option = ''] = rule.split(/=(?=-)/);
      return option !== '' && isUnder(where, use) ? valuesOf(use, option) : [];
    }),
  ];
}

/** The files that a command names and whose text it shows. */
export function filesIn(words: readonly string[]): readonly string[] {
  return layersOf(words).flatMap(({ use }) =>
    use === undefined ? [] : namedBy(use.program.files ?? '', use),
  );
}

/**
 * Whether a whole path in the place of a word would have its file shown, or more: of programs with a record, only those
 * whose operands all select tell of files without that.
 */
export function showsFiles(words: readonly string[]): boolean {
  const last = layersOf(words).at(-1)?.use;
  return last !== undefined && !isOwnScript(words) && !selectsOf(last.name).has('=*');
}

/** Words of a command that somebody else gives. */
export interface GivenWords {
  readonly isGiven: (word: string) => boolean;
  /** Whether what stands in code can be nothing but data there. */
  readonly isData: (code: string) => boolean;
  /** Whether it names something at another place. */
  readonly isAddress: (word: string) => boolean;
}

/**
 * Whether a word that somebody else gives may choose what a command does: it is no plain argument of a program whose
 * record says that such an argument only selects. Where nothing is known of the program, the argument or the option, it
 * may. Addresses are looked at by what they say (`addressesIn`).
 */
export function maySteer(
  words: readonly string[],
  given: GivenWords,
  functions: readonly string[],
): boolean {
  return layersOf(words).some(({ words: [program = '', ...args], use, handed }) => {
    if (given.isGiven(program)) return true;
    // What its author wrote himself is his to judge; a bare name that nobody knows is not.
    if (use === undefined)
      return args.some(given.isGiven) && !program.includes('/') && !functions.includes(program);
    return hasChoosingOption(use, given, handed) || hasChoosingOperand(use, given, handed);
  });
}

function hasChoosingOption(
  { program: { addresses = '', hosts = '', code }, options, name }: Use,
  { isGiven, isData }: GivenWords,
  handed: Handed | undefined,
): boolean {
  return options.some((option) => {
    if (isGiven(option.name)) return true;
    const selects = selectsOf(name);
    const isKnown =
      selects.has(option.name) ||
      (selects.has(`${option.name}=`) && /^[\w.-]*=/.test(option.value)) ||
      listOf(`${addresses} ${hosts}`).has(option.name);
    if (!isGiven(option.value) || isKnown) return false;
    // A script for another shell is looked at as one.
    if (handed?.kind === 'script' && handed.text === option.value) return false;
    return !listOf(code?.options).has(option.name) || !isData(option.value);
  });
}

function hasChoosingOperand(
  use: Use,
  { isGiven, isData, isAddress }: GivenWords,
  handed: Handed | undefined,
): boolean {
  const { program, name, args, words } = use;
  const selects = selectsOf(name);
  return words.some((word, at) => {
    if (!isGiven(word) || selects.has('=*') || selects.has(`=${at}`)) return false;
    const { addresses = '', hosts = '', code, otherwise, reads } = program;
    if (namesOperand(listOf(`${addresses} ${hosts}`), use, at)) return false;
    if (at === code?.operand || (code?.rest === true && at > (code.operand ?? 0)))
      return !isData(word);
    if (code?.input === true) return (at === 0 && !isGivenCode(use)) || tellsApart(use, at);
    if (handed !== undefined || (otherwise === 'none' && reads === undefined)) return true;
    return (
      tellsApart(use, at) ||
      isAddress(word) ||
      isValueOf(args[args.indexOf(word) - 1], use, selects)
    );
  });
}

/** Whether a word behind this one may be its value: it is an option of which the record does not say. */
function isValueOf(
  before: string | undefined,
  { program: { switches, longDash } }: Use,
  selects: ReadonlySet<string>,
): boolean {
  if (before === undefined || !/^-./.test(before) || before === '--' || before.includes('='))
    return false;
  if (selects.has(before) || listOf(switches).has(before)) return false;
  return longDash === true || before.startsWith('--');
}

const selectsOf = (name: string): ReadonlySet<string> =>
  listOf([name, name.split(' ')[0] ?? ''].map((one) => findProgram(one)?.selects ?? '').join(' '));

/** Whether a command runs a script that its author names: by its path, or as the file of an interpreter. */
export function isOwnScript(words: readonly string[]): boolean {
  const last = layersOf(words).at(-1);
  if (last?.use === undefined) return last?.words[0]?.includes('/') === true;
  const { program, words: operands, options } = last.use;
  const elsewhere = listOf(program.addresses);
  return (
    program.code?.input === true &&
    !isGivenCode(last.use) &&
    !options.some(({ name }) => elsewhere.has(name)) &&
    /[./]/.test(operands[0] ?? '')
  );
}

/** Whether an option holds the code, so that no operand names its file. */
function isGivenCode({ program, options }: Use): boolean {
  const named = listOf(program.code?.options ?? '');
  return options.some(({ name }) => named.has(name));
}

/**
 * Whether a command carries out what stands in its input, as far as records know: a shell, an interpreter without a
 * file, or words put behind a command.
 */
export function carriesOutInput(words: readonly string[]): boolean {
  return layersOf(words).some(({ use, handed }) => {
    if (handed?.kind === 'open') return true;
    if (use?.program.code?.input !== true || isGivenCode(use)) return false;
    const [file = '-'] = use.words;
    return (
      /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/.test(file) || use.args.includes('-s')
    );
  });
}

/** One program of a command. */
export interface Layer {
  readonly words: readonly string[];
  readonly use: Use | undefined;
  readonly handed: Handed | undefined;
  /** It runs on another machine or in a container. */
  readonly elsewhere: boolean;
}
