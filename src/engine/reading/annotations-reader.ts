import { nearest } from '../../text/nearest.ts';
import type { Annotations } from '../model/annotations.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { AnnotationWords } from './annotation-words.ts';

/** Annotations with what is wrong with them. */
export interface ReadAnnotations {
  readonly annotations: Annotations;
  readonly diagnostics: readonly Diagnostic[];
}

const KEYS =
  'name title tag effect confirm unattended timeout retries delay backoff exit until for verify on-fail on-engine-death on-unknown capture cwd env shell interpreter isolated connection always when run infer ignore match output allow interactive background'.split(
    ' ',
  );
const RUNME_SILENT = new Set(
  'id mimeType terminalRows closeTerminalOnSuccess openTerminalOnError transform promptEnv excludeFromRunAll category'.split(
    ' ',
  ),
);
const NONE: ReadAnnotations = { annotations: {}, diagnostics: [] };

/**
 * Checks annotation words by the one schema. In an info string, words of other tools are left in
 * peace unless they are nearly one of ours; in a `handrail:` comment every unknown word is an error.
 * `runme` words keep Runme's meaning. The schema is loaded only when there is something to check.
 */
export async function readAnnotations(
  words: AnnotationWords | null,
  line: number,
  spelling: 'info' | 'comment',
): Promise<ReadAnnotations> {
  if (!words || words.size === 0) return NONE;
  const diagnostics: Diagnostic[] = [];
  const known: Record<string, unknown> = {};
  const env: Record<string, string> = {};
  for (const [key, value] of words) {
    if (isForeign(key, value, spelling)) continue;
    if (key.startsWith('env.') && value !== true) env[key.slice(4)] = value;
    else if (KEYS.includes(key) && key !== 'env') known[key] = value;
    else if (key === 'category') known['tag'] = value;
    else if (key === 'excludeFromRunAll') known['unattended'] = value === 'false' ? 'run' : 'skip';
    else diagnostics.push(...unknown(key, line, spelling));
  }
  if (Object.keys(env).length > 0) known['env'] = env;
  if (Object.keys(known).length === 0) return { annotations: {}, diagnostics };
  const checked = await checkAnnotations(known, line);
  return {
    annotations: checked.annotations,
    diagnostics: [...diagnostics, ...checked.diagnostics],
  };
}

/** Checks a record of annotations by the schema, one key at a time; wrong ones are left out. */
async function checkAnnotations(
  known: Readonly<Record<string, unknown>>,
  line: number,
): Promise<ReadAnnotations> {
  const { annotationsSchema } = await import('../model/annotations.ts');
  const diagnostics: Diagnostic[] = [];
  let annotations: Annotations = {};
  for (const [key, value] of Object.entries(known)) {
    const result = annotationsSchema.safeParse({ [key]: value });
    if (result.success) annotations = { ...annotations, ...result.data };
    else {
      const why = result.error.issues[0]?.message ?? 'is not valid';
      diagnostics.push({
        rule: 'annotation',
        severity: 'error',
        line,
        column: 1,
        message: `The annotation \`${key}=${String(value)}\` is wrong: ${why.startsWith('is ') ? `it ${why}` : why}.`,
        hint: hintFor(key),
      });
    }
  }
  return { annotations, diagnostics };
}

function isForeign(key: string, value: string | true, spelling: string): boolean {
  if (spelling === 'comment') return false;
  if (RUNME_SILENT.has(key) && key !== 'category' && key !== 'excludeFromRunAll') return true;
  if (key === 'title') {
    return (
      value === true ||
      /^(?:terminal|shell|bash|console|output|command|powershell|cmd|zsh)$/i.test(value) ||
      /^\S*[./]\S+$/.test(value)
    );
  }
  if (value === true) return !FLAGS.has(key) && nearestKey(key) === undefined;
  if (key === 'id' || key === 'for') return key === 'id';
  return false;
}

const FLAGS = new Set(
  'confirm verify isolated always run infer ignore output interactive background'.split(' '),
);

function nearestKey(key: string): string | undefined {
  return key.length >= 4
    ? nearest(
        key,
        KEYS.filter((each) => each.length >= 4),
      )
    : undefined;
}

function unknown(key: string, line: number, spelling: string): readonly Diagnostic[] {
  const near = nearestKey(key);
  if (spelling === 'info' && near === undefined) return [];
  return [
    {
      rule: 'unknown-annotation',
      severity: spelling === 'comment' ? 'error' : 'warning',
      line,
      column: 1,
      message: `There is no annotation \`${key}\`.`,
      hint: near ? `Did you mean \`${near}\`?` : `The annotations are: ${KEYS.join(', ')}.`,
    },
  ];
}

function hintFor(key: string): string {
  if (/^(?:timeout|delay|for)$/.test(key)) return `Write a duration such as \`${key}=30s\`.`;
  if (key === 'effect') return 'Write `effect=none`, `reads`, `writes` or `destroys`.';
  if (key === 'exit') return 'Write exit codes such as `exit=0,3`.';
  if (key === 'match') return 'Write `match=shape`, `subset`, `exact` or `text`.';
  if (key === 'unattended') return 'Write `unattended=run`, `skip` or `stop`.';
  if (key === 'on-fail') return 'Write `on-fail=stop` or `on-fail=continue`.';
  if (FLAGS.has(key)) return `Write \`${key}\` alone, or \`${key}=false\`.`;
  return `See the documentation of \`${key}\`.`;
}

/** The inner annotations win; `env` is merged name by name. */
export function mergeAnnotations(...layers: readonly Annotations[]): Annotations {
  let merged: Annotations = {};
  for (const layer of layers) {
    const env = merged.env || layer.env ? { env: { ...merged.env, ...layer.env } } : {};
    merged = { ...merged, ...layer, ...env };
  }
  return merged;
}
