import type { Document, DocumentOptions, ParseOptions, SchemaOptions } from 'yaml';

/** The YAML reader, loaded at first use: most runbooks have no frontmatter. */
export function loadYaml(): Promise<typeof import('yaml')> {
  return import('yaml');
}

/** As many times as an alias may multiply what it stands for. */
const MOST_ALIASES = 50;

/** What a text of YAML holds, or in a phrase why it holds nothing. */
export type YamlValue = { readonly value: unknown } | { readonly why: string };

/** Reads a text of YAML, whatever is in it. */
export async function yamlValue(
  text: string,
  options: ParseOptions & DocumentOptions & SchemaOptions = {},
): Promise<YamlValue> {
  const { LineCounter, parseDocument, visit } = await loadYaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, ...options, lineCounter });
  const [broken] = document.errors;
  if (broken)
    return { why: `line ${lineCounter.linePos(broken.pos[0]).line}: ${whyNoYaml(broken)}` };
  keepNumbersAsWritten(document, visit);
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
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
