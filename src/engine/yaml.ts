import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';
import { isRecord } from './model/guard.ts';

/** The YAML reader, loaded at first use: most runbooks have no frontmatter. */
export function loadYaml(): Promise<typeof import('yaml')> {
  return import('yaml');
}

/** As many times as an alias may multiply what it stands for. */
const MOST_ALIASES = 50;

/** What a text of YAML holds, or in a phrase why it holds nothing. */
export type YamlValue =
  | {
      readonly value: unknown;
      readonly lineOf: (path: readonly PropertyKey[]) => number;
    }
  | { readonly why: string; readonly line?: number };

/** Reads a text of YAML, whatever is in it. */
export async function yamlValue(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): Promise<YamlValue> {
  const { LineCounter, parseDocument, visit } = await loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, ...options, lineCounter });
  const [broken] = document.errors;
  if (broken) {
    const { line } = lineCounter.linePos(broken.pos[0]);
    return { why: `line ${line}: ${whyNoYaml(broken)}`, line };
  }
  keepNumbersAsWritten(document, visit);
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return { value, lineOf: (path) => lineOfPath(document, lineCounter, path) };
  } catch (error) {
    return { why: whyNoYaml(error) };
  }
}

/**
 * A number that would be written otherwise stays the text it is: `1.10` is a version and no `1.1`, `010` keeps its nought,
 * `+38591` its sign, and twenty digits their last one.
 */
export function keepNumbersAsWritten(
  document: Document.Parsed,
  visit: typeof import('yaml').visit,
): void {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'number' && node.source !== undefined)
        if (node.source !== String(node.value)) node.value = node.source;
    },
  });
}

/** What the reader has against a text, as a phrase: of what is too much for it, in words. */
export function whyNoYaml(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  if (line.includes('call stack')) return 'it is nested too deep';
  if (line.includes('alias count')) return 'its aliases multiply what they stand for too often';
  return line.endsWith(':') || line.endsWith('.') ? line.slice(0, -1) : line;
}

/** The line, from 1, on which what stands at a path begins; of what is not there, that of the nearest thing around it. */
export function lineOfPath(
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
  return counter.linePos(offset).line;
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
