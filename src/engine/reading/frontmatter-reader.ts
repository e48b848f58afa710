import { nearest } from '../../text/nearest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import { loadYaml } from '../yaml.ts';

/** Frontmatter with what is wrong with it. */
export interface ReadFrontmatter {
  readonly frontmatter: Frontmatter;
  readonly diagnostics: readonly Diagnostic[];
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code: string;
  readonly keys?: readonly string[];
}

const OURS =
  'title description kind owner severity tags aliases infer inputs requires connections shell timeout waiting timezone lock schedule notify defaults'.split(
    ' ',
  );
/** Fields that only handrail has: their presence says that the frontmatter is ours. */
const TELLING = ['inputs', 'requires', 'connections', 'lock', 'notify', 'defaults', 'infer'];
/** A word so near to one of these is a slip, and a guard would be lost with it. */
const TELLING_WORDS = ['inputs', 'requires', 'connections', 'lock', 'schedule', 'notify'];
const EMPTY: ReadFrontmatter = { frontmatter: {}, diagnostics: [] };

/**
 * Reads frontmatter. Under a `handrail:` key everything is ours and strict; else the fields that we
 * know are read, and those of other tools left in peace unless the frontmatter is plainly ours.
 * YAML and the schema are loaded only when there is frontmatter.
 */
export async function readFrontmatter(text: string | null): Promise<ReadFrontmatter> {
  if (text === null || text.trim() === '') return EMPTY;
  const { parseDocument, LineCounter } = await loadYaml();
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const broken = document.errors[0];
  const value: unknown = broken ? null : plainValue(document);
  if (value === TOO_MANY_ALIASES)
    return {
      frontmatter: {},
      diagnostics: [wrong(1, 'The frontmatter has more aliases than it may.', 'error')],
    };
  if (broken) {
    const at = counter.linePos(broken.pos[0]).line + 1;
    return /\b(?:handrail|inputs|requires|connections|schedule):/.test(text)
      ? {
          frontmatter: {},
          diagnostics: [wrong(at, `The frontmatter is not YAML: ${broken.message}`, 'error')],
        }
      : {
          frontmatter: {},
          diagnostics: [wrong(at, `The frontmatter is not YAML: ${broken.message}`, 'warning')],
        };
  }
  if (!isRecord(value)) return EMPTY;
  const lineOf = (path: readonly PropertyKey[]): number => lineOfPath(document, counter, path);
  const own = value['handrail'];
  if (own !== undefined && own !== null) {
    if (!isRecord(own))
      return {
        frontmatter: {},
        diagnostics: [
          wrong(lineOf(['handrail']), 'The field `handrail` is a group of fields.', 'error'),
        ],
      };
    return check(own, (path) => lineOf(['handrail', ...path]), true, text);
  }
  return check(
    value,
    lineOf,
    TELLING.some((key) => key in value),
    text,
  );
}

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
  strict: boolean,
  text: string,
): Promise<ReadFrontmatter> {
  const { frontmatterSchema } = await import('../model/frontmatter.ts');
  const diagnostics: Diagnostic[] = [];
  let frontmatter: Frontmatter = {};
  for (const [key, said] of Object.entries(value)) {
    if (!OURS.includes(key)) {
      const near = nearest(key, OURS);
      if (!strict && near && nearest(key, TELLING_WORDS))
        diagnostics.push({ ...unknownField(key, near, lineOf([key]), text), severity: 'warning' });
      else if (strict && near) diagnostics.push(unknownField(key, near, lineOf([key]), text));
      else if (strict && key !== 'runme' && lineOfHandrail(text))
        diagnostics.push(unknownField(key, undefined, lineOf([key]), text));
      continue;
    }
    const result = frontmatterSchema.safeParse({ [key]: said });
    if (result.success) frontmatter = { ...frontmatter, ...result.data };
    else if (
      strict ||
      TELLING.includes(key) ||
      ['schedule', 'timeout', 'kind', 'shell'].includes(key)
    ) {
      if (!strict && isForeignUse(key)) continue;
      for (const issue of result.error.issues)
        diagnostics.push(fieldProblem(issue as Issue, key, lineOf, text));
    }
  }
  return { frontmatter, diagnostics };
}

/** Words that other tools use for other things: `schedule: weekly`, `shell: bash`, `kind: Pod`. */
const isForeignUse = (key: string): boolean =>
  ['schedule', 'timeout', 'kind', 'shell'].includes(key);

const lineOfHandrail = (text: string): boolean => /^handrail:/m.test(text);

function unknownField(
  key: string,
  near: string | undefined,
  line: number,
  text: string,
): Diagnostic {
  const written = (text.split('\n')[line - 2] ?? '').trim();
  return {
    ...wrong(line, `There is no frontmatter field \`${key}\`.`, 'error'),
    hint: near
      ? `Did you mean \`${near}\`? Write: ${written.replace(key, near)}`
      : `The fields are: ${OURS.join(', ')}.`,
  };
}

function fieldProblem(
  issue: Issue,
  field: string,
  lineOf: (path: readonly PropertyKey[]) => number,
  text: string,
): Diagnostic {
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys?.[0] : undefined;
  const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
  const line = lineOf(path);
  const name = path.map(String).join('.') || field;
  const written = (text.split('\n')[line - 2] ?? '').trim();
  const near = unknownKey && nearest(unknownKey, SUBFIELDS);
  return {
    ...wrong(
      line,
      unknownKey
        ? `There is no frontmatter field \`${name}\`.`
        : `The frontmatter field \`${name}\` is wrong: ${issue.message}. It says: ${written}`,
      'error',
    ),
    hint: near
      ? `Write: ${written.replace(unknownKey, near)}`
      : (CORRECTED[field] ?? `Write: ${field}: …`),
  };
}

const SUBFIELDS =
  'description default choices pattern type secret env command required commands files url readonly program errexit pipefail nounset name policy wait procedure cron timezone inputs on webhook format'.split(
    ' ',
  );
const CORRECTED: Readonly<Record<string, string>> = {
  kind: 'Write: kind: runbook (or: kind: manual)',
  infer: 'Write: infer: true',
  tags: 'Write: tags: [database, weekly]',
  timeout: 'Write: timeout: 30m',
  inputs: 'Write: inputs: { version: { description: What to deploy } }',
  requires: 'Write: requires: { commands: [kubectl], env: [DATABASE_URL] }',
  connections: 'Write: connections: { default: { url: $DATABASE_URL } }',
  shell: 'Write: shell: { errexit: true }',
  lock: 'Write: lock: { name: deploy, policy: wait, wait: 5m }',
  schedule: 'Write: schedule: [{ procedure: daily-check, cron: "0 9 * * *" }]',
  notify: 'Write: notify: [{ on: [failure], command: ./notify.sh }]',
  defaults: 'Write: defaults: { timeout: 5m }',
};

function lineOfPath(
  document: { getIn(path: readonly unknown[], keep: boolean): unknown; readonly contents: unknown },
  counter: { linePos(offset: number): { readonly line: number } },
  path: readonly PropertyKey[],
): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of path) {
    if (!isRecord(node) || !Array.isArray(node['items'])) break;
    const items: readonly unknown[] = node['items'];
    const item = typeof key === 'number' ? items[key] : items.find((pair) => keyOf(pair) === key);
    if (!isRecord(item)) break;
    offset = startOf(isRecord(item['key']) ? item['key'] : item) ?? offset;
    node = 'value' in item && 'key' in item ? item['value'] : item;
  }
  return counter.linePos(offset).line + 1;
}

function keyOf(pair: unknown): unknown {
  if (!isRecord(pair)) return undefined;
  const key = pair['key'];
  return isRecord(key) ? key['value'] : key;
}

function startOf(node: Readonly<Record<string, unknown>>): number | undefined {
  const range: unknown = node['range'];
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined;
}

function wrong(line: number, message: string, severity: Diagnostic['severity']): Diagnostic {
  return { rule: 'frontmatter', severity, line, column: 1, message };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
