import type { Alias, Document, Node, Pair, YAMLMap } from 'yaml';

/** How a document of rules is looked into: aliases and merge keys are followed, nothing is multiplied. */
export interface RuleNodes {
  /** The pairs of a map by their keys, with those that `<<` merges into it. */
  entries(map: YAMLMap): ReadonlyMap<string, unknown>;
  /** The map that a node is or stands for. */
  mapOf(node: unknown): YAMLMap | undefined;
  /** The items of a list. */
  items(node: unknown): readonly unknown[];
  /** What is written where a text is expected: `404` is one too. */
  text(node: unknown): string | undefined;
  /** A node as plain data; `undefined` for what is deeper or larger than a rule ever is. */
  plain(node: unknown): unknown;
  /** Aliases that stand within what they stand for. */
  readonly selves: readonly Alias[];
}

export type Yaml = typeof import('yaml');

/** Deeper than labels and annotations nothing is asked for. */
const MOST_DEPTH = 8;
/** Nodes that one thing asked for may hold, however often its aliases name them. */
const MOST_NODES = 5000;
const MERGE = '<<';

/**
 * Looks into one document. The library's own `toJS` searches the whole document for each alias: of a file in which
 * every rule shares its labels that is quadratic.
 */
export function ruleNodes(document: Document, yaml: Yaml): RuleNodes {
  const { isAlias, isMap, isScalar, isSeq } = yaml;
  const { targets, selves } = targetsIn(document, yaml);
  const known = new Map<Node, unknown>();

  const behind = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);

  const mapOf = (node: unknown): YAMLMap | undefined => {
    const target = behind(node);
    return isMap(target) ? target : undefined;
  };

  const items = (node: unknown): readonly unknown[] => {
    const target = behind(node);
    return isSeq(target) ? target.items : [];
  };

  const entries = (map: YAMLMap): ReadonlyMap<string, unknown> => {
    const found = new Map<string, unknown>();
    const seen = new Set<YAMLMap>();
    const take = (source: YAMLMap, depth: number): void => {
      if (seen.has(source) || seen.size > MOST_NODES || depth > MOST_DEPTH) return;
      seen.add(source);
      const merges: unknown[] = [];
      for (const pair of source.items) {
        const key = keyOf(pair);
        if (key === MERGE) merges.push(pair.value);
        else if (key !== undefined && !found.has(key)) found.set(key, pair.value);
      }
      for (const one of merges.flatMap((merge) => [merge, ...items(merge)])) {
        const other = mapOf(one);
        if (other !== undefined) take(other, depth + 1);
      }
    };
    take(map, 0);
    return found;
  };

  const keyOf = ({ key }: Pair): string | undefined => {
    const value: unknown = isScalar(key) ? key.value : key;
    if (typeof value === 'symbol') return value.description;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };

  const text = (node: unknown): string | undefined => {
    const target = behind(node);
    if (!isScalar(target) || target.value === null) return undefined;
    return typeof target.value === 'string'
      ? target.value
      : (target.source ?? String(target.value));
  };

  const plain = (node: unknown): unknown => {
    const target = behind(node);
    if (isAlias(node) && known.has(target as Node)) return known.get(target as Node);
    let nodes = 0;
    const data = (one: unknown, depth: number): unknown => {
      const is = behind(one);
      nodes += 1;
      if (nodes > MOST_NODES || depth > MOST_DEPTH) throw new TooMuch();
      if (isScalar(is)) return is.value;
      if (isSeq(is)) return is.items.map((item) => data(item, depth + 1));
      if (!isMap(is)) return undefined;
      return Object.fromEntries(
        [...entries(is)].map(([key, value]) => [key, data(value, depth + 1)]),
      );
    };
    const all = bounded(() => data(target, 0));
    if (isAlias(node)) known.set(target as Node, all);
    return all;
  };

  return { entries, mapOf, items, text, plain, selves };
}

class TooMuch extends Error {}

function bounded(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}

/** What each alias stands for: the last node of that name before it. */
function targetsIn(
  document: Document,
  { visit }: Yaml,
): { readonly targets: ReadonlyMap<Alias, Node>; readonly selves: readonly Alias[] } {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const selves: Alias[] = [];
  visit(document, {
    Alias(_key, alias, path) {
      const target = anchors.get(alias.source);
      if (target !== undefined && path.includes(target)) selves.push(alias);
      else if (target !== undefined) targets.set(alias, target);
    },
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return { targets, selves };
}
