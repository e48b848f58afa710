import { HandrailError } from '../engine/model/errors.ts';
import { nearest } from '../text/nearest.ts';
import type { CommandSpec, CommandTable, Invocation, OptionSpec } from './command.ts';

/** Reads the words after a command's name. Throws USAGE, so that nothing runs on a slip of the hand. */
export function parseArguments(
  command: CommandSpec,
  table: CommandTable,
  argv: readonly string[],
): Invocation {
  const specs = [...command.options, ...table.common];
  const given = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokensOf(withEmptyValues(argv, specs), specs)) {
    if (token.kind === 'word') words.push(token.value);
    else take(command, specs, given, token);
  }
  const invocation = invocationOf(command, { table, specs, words, given });
  if (!invocation.flag('help')) checkWords(command, words);
  return invocation;
}

/** An option whose value was left out is given an empty one, so that it takes no word of another's. */
function withEmptyValues(argv: readonly string[], specs: readonly OptionSpec[]): readonly string[] {
  const end = argv.indexOf('--');
  return argv.map((word, index) => {
    if (end >= 0 && index > end) return word;
    const optional = specs.find(({ name }) => word === `--${name}`)?.optional;
    if (optional === undefined) return word;
    const next = argv[index + 1];
    return next !== undefined && optional.test(next) ? word : `${word}=`;
  });
}

type OptionToken = Extract<Token, { readonly kind: 'option' }>;

function take(
  command: CommandSpec,
  specs: readonly OptionSpec[],
  given: Map<string, string[]>,
  token: OptionToken,
): void {
  const spec = specs.find(({ name }) => name === token.name);
  if (!spec || (token.rawName.startsWith('--') && token.rawName !== `--${spec.name}`))
    throw unknownOption(command, specs, token);
  const before = given.get(spec.name);
  given.set(spec.name, [...(before ?? []), optionValue(command, spec, token)]);
  if (before && spec.value !== undefined && !spec.many)
    throw usage(command, `\`--${spec.name}\` was given twice; it takes one ${spec.value}.`);
}

function unknownOption(
  command: CommandSpec,
  specs: readonly OptionSpec[],
  token: OptionToken,
): HandrailError {
  const near = nearest(
    token.name,
    specs.map(({ name }) => name),
  );
  const message = `\`handrail ${command.name}\` has no option \`${token.rawName}\`.`;
  return near === undefined
    ? usage(command, message)
    : new HandrailError('USAGE', { message, nearest: `--${near}` });
}

function optionValue(command: CommandSpec, spec: OptionSpec, token: OptionToken): string {
  if (spec.value === undefined) {
    if (token.value !== undefined)
      throw usage(command, `\`--${spec.name}\` is a flag and takes no value.`);
    return '';
  }
  const { value } = token;
  if (value === undefined)
    throw usage(command, `\`--${spec.name}\` needs a value: \`--${spec.name} ${spec.value}\`.`);
  if (!token.inline && value.length > 1 && value.startsWith('-'))
    throw usage(
      command,
      `\`--${spec.name}\` needs a value, and \`${value}\` looks like an option; if it is the value, write \`--${spec.name}=${value}\`.`,
    );
  if (value === '' && spec.optional === undefined && PLACES.has(spec.value))
    throw usage(command, `\`--${spec.name}\` was given a ${spec.value} that is empty.`);
  if (spec.choices && !spec.choices.includes(value))
    throw notAChoice(`\`--${spec.name}\``, value, spec.choices);
  return value;
}

/** Values of options that name something: no text of theirs is empty. */
const PLACES: ReadonlySet<string> = new Set('DIR FILE PATH RUN REF SCRIPT STEP ID'.split(' '));

function checkWords(command: CommandSpec, words: readonly string[]): void {
  for (const [index, spec] of command.arguments.entries()) {
    const word = words[index];
    if (word === undefined && spec.required)
      throw usage(command, `\`handrail ${command.name}\` needs ${spec.name}: ${spec.summary}.`);
    if (word !== undefined && spec.choices && !spec.choices.includes(word))
      throw notAChoice(spec.name, word, spec.choices);
  }
  // `"$FILE"` of a shell that has no such variable is no folder, and no newest run.
  const empty = words.indexOf('');
  const asked = command.arguments[Math.min(empty, command.arguments.length - 1)];
  if (empty >= 0 && asked !== undefined)
    throw usage(command, `\`handrail ${command.name}\` was given a ${asked.name} that is empty.`);
  const extra = words[command.arguments.length];
  if (extra !== undefined && !command.arguments.at(-1)?.many)
    throw usage(
      command,
      `\`handrail ${command.name}\` does not take the further word \`${extra}\`.`,
    );
}

function notAChoice(what: string, value: string, choices: readonly string[]): HandrailError {
  return new HandrailError('USAGE', {
    message: `${what} is one of ${choices.join(', ')}, not \`${value}\`.`,
    nearest: nearest(value, choices),
  });
}

function usage(command: CommandSpec, message: string): HandrailError {
  return new HandrailError('USAGE', {
    message: `${message} \`handrail help ${command.name}\` shows how it is called.`,
  });
}

interface Parsed {
  readonly table: CommandTable;
  readonly specs: readonly OptionSpec[];
  readonly words: readonly string[];
  readonly given: ReadonlyMap<string, readonly string[]>;
}

function invocationOf(command: CommandSpec, { table, specs, words, given }: Parsed): Invocation {
  const known = (name: string): readonly string[] => {
    if (!specs.some((spec) => spec.name === name))
      throw new HandrailError('INTERNAL', { message: `${command.name} has no option ${name}` });
    return given.get(name) ?? [];
  };
  return {
    command,
    table,
    words,
    flag: (name) => known(name).length > 0,
    text: (name) => known(name).at(-1),
    list: (name) => known(name),
  };
}

/** One word of a command line, or an option with the value it was given. */
export type Token =
  | { readonly kind: 'word'; readonly value: string }
  | {
      readonly kind: 'option';
      /** Without dashes, its long name where it has one. */
      readonly name: string;
      /** As it was typed. */
      readonly rawName: string;
      readonly value: string | undefined;
      /** The value stood in the same word. */
      readonly inline: boolean;
    };

/**
 * Splits a command line as Node's `parseArgs` does without `strict`: `--name value`, `--name=value`, `-n value`,
 * `-nvalue`, `-ab`, and words alone behind `--`. By hand, since to load and run `parseArgs` takes 2 ms of every start.
 */
export function tokensOf(argv: readonly string[], specs: readonly OptionSpec[]): readonly Token[] {
  const tokens: Token[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      tokens.push(...rest.map((value) => ({ kind: 'word', value }) as const));
      break;
    }
    if (word.startsWith('--')) tokens.push(long(word, specs, rest));
    else if (word.startsWith('-') && word !== '-') tokens.push(...short(word, specs, rest));
    else tokens.push({ kind: 'word', value: word });
  }
  return tokens;
}

function long(word: string, specs: readonly OptionSpec[], rest: string[]): Token {
  const equals = word.includes('=', 3) ? word.indexOf('=') : -1;
  const rawName = equals < 0 ? word : word.slice(0, equals);
  const name = rawName.slice(2);
  if (equals >= 0)
    return { kind: 'option', name, rawName, value: word.slice(equals + 1), inline: true };
  const value = takesValue(name, specs) ? rest.shift() : undefined;
  return { kind: 'option', name, rawName, value, inline: false };
}

/** Flags in one word, of which the last may take a value: what is left of the word, or the next one. */
function short(word: string, specs: readonly OptionSpec[], rest: string[]): readonly Token[] {
  const tokens: Token[] = [];
  const letters = word.slice(1);
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const name = specs.find((spec) => spec.short === letter)?.name ?? letter;
    const rawName = `-${letter}`;
    if (!takesValue(name, specs)) {
      tokens.push({ kind: 'option', name, rawName, value: undefined, inline: false });
      continue;
    }
    const inline = at + 1 < letters.length;
    const value = inline ? letters.slice(at + 1) : rest.shift();
    tokens.push({ kind: 'option', name, rawName, value, inline });
    break;
  }
  return tokens;
}

function takesValue(name: string, specs: readonly OptionSpec[]): boolean {
  return specs.find((spec) => spec.name === name)?.value !== undefined;
}
