import type { OptionSpec } from './command.ts';

/** One word of a command line, or an option with the value it was given. */
export type Token =
  | { readonly kind: 'word'; readonly value: string }
  | {
      readonly kind: 'option';
      /** Without dashes, its long name where it has one. */
      readonly name: string;
      /** As it was typed. */
      readonly rawName: string;
      readonly value: string | undefined;
      /** The value stood in the same word. */
      readonly inline: boolean;
    };

/**
 * Splits a command line as Node's `parseArgs` does without `strict`: `--name value`, `--name=value`, `-n value`,
 * `-nvalue`, `-ab`, and words alone behind `--`. By hand, since to load and run `parseArgs` takes 2 ms of every start.
 */
export function tokensOf(argv: readonly string[], specs: readonly OptionSpec[]): readonly Token[] {
  const tokens: Token[] = [];
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      tokens.push(...rest.map((value) => ({ kind: 'word', value }) as const));
      break;
    }
    if (word.startsWith('--')) tokens.push(long(word, specs, rest));
    else if (word.startsWith('-') && word !== '-') tokens.push(...short(word, specs, rest));
    else tokens.push({ kind: 'word', value: word });
  }
  return tokens;
}

function long(word: string, specs: readonly OptionSpec[], rest: string[]): Token {
  const equals = word.includes('=', 3) ? word.indexOf('=') : -1;
  const rawName = equals < 0 ? word : word.slice(0, equals);
  const name = rawName.slice(2);
  if (equals >= 0)
    return { kind: 'option', name, rawName, value: word.slice(equals + 1), inline: true };
  const value = takesValue(name, specs) ? rest.shift() : undefined;
  return { kind: 'option', name, rawName, value, inline: false };
}

/** Flags in one word, of which the last may take a value: what is left of the word, or the next one. */
function short(word: string, specs: readonly OptionSpec[], rest: string[]): readonly Token[] {
  const tokens: Token[] = [];
  const letters = word.slice(1);
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters.charAt(at);
    const name = specs.find((spec) => spec.short === letter)?.name ?? letter;
    const rawName = `-${letter}`;
    if (!takesValue(name, specs)) {
      tokens.push({ kind: 'option', name, rawName, value: undefined, inline: false });
      continue;
    }
    const inline = at + 1 < letters.length;
    const value = inline ? letters.slice(at + 1) : rest.shift();
    tokens.push({ kind: 'option', name, rawName, value, inline });
    break;
  }
  return tokens;
}

function takesValue(name: string, specs: readonly OptionSpec[]): boolean {
  return specs.find((spec) => spec.name === name)?.value !== undefined;
}
