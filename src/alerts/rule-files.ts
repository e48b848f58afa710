import type { YAMLMap } from 'yaml';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import { loadYaml, whyNoYaml } from '../engine/yaml.ts';
import { type AlertRule, carriedLabels, leadAmong } from './alert.ts';
import { type RuleNodes, ruleNodes, type Yaml } from './rule-nodes.ts';

/** What a file of rules holds. */
export interface RuleFile {
  readonly alerts: readonly AlertRule[];
  /** It holds rules, of alerts or for recording, or it configures Alertmanager: it belongs among rules. */
  readonly isRules: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_DEPTH = 40;
/** Keys of one map by which a file is known that belongs among rules and may hold no alert. */
const SIGNS = [
  ['record', 'expr'],
  ['route', 'receivers'],
] as const;

/** A text in which groups of rules stand. */
const GROUPS = /^[ \t{]*["']?groups["']?[ \t]*:/m;

/**
 * The alerting rules of a YAML or JSON text, whatever envelope they stand in: groups of Prometheus, Mimir and Loki and
 * what their servers answer, Grafana's provisioning files and exports, Kubernetes' PrometheusRule and lists of them, a
 * ConfigMap with files of rules in it, exported alerts of Alertmanager. Recording rules are passed by. A text that is
 * no YAML is a finding.
 */
export async function readRules(text: string): Promise<RuleFile> {
  return rulesIn(text, await loadYaml(), true);
}

/** `outer`: texts in it may be files of rules themselves. */
function rulesIn(text: string, yaml: Yaml, outer: boolean): RuleFile {
  const { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } = yaml;
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
  });
  const alerts: AlertRule[] = [];
  const diagnostics: Diagnostic[] = [];
  let isRules = false;
  const place = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  for (const document of Array.isArray(documents) ? documents : []) {
    const [broken] = document.errors;
    if (broken) {
      diagnostics.push({
        rule: 'alert-unreadable',
        severity: 'error',
        ...place(broken.pos[0]),
        message: `This is no YAML that can be read: ${whyNoYaml(broken)}.`,
        hint: /\{\{/.test(text)
          ? 'Render templates (such as a Helm chart) first, and check what they come to.'
          : 'Correct it; until then no rule of this file was looked at.',
      });
      continue;
    }
    const nodes = ruleNodes(document, yaml);
    for (const alias of nodes.selves.slice(0, 1))
      diagnostics.push(inItself(place(rangeOf(alias)).line, alias.source));
    const tooDeep: number[] = [];
    const walk = (node: unknown, around: Readonly<Record<string, string>>, depth: number): void => {
      if (depth > MOST_DEPTH) {
        tooDeep.push(place(rangeOf(node)).line);
        return;
      }
      if (outer && isScalar(node) && typeof node.value === 'string' && GROUPS.test(node.value)) {
        const inside = rulesIn(node.value, yaml, false);
        const { line } = place(rangeOf(node));
        // Only of a literal block every line is one of the file.
        const inFile = (nth: number): number => (node.type === 'BLOCK_LITERAL' ? line + nth : line);
        for (const one of inside.alerts)
          alerts.push({
            ...one,
            line: inFile(one.line),
            runbookLine: inFile(one.runbookLine),
          });
        for (const one of inside.diagnostics) diagnostics.push({ ...one, line: inFile(one.line) });
        isRules ||= inside.isRules;
      }
      if (isSeq(node)) for (const item of node.items) walk(item, around, depth + 1);
      if (!isMap(node)) return;
      const pairs = nodes.entries(node);
      if (SIGNS.some((keys) => keys.every((key) => pairs.has(key)))) isRules = true;
      const rule = ruleOf(pairs, nodes, around, place);
      if (rule === 'nameless') {
        isRules = true;
        diagnostics.push(nameless(place(rangeOf(node)).line));
        return;
      }
      if (rule !== undefined) {
        alerts.push(rule);
        return;
      }
      const own = pairs.has('rules')
        ? { ...around, ...texts(nodes.plain(pairs.get('labels'))) }
        : around;
      for (const { value } of node.items) walk(value, own, depth + 1);
    };
    walk(document.contents, {}, 0);
    for (const line of tooDeep.slice(0, 1)) diagnostics.push(notLookedAt(line));
  }
  return { alerts, isRules: isRules || alerts.length > 0, diagnostics };
}

function notLookedAt(line: number): Diagnostic {
  return {
    rule: 'alert-unreadable',
    severity: 'warning',
    line,
    column: 1,
    message: `What stands here is nested deeper than ${MOST_DEPTH} levels and was not looked at.`,
    hint: 'Give files of rules as Prometheus, Mimir or Grafana take them.',
  };
}

function nameless(line: number): Diagnostic {
  return {
    rule: 'alert-unreadable',
    severity: 'error',
    line,
    column: 1,
    message: 'This alert has no name that is a text, and was not looked at.',
    hint: 'Name it; one that is called `null` or `~` is written in quotes.',
  };
}

function inItself(line: number, anchor: string): Diagnostic {
  return {
    rule: 'alert-unreadable',
    severity: 'error',
    line,
    column: 1,
    message: `\`*${anchor}\` stands within what it stands for, which has no end.`,
    hint: 'Write out what is meant; Prometheus takes no such file.',
  };
}

type Place = (offset: number) => { readonly line: number; readonly column: number };

type Pairs = ReturnType<RuleNodes['entries']>;

/** The rule that a map is; `nameless` for one that nobody can call by a name, `undefined` for a recording rule and for everything else. */
function ruleOf(
  pairs: Pairs,
  nodes: RuleNodes,
  around: Readonly<Record<string, string>>,
  place: Place,
): AlertRule | 'nameless' | undefined {
  const named = nameOf(pairs, nodes);
  if (named === undefined || named === 'nameless') return named;
  const annotations = recordOf(nodes.plain(pairs.get('annotations')));
  const labels = { ...around, ...texts(nodes.plain(pairs.get('labels'))) };
  const expression = expressionOf(pairs, nodes);
  const lead = leadAmong(annotations, labels);
  const at = place(named.offset);
  const words = [...Object.values(texts(annotations)), ...Object.values(labels)];
  // What other rules share stands elsewhere: then the rule itself is the place.
  const written = lead && pairs.get(lead.of);
  const offset = isMapping(written) ? rangeOf(written.get(lead?.name, true)) : 0;
  return {
    name: named.name,
    ...at,
    runbook: lead?.address ?? null,
    runbookLine: offset === 0 ? at.line : place(offset).line,
    labels,
    carries: carriedLabels(labels, words, expression),
  };
}

function nameOf(
  pairs: Pairs,
  nodes: RuleNodes,
): { readonly name: string; readonly offset: number } | 'nameless' | undefined {
  const named = (key: string, holder: Pairs = pairs): ReturnType<typeof nameOf> => {
    const name = nodes.text(holder.get(key));
    if (name === undefined || name.trim() === '') {
      // Other files have such keys too, with nothing behind them.
      const asks = ['expr', 'condition', 'grafana_alert'].some((one) => pairs.has(one));
      return asks ? 'nameless' : undefined;
    }
    return { name: name.trim(), offset: rangeOf(holder.get(key)) };
  };
  if (pairs.has('record')) return undefined;
  if (pairs.has('alert') && (pairs.has('expr') || pairs.has('annotations') || pairs.has('labels')))
    return named('alert');
  const grafana = nodes.mapOf(pairs.get('grafana_alert'));
  if (grafana !== undefined) {
    const own = nodes.entries(grafana);
    return own.has('record') ? undefined : named('title', own);
  }
  if (pairs.has('title') && pairs.has('data')) return named('title');
  if (pairs.has('query') && nodes.text(pairs.get('type')) === 'alerting') return named('name');
  const labels = nodes.mapOf(pairs.get('labels'));
  const own = labels && nodes.entries(labels);
  return own?.has('alertname') === true ? named('alertname', own) : undefined;
}

/** The rule's query: PromQL as it is, of Grafana the expressions of its queries. */
function expressionOf(pairs: Pairs, nodes: RuleNodes): string {
  const expr = nodes.plain(pairs.get('expr') ?? pairs.get('query'));
  if (typeof expr === 'string') return expr;
  const grafana = nodes.mapOf(pairs.get('grafana_alert'));
  const queries = (grafana === undefined ? pairs : nodes.entries(grafana)).get('data');
  const inside = (node: unknown, key: string): unknown => {
    const map = nodes.mapOf(node);
    return map === undefined ? undefined : nodes.entries(map).get(key);
  };
  return nodes
    .items(queries)
    .map((query) => nodes.plain(inside(inside(query, 'model'), 'expr')))
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
