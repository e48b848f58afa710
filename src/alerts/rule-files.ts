import type { Document, Node, YAMLMap } from 'yaml';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import { loadYaml } from '../engine/yaml.ts';
import { type AlertRule, carriedLabels, leadName } from './alert.ts';

/** What a file of rules holds. */
export interface RuleFile {
  readonly alerts: readonly AlertRule[];
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_DEPTH = 40;

/**
 * The alerting rules of a YAML or JSON text, whatever envelope they stand in: groups of Prometheus, Mimir and Loki,
 * Grafana's provisioning files and exports, Kubernetes' PrometheusRule and lists of them, exported alerts of
 * Alertmanager. Recording rules are passed by. A text that is no YAML is a finding.
 */
export async function readRules(text: string): Promise<RuleFile> {
  const { isMap, isSeq, LineCounter, parseAllDocuments } = await loadYaml();
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
  });
  const alerts: AlertRule[] = [];
  const diagnostics: Diagnostic[] = [];
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const document of Array.isArray(documents) ? documents : []) {
    const [broken] = document.errors;
    if (broken) {
      const why = broken.message.split('\n')[0] ?? '';
      diagnostics.push({
        rule: 'alert-unreadable',
        severity: 'error',
        ...place(broken.pos[0]),
        message: `This is no YAML that can be read: ${why}`,
        hint: /\{\{/.test(text)
          ? 'Render templates (such as a Helm chart) first, and check what they come to.'
          : 'Correct it; until then no rule of this file was looked at.',
      });
      continue;
    }
    const walk = (node: unknown, around: Readonly<Record<string, string>>, depth: number): void => {
      if (depth > MOST_DEPTH) return;
      if (isSeq(node)) for (const item of node.items) walk(item, around, depth + 1);
      if (!isMap(node)) return;
      const rule = ruleOf(node, document, around, place);
      if (rule !== undefined) {
        alerts.push(rule);
        return;
      }
      const own = node.has('rules')
        ? { ...around, ...texts(plain(node.get('labels', true), document)) }
        : around;
      for (const { value } of node.items) walk(value, own, depth + 1);
    };
    walk(document.contents, {}, 0);
  }
  return { alerts, diagnostics };
}

type Place = (offset: number) => { readonly line: number; readonly column: number };

/** The rule that a map is; `undefined` for a recording rule and for everything else. */
function ruleOf(
  map: YAMLMap,
  document: Document,
  around: Readonly<Record<string, string>>,
  place: Place,
): AlertRule | undefined {
  const named = nameOf(map, document);
  if (named === undefined) return undefined;
  const annotations = recordOf(plain(map.get('annotations', true), document));
  const labels = { ...around, ...texts(plain(map.get('labels', true), document)) };
  const expression = expressionOf(map, document);
  const lead = leadName(annotations);
  const at = place(named.offset);
  const words = [...Object.values(texts(annotations)), ...Object.values(labels)];
  const offset = lead === undefined ? undefined : offsetIn(map.get('annotations', true), lead);
  return {
    name: named.name,
    ...at,
    runbook: lead === undefined ? null : String(annotations[lead]).trim(),
    runbookLine: offset === undefined ? at.line : place(offset).line,
    labels,
    carries: carriedLabels(labels, words, expression),
  };
}

function nameOf(
  map: YAMLMap,
  document: Document,
): { readonly name: string; readonly offset: number } | undefined {
  const named = (key: string, holder: YAMLMap = map): ReturnType<typeof nameOf> => {
    const node = holder.get(key, true);
    const name = plain(node, document);
    if (typeof name !== 'string' || name.trim() === '') return undefined;
    return { name: name.trim(), offset: rangeOf(node) };
  };
  if (map.has('record')) return undefined;
  if (map.has('alert') && (map.has('expr') || map.has('annotations') || map.has('labels')))
    return named('alert');
  const grafana = map.get('grafana_alert', true);
  if (isMapping(grafana)) return grafana.has('record') ? undefined : named('title', grafana);
  if (map.has('title') && (map.has('condition') || map.has('data')) && map.has('data'))
    return named('title');
  const labels = map.get('labels', true);
  return isMapping(labels) && labels.has('alertname') ? named('alertname', labels) : undefined;
}

/** The rule's query: PromQL as it is, of Grafana the expressions of its queries. */
function expressionOf(map: YAMLMap, document: Document): string {
  const expr = plain(map.get('expr', true), document);
  if (typeof expr === 'string') return expr;
  const grafana = map.get('grafana_alert', true);
  const data: unknown = plain((isMapping(grafana) ? grafana : map).get('data', true), document);
  if (!Array.isArray(data)) return '';
  return data
    .map((query: unknown) => recordOf(recordOf(query)['model'])['expr'])
    .filter((one) => typeof one === 'string')
    .join('\n');
}

function isMapping(node: unknown): node is YAMLMap {
  return typeof node === 'object' && node !== null && 'items' in node && 'has' in node;
}

function rangeOf(node: unknown): number {
  const range =
    typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : 0;
}

function offsetIn(map: unknown, key: string): number | undefined {
  return isMapping(map) ? rangeOf(map.get(key, true)) : undefined;
}

/** A node as plain data; aliases that multiply without end are refused by the reader and count as nothing. */
function plain(node: unknown, document: Document): unknown {
  if (typeof node !== 'object' || node === null || !('toJS' in node)) return undefined;
  try {
    return (node as Node).toJS(document, { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).flatMap(([name, one]) =>
      ['string', 'number', 'boolean'].includes(typeof one) ? [[name, String(one)]] : [],
    ),
  );
}
