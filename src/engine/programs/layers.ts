import { listOf, readArguments, unquoted } from './arguments.ts';
import { baseName, findProgram } from './find.ts';
import type { Feed, Use } from './program.ts';
import { valuesOf } from './rules.ts';

/** What a command hands on: words, a text for a shell, or a shell that waits for input. */
export type Handed =
  | {
      readonly kind: 'words';
      readonly words: readonly string[];
      readonly elsewhere: boolean;
      readonly writes: boolean;
    }
  | {
      readonly kind: 'script';
      readonly text: string;
      readonly elsewhere: boolean;
      readonly writes: boolean;
    }
  | { readonly kind: 'open' };

const MAX_LAYERS = 12;

/** Stands for what `xargs` will put behind a command. */
export const UNSEEN = '$_';

/** Reads words by the record of their program; `undefined` when there is none. */
export function useOf(words: readonly string[], feed?: Feed): Use | undefined {
  const [name = '', ...args] = words;
  const { base } = baseName(unquoted(name));
  const program = findProgram(base);
  if (program === undefined) return undefined;
  const use = readArguments(program, base, args, feed);
  const first = use.words[0];
  const narrower = first === undefined ? undefined : findProgram(`${base} ${first}`);
  if (first === undefined || narrower === undefined) return use;
  const at = args.indexOf(first);
  const rest = [...args.slice(0, at), ...args.slice(at + 1)];
  return readArguments(narrower, `${base} ${first}`, rest, feed);
}

/** What the command hands on to another program; `undefined` when it runs none. */
export function handedOn(use: Use): Handed | undefined {
  for (const { option = '', elsewhere = false, writes = false } of use.program.runs ?? []) {
    const [text] = option === '' ? [] : valuesOf(use, ...option.split(' '));
    if (text !== undefined) return { kind: 'script', text, elsewhere, writes };
  }
  const { inner, runs } = use;
  if (inner === undefined || runs === undefined) return undefined;
  const { elsewhere = false, writes = false } = runs;
  const [first] = inner;
  if (first === undefined) return runs.opens === true ? { kind: 'open' } : undefined;
  if (/^-\w*c$/.test(first) && inner[1] !== undefined)
    return { kind: 'script', text: unquoted(inner[1]), elsewhere, writes };
  if (runs.shell === true)
    return { kind: 'script', text: inner.map(unquoted).join(' '), elsewhere, writes };
  return {
    kind: 'words',
    words: runs.appends === true ? [...inner, UNSEEN] : inner,
    elsewhere,
    writes,
  };
}

/** The command and, one behind the other, those it runs; the last may be a program without a record. */
export function layersOf(words: readonly string[], feed?: Feed): readonly Layer[] {
  const layers: Layer[] = [];
  let inner = words;
  let elsewhere = false;
  for (let depth = 0; depth < MAX_LAYERS && inner.length > 0; depth += 1) {
    const use = useOf(inner, feed);
    const handed = use === undefined ? undefined : handedOn(use);
    layers.push({ words: inner, use, handed, elsewhere });
    if (handed?.kind !== 'words') break;
    inner = handed.words;
    elsewhere ||= handed.elsewhere;
  }
  return layers;
}

/**
 * What says where the programs of a command go (an URL, a connection string, a host with its own settings), and the
 * code that they are given.
 */
export function addressesIn(words: readonly string[]): readonly string[] {
  return layersOf(words).flatMap(({ use }) => {
    if (use === undefined) return [];
    const { addresses, code } = use.program;
    const named = listOf(`${addresses ?? ''} ${code?.options ?? ''}`);
    return [
      ...use.words.filter(
        (_, at) => named.has('=*') || named.has(`=${at}`) || at === code?.operand,
      ),
      ...use.options.filter(({ name }) => named.has(name)).map(({ value }) => value),
    ];
  });
}

/** One program of a command. */
export interface Layer {
  readonly words: readonly string[];
  readonly use: Use | undefined;
  readonly handed: Handed | undefined;
  /** It runs on another machine or in a container. */
  readonly elsewhere: boolean;
}
