import { targetLabels } from './target-labels.ts';

/** An alerting rule, as far as a runbook is concerned: what it is called, what it can say, and where it leads. */
export interface AlertRule {
  readonly name: string;
  /** 1-based place of its name in its file. */
  readonly line: number;
  readonly column: number;
  /** The text behind `runbook_url` or `runbook`, of an annotation or else of a label; `null` when it has none. */
  readonly runbook: string | null;
  /** Where that text stands. */
  readonly runbookLine: number;
  /** Labels that the rule sets: their values, templates as they are written. */
  readonly labels: Readonly<Record<string, string>>;
  /** Names of all labels that its alerts are known to carry, its own included. */
  readonly carries: readonly string[];
}

/** Annotations and labels that lead to a runbook, the most usual first. */
const LEADS = ['runbook_url', 'runbook', 'runbook_link', 'runbookUrl', 'runbookURL', 'runbook-url'];

/** Where the annotations of an alert say that its runbook is, else its labels; `undefined` where neither says anything. */
export function leadAmong(
  annotations: Readonly<Record<string, unknown>>,
  labels: Readonly<Record<string, unknown>>,
):
  | { readonly name: string; readonly of: 'annotations' | 'labels'; readonly address: string }
  | undefined {
  for (const [of, said] of [
    ['annotations', annotations],
    ['labels', labels],
  ] as const)
    for (const name of LEADS) {
      const address = said[name];
      if (typeof address === 'string' && address.trim() !== '')
        return { name, of, address: address.trim() };
    }
  return undefined;
}

const KEYWORDS = new Set(['by', 'on', 'group_left', 'group_right']);

/**
 * Labels that an alert of this rule carries: those it sets, those its words take a value from, and those its
 * expression names. `instance` and `job` are there as far as nothing aggregates them away.
 */
export function carriedLabels(
  labels: Readonly<Record<string, string>>,
  words: readonly string[],
  expression: string,
): readonly string[] {
  const names = new Set(['alertname', ...Object.keys(labels)]);
  for (const text of words)
    for (const [, variable, dotted, index] of text.matchAll(
      /\$labels\.([A-Za-z_]\w*)|\.Labels\.([A-Za-z_]\w*)|index \$labels "([^"]+)"/g,
    ))
      names.add(variable ?? dotted ?? index ?? '');
  const plain = expression.replace(/"[^"\n]*"|'[^'\n]*'|`[^`]*`/g, '""');
  for (const [, name = ''] of plain.matchAll(/([A-Za-z_]\w*)\s*(?:=~|!~|!=|=)\s*""/g))
    names.add(name);
  for (const [, keyword = '', list = ''] of plain.matchAll(/\b([a-z_]+)\s*\(([\w\s,]*)\)/g)) {
    if (!KEYWORDS.has(keyword)) continue;
    for (const name of list.split(',')) if (name.trim() !== '') names.add(name.trim());
  }
  for (const name of targetLabels(expression)) names.add(name);
  return [...names].filter((name) => name !== '').toSorted();
}

/** A name as labels and inputs share it: `pod-name`, `POD_NAME` and `podName` are one. */
export function sharedName(name: string): string {
  return name.replace(/[-_.\s]/g, '').toLowerCase();
}
