import { hash } from 'node:crypto';
import { check } from '../../src/engine/check.ts';
import type { RenderedSite, RunsLeftOut, SiteContext } from '../../src/engine/contracts/site.ts';
import { parse } from '../../src/engine/parse.ts';
import type { Chunk } from '../../src/engine/reading/markdown.ts';
import { pageTree } from '../../src/engine/reading/page-tree.ts';
import { openTemplates } from '../../src/renderers/formats/template.ts';
import { renderSite } from '../../src/renderers/site.ts';
import { stepTypes } from '../../src/steps/index.ts';

type Files = Readonly<Record<string, string>>;

/** The site of runbooks given by their path, with other files beside them. */
export async function site(
  files: Files,
  beside: Files = {},
  today = '2027-01-01',
  leftOut?: RunsLeftOut,
): Promise<RenderedSite> {
  const context: SiteContext = {
    template: openTemplates({ folder: null }),
    file: async (path) => (path in beside ? Buffer.from(beside[path] ?? '') : undefined),
    exists: (path) => (path in beside || path in files ? 'file' : 'nothing'),
    cache: { get: () => undefined, put: () => undefined },
  };
  const pages = Object.entries(files).map(([path, text]) => ({
    path,
    sha256: hash('sha256', text, 'hex'),
    read: async () => {
      const chunks: Chunk[] = [];
      const sha256 = hash('sha256', text, 'hex');
      const source = { path, folder: '/', bytes: Buffer.from(text), text, sha256 };
      const runbook = await parse(source, { stepTypes, keep: (chunk) => chunks.push(chunk) });
      return { runbook, tree: pageTree(text, chunks), diagnostics: check(runbook) };
    },
  }));
  return renderSite(
    {
      title: 'Books',
      url: null,
      editUrl: null,
      today,
      pages,
      runs: [],
      incidents: [],
      ...(leftOut && { leftOut }),
    },
    context,
  );
}

/** What stands on the page of one runbook. */
export async function article(
  markdown: string,
  more: Files = {},
  beside: Files = {},
): Promise<string> {
  const { files } = await site({ 'ops/book.md': markdown, ...more }, beside);
  const page = String(files.find(({ path }) => path === 'ops/book.html')?.content);
  return page.slice(page.indexOf('<article>'), page.indexOf('</article>'));
}
