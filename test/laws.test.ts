import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);

/** Every source file, as `src/…`. */
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.split(path.sep).join('/')}`);

/** What a file imports, as written; types are left out. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const values = text.replace(/^(?:import|export) type [^;]*;$/gm, '');
  return [...values.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name ?? '');
}

/** Code without what stands in quotes: examples are no calls. */
function withoutTexts(code: string): string {
  return code.replace(/'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g, "''");
}

/** Lints a text as if it stood at that path of the house; the rules that it breaks. */
function lint(file: string, text: string): readonly string[] {
  const house = mkdtempSync(path.join(tmpdir(), 'handrail-house-'));
  copyFileSync(path.join(root, 'biome.json'), path.join(house, 'biome.json'));
  mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  writeFileSync(path.join(house, file), text);
  const { stdout } = spawnSync(
    path.join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', file],
    { cwd: house, encoding: 'utf8' },
  );
  const { diagnostics }: { diagnostics: { category: string }[] } = JSON.parse(stdout);
  return diagnostics.map(({ category }) => category);
}

describe('the laws of the house', () => {
  it.each([
    [
      'a noun that imports a verb',
      'src/engine/model/x.ts',
      "import { load } from '../load.ts';\nexport const x = load;\n",
    ],
    [
      'text that imports a noun',
      'src/text/x.ts',
      "import { EXIT } from '../engine/model/outcome.ts';\nexport const x = EXIT;\n",
    ],
    [
      'a contract that imports a verb',
      'src/engine/contracts/x.ts',
      "import { load } from '../load.ts';\nexport const x = load;\n",
    ],
    [
      'a verb that imports a step type',
      'src/engine/x.ts',
      "import { shell } from '../steps/shell.ts';\nexport const x = shell;\n",
    ],
    [
      'a verb that starts a process',
      'src/engine/x.ts',
      "import { execa } from 'execa';\nexport const x = execa;\n",
    ],
    [
      'a step type that imports a verb',
      'src/steps/x.ts',
      "import { load } from '../engine/load.ts';\nexport const x = load;\n",
    ],
    [
      'a renderer that knows a step type',
      'src/renderers/x.ts',
      "import { shell } from '../steps/shell.ts';\nexport const x = shell;\n",
    ],
    [
      'a store that knows the wiring',
      'src/stores/x.ts',
      "import { readRunbook } from '../handrail.ts';\nexport const x = readRunbook;\n",
    ],
  ])('the linter refuses %s', (_what, file, text) => {
    expect(lint(file, text)).toContain('lint/style/noRestrictedImports');
  });

  it('the linter leaves a good neighbour alone', () => {
    const text =
      "import { EXIT } from '../engine/model/outcome.ts';\n\n/** One. */\nexport const x = EXIT.failed;\n";
    expect(lint('src/steps/x.ts', text)).toEqual([]);
  });

  it('only lists and the public API are called index.ts', () => {
    const indexes = sources.filter((file) => path.basename(file) === 'index.ts');
    expect(indexes.toSorted()).toEqual([
      'src/engine/checks/index.ts',
      'src/engine/programs/index.ts',
      'src/index.ts',
      'src/renderers/index.ts',
      'src/steps/index.ts',
      'src/stores/index.ts',
    ]);
  });

  it('only the wiring knows the lists', () => {
    const knowing = sources.filter((file) =>
      importsOf(file).some((name) => /\/(?:steps|renderers|stores)\/index\.ts$/.test(name)),
    );
    const allowed = /^src\/(?:handrail|timelines|site|index)\.ts$|^src\/(?:cli|host)\//;
    expect(knowing.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it('a third-party dependency is imported in one folder of a room', () => {
    const places = new Map<string, Set<string>>();
    for (const file of sources)
      for (const name of importsOf(file)) {
        if (name.startsWith('.') || name.startsWith('node:')) continue;
        const inRoom = `${name} in ${file.split('/')[1]}`;
        const known = places.get(inRoom) ?? new Set();
        places.set(inRoom, known.add(path.dirname(file)));
      }
    const shared = [...places]
      .filter(([name, folders]) => folders.size > 1 && !SHARED.has(name.split(' ')[0] ?? ''))
      .map(([name, folders]) => `${name}: ${[...folders].join(', ')}`);
    expect(shared).toEqual([]);
  });

  it('the engine takes clock, environment and console as parameters', () => {
    const doors = sources.filter(
      (file) =>
        file.startsWith('src/engine/') &&
        /\bDate\.now\(|\bprocess\.env\b|\bconsole\./.test(
          withoutTexts(readFileSync(path.join(root, file), 'utf8')),
        ),
    );
    expect(doors).toEqual([]);
  });
});

/** Schemas are everywhere: a language, not a service. */
const SHARED = new Set(['zod/mini']);
