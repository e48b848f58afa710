import type { BrokenLink } from '../../engine/contracts/site.ts';
import type { SiteView } from './view.ts';
import { stepAnchor } from './words.ts';

/** Links between runbooks that lead nowhere: no such file, or no such heading in it. */
export function brokenLinks({ books }: SiteView): readonly BrokenLink[] {
  const anchors = new Map(
    books.map(({ path, body }) => [
      path,
      new Set([
        ...body.anchors,
        ...body.steps.map(({ id }) => stepAnchor(id)),
        ...body.steps.map(({ id }) => id),
      ]),
    ]),
  );
  return books.flatMap(({ path, body }) =>
    body.links.flatMap((link) => {
      const { line, target, fragment } = link;
      if (link.path === null) return [{ path, line, target, why: 'there is no such file' }];
      const known = anchors.get(link.path || path);
      if (
        fragment === '' ||
        known === undefined ||
        known.has(fragment) ||
        known.has(fragment.toLowerCase()) ||
        fragment === 'top' ||
        /^L\d+/.test(fragment)
      )
        return [];
      return [{ path, line, target, why: `there is no heading \`#${fragment}\`` }];
    }),
  );
}
