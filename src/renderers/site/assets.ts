import type { RenderedFile } from '../../engine/contracts/renderer.ts';

const NAMES = ['site.css', 'site.js', 'theme.js', 'icon.svg', 'minisearch.js'] as const;

/** The files that every page shares: style sheet, scripts, icon. */
export async function siteAssets(): Promise<readonly RenderedFile[]> {
  const texts = import.meta.url.endsWith('.ts')
    ? await fromFiles()
    : (await import('./own-assets.ts')).OWN_ASSETS;
  return NAMES.map((name) => ({ path: `_/${name}`, content: texts[name] ?? '' }));
}

/** From source there are only the files. */
async function fromFiles(): Promise<Readonly<Record<string, string>>> {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const own = await Promise.all(
    NAMES.slice(0, 4).map(
      async (name) =>
        [
          name,
          await readFile(new URL(`../../../templates/site/${name}`, import.meta.url), 'utf8'),
        ] as const,
    ),
  );
  const minisearch = createRequire(import.meta.url)
    .resolve('minisearch')
    .replace(/dist\/.*$/, 'dist/umd/index.js');
  return {
    ...Object.fromEntries(own),
    'minisearch.js': withoutMap(await readFile(minisearch, 'utf8')),
  };
}

function withoutMap(script: string): string {
  return script.replace(/\n\/\/# sourceMappingURL=[^\n]*\n?$/, '\n');
}
