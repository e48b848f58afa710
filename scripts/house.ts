/**
 * The house in numbers: files, folders, lines, functions, who imports whom, regular expressions.
 *
 *     npm run house              prints them
 *     npm run house -- --lone    and the files that a single other file imports
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Program, parseSync, Visitor } from 'oxc-parser';
import { sayHelp } from './say-help.ts';

const root = path.dirname(import.meta.dirname);

/** One source file, as the laws and the numbers ask about it. */
export interface SourceFile {
  /** From the root, such as `src/engine/load.ts`. */
  readonly path: string;
  readonly text: string;
  /** Its syntax, read once for everybody who asks. */
  readonly program: Program;
  /** Paths of our own files that it imports for their values or types, in order; each once. */
  readonly imports: readonly string[];
  /** Lines of every function in it. */
  readonly functions: readonly number[];
  readonly regexes: number;
}

/** Every source below a folder of the root, in order of their paths. */
export function readHouse(folder = 'src'): readonly SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => `${folder}/${name.split(path.sep).join('/')}`)
    .toSorted()
    .map((file) => readSource(file, readFileSync(path.join(root, file), 'utf8')));
}

/** Reads one source. Imports that are made on demand count as well. */
export function readSource(file: string, text: string): SourceFile {
  const imports = new Set<string>();
  const functions: number[] = [];
  let regexes = 0;
  const { program } = parseSync(file, text);
  const names = (specifier: string): void => {
    if (specifier.startsWith('.') && specifier.endsWith('.ts'))
      imports.add(path.posix.join(path.posix.dirname(file), specifier));
  };
  const measured = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    functions.push(text.slice(start, end).split('\n').length);
  };
  const literal = (node: { readonly type: string; readonly value?: unknown }): void => {
    if (node.type === 'Literal' && typeof node.value === 'string') names(node.value);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => literal(source),
    ExportNamedDeclaration: ({ source }) => source !== null && literal(source),
    ImportExpression: ({ source }) => literal(source),
    FunctionDeclaration: measured,
    FunctionExpression: measured,
    ArrowFunctionExpression: measured,
    Literal: (node) => {
      if ('regex' in node) regexes += 1;
    },
  }).visit(program);
  return { path: file, text, program, imports: [...imports], functions, regexes };
}

/** Who imports a file, by the file's path. */
export function importersOf(house: readonly SourceFile[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>(house.map((file) => [file.path, []]));
  for (const file of house) for (const name of file.imports) found.get(name)?.push(file.path);
  return found;
}

/** Files with one importer, which could live in it. */
export function loneFiles(house: readonly SourceFile[]): readonly string[] {
  return [...importersOf(house)].filter(([, by]) => by.length === 1).map(([name]) => name);
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function spread(numbers: readonly number[]): string {
  const sorted = numbers.toSorted((a, b) => a - b);
  return `median ${at(sorted, 0.5)}, p90 ${at(sorted, 0.9)}, longest ${sorted.at(-1) ?? 0}`;
}

if (process.argv[1] === import.meta.filename) {
  sayHelp(import.meta.filename);
  const house = readHouse();
  const lines = house.map(({ text }) => text.split('\n').length - 1);
  const folders = Map.groupBy(house, (file) => path.dirname(file.path));
  const lone = loneFiles(house);
  const regexes = house.reduce((sum, file) => sum + file.regexes, 0);
  console.log(`files      ${house.length}, of lines: ${spread(lines)}`);
  console.log(
    `folders    ${folders.size}, ${[...folders].filter(([, in_]) => in_.length < 4).length} with fewer than four files`,
  );
  console.log(`lines      ${lines.reduce((sum, each) => sum + each, 0)}`);
  console.log(`functions  of lines: ${spread(house.flatMap(({ functions }) => functions))}`);
  console.log(`lone       ${lone.length} files have one importer`);
  console.log(`regexes    ${regexes} literals`);
  if (process.argv.includes('--lone')) console.log(lone.join('\n'));
}
