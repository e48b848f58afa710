import { listOf, unquoted } from './arguments.ts';
import { layersOf } from './layers.ts';
import { isUnder } from './operands.ts';
import type { Use } from './program.ts';

/** A secret given to a program on its command line. */
export interface SecretValue {
  readonly value: string;
  /** How it was given: "`--password` of `mysqldump`". */
  readonly what: string;
  /** What stands right before it: the option, `user:`, the word in front. */
  readonly before: string;
  /** By its place among the words alone: in a sentence that says nothing. */
  readonly operand?: boolean;
}

/** Options whose value is a secret whatever program they are given to. */
const SECRET_OPTION =
  /^--?(?:[a-z]+-)*(?:password|passwd|passphrase|secret|token|api-?key|secret-key|access-key|auth-token)$/i;

/** What stands between a name and its secret. */
const SEPARATORS = [':', '%', '/'];

/** Values given literally where the program's record says that a secret is given. */
export function secretValues(words: readonly string[]): readonly SecretValue[] {
  return layersOf(words)
    .flatMap(({ use, words: own }) => (use === undefined ? inUnknown(own) : inUse(use)))
    .filter(({ value }) => value !== '' && !/[$`<{]/.test(value) && !value.startsWith('-'));
}

function inUse(use: Use): readonly SecretValue[] {
  const { program, name, options, words } = use;
  const rules = listOf(program.secrets);
  const given = options.flatMap((option): readonly SecretValue[] => {
    const what = `\`${option.name}\` of \`${name}\``;
    if (rules.has(option.name) || SECRET_OPTION.test(option.name))
      return [{ value: option.value, what, before: option.name }];
    return SEPARATORS.filter((separator) => rules.has(`${option.name}${separator}`)).flatMap(
      (separator) => behind(option.value, separator).map((one) => ({ ...one, what })),
    );
  });
  const operands = [...rules].flatMap((rule): readonly SecretValue[] => {
    const [path = '', at = ''] = rule.split('=');
    if (at === '') return [];
    const under = path === '' ? [] : path.split('/');
    if (path !== '' && !isUnder(path, use)) return [];
    const word = unquoted(words[Number.parseInt(at, 10)] ?? '');
    const separator = SEPARATORS.find((mark) => at.endsWith(mark));
    const before = words[Number.parseInt(at, 10) - 1] ?? name;
    const values = separator === undefined ? [{ value: word, before }] : behind(word, separator);
    return values.map((one) => ({
      ...one,
      what: `\`${[name, ...under].join(' ')}\``,
      operand: true,
    }));
  });
  return [...given, ...glued(use, rules), ...operands];
}

/** What stands behind a name and its mark: `user:SECRET`, `user%SECRET`, `user/SECRET@database`. */
function behind(word: string, separator: string): readonly Pick<SecretValue, 'value' | 'before'>[] {
  const at = word.indexOf(separator);
  if (at < 1) return [];
  const rest = word.slice(at + 1);
  const value = separator === '/' ? rest.replace(/@[^@]*$/, '') : rest;
  return [{ value, before: word.slice(0, at + 1) }];
}

/** `-pSECRET`: only glued is it a secret. */
function glued({ args, name }: Use, rules: ReadonlySet<string>): readonly SecretValue[] {
  return [...rules].flatMap((rule) => {
    if (!rule.endsWith('…')) return [];
    const option = rule.slice(0, -1);
    return args
      .map(unquoted)
      .filter(
        (arg) => arg.startsWith(option) && arg.length > option.length && !arg.startsWith('--'),
      )
      .map((arg) => ({
        value: arg.slice(option.length),
        what: `\`${option}\` of \`${name}\``,
        before: option,
      }));
  });
}

function inUnknown([name = '', ...args]: readonly string[]): readonly SecretValue[] {
  return args.flatMap((arg, at) => {
    const [option = '', inline] = arg.split('=');
    if (!SECRET_OPTION.test(option)) return [];
    const value = unquoted(inline ?? args[at + 1] ?? '');
    return [{ value, what: `\`${option}\` of \`${name}\``, before: option }];
  });
}
