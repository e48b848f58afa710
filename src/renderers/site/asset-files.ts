import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { assetPath } from './page-links.ts';

const ACTIVE =
  /<\s*(?:script|foreignObject|iframe|embed|object|style)\b|\son[a-z]+\s*=|javascript:|<!ENTITY/i;

/** The images that pages show. A drawing that could act when it is opened by itself is left out. */
export async function assetFiles(
  paths: ReadonlySet<string>,
  context: SiteContext,
): Promise<readonly RenderedFile[]> {
  const files: RenderedFile[] = [];
  for (const path of [...paths].toSorted()) {
    const content = await context.file(path);
    if (content === undefined) continue;
    if (/\.svg$/i.test(path) && ACTIVE.test(new TextDecoder().decode(content))) continue;
    files.push({ path: assetPath(path), content });
  }
  return files;
}
