import { nearest } from '../../text/nearest.ts';
import {
  ANNOTATIONS,
  type AnnotationName,
  type Annotations,
  isAnnotation,
} from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foreignWord, isDisplayOnly, namedWithin } from '../model/foreign-words.ts';
import { readValue, type WrongValue } from '../model/read-value.ts';
import { valueInWords } from '../model/value-in-words.ts';
import type { AnnotationWords } from './annotation-words.ts';

/** Annotations with what is wrong with them. */
export interface ReadAnnotations {
  readonly annotations: Annotations;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where annotations are written. */
export type Spelling = 'info' | 'comment';

const NONE: ReadAnnotations = { annotations: {}, diagnostics: [] };
const NAMES = Object.keys(ANNOTATIONS);

/**
 * Checks annotation words by the one table. Words that only say how another tool shows a fence are left in peace, and
 * so is `x-…`; every other word that is not known is told of. What would change a run is an error.
 */
export function readAnnotations(
  words: AnnotationWords | null,
  line: number,
  spelling: Spelling,
): ReadAnnotations {
  if (!words || words.size === 0) return NONE;
  const diagnostics: Diagnostic[] = (words.odd ?? []).map((odd) => ({
    rule: 'annotation',
    severity: 'error',
    line,
    column: 1,
    ...odd,
  }));
  const known: Record<string, unknown> = {};
  const env: Record<string, string> = {};
  const given: Record<string, string> = {};
  for (const [key, value] of words) {
    if (key === 'id' && isOwnId(words, value)) diagnostics.push(idOfAnother(value, line));
    if (saysNotToRun(key, value)) known['run'] = 'false';
    if (isLeftInPeace(key, value, spelling)) continue;
    if (key.startsWith('env.') || key.startsWith('with.')) {
      const [word, of] = key.startsWith('env.')
        ? (['env', env] as const)
        : (['with', given] as const);
      if (value === true) diagnostics.push(withoutValue(key, word, line));
      else of[key.slice(word.length + 1)] = value;
    } else if (key === 'category') known['tag'] = value;
    else if (key === 'excludeFromRunAll') known['unattended'] = value === 'false' ? 'run' : 'skip';
    else if (isAnnotation(key) && key !== 'env' && key !== 'with') known[key] = value;
    else diagnostics.push(unknownWord(key, value, line, spelling));
  }
  if (Object.keys(env).length > 0) known['env'] = env;
  if (Object.keys(given).length > 0) known['with'] = given;
  const checked = checkAnnotations(known, line);
  return {
    annotations: checked.annotations,
    diagnostics: [...diagnostics, ...checked.diagnostics],
  };
}

/** Checks a record of annotations by the table, word by word; wrong ones are left out. */
function checkAnnotations(known: Readonly<Record<string, unknown>>, line: number): ReadAnnotations {
  const diagnostics: Diagnostic[] = [];
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(known)) {
    if (!isAnnotation(key)) continue;
    const { value: kind } = ANNOTATIONS[key];
    const checked = value === true && kind.kind !== 'flag' ? NO_VALUE : readValue(kind, value);
    if (checked.ok) read[key] = checked.value;
    else diagnostics.push(...checked.wrong.map((one) => wrongValue(key, value, one, line)));
  }
  // What is not to be run is shown: also where it would run without a word.
  if (read['run'] === false) read['ignore'] = true;
  // The table says of every name what it is read as; the record holds exactly that.
  return { annotations: read as Annotations, diagnostics };
}

/** One sentence of a value that cannot hold; of `env.NAME` and `with.NAME` it says the very name. */
function wrongValue(
  key: AnnotationName,
  value: unknown,
  { path: [name], why }: WrongValue,
  line: number,
): Diagnostic {
  const written = name === undefined ? asWritten(key, value) : `${key}.${name}`;
  return {
    rule: 'annotation',
    severity: 'error',
    line,
    column: 1,
    message: `The annotation \`${written}\` is wrong: it ${why}.`,
    word: key,
    hint: `${key} takes ${valueInWords(ANNOTATIONS[key].value)}; see \`handrail help annotations ${key}\`.`,
  };
}

const NO_VALUE = {
  ok: false,
  wrong: [{ path: [], why: 'has no value' }],
} as const;

function asWritten(key: string, value: unknown): string {
  return value === true ? key : `${key}=${String(value)}`;
}

function isLeftInPeace(key: string, value: string | true, spelling: Spelling): boolean {
  if (key.startsWith('x-')) return true;
  if (spelling === 'comment') return false;
  if (key === 'title')
    return (
      value === true ||
      /^(?:terminal|shell|bash|console|output|command|powershell|cmd|zsh)$/i.test(value) ||
      /^(?=[^\s./]*[./]\S)\S+$/.test(value)
    );
  if (isAnnotation(key)) return false;
  // Alone it marks a fence as output.
  if (key === 'expect' && value !== true) return false;
  return isDisplayOnly(key) || /^[\d,{}:-]+$/.test(key);
}

/** `eval=FALSE` of knitr and Quarto, `:eval no` of Org, `no_run` of rustdoc: the fence is shown, and never run. */
function saysNotToRun(key: string, value: string | true): boolean {
  if (key === 'eval') return value !== true && /^(?:false|f|no|never|off|0)$/i.test(value);
  return key === 'no_run' && (value === true || value === 'true');
}

/** The name of the table that a word was probably meant to be. */
function nearestAnnotation(word: string): string | undefined {
  const within = namedWithin(word, NAMES);
  if (within !== undefined) return within;
  const near = word.length >= 3 ? nearest(word, NAMES) : undefined;
  return near !== undefined && near.length >= 3 ? near : undefined;
}

function withoutValue(key: string, word: string, line: number): Diagnostic {
  return {
    rule: 'annotation',
    severity: 'error',
    line,
    column: 1,
    message: `The annotation \`${key}\` is wrong: it has no value.`,
    word: key,
    hint: `Write \`${key}=value\`; see \`handrail help annotations ${word}\`.`,
  };
}

/** Runme gives every fence an id that it draws; one that a person chose is meant as a name. */
const isOwnId = (words: AnnotationWords, value: string | true): value is string =>
  value !== true && !words.has('mimeType') && !/^[0-9A-HJKMNP-TV-Z]{26}$/i.test(value);

const idOfAnother = (value: string, line: number): Diagnostic => ({
  rule: 'unknown-annotation',
  severity: 'warning',
  line,
  column: 1,
  word: 'id',
  message: `\`id=${value}\` names nothing here.`,
  hint: `The id of a step is its \`name=\`: write \`name=${value}\`.`,
});

function unknownWord(
  key: string,
  value: string | true,
  line: number,
  spelling: Spelling,
): Diagnostic {
  const foreign = foreignWord(key);
  const near = nearestAnnotation(key);
  const base = { rule: 'unknown-annotation', line, column: 1, word: key };
  if (foreign !== undefined)
    return {
      ...base,
      severity: foreign.mild && value === true && spelling === 'info' ? 'warning' : 'error',
      message: `\`${asWritten(key, value)}\` is a word of ${foreign.of}, and has no meaning here.`,
      hint: `Write ${withItsValue(foreign.instead, value)}.`,
    };
  return {
    ...base,
    severity: spelling === 'comment' || near !== undefined ? 'error' : 'warning',
    message: `There is no annotation \`${key}\`.`,
    hint: near
      ? `Did you mean \`${near}\`? See \`handrail help annotations ${near}\`.`
      : '`handrail help annotations` lists them; a word of your own begins with `x-`.',
  };
}

/** `on_fail=rollback` meant `on-fail=rollback`: the value that was given, where the word here takes it. */
function withItsValue(instead: string, value: string | true): string {
  const word = instead.slice(1).split('=', 1)[0] ?? '';
  if (value === true || !isAnnotation(word)) return instead;
  const { value: kind } = ANNOTATIONS[word];
  const isFree = kind.kind === 'text' && !('form' in kind && kind.form === 'on-fail');
  return isFree || !readValue(kind, value).ok ? instead : `\`${word}=${value}\``;
}

/** The inner annotations win; `env` is merged name by name. */
export function mergeAnnotations(...layers: readonly Annotations[]): Annotations {
  let merged: Annotations = {};
  for (const layer of layers) {
    const env = merged.env || layer.env ? { env: { ...merged.env, ...layer.env } } : {};
    const given = merged.with || layer.with ? { with: { ...merged.with, ...layer.with } } : {};
    merged = { ...merged, ...layer, ...env, ...given };
  }
  return merged;
}
