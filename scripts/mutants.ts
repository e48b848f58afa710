/**
 * Changes the program in one small place at a time and asks the tests: whoever they do not notice survives.
 *
 *     npm run mutants                            44 of them, by today's seed
 *     npm run mutants -- --count 10 --seed 7     fewer, the same ones again
 *     npm run mutants -- --in src/engine         below a folder alone
 *     npm run mutants -- --near                  ask the tests of the file or its room alone
 *
 * One after the other, in a copy of the last commit; each is given the tests of its file or its room, which call the built
 * command, and then those that reach the file. What takes longer than `--limit` seconds is not told, nor with `--near` what
 * stands in a room without tests. Exit 1 when more survive than one in fourteen.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { parseSync, Visitor } from 'oxc-parser';
import { readHouse } from './house.ts';
import { sayHelp } from './say-help.ts';

const root = path.dirname(import.meta.dirname);

/** What a mutant does to the program. */
export const KINDS = ['comparison', 'constant', 'dropped call', 'negation'] as const;

/** One small change. */
export interface Mutant {
  readonly kind: (typeof KINDS)[number];
  /** Offsets in the file's text, and what stands there instead. */
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

const OTHER: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
};

/** Every mutant that a source can be made into, in the order of its text. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const found: Mutant[] = [];
  const types = new Set<number>();
  const note = (kind: Mutant['kind'], at: Span, instead: string): void => {
    found.push({ kind, start: at.start, end: at.end, instead });
  };
  new Visitor({
    TSLiteralType: ({ literal }) => types.add(literal.start),
    BinaryExpression({ left, right, operator }) {
      const other = OTHER[operator];
      if (other === undefined) return;
      const between = text.slice(left.end, right.start);
      const start = left.end + between.lastIndexOf(operator);
      note('comparison', { start, end: start + operator.length }, other);
    },
    Literal(node) {
      if (types.has(node.start)) return;
      if (typeof node.value === 'number') note('constant', node, String(node.value + 1));
      if (typeof node.value === 'boolean') note('constant', node, String(!node.value));
    },
    ExpressionStatement(node) {
      const call =
        node.expression.type === 'AwaitExpression' ? node.expression.argument : node.expression;
      if (call.type === 'CallExpression' && call.callee.type !== 'Super')
        note('dropped call', node, ';');
    },
    IfStatement: ({ test }) => note('negation', test, `!(${text.slice(test.start, test.end)})`),
    ConditionalExpression: ({ test }) =>
      note('negation', test, `!(${text.slice(test.start, test.end)})`),
    UnaryExpression(node) {
      if (node.operator === '!')
        note('negation', node, text.slice(node.argument.start, node.argument.end));
    },
  }).visit(parseSync(file, text).program);
  return found.toSorted((a, b) => a.start - b.start);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text with the mutant in it. */
export function mutated(text: string, { start, end, instead }: Mutant): string {
  return `${text.slice(0, start)}${instead}${text.slice(end)}`;
}

/** Numbers from 0 to 1 that a seed decides: mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Placed = Mutant & { readonly file: string };

/** So many mutants, each kind as often as any other, whatever there is more of. */
function chosen(folder: string, count: number, seed: number): readonly Placed[] {
  const all = readHouse()
    .filter((file) => file.path.startsWith(folder))
    .flatMap((file) => mutantsOf(file.path, file.text).map((one) => ({ ...one, file: file.path })));
  const next = random(seed);
  return Array.from({ length: count }, (_, at) => {
    const kind = KINDS[at % KINDS.length];
    const some = all.filter((one) => one.kind === kind);
    return some[Math.floor(next() * some.length)];
  }).filter((one) => one !== undefined);
}

type Verdict =
  | 'killed'
  | 'survived'
  | 'not told in time'
  | 'not told: red without it too'
  | 'not told: no test is near';

/** A copy of the last commit in which the tests are asked; what they say of it as it is, is asked once for each set. */
class Copy {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'handrail-mutants-'));
  readonly #limitMs: number;
  readonly #plain = new Map<string, Verdict>();

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
    // A checkout, since tests ask git about the tree that they stand in.
    const clone = ['clone', '--quiet', '--shared', '--', root, this.folder];
    execFileSync('git', clone);
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'));
  }

  /** What the tests say of a mutant: those of its file or its room, and unless it is `near` all that reach the file. */
  verdictOn(mutant: Placed, isNear: boolean): Verdict {
    const own = mirrored(this.folder, mutant.file);
    const sets = [
      ...(own === undefined ? [] : [['run', own]]),
      ...(isNear ? [] : [['related', mutant.file, '--passWithNoTests']]),
    ];
    if (sets.length === 0) return 'not told: no test is near';
    const file = path.join(this.folder, mutant.file);
    const text = readFileSync(file, 'utf8');
    for (const set of sets) {
      writeFileSync(file, mutated(text, mutant));
      const said = this.#ask(set);
      writeFileSync(file, text);
      if (said === 'killed') return this.#isGreen(set);
      if (said !== 'survived') return said;
    }
    return 'survived';
  }

  /** Tests that are red at a mutant say something of it where they are green without it. */
  #isGreen(set: readonly string[]): Verdict {
    const key = set.join(' ');
    const plain = this.#plain.get(key) ?? this.#ask(set);
    this.#plain.set(key, plain);
    if (plain === 'survived') return 'killed';
    return plain === 'killed' ? 'not told: red without it too' : plain;
  }

  #ask(set: readonly string[]): Verdict {
    const { status, error } = spawnSync(
      path.join(root, 'node_modules/.bin/vitest'),
      [...set, '--run', '--bail=1', '--maxWorkers=1'],
      { cwd: this.folder, stdio: 'ignore', timeout: this.#limitMs, killSignal: 'SIGTERM' },
    );
    // Vitest ends by itself when it is told to, with an exit code like any other.
    if (status === null || error !== undefined) return 'not told in time';
    return status === 0 ? 'survived' : 'killed';
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The test of a file, or the tests of the nearest folder above it that has any. */
function mirrored(copy: string, file: string): string | undefined {
  const own = file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts');
  if (existsSync(path.join(copy, own))) return own;
  let folder = path.dirname(own);
  while (!existsSync(path.join(copy, folder))) folder = path.dirname(folder);
  return /^test\/[^/]+\/./.test(folder) ? folder : undefined;
}

if (process.argv[1] === import.meta.filename) {
  sayHelp(import.meta.filename);
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '44' },
      seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
      in: { type: 'string', default: 'src/' },
      limit: { type: 'string', default: '600' },
      near: { type: 'boolean', default: false },
    },
  });
  const copy = new Copy(Number(values.limit) * 1000);
  const tally = new Map<Verdict, number>();
  try {
    const mutants = chosen(values.in, Number(values.count), Number(values.seed));
    for (const mutant of mutants) {
      const verdict = copy.verdictOn(mutant, values.near);
      tally.set(verdict, (tally.get(verdict) ?? 0) + 1);
      const text = readFileSync(path.join(copy.folder, mutant.file), 'utf8');
      const line = text.slice(0, mutant.start).split('\n').length;
      const was = text.slice(mutant.start, mutant.end).replace(/\s+/g, ' ').slice(0, 60);
      console.log(
        `${verdict}: ${mutant.file}:${line} ${mutant.kind}: ${was} → ${mutant.instead.replace(/\s+/g, ' ').slice(0, 60)}`,
      );
    }
    console.log([...tally].map(([verdict, count]) => `${count} ${verdict}`).join(', '));
    const survived = tally.get('survived') ?? 0;
    process.exitCode = survived * 14 > mutants.length ? 1 : 0;
  } finally {
    copy.remove();
  }
}
