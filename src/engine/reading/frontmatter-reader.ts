import { nearest } from '../../text/nearest.ts';
import { isAnnotation } from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { foreignField, isPageField, namedWithin, sameField } from '../model/foreign-words.ts';
import {
  FRONTMATTER,
  type Frontmatter,
  type FrontmatterName,
  isFrontmatter,
} from '../model/frontmatter.ts';
import { isRecord } from '../model/guard.ts';
import { readValue, type WrongValue } from '../model/read-value.ts';
import { either } from '../model/value-in-words.ts';
import { keepNumbersAsWritten, lineOfPath, loadYaml, whyNoYaml } from '../yaml.ts';

/** Frontmatter with what is wrong with it. */
export interface ReadFrontmatter {
  readonly frontmatter: Frontmatter;
  readonly diagnostics: readonly Diagnostic[];
  /** The line in the file on which a field stands. */
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

const NAMES = Object.keys(FRONTMATTER);
/** Fields that only handrail has: their presence says that the frontmatter is ours. */
const TELLING = ['inputs', 'requires', 'connections', 'lock', 'notify', 'defaults', 'infer'];
/** Words that documentation tools use for other things: `schedule: weekly`, `shell: bash`, `kind: Pod`. */
const SHARED = [
  ...['title', 'description', 'schedule', 'timeout', 'kind', 'shell', 'severity', 'aliases'],
  ...['tags', 'owner'],
];
const EMPTY: ReadFrontmatter = { frontmatter: {}, diagnostics: [], lineOf: () => 1 };

/**
 * Reads frontmatter. Under a `handrail:` key everything is ours and strict; else the fields that we
 * know are read, and those of other tools left in peace; every other one is told of.
 * YAML is loaded only when there is frontmatter.
 */
export async function readFrontmatter(text: string | null): Promise<ReadFrontmatter> {
  if (text === null || text.trim() === '') return EMPTY;
  const { parseDocument, LineCounter, visit } = await loadYaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  if (!broken) keepNumbersAsWritten(document, visit);
  const value: unknown = broken ? null : plainValue(document);
  if (value === TOO_MANY_ALIASES)
    return refused(wrong(1, 'The frontmatter has more aliases than it may.', 'error'));
  if (broken) {
    const at = counter.linePos(broken.pos[0]).line + 1;
    const isOurs = /\b(?:handrail|inputs|requires|connections|schedule):/.test(text);
    const message = `The frontmatter is not YAML: ${whyNoYaml(broken)}.`;
    return refused(wrong(at, message, isOurs ? 'error' : 'warning'));
  }
  if (!isRecord(value)) return EMPTY;
  const lineOf = (path: readonly PropertyKey[]): number => lineOfPath(document, counter, path) + 1;
  const own = value['handrail'];
  if (own !== undefined && own !== null) {
    if (!isRecord(own))
      return refused(
        wrong(lineOf(['handrail']), 'The field `handrail` is a group of fields.', 'error'),
      );
    return check(own, (path) => lineOf(['handrail', ...path]), 'under', text);
  }
  const whose = whoseIs(value);
  return check(whose === 'ours' ? value : inOurWords(value), lineOf, whose, text);
}

/** Fields that Runme has and nobody else. */
const OF_RUNME = ['runme', 'skipPrompts', 'terminalRows'];

/** Runme's `cwd`, `shell`, `tag` and `category` as what they say here; a page that has none of them stays as it is. */
function inOurWords(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isRunme = OF_RUNME.some((name) => Object.hasOwn(value, name));
  const { cwd, tag, category, shell, ...rest } = value;
  const has = (said: unknown): said is string => typeof said === 'string' && said !== '';
  const tags = [tag, category].filter(has).flatMap((said) => said.split(','));
  const own = rest['tags'];
  return {
    ...rest,
    ...(has(cwd) ? { defaults: { cwd } } : cwd === undefined ? {} : { cwd }),
    ...(isRunme && has(shell)
      ? { shell: { program: shell } }
      : shell === undefined
        ? {}
        : { shell }),
    ...(tags.length > 0 && own === undefined ? { tags: tags.map((said) => said.trim()) } : {}),
    ...(has(tag) || tag === undefined ? {} : { tag }),
    ...(category === undefined || (has(category) && own === undefined) ? {} : { category }),
  };
}

const refused = (one: Diagnostic): ReadFrontmatter => ({ ...EMPTY, diagnostics: [one] });

const TOO_MANY_ALIASES = Symbol('too many aliases');

/** A few aliases may stand for very many values: those of more than 50 are not followed. */
function plainValue(document: { toJS(options: { maxAliasCount: number }): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY_ALIASES;
    throw error;
  }
}

/** Checks field by field: a wrong field is named and left out, the others hold. */
async function check(
  value: Readonly<Record<string, unknown>>,
  lineOf: (path: readonly PropertyKey[]) => number,
  whose: Whose,
  text: string,
): Promise<ReadFrontmatter> {
  const diagnostics: Diagnostic[] = [];
  const read: Record<string, unknown> = {};
  for (const [key, said] of Object.entries(value)) {
    if (!isFrontmatter(key)) {
      diagnostics.push(
        ...(isKind(said) && !('kind' in value)
          ? [saidAsKind(key, String(said), lineOf([key]), whose)]
          : unknownField(key, lineOf([key]), whose, text)),
      );
      continue;
    }
    const checked = readValue(FRONTMATTER[key].value, said);
    if (checked.ok) read[key] = checked.value;
    else if (isForeignUse(key, said, whose)) continue;
    else if (isLeftBlank(key, said, whose))
      diagnostics.push(wrong(lineOf([key]), `The field \`${key}\` is empty.`, 'warning'));
    else {
      for (const one of checked.wrong) diagnostics.push(wrongField(key, one, lineOf, text));
      if (key === 'inputs') read[key] = declaredSoFar(checked);
    }
  }
  // The table says of every name what it is read as; the record holds exactly that.
  const frontmatter = read as Frontmatter;
  if (!NEEDS_JUDGING.some((name) => name in read)) return { frontmatter, diagnostics, lineOf };
  const { judgeFrontmatter } = await import('./frontmatter-values.ts');
  const judged = judgeFrontmatter(frontmatter).map(({ path, why, hint, doubtful }) => ({
    ...wrong(
      lineOf(path),
      doubtful
        ? `The frontmatter field \`${path.join('.')}\` ${why}.`
        : `The frontmatter field \`${path.join('.')}\` is wrong: it ${why}.`,
      doubtful ? 'warning' : 'error',
    ),
    hint,
  }));
  return { frontmatter, diagnostics: [...diagnostics, ...judged], lineOf };
}

/**
 * Inputs of which one is wrong are declared all the same: the rest would be missed wherever it is used. What of one may
 * have been meant to say that it is secret is taken to say so.
 */
function declaredSoFar({
  wrong: all,
  rest,
}: Extract<ReturnType<typeof readValue>, { ok: false }>): unknown {
  if (!isRecord(rest)) return undefined;
  const hidden = all
    .filter(({ path, unknown }) => nearest(unknown ?? String(path[1]), ['secret']) !== undefined)
    .map(({ path: [name] }) => name);
  return Object.fromEntries(
    Object.entries(rest).map(([name, said]) => [
      name,
      isRecord(said) && hidden.includes(name) ? { ...said, secret: true } : said,
    ]),
  );
}

/** Fields with values that a table cannot judge. */
const NEEDS_JUDGING = [
  'inputs',
  'schedule',
  'timezone',
  'review',
  'environments',
  'lock',
  'notify',
] as const;

/** `under`: everything stands under `handrail:`. `ours`: it has fields that only handrail has. */
type Whose = 'under' | 'ours' | 'pages' | 'unknown';

/** A page of a documentation tool says `schedule: weekly` and means something else. */
function isForeignUse(key: string, said: unknown, whose: Whose): boolean {
  if (whose === 'under' || whose === 'ours' || !SHARED.includes(key)) return false;
  return whose === 'pages' || (key === 'kind' && /^[A-Z]/.test(String(said)));
}

/** Fields that say what a page is: a template of another tool has them with nothing behind them. */
const ABOUT_THE_PAGE = ['title', 'description', 'owner', 'severity', 'tags', 'aliases'];

function isLeftBlank(key: string, said: unknown, whose: Whose): boolean {
  return whose === 'unknown' && ABOUT_THE_PAGE.includes(key) && (said === null || said === '');
}

/** Whose frontmatter it is, judged by the fields that it has. */
function whoseIs(value: Readonly<Record<string, unknown>>): Whose {
  const names = Object.keys(value);
  if (names.some((name) => TELLING.includes(name))) return 'ours';
  if (names.some((name) => OF_RUNME.includes(name))) return 'pages';
  return names.some(isPageField) ? 'pages' : 'unknown';
}

/** A value that only `kind` has: `type: runbook` decides nothing here. */
const isKind = (said: unknown): boolean => readValue(FRONTMATTER.kind.value, said).ok;

function saidAsKind(key: string, said: string, line: number, whose: Whose): Diagnostic {
  return {
    ...wrong(
      line,
      `\`${key}: ${said}\` has no meaning here.`,
      whose === 'under' || whose === 'ours' ? 'error' : whose === 'pages' ? 'info' : 'warning',
    ),
    hint: `Did you mean \`kind: ${said}\`? One of your own begins with \`x-\`.`,
  };
}

function unknownField(
  key: string,
  line: number,
  whose: Whose,
  text: string,
): readonly Diagnostic[] {
  if (key.startsWith('x-') || key === '$schema') return [];
  if (whose !== 'under' && isPageField(key)) return [];
  if (key === 'skipPrompts' && /^skipPrompts:\s*(?:false|no)\s*$/m.test(text)) return [];
  const foreign = isAnnotation(key) ? undefined : foreignField(key);
  if (foreign !== undefined)
    return [
      {
        ...wrong(
          line,
          `\`${key}\` is a field of other tools, and has no meaning here.`,
          whose === 'under' || whose === 'ours' ? 'error' : whose === 'pages' ? 'info' : 'warning',
        ),
        hint: `Write ${foreign}.`,
      },
    ];
  const near = namedWithin(key, NAMES) ?? nearest(key, NAMES);
  const isGuard = near !== undefined && (whose === 'ours' || TELLING_WORDS.includes(near));
  const severity = whose === 'under' || isGuard ? 'error' : whose === 'pages' ? 'info' : 'warning';
  const written = (text.split('\n')[line - 2] ?? '').trim();
  const annotation = isAnnotation(key)
    ? `It is an annotation: write it in a comment before the heading or fence that it is about, or under \`defaults:\`.`
    : '`handrail help frontmatter` lists the fields; one of your own begins with `x-`.';
  return [
    {
      ...wrong(
        line,
        `There is no frontmatter field \`${key}\`.`,
        isAnnotation(key) ? 'error' : severity,
      ),
      hint:
        near && (!isAnnotation(key) || near === `${key}s`)
          ? `Did you mean \`${near}\`? Write: ${written.replace(key, near)}`
          : annotation,
    },
  ];
}

/** A word so near to one of these is a slip, and a guard would be lost with it. */
const TELLING_WORDS = [
  'inputs',
  'requires',
  'connections',
  'lock',
  'schedule',
  'notify',
  'timeout',
];

function wrongField(
  field: FrontmatterName,
  { path, why, unknown, known }: WrongValue,
  lineOf: (path: readonly PropertyKey[]) => number,
  text: string,
): Diagnostic {
  const whole = [field, ...path];
  const line = lineOf(whole);
  const name = whole.join('.');
  const written = (text.split('\n')[line - 2] ?? '').trim();
  if (unknown !== undefined && field === 'defaults' && isAnnotation(unknown)) {
    const message = `The annotation \`${unknown}\` is said of one step, and is no default of all.`;
    return { ...wrong(line, message, 'error'), hint: 'Write it at its step.' };
  }
  if (unknown !== undefined) {
    const near =
      sameField(unknown, known ?? []) ??
      namedWithin(unknown, known ?? []) ??
      nearest(unknown, known ?? []);
    return {
      ...wrong(line, `There is no frontmatter field \`${name}\`.`, 'error'),
      hint: near
        ? `Write: ${written.replace(unknown, near)}`
        : `Its fields are ${either(known ?? [])}.`,
    };
  }
  return {
    ...wrong(
      line,
      `The frontmatter field \`${name}\` is wrong: it ${why}. It says \`${written}\`.`,
      'error',
    ),
    hint: `Write: ${exampleLine(field)} See \`handrail help frontmatter ${field}\`.`,
  };
}

/** The field as its example has it: one line. */
function exampleLine(field: FrontmatterName): string {
  const lines = FRONTMATTER[field].example.split('\n');
  return lines.find((line) => line.startsWith(`${field}:`)) ?? '';
}

function wrong(line: number, message: string, severity: Diagnostic['severity']): Diagnostic {
  return { rule: 'frontmatter', severity, line, column: 1, message };
}
