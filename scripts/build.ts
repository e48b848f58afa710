/**
 * `npm run build`: makes `dist/`, the bin and the public API, each a door of ES to the CommonJS files they share, the
 * files they read at run time, and (unless `--bundle-only`) the declaration files; with `--if-stale` the bundles alone, where they are
 * older than what they are made of; with `--clean` without what earlier builds left there for commands that still run.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'oxc-parser';
import { type Plugin, type RolldownBuild, rolldown } from 'rolldown';
import type { CommandTable } from '../src/cli/command.ts';
import { mainHelp } from '../src/cli/help.ts';
import { TEMPLATE_OPTIONS } from '../src/renderers/formats/template-options.ts';

import { lateValues } from './late-values.ts';
import { noticeOf } from './notice.ts';
import { plainCode } from './plain-code.ts';
import { sayHelp } from './say-help.ts';
import { tellingWordsMade } from './telling-words.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Native code, found at run time where it is installed. */
const EXTERNAL = ['@lydell/node-pty', 'pg-native', /^node:/];

/** What every command loads. */
const MAIN = path.join(root, 'src/cli/main.ts');

/** What a command loads that only looks at a page, and finds it read before. */
const PAGE = [
  'src/host/read-page.ts',
  'src/cli/commands/show.ts',
  'src/cli/show/show-text.ts',
  'src/cli/show/show-json.ts',
  'src/cli/commands/list.ts',
  'src/cli/commands/check.ts',
  'src/cli/check-formats/text.ts',
].map((file) => path.join(root, file));

/** What looks for findings: a run does so too, before its first step, and `check` where it did not look before. */
const CHECK = ['src/checking.ts', 'src/engine/planning/pick-procedures.ts'].map((file) =>
  path.join(root, file),
);

/** What every unattended run loads; what it compares JSON with stands with it, and not with what reads pages. */
const RUN = ['src/cli/commands/run.ts', 'src/engine/expect/sample-json.ts'].map((file) =>
  path.join(root, file),
);

/** What finds and binds inputs: a run of a part of a page asks for it, too, and not for all that reads pages (15 ms). */
const INPUTS = ['src/engine/bind-inputs.ts', 'src/engine/inputs.ts'].map((file) =>
  path.join(root, file),
);

/** What a page with shell in it is read by, the first time. */
const PARSE = [
  'src/engine/parse.ts',
  'src/steps/index.ts',
  'src/engine/shell/facts.ts',
  'src/engine/shell/guards.ts',
  'src/engine/reading/misplaced-words.ts',
  'src/engine/reading/frontmatter-values.ts',
].map((file) => path.join(root, file));

/**
 * How shell is understood: the grammar and what is known of programs, half as much code as all of a run. A page that was
 * read before brings its facts along, so this is loaded where somebody asks for it and not with whoever might: 7 ms.
 */
const SHELL = [
  'src/engine/shell/facts.ts',
  'src/engine/shell/wild.ts',
  'src/engine/shell/reads-on.ts',
  'src/engine/programs/behaviour.ts',
  'src/engine/programs/find.ts',
  'src/engine/programs/secrets.ts',
  'src/text/sql-effect.ts',
].map((file) => path.join(root, file));

/** The words of all languages, of which a page that was read before needs none: a third of the code of a run, 20 ms. */
const LANGUAGES = [
  'src/engine/reading/expected-cell.ts',
  'src/engine/reading/languages/all.ts',
].map((file) => path.join(root, file));

/**
 * What every run of a shell step comes to load anyway. Each file costs half a millisecond to find and link: the
 * bin is built as if these were imported statically, and `main`, `page`, `check`, `shell`, `run` and `parse` are one chunk each.
 */
const HOT = [
  'src/steps/shell/run.ts',
  'src/renderers/run-log.ts',
  'src/host/render-run.ts',
  'src/renderers/formats/template.ts',
  'src/renderers/formats/own-templates.ts',
  'node_modules/handlebars/runtime.js',
].map((file) => path.join(root, file));

/** The one file that is called by its name; everything else is read. */
const BIN = 'handrail.js';

async function bundle(folder: string): Promise<readonly string[]> {
  const { TABLE } = await import('../src/cli/table.ts');
  const { version, engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const build = await rolldown({
    cwd: root,
    input: { main: 'src/cli/main.ts', index: 'src/index.ts' },
    // What the groups below take for granted: an entry may hand its parts to other chunks, too.
    preserveEntrySignatures: 'allow-extension',
    platform: 'node',
    external: EXTERNAL,
    // The browser's build of yaml is the one made of modules: half as much to load.
    resolve: { alias: { yaml: path.join(root, 'node_modules/yaml/browser/dist/index.js') } },
    transform: {
      target: 'node22',
      define: {
        HANDRAIL_VERSION: JSON.stringify(version),
        HANDRAIL_BUILD: JSON.stringify(sourcesHash()),
      },
    },
    plugins: [
      wordsMade,
      lateMade,
      hotImports,
      commandTable(TABLE),
      precompiledTemplates,
      filesAsText,
      sqlParser,
      honestNames,
    ],
    checks: { ineffectiveDynamicImport: false },
    logLevel: 'warn',
  });
  const { output } = await build.generate({
    format: 'cjs',
    entryFileNames: '[name]-[hash].cjs',
    chunkFileNames: '[name]-[hash].cjs',
    minify: MINIFY,
    comments: { legal: false, annotation: false, jsdoc: false },
    codeSplitting: {
      // Every module of a group is named: what it imports besides may be loaded late, or belong to another.
      includeDependenciesRecursively: false,
      groups: CHUNKS.map((chunk, index) => ({
        name: (id: string, graph: ModuleGraph) => (chunkOf(id, graph) === chunk ? chunk : null),
        priority: CHUNKS.length - index,
        debugName: chunk,
      })),
    },
  });
  await build.close();
  const made = new Map<string, string | Uint8Array>([['NOTICE.txt', noticeOf(packagesIn(output))]]);
  for (const one of output)
    made.set(one.fileName, one.type === 'chunk' ? inLines(plainCode(one.code, LATE)) : one.source);
  const main = entryOf(output, 'main');
  const api = entryOf(output, 'index');
  made.set('index.js', apiDoor(api.fileName, api.exports, engines.node.replace('>=', '')));
  made.set(
    BIN,
    await bin({
      HANDRAIL_VERSION: JSON.stringify(version),
      HANDRAIL_OLDEST_NODE: JSON.stringify(engines.node.replace('>=', '')),
      HANDRAIL_HELP: JSON.stringify(mainHelp(TABLE)),
      HANDRAIL_MAIN: JSON.stringify([main.fileName, 'main']),
    }),
  );
  for (const [name, content] of made)
    replace(path.join(folder, name), content, name === BIN ? 0o755 : 0o644);
  return [...made.keys()];
}

type Output = Awaited<ReturnType<RolldownBuild['generate']>>['output'];

const MINIFY = { compress: true, mangle: false, codegen: { removeWhitespace: true } } as const;

/** The bin: what it prints by itself, and the loader of everything else. */
async function bin(define: Readonly<Record<string, string>>): Promise<string> {
  const build = await rolldown({
    cwd: root,
    input: 'src/cli/entry.ts',
    platform: 'node',
    transform: { target: 'node22', define },
    logLevel: 'warn',
  });
  const { output } = await build.generate({ format: 'esm', minify: MINIFY });
  await build.close();
  return output[0].code;
}

function entryOf(output: Output, name: string): Extract<Output[number], { type: 'chunk' }> {
  for (const one of output)
    if (one.type === 'chunk' && one.isEntry && one.name === name) return one;
  throw new Error(`there is no entry ${name}`);
}

/** The public API for whoever imports it, a bundler too; `require` finds the same file. */
function apiDoor(file: string, names: readonly string[], oldest: string): string {
  const isOlder = `process.versions.node.localeCompare("${oldest}",void 0,{numeric:true})<0`;
  const says = `This is Node \${process.versions.node}, and handrail needs Node ${oldest} or newer.`;
  const refuses = `if(${isOlder})throw new Error(\`${says}\`);`;
  return `import api from"./${file}";${refuses}export const{${names}}=api;\n`;
}

/** Each statement on a line of its own: where an error comes up that nobody catches, Node prints the whole line. */
function inLines(code: string): string {
  const { program, errors } = parseSync('chunk.cjs', code);
  if (errors[0]) throw new Error(`a file of the build is no program: ${errors[0].message}`);
  const starts = [...program.body.map(({ start }) => start), code.length];
  return starts.map((start, index) => code.slice(starts[index - 1] ?? 0, start)).join('\n');
}

/** Folders of the packages that bundles or the files beside them were made of, by their modules. */
function packagesIn(output: Output): readonly string[] {
  const folders = new Set<string>();
  for (const one of output)
    for (const id of one.type === 'chunk' ? one.moduleIds : [])
      for (const [folder] of id.matchAll(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/g))
        folders.add(folder);
  return [...folders].toSorted();
}

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const CHUNKS = ['main', 'page', 'check', 'shell', 'languages', 'run', 'inputs', 'parse'] as const;
/** Those that others do not load before they need something of them. */
const LATE: readonly string[] = ['shell', 'languages'] satisfies readonly (typeof CHUNKS)[number][];

let modules: Readonly<Record<(typeof CHUNKS)[number], ReadonlySet<string>>> | undefined;

/** The first chunk that a module belongs to, or `undefined` for one of the bundler's own choice. */
function chunkOf(id: string, graph: ModuleGraph): (typeof CHUNKS)[number] | undefined {
  modules ??= {
    main: loadedBy([MAIN], graph),
    page: loadedBy(PAGE, graph),
    check: loadedBy(CHECK, graph),
    shell: loadedBy(SHELL, graph),
    languages: loadedBy(LANGUAGES, graph),
    run: loadedBy(RUN, graph),
    inputs: loadedBy(INPUTS, graph),
    parse: loadedBy(PARSE, graph),
  };
  const found = modules;
  return CHUNKS.find((chunk) => found[chunk].has(id));
}

/** Modules and all that they import, directly or not, but for what is loaded late. */
function loadedBy(starts: readonly string[], graph: ModuleGraph): ReadonlySet<string> {
  const loaded = new Set(starts);
  for (const id of loaded)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? [])
      if (![...SHELL, ...LANGUAGES].includes(imported)) loaded.add(imported);
  return loaded;
}

/** The table of telling words as it is once it was made. */
const wordsMade: Plugin = {
  name: 'words-made',
  load: {
    filter: { id: /\/languages\/telling-words\.ts$/ },
    handler: () => ({ code: tellingWordsMade(), moduleType: 'js' }),
  },
};

/** What a module of ours holds is made when it is first used. */
const lateMade: Plugin = {
  name: 'late-made',
  transform: {
    filter: { id: /\/src\/.*\.ts$/ },
    handler: (code, id) =>
      id.startsWith(path.join(root, 'src')) ? { code: lateValues(id, code) } : null,
  },
};

/** `import('./hot.ts')` becomes a static import. */
const hotImports: Plugin = {
  name: 'hot-imports',
  async transform(code, id) {
    if (!id.startsWith(path.join(root, 'src'))) return null;
    const imports: string[] = [];
    let changed = code;
    for (const [whole, asked = ''] of code.matchAll(/\bimport\(\s*'([^']+)',?\s*\)/g)) {
      const resolved = await this.resolve(asked, id);
      if (resolved === null || !HOT.includes(resolved.id)) continue;
      const name = `hot$${imports.length}`;
      imports.push(`import * as ${name} from '${asked}';`);
      changed = changed.replace(whole, `Promise.resolve(${name})`);
    }
    return imports.length === 0 ? null : { code: `${imports.join('')}${changed}` };
  },
};

/** The table of commands as plain words, each option once: the code of a command is loaded when it is called. */
function commandTable({ common, commands }: CommandTable): Plugin {
  const options: string[] = [];
  const named = (option: object): string => {
    const text = literal(option);
    if (!options.includes(text)) options.push(text);
    return `o[${options.indexOf(text)}]`;
  };
  const rows = commands.map(({ load: _, options: own, ...words }) => {
    const load = `()=>import('./commands/${words.name}.ts').then(({run})=>({run}))`;
    return `{...${literal(words)},options:[${own.map(named)}],load:${load}}`;
  });
  const table = `{common:[${common.map(named)}],commands:[${rows}]}`;
  const code = `const o=[${options}];export const TABLE=${table};`;
  return {
    name: 'command-table',
    load: {
      filter: { id: /\/src\/cli\/table\.ts$/ },
      handler: () => ({ code, moduleType: 'js' }),
    },
  };
}

/** Plain data as source text; regular expressions are among it. */
function literal(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(literal).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, each]) => `${key}:${literal(each)}`);
  return `{${entries.join()}}`;
}

/** Replaces a file whole, so that a bin that is starting right now reads the old one or the new one. */
function replace(file: string, contents: string | Uint8Array, mode: number): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents, { mode });
  renameSync(draft, file);
}

/** `.hbs` files become specifications at build time, so that only Handlebars' runtime is loaded. */
const precompiledTemplates: Plugin = {
  name: 'precompiled-templates',
  load: {
    filter: { id: /\.hbs$/ },
    async handler(id) {
      const { default: Handlebars } = await import('handlebars');
      const source = readFileSync(id, 'utf8');
      const code = `export default ${Handlebars.precompile(source, TEMPLATE_OPTIONS)};`;
      return { code, moduleType: 'js' };
    },
  },
};

/** A chunk's name says what is in it once it is written, and what writes it is part of that. */
const honestNames: Plugin = {
  name: 'honest-names',
  augmentChunkHash: () => readFileSync(path.join(import.meta.dirname, 'plain-code.ts'), 'utf8'),
};

/** `?text` imports are files as they are, such as the site's style sheet; the search library is its ready-made script. */
const filesAsText: Plugin = {
  name: 'files-as-text',
  resolveId: {
    filter: { id: /\?text$/ },
    handler(asked, importer = root) {
      const umd = path.join(root, 'node_modules/minisearch/dist/umd/index.js');
      return asked.startsWith('.') ? path.join(path.dirname(importer), asked) : `${umd}?text`;
    },
  },
  load: {
    filter: { id: /\?text$/ },
    handler(id) {
      const text = readFileSync(id.replace(/\?text$/, ''), 'utf8');
      const code = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
      return { code: `${licenceAbove(id)}${code}`, moduleType: 'text' };
    },
  },
};

/** The parser of SQL with its WASM in it, so that it is found wherever the code ends up, a bundle of somebody else too. */
const sqlParser: Plugin = {
  name: 'sql-parser',
  load: {
    filter: { id: /\/libpg-query\/wasm\/libpg-query\.js$/ },
    handler(id) {
      const wasm = readFileSync(id.replace(/\.js$/, '.wasm'));
      const packed = gzipSync(wasm, { level: 9 }).toString('base64');
      const asks = 'return getBinarySync(binaryFile)';
      const code = readFileSync(id, 'utf8');
      if (!code.includes(asks)) throw new Error('the parser of SQL loads its WASM in a new way');
      return code
        .replace(
          asks,
          () => `return ${builtin('zlib')}.gunzipSync(Buffer.from("${packed}","base64"))`,
        )
        .replace(/\bvar wasmBinary;/, 'var wasmBinary=true;')
        .replace(/\brequire\("node:(\w+)"\)/g, (_, name: string) => builtin(name))
        .replace(/\b__(?:file|dir)name\b/g, '""');
    },
  },
};

function builtin(name: string): string {
  return `process.getBuiltinModule("node:${name}")`;
}

/** A library that is written into generated sites keeps its licence there. */
function licenceAbove(id: string): string {
  const [, folder] = /^(.*\/node_modules\/[^/@]+)\//.exec(id) ?? [];
  if (folder === undefined) return '';
  const { name, version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const licence = readFileSync(path.join(folder, 'LICENSE.txt'), 'utf8').trim();
  return `/*! ${name} ${version}\n\n${licence}\n*/\n`;
}

async function declare(into: string): Promise<void> {
  execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  const api: object = await import(path.join(into, 'index.js'));
  writeFileSync(path.join(into, 'types/index.d.cts'), requiredTypes(api));
}

/**
 * The same types for TypeScript that is told of a Node which cannot `require` what is imported (`module: node16`): the oldest
 * that handrail runs on can.
 */
function requiredTypes(api: object): string {
  const as = `from './index.js' with { 'resolution-mode': 'import' };`;
  const named = Object.entries(api).map(([name, value]) => {
    const isClass = typeof value === 'function' && /^class\b/.test(String(value));
    const type = isClass ? `export type ${name} = api.${name};\n` : '';
    return `export declare const ${name}: typeof api.${name};\n${type}`;
  });
  return `import type * as api ${as}\nexport type * ${as}\n${named.join('')}`;
}

/** Of everything that a page is read by: what was read by another build is read anew. */
function sourcesHash(): string {
  const sum = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  const names = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((one) => one.endsWith('.ts')).toSorted())
    sum.update(`${name}\0`).update(readFileSync(path.join(root, 'src', name)));
  return sum.digest('hex').slice(0, 16);
}

/** Whether a bundle is as new as all that it is made of. */
function isFresh(file: string): boolean {
  try {
    const made = statSync(file).mtimeMs;
    const sources = ['src', 'templates', 'scripts', 'package.json'];
    return sources.every((name) => newest(path.join(root, name)) < made);
  } catch {
    return false;
  }
}

function newest(file: string): number {
  const facts = statSync(file);
  if (!facts.isDirectory()) return facts.mtimeMs;
  return Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

/** Takes away what earlier builds left; a chunk that a running command may still want is kept for a while. */
function sweep(folder: string, keep: readonly string[], olderThanMs: number): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (
      /\.c?js$/.test(name) &&
      !keep.includes(name) &&
      Date.now() - statSync(file).mtimeMs > olderThanMs
    )
      rmSync(file);
  }
}

/** `npm start` builds on its own account: where it cannot, that is said in a sentence. */
function refuseLocked(): void {
  const { lockedOf, unwritable } = createRequire(import.meta.url)('./checkout.cjs');
  const locked: string | undefined = lockedOf([existsSync(out) ? out : root]);
  if (locked === undefined) return;
  process.stderr.write(`handrail: ${unwritable(locked, 'npm start')}\n`);
  process.exit(1);
}

/** A command that waits for a person may load a chunk of its own build hours later. */
const STALE_MS = 4 * 60 * 60_000;
sayHelp(import.meta.filename);
const out = path.join(root, 'dist');
const ifStale = process.argv.includes('--if-stale');
const bundleOnly = ifStale || process.argv.includes('--bundle-only');
if (!(ifStale && isFresh(path.join(out, 'handrail.js')))) {
  if (ifStale) refuseLocked();
  mkdirSync(out, { recursive: true });
  const made = await bundle(out);
  sweep(out, made, process.argv.includes('--clean') ? 0 : STALE_MS);
  if (!bundleOnly) await declare(out);
}
