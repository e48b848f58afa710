/**
 * Builds `dist/`: the bin and the public API as split bundles, the files they read at run time, and
 * (unless `--bundle-only`) the declaration files.
 */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { mainHelp } from '../src/cli/help.ts';
import { TABLE } from '../src/cli/table.ts';
import { TEMPLATE_OPTIONS } from '../src/renderers/formats/template-options.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const ENTRIES: readonly string[] = ['handrail.js', 'index.js'];

/** Native code and WASM, found at run time where they are installed. */
const EXTERNAL = ['@lydell/node-pty', 'libpg-query', 'pg-native'];

async function bundle(folder: string): Promise<readonly string[]> {
  const { version, engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: { handrail: 'src/cli/entry.ts', index: 'src/index.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: EXTERNAL,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    mainFields: ['module', 'main'],
    // The CommonJS build that Node would choose cannot be imported by name from another chunk.
    alias: { yaml: path.join(root, 'node_modules/yaml/browser/dist/index.js') },
    define: {
      HANDRAIL_VERSION: JSON.stringify(version),
      HANDRAIL_OLDEST_NODE: JSON.stringify(engines.node),
      HANDRAIL_HELP: JSON.stringify(mainHelp(TABLE)),
    },
    plugins: [precompiledTemplates, filesAsText],
    logLevel: 'warning',
  });
  const isEntry = (file: string): boolean => ENTRIES.includes(path.basename(file));
  const inOrder = outputFiles.toSorted((a, b) => Number(isEntry(a.path)) - Number(isEntry(b.path)));
  for (const file of inOrder) replace(file.path, withRequire(file.text));
  return inOrder.map((file) => path.basename(file.path));
}

/** CommonJS dependencies call `require` for Node's own modules; the chunk that stands in for it gets a real one. */
function withRequire(code: string): string {
  if (!code.includes('Dynamic require of')) return code;
  return `const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);${code}`;
}

/** Replaces a file whole, so that a bin that is starting right now reads the old one or the new one. */
function replace(file: string, contents: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, contents, { mode: 0o755 });
  renameSync(draft, file);
}

/** `.hbs` files become specifications at build time, so that only Handlebars' runtime is loaded. */
const precompiledTemplates: Plugin = {
  name: 'precompiled-templates',
  setup(builder) {
    builder.onLoad({ filter: /\.hbs$/ }, async ({ path: file }) => {
      const { default: Handlebars } = await import('handlebars');
      const source = readFileSync(file, 'utf8');
      return { contents: `export default ${Handlebars.precompile(source, TEMPLATE_OPTIONS)};` };
    });
  },
};

/** `?text` imports are files as they are, such as the site's style sheet; the search library is its ready-made script. */
const filesAsText: Plugin = {
  name: 'files-as-text',
  setup(builder) {
    const umd = path.join(root, 'node_modules/minisearch/dist/umd/index.js');
    builder.onResolve({ filter: /\?text$/ }, ({ path: asked, resolveDir }) => ({
      path: asked.startsWith('.') ? path.join(resolveDir, asked.replace(/\?text$/, '')) : umd,
      namespace: 'text',
    }));
    builder.onLoad({ filter: /.*/, namespace: 'text' }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'),
      loader: 'text',
    }));
  },
};

function declare(): void {
  execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

/** Takes away what earlier builds left; a chunk that a running bin may still want is kept for a while. */
function sweep(folder: string, keep: readonly string[], olderThanMs: number): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (
      name.endsWith('.js') &&
      !keep.includes(name) &&
      Date.now() - statSync(file).mtimeMs > olderThanMs
    )
      rmSync(file);
  }
}

const STALE_MS = 15 * 60_000;
const out = path.join(root, 'dist');
const bundleOnly = process.argv.includes('--bundle-only');
mkdirSync(out, { recursive: true });
const made = await bundle(out);
sweep(out, made, bundleOnly ? STALE_MS : 0);
if (!bundleOnly) declare();
