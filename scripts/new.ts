/**
 * Adds something of a kind: its file, its import and its entry in the list, and a test where the kind has none that runs
 * every example.
 *
 *     npm run new -- step-type|renderer|store|rule|class|language|program|command NAME
 *
 * What is written is the example of CONTRIBUTING.md under another name; of a store, the one that keeps runs in memory.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sayHelp } from './say-help.ts';

/** Where things of a kind stand, and how one is listed. */
interface Kind {
  /** Its heading in CONTRIBUTING.md. */
  readonly heading: string;
  /** A file of its kind that the example is, where it is too long for a page. */
  readonly file?: string;
  /** The name that its example has there. */
  readonly example: string;
  readonly folder: string;
  readonly list: string;
  /** The line of the list above the entry. */
  readonly above: RegExp;
  readonly entry: (variable: string, name: string) => string;
  readonly import?: (variable: string, specifier: string) => string;
  readonly shouts?: true;
  /** Its name is what a URL begins with, and so one word. */
  readonly isScheme?: true;
  readonly also?: { readonly file: string; readonly above: RegExp; readonly line: string };
}

const item = (variable: string): string => `  ${variable},`;

/** Every kind that can be added, by its word. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'step-type': {
    heading: 'Add a step type',
    example: 'wait-for',
    folder: 'src/steps',
    list: 'src/steps/index.ts',
    above: /^export const stepTypes/,
    entry: item,
  },
  renderer: {
    heading: 'Add a renderer',
    example: 'run-text',
    folder: 'src/renderers',
    list: 'src/renderers/index.ts',
    above: /\)\[\] = \[/,
    entry: item,
  },
  store: {
    heading: 'Add a store',
    file: 'src/stores/memory.ts',
    example: 'memory',
    folder: 'src/stores',
    list: 'src/stores/index.ts',
    above: /^export const stores/,
    entry: (variable) => `  ${variable}: (_url, clock) => new ${pascal(variable)}Store(clock),`,
    import: (variable, specifier) => `import { ${pascal(variable)}Store } from '${specifier}';`,
    isScheme: true,
  },
  rule: {
    heading: 'Add a rule',
    example: 'curl-insecure',
    folder: 'src/engine/checks',
    list: 'src/engine/checks/index.ts',
    above: /^export const RULES/,
    entry: item,
  },
  class: {
    heading: 'Add a class',
    example: 'quotation',
    folder: 'src/engine/reading/classes',
    list: 'src/engine/reading/classes/items.ts',
    above: /^export const ITEM_CLASSES/,
    entry: item,
    also: {
      file: 'src/engine/reading/classes/weights.ts',
      above: /^export const WEIGHTS/,
      line: "  'quotation/first': 20,",
    },
  },
  language: {
    heading: 'Add a language',
    example: 'esperanto',
    folder: 'src/engine/reading/languages',
    list: 'src/engine/reading/languages/all.ts',
    above: /^ {2}english,$/,
    entry: item,
  },
  program: {
    heading: 'Add a program',
    example: 'snapshots',
    folder: 'src/engine/programs/families',
    list: 'src/engine/programs/index.ts',
    above: /^ {2}SHELL,$/,
    entry: item,
    shouts: true,
  },
  command: {
    heading: 'Add a command',
    example: 'tally',
    folder: 'src/cli/commands',
    list: 'src/cli/table.ts',
    above: /^ {2}commands: \[$/,
    entry: (variable, name) => `    command(${variable}, () => import('./commands/${name}.ts')),`,
    import: (variable, specifier) => `import { spec as ${variable} } from '${specifier}';`,
  },
};

/** Adds one of a kind below `root`; returns the files that are new or changed. Throws an Error with one sentence. */
export function add(root: string, kind: string, name: string): readonly string[] {
  const how = KINDS[kind];
  if (how === undefined)
    throw new Error(`There is no kind \`${kind}\`: give ${Object.keys(KINDS).join(', ')}.`);
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name))
    throw new Error(`\`${name}\` is no name: small letters and digits, parted by \`-\`.`);
  if (how.isScheme && !/^\w{2,}$/.test(name))
    throw new Error(`\`${name}\` is no scheme: two or more small letters and digits.`);
  const file = `${how.folder}/${name}.ts`;
  if (existsSync(path.join(root, file))) throw new Error(`${file} is there already.`);
  const [code, test] =
    how.file === undefined
      ? examplesIn(path.join(root, 'CONTRIBUTING.md'), how.heading)
      : [readFileSync(path.join(root, how.file), 'utf8')];
  if (code === undefined) throw new Error(`CONTRIBUTING.md has no example under "${how.heading}".`);
  const renamed = (text: string): string => rename(text, how.example, name);
  const written = new Map([[file, renamed(code)]]);
  if (test !== undefined && kind !== 'step-type')
    written.set(file.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts'), renamed(test));
  const variable = how.shouts ? shouted(name) : camel(name);
  const specifier = `./${path.posix.relative(path.posix.dirname(how.list), file)}`;
  const line = how.import ?? ((one, from) => `import { ${one} } from '${from}';`);
  const list = readFileSync(path.join(root, how.list), 'utf8');
  const entry = how.entry(variable, name);
  written.set(how.list, `${line(variable, specifier)}\n${below(list, how.above, entry)}`);
  if (how.also) {
    const text = readFileSync(path.join(root, how.also.file), 'utf8');
    written.set(how.also.file, below(text, how.also.above, renamed(how.also.line)));
  }
  for (const [each, text] of written) writeFileSync(path.join(root, each), text);
  return [...written.keys()];
}

/** The TypeScript examples below a heading. */
function examplesIn(file: string, heading: string): readonly string[] {
  const sections = readFileSync(file, 'utf8').split(/^#{2,3} /m);
  const section = sections.find((one) => one.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** The text with one line more below the first that is so; a list on one line is opened. */
function below(text: string, above: RegExp, entry: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((each) => above.test(each));
  const line = lines[at];
  if (line?.endsWith('];') === true)
    return lines
      .with(at, `${line.slice(0, -2)}, ${entry.trim()}];`)
      .join('\n')
      .replace(',];', '];');
  if (line !== undefined)
    return [...lines.slice(0, at + 1), entry, ...lines.slice(at + 1)].join('\n');
  throw new Error(`The list has no line like ${above}.`);
}

function rename(text: string, from: string, to: string): string {
  return text
    .replaceAll(new RegExp(`${pascal(from)}(?=[A-Z])`, 'g'), pascal(to))
    .replaceAll(from, to)
    .replaceAll(camel(from), camel(to))
    .replaceAll(shouted(from), shouted(to))
    .replaceAll(capital(from), capital(to));
}

const camel = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string): string => capital(camel(name));
const shouted = (name: string): string => name.replaceAll('-', '_').toUpperCase();
const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

if (process.argv[1] === import.meta.filename) {
  sayHelp(import.meta.filename);
  const root = path.dirname(import.meta.dirname);
  const [kind = '', name = ''] = process.argv.slice(2);
  try {
    const files = add(root, kind, name);
    // Imports in their order, entries as the formatter wants them.
    execFileSync(path.join(root, 'node_modules/.bin/biome'), ['check', '--write', ...files], {
      cwd: root,
      stdio: 'ignore',
    });
    console.log(files.join('\n'));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
