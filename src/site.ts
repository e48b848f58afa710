import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadPage } from './engine/contracts/site.ts';
import { load } from './engine/load.ts';
import { HandrailError } from './engine/model/errors.ts';
import { openTemplates } from './renderers/formats/template.ts';
import { renderSite } from './renderers/site.ts';
import { stepTypes } from './steps/index.ts';

/** Reads a runbook for its page: parsed, checked, with its tree; or why that cannot be done. */
export async function readPage(file: string): Promise<ReadPage> {
  try {
    const { parse } = await import('./engine/parse.ts');
    const { check } = await import('./engine/check.ts');
    const { maskTree, pageWithoutSecrets } = await import('./engine/shown-page.ts');
    const { pageTree } = await import('./engine/reading/page-tree.ts');
    const chunks: Parameters<typeof pageTree>[1][number][] = [];
    const source = await load(file);
    const runbook = await parse(source, { stepTypes, keep: (chunk) => chunks.push(chunk) });
    // Links are the site's own finding, and what this machine has installed is no matter of the text.
    const diagnostics = check(runbook, { hasCommand: () => true, exists: () => true });
    const tree = pageTree(source.text, chunks);
    const { mask, ...shown } = pageWithoutSecrets(runbook);
    if (mask === null) return { runbook, tree, diagnostics };
    maskTree(tree, mask);
    return { runbook: shown, tree, diagnostics };
  } catch (error) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const problem =
      error instanceof HandrailError ? error.message : `It cannot be read: ${String(error)}`;
    const { withoutWritten } = await import('./engine/literal-secrets.ts');
    return { problem, text: withoutWritten(text.slice(0, MOST_SHOWN)) };
  }
}

const MOST_SHOWN = 100_000;

/** Whether there is a file or folder at a path relative to a folder. */
export function existsFrom(folder: string, path: string): 'file' | 'folder' | 'nothing' {
  const place = join(folder, path);
  if (!existsSync(place)) return 'nothing';
  return statSync(place).isDirectory() ? 'folder' : 'file';
}

/** The renderer, and the door to its templates. */
export { openTemplates, renderSite };
