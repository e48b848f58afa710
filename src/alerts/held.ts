import type { Plan } from '../engine/model/plan.ts';
import type { Step } from '../engine/model/runbook.ts';
import type { Feed } from '../engine/programs/program.ts';
import { isBashVariable } from '../engine/shell/bash-variables.ts';

/** What variables of the steps hold of what labels give. */
export interface Held {
  /** The value of a label and nothing else, by the name of the input. */
  readonly same: ReadonlyMap<string, string>;
  /** The words of variables that hold nothing else. */
  readonly plain: ReadonlyMap<string, string>;
  /** Whether a variable may hold something made of it. */
  readonly isMade: (name: string) => boolean;
  /** What steps print, and `{{name}}` gives. */
  readonly captured: ReadonlySet<string>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs whose author says which values fit, by choices or a pattern. */
  readonly said: ReadonlySet<string>;
  /** A step says where words are split. */
  readonly splits: boolean;
  /** What programs find without being told: names of the environment, and those that bash itself heeds. */
  readonly isHeeded: (name: string) => boolean;
}

/**
 * `x={{pod}}` holds the same; whatever else the steps set may be made of it, but for plain words. What they only use
 * comes from the environment, and no label gives that.
 */
export function heldBy(
  steps: readonly Step[],
  { runbook: { frontmatter, steps: any }, request: { inputs } }: Plan,
  environment: readonly string[],
): Held {
  const texts = steps.map(({ text }) => text);
  const all = texts.join('\n');
  const set = new Map<string, string[]>();
  for (const [, name = '', value = ''] of all.matchAll(ASSIGNED))
    set.set(name, [...(set.get(name) ?? []), value]);
  const named = new Set(
    [
      ...all.matchAll(/(?<![\w$])(?<!\$\{[!#]?)([A-Za-z_]\w{0,99})/g),
      ...all.matchAll(/\$\{([A-Za-z_]\w{0,99}):?=[^}]{0,999}[{$`]/g),
    ].map(([, name = '']) => name),
  );
  const same = new Map(Object.keys(inputs).map((name) => [name, name]));
  const plain = new Map<string, string>();
  for (const [name, values] of set) {
    const [input] = values.map((value) => /^(["']?)\{\{([\w.-]{1,128})\}\}\1$/.exec(value)?.[2]);
    const isAlone = onlyAssigned(name, all, values.length);
    if (isAlone && input !== undefined && input in inputs && new Set(values).size === 1)
      same.set(name, input);
    else if (isAlone && values.every((value) => /^["']?[\w./:]*["']?$/.test(value)))
      plain.set(name, values.length === 1 ? (values[0] ?? '') : `\${${name}}`);
    else same.delete(name);
  }
  const captured = new Set(any.flatMap(({ annotations: { capture } }) => capture ?? []));
  const isMade = (name: string): boolean =>
    !same.has(name) &&
    !plain.has(name) &&
    (named.has(name) ||
      captured.has(name) ||
      !/^[A-Z][A-Z_0-9]*$/i.test(name) ||
      /^(?:_|REPLY|MAPFILE|OPTARG|BASH_\w+|COPROC)$/.test(name));
  const isHeeded = (name: string): boolean => environment.includes(name) || isBashVariable(name);
  const splits = /\bIFS\b/.test(all);
  const said = new Set(
    Object.entries(frontmatter.inputs ?? {}).flatMap(([name, input]) =>
      input?.pattern === undefined && input?.choices === undefined ? [] : [name],
    ),
  );
  return { same, plain, isMade, captured, inputs, said, splits, isHeeded };
}

/** What a script sets by `name=value`: the name and the value. */
export const ASSIGNED =
  /\b([A-Za-z_]\w{0,99})\+?=("[^"]{0,999}"|'[^']{0,999}'|\(|[^\s;&|()]{0,999})/g;

/** `read x`, `for x in …` and the like set it as well. */
function onlyAssigned(name: string, text: string, times: number): boolean {
  const bare = new RegExp(`(?<![\\w$.-])(?<!\\$\\{[!#]?|\\{\\{)${name}(?!\\w)`, 'g');
  return [...text.matchAll(bare)].length === times;
}

/** The variables that hold what a label gives, spelled as its input; a label that stands in for one (`${f:-{{pod}}}`) as it is. */
export function asInputs(text: string, same: ReadonlyMap<string, string>): string {
  const spelled = text.replace(
    /\$(?:\{([A-Za-z_]\w{0,99})\}|([A-Za-z_]\w{0,99}))/g,
    (found, braced, bare) => {
      const input = same.get(braced ?? bare);
      return input === undefined ? found : `{{${input}}}`;
    },
  );
  return withoutDefaults(spelled);
}

function withoutDefaults(text: string): string {
  const taken = text.replace(INSTEAD, (found, given: string) =>
    given.includes('{{') ? given : found,
  );
  return taken === text ? text : withoutDefaults(taken);
}

const INSTEAD =
  /\$\{\w{1,99}(?:\[[^\]{}]{0,99}\])?:?[-+=?]((?:[^{}]|\{\{[\w.-]{1,128}\}\}){1,999})\}/g;

/** A script with the words in place of variables that hold nothing else: `k=kubectl; $k get pods`. */
export const asSpelled = (text: string, { plain }: Held): string =>
  text.replace(
    /\$(?:\{(\w{1,99})\}|([A-Za-z_]\w{0,99}))/g,
    (found, braced, bare) => plain.get(braced ?? bare) ?? found,
  );

/** Whether a word holds what a label gives, or something made of it. */
export const isGivenIn = (word: string, text: string, held: Held): boolean =>
  isLiteral(word, text)
    ? holdsLabel(word, { ...held, same: new Map() })
    : holdsLabel(word, held) || usesMade(word, held);

/** The inputs whose values stand in a word as labels give them. */
export const labelsIn = (word: string, { same, inputs }: Held): readonly string[] =>
  [...asInputs(word, same).matchAll(/\{\{([\w.-]{1,128})/g)].flatMap(([, name = '']) =>
    Object.hasOwn(inputs, name) ? [name] : [],
  );

/** Whether a word holds the value of a label as it is. */
export const holdsLabel = (word: string, held: Held): boolean => labelsIn(word, held).length > 0;

/** Whether labels in a text of another language stand in quotes of it, with values that cannot leave them. */
export function isQuotedIn(code: string, held: Held): boolean {
  if (usesMade(code, held)) return false;
  const rest = asInputs(code, held.same).replace(/(["'/])[^"'/\\\n]{0,999}\1/g, '');
  return (
    !holdsLabel(rest, held) &&
    labelsIn(code, held).every((name) => /^[\w.: -]*$/.test(held.inputs[name] ?? ''))
  );
}

/** What is made of labels, spelled as one: a command whose name it is has none to be read. */
export function asLabels(text: string, held: Held): string {
  const [label = ''] = Object.keys(held.inputs);
  return asInputs(text, held.same).replace(USE, (use: string) =>
    usesMade(use, held) ? `{{${label}}}` : use,
  );
}

/** Whether what a command is fed has something in it of what labels give. */
export const isMadeOf = ({ kind, text }: Feed, script: string, held: Held): boolean =>
  (kind !== 'file' || text.startsWith('<(')) &&
  // The body of a here-document stands behind the line of its pipe.
  usesAny(text.includes('<<') ? script : text, held);

/** Whether the value of a label is the beginning of a word. */
export function beginsWithLabel(word: string, { same, inputs }: Held): boolean {
  const [, name = ''] = /^["']{0,2}\{\{([\w.-]{1,128})/.exec(asInputs(word, same)) ?? [];
  return Object.hasOwn(inputs, name);
}

/** Whether a text has anything of what labels give in it, as it is or made of it. */
export const usesAny = (text: string, held: Held): boolean =>
  usesMade(text, held) || asInputs(text, held.same).includes('{{');

/** In single quotes wherever it stands: `awk '{print $1}'`. */
export function isLiteral(word: string, text: string): boolean {
  return word !== '' && text.split(word).length === text.split(`'${word}'`).length;
}

const USE = /\$(?:\{([!#]?)(\w{1,99}|[@*])([^}]?)|([A-Za-z_]\w{0,99}|[@*0-9]))/g;

/** Uses of what is made of a label: also what is taken out of one, and what is printed by commands that are given one. */
export function usesMade(text: string, held: Held): boolean {
  if (
    /\$\(|`/.test(text) &&
    (/\{\{/.test(text) ||
      [...text.matchAll(USE)].some(([, , inner, , bare]) => held.same.has(inner ?? bare ?? '')))
  )
    return true;
  if ([...text.matchAll(/\{\{([\w.-]{1,128})/g)].some(([, name = '']) => held.captured.has(name)))
    return true;
  return [...text.matchAll(USE)].some(([, sign, braced, operator, bare = '']) => {
    const name = braced ?? bare;
    if (sign === '!' || held.isMade(name)) return true;
    return held.same.has(name) && (operator ?? '') !== '';
  });
}

/** Whether a value with blanks or patterns stands where bash splits words. */
export function splitsIn(word: string, { same, inputs, splits }: Held): boolean {
  if (word.startsWith('"')) return false;
  return [...word.matchAll(USE)].some(([, , braced, , bare]) => {
    const value = inputs[same.get(braced ?? bare ?? '') ?? ''];
    return value !== undefined && (splits || /[\s*?[\]]/.test(value));
  });
}

/**
 * `$((…))`, `[[ … -gt … ]]`, subscripts and `${!name}` run what stands in a value, and set what it names; `${name@P}`
 * runs what any text holds. It is asked of all that is carried out: a variable brings a value from one step to another.
 */
export function countsWith(text: string, inputs: Held['inputs']): boolean {
  const values = Object.values(inputs);
  if (/\$\{[^{}\n]{1,99}@P\}/.test(text)) return values.length > 0;
  return COUNTS.test(text) && values.some((value) => /[[\]=()`$\\]|\+\+|--/.test(value));
}

const COUNTS =
  /\(\(|\$\[|\s-(?:eq|ne|lt|le|gt|ge|v)\s|\blet\s|\w\[|\]\+?=|\b(?:declare|local|typeset)\b[^\n;]{0,99}\s[-+]\w{0,9}i|\$\{[\w@*]{1,99}:|\$\{![\w@*]/;

/**
 * The step that counts, where the steps make anything of a label that is not sure to be a number: of `web` a program may
 * make `a[$(touch x)]` (`xxd -r`, `tr`, a look into another machine), which bash would run.
 */
export function countsWhatIsMade(steps: readonly Step[], held: Held): Step | undefined {
  const counting = steps.find(({ text }) => countsAny(text));
  if (counting === undefined) return undefined;
  const script = steps.map((step) => asInputs(step.text, held.same)).join('\n');
  if (!holdsLabel(script, held)) return undefined;
  // What has no label in it is made of none, unless it may be fed one.
  const isFed = /(?<!\|)\|(?!\|)|<</.test(outsideOf(script, () => true));
  const left = outsideOf(script, (inner) => isNumber(inner) || !(isFed || /[{$\n]/.test(inner)));
  return MAKES.test(left) || [...held.captured].some((name) => left.includes(`{{${name}`))
    ? counting
    : undefined;
}

/** A script with a number in the place of each `$(…)` that is left out, from the inside. */
function outsideOf(script: string, isLeftOut: (inner: string) => boolean): string {
  const text = script.replace(INNERMOST, (found, inner: string) =>
    isLeftOut(inner) ? '0' : found,
  );
  return text === script ? text : outsideOf(text, isLeftOut);
}

/** Whether bash works out what stands in a variable; `[` only compares. */
const countsAny = (script: string): boolean =>
  COUNTS.test(script.includes('[[') ? script : script.replace(/\s-(?:eq|ne|lt|le|gt|ge)\s/g, ' '));
const INNERMOST = /\$\(([^()]{0,2000})\)/g;
/** One pipeline whose last program prints numbers and nothing else. */
const isNumber = (script: string): boolean =>
  !/[;&\n]/.test(script) && PRINTS_NUMBERS.test(script.slice(script.lastIndexOf('|') + 1).trim());
const PRINTS_NUMBERS =
  /^(?:wc -[clmw]|grep -\w{0,9}c\w{0,9} [^\n]{1,500}|tr -dc? ["']?(?:0-9|\[:digit:\])["']?|date \+%[sHMSdmYjuw])$/;
/** Ways to make something else of what stands in a label. */
const MAKES =
  /\$\(|`|<\(|\b(?:read|mapfile|readarray|getopts)\b|\bprintf -v\b|\$\{\w{1,99}[/%#^,@]/;
