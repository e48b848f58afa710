import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadPage } from './engine/contracts/site.ts';
import { HandrailError } from './engine/model/errors.ts';
import { openTemplates } from './renderers/formats/template.ts';
import { renderSite } from './renderers/site.ts';

/** Reads a runbook for its page: parsed, checked, with its tree; or why that cannot be done. */
export async function readPage(file: string): Promise<ReadPage> {
  try {
    const { readRunbook } = await import('./handrail.ts');
    const { source, runbook } = await readRunbook(file);
    const { check } = await import('./engine/check.ts');
    const { readTree } = await import('./engine/reading/page-tree.ts');
    // Links are the site's own finding, and what this machine has installed is no matter of the text.
    const diagnostics = check(runbook, { hasCommand: () => true, exists: () => true });
    return { runbook, tree: readTree(source.text), diagnostics };
  } catch (error) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const problem =
      error instanceof HandrailError ? error.message : `It cannot be read: ${String(error)}`;
    return { problem, text: text.slice(0, MOST_SHOWN) };
  }
}

const MOST_SHOWN = 100_000;

/** Whether there is a file or folder at a path below a folder; nothing above it is looked at. */
export function existsBelow(folder: string, path: string): 'file' | 'folder' | 'nothing' {
  const place = join(folder, path);
  if (!existsSync(place)) return 'nothing';
  return statSync(place).isDirectory() ? 'folder' : 'file';
}

/** The renderer, and the door to its templates. */
export { openTemplates, renderSite };
