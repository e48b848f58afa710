import {
  type CharTest,
  characterEscape,
  charClass,
  is,
  peek,
  type Reader,
  rest,
} from './regex-class.ts';

/** What a zero-width position must be. */
export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/** A regular expression as a tree. */
export type RegexNode =
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'all'; readonly items: readonly RegexNode[] }
  | { readonly kind: 'any'; readonly items: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: RegexNode;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'assert'; readonly what: Assertion };

interface Flags {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

const MAX_DEPTH = 100;
const MAX_REPEAT = 1000;

/**
 * Reads a regular expression of the RE2 family (the language of Go, Rust and scrut): everything that can be decided
 * in linear time. Throws a SyntaxError with one phrase for what it cannot read: look-around and back-references.
 */
export function parseRegex(source: string): RegexNode {
  const reader: Reader = { chars: Array.from(source), at: 0, depth: 0 };
  const node = alternatives(reader, { ignoreCase: false, dotAll: false, multiline: false });
  if (reader.at < reader.chars.length) throw new SyntaxError('a `)` that nothing opens');
  return node;
}

function alternatives(reader: Reader, flags: Flags): RegexNode {
  const items: RegexNode[] = [];
  let current = flags;
  for (;;) {
    const [node, after] = sequence(reader, current);
    items.push(node);
    current = after;
    if (peek(reader) !== '|') break;
    reader.at += 1;
  }
  return items.length === 1 && items[0] ? items[0] : { kind: 'any', items };
}

function sequence(reader: Reader, flags: Flags): readonly [RegexNode, Flags] {
  const items: RegexNode[] = [];
  let current = flags;
  while (reader.at < reader.chars.length && peek(reader) !== '|' && peek(reader) !== ')') {
    const bare = /^\(\?([ims]*)(?:-([ims]+))?\)/.exec(rest(reader));
    if (bare) {
      reader.at += bare[0].length;
      current = withFlags(current, bare[1] ?? '', bare[2] ?? '');
      continue;
    }
    items.push(quantified(reader, atom(reader, current)));
  }
  return [{ kind: 'all', items }, current];
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const set = (letter: string, before: boolean): boolean =>
    (before || on.includes(letter)) && !off.includes(letter);
  return {
    ignoreCase: set('i', flags.ignoreCase),
    dotAll: set('s', flags.dotAll),
    multiline: set('m', flags.multiline),
  };
}

function quantified(reader: Reader, item: RegexNode): RegexNode {
  let node = item;
  for (;;) {
    const bounds = quantifier(reader);
    if (!bounds) return node;
    if (node.kind === 'assert') continue;
    node = { kind: 'repeat', item: node, min: bounds[0], max: bounds[1] };
  }
}

/** A quantifier at the reader's place. Lazy and possessive marks change no verdict and are passed over. */
function quantifier(reader: Reader): readonly [number, number] | undefined {
  const found = /^(?:[*+?]|\{(\d{1,6})(,?)(\d{0,6})\})/.exec(rest(reader));
  if (!found) return undefined;
  reader.at += found[0].length;
  if (peek(reader) === '?' || peek(reader) === '+') reader.at += 1;
  if (found[0] === '*') return [0, Number.POSITIVE_INFINITY];
  if (found[0] === '+') return [1, Number.POSITIVE_INFINITY];
  if (found[0] === '?') return [0, 1];
  const min = Number(found[1]);
  const max = found[2] === '' ? min : found[3] === '' ? Number.POSITIVE_INFINITY : Number(found[3]);
  if (min > MAX_REPEAT || (Number.isFinite(max) && max > MAX_REPEAT) || max < min) {
    throw new SyntaxError(
      `the repetition \`${found[0]}\`, whose bounds must rise and stay below ${MAX_REPEAT}`,
    );
  }
  return [min, max];
}

function atom(reader: Reader, flags: Flags): RegexNode {
  const char = peek(reader);
  if (char === '(') return group(reader, flags);
  if (char === '[') return { kind: 'char', test: folded(charClass(reader), flags) };
  if (char === '\\') return escaped(reader, flags);
  reader.at += 1;
  if (char === '.')
    return { kind: 'char', test: flags.dotAll ? () => true : (code) => code !== 10 };
  if (char === '^') return { kind: 'assert', what: flags.multiline ? 'line-start' : 'start' };
  if (char === '$') return { kind: 'assert', what: flags.multiline ? 'line-end' : 'end' };
  if (char === '*' || char === '+' || char === '?')
    throw new SyntaxError(`a \`${char}\` with nothing before it`);
  return { kind: 'char', test: folded(is(char), flags) };
}

function group(reader: Reader, flags: Flags): RegexNode {
  const opening =
    /^\((?:\?(?::|P?<[A-Za-z_]\w*>|([ims]*)(?:-([ims]+))?:))?/.exec(rest(reader, 80))?.[0] ?? '(';
  if (/^\(\?(?:[=!]|<[=!])/.test(rest(reader)))
    throw new SyntaxError('look-around, which cannot be matched in linear time');
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new SyntaxError('groups nested too deep');
  reader.at += opening.length;
  const letters = /^\(\?([ims]*)(?:-([ims]+))?:$/.exec(opening);
  const node = alternatives(
    reader,
    letters ? withFlags(flags, letters[1] ?? '', letters[2] ?? '') : flags,
  );
  if (peek(reader) !== ')') throw new SyntaxError('a `(` that nothing closes');
  reader.at += 1;
  reader.depth -= 1;
  return node;
}

function escaped(reader: Reader, flags: Flags): RegexNode {
  const letter = peek(reader, 1);
  const edges: Readonly<Record<string, Assertion>> = {
    b: 'word-edge',
    B: 'no-word-edge',
    A: 'start',
    z: 'end',
    Z: 'end',
  };
  const edge = edges[letter];
  if (edge) {
    reader.at += 2;
    return { kind: 'assert', what: edge };
  }
  if (/[1-9k]/.test(letter))
    throw new SyntaxError('a back-reference, which cannot be matched in linear time');
  return { kind: 'char', test: folded(characterEscape(reader), flags) };
}

function folded(test: CharTest, flags: Flags): CharTest {
  if (!flags.ignoreCase) return test;
  const other = (code: number, way: 'toLowerCase' | 'toUpperCase'): number =>
    String.fromCodePoint(code)[way]().codePointAt(0) ?? code;
  return (code) =>
    test(code) || test(other(code, 'toLowerCase')) || test(other(code, 'toUpperCase'));
}
