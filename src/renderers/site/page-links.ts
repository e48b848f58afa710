import type { Element, ElementContent } from 'hast';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { element, textOf } from './element.ts';
import { joined, resolveLink } from './links.ts';
import type { PageLink } from './page-body.ts';
import { type PagePaths, relativeTo } from './page-paths.ts';

/** What settling a page's links needs: where the page stands, and what stands beside it. */
export interface LinkTools {
  readonly path: string;
  readonly paths: PagePaths;
  readonly context: Pick<SiteContext, 'exists' | 'file'>;
}

/** Settles the links and images of one page, and keeps what they lead to. */
export class PageLinks {
  readonly #tools: LinkTools;
  readonly links: PageLink[] = [];
  /** Files beside the runbooks that are shown on the page. */
  readonly assets: string[] = [];
  /** What was asked about paths, and the answers: they decide whether the page is still right. */
  readonly lookups: Record<string, string> = {};
  /** Of the page, where the settler is. */
  line = 1;

  constructor(tools: LinkTools) {
    this.#tools = tools;
  }

  /** An image of a file beside the runbooks; its words where it is none. Nothing is loaded from elsewhere. */
  image(node: Element, inLink: boolean): ElementContent {
    const source = String(node.properties['src'] ?? '');
    const alt = String(node.properties['alt'] ?? '') || 'image';
    const target = resolveLink(source, this.#tools.path, this.#tools.paths, (path) =>
      this.#lookUp(path),
    );
    if (
      target.kind === 'file' &&
      /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(target.path) &&
      !target.path.startsWith('..')
    ) {
      this.assets.push(target.path);
      const from = this.#tools.paths.pageOf(this.#tools.path) ?? '';
      return element('img', {
        src: encodeURI(relativeTo(from, assetPath(target.path))),
        alt,
        loading: 'lazy',
      });
    }
    if (target.kind === 'missing')
      this.links.push({ line: this.line, target: source, path: null, fragment: '' });
    // Nothing is loaded from elsewhere: the reader may follow it.
    if (target.kind === 'elsewhere' && !inLink)
      return element('a', { href: target.url, rel: ['noopener', 'noreferrer'] }, `Image: ${alt}`);
    return { type: 'text', value: alt };
  }

  /** A link as it works on the site; what leads nowhere is text that says so. */
  link(node: Element): readonly ElementContent[] {
    const written = node.properties['href'];
    if (typeof written !== 'string')
      return node.properties['id']
        ? [element('span', { id: node.properties['id'] }, ...node.children)]
        : node.children;
    if (
      String(node.properties['className'] ?? '').includes('footnote') ||
      node.properties['dataFootnoteRef'] !== undefined
    )
      return [node];
    const { path, paths } = this.#tools;
    const target = resolveLink(written, path, paths, (each) => this.#lookUp(each));
    const content =
      textOf(node).trim() === '' && !node.children.some((child) => child.type === 'element')
        ? [{ type: 'text' as const, value: written }]
        : node.children;
    switch (target.kind) {
      case 'elsewhere':
        return [element('a', { href: target.url, rel: ['noopener', 'noreferrer'] }, ...content)];
      case 'here':
        this.links.push({ line: this.line, target: written, path: '', fragment: target.fragment });
        return [element('a', { href: `#${encodeURIComponent(target.fragment)}` }, ...content)];
      case 'page': {
        this.lookups[target.path] = paths.pageOf(target.path) ?? '';
        this.links.push({
          line: this.line,
          target: written,
          path: target.path,
          fragment: target.fragment,
        });
        const address = relativeTo(paths.pageOf(path) ?? '', paths.pageOf(target.path) ?? '');
        const fragment = target.fragment === '' ? '' : `#${encodeURIComponent(target.fragment)}`;
        return [element('a', { href: `${encodeURI(address)}${fragment}` }, ...content)];
      }
      case 'missing':
        this.links.push({ line: this.line, target: written, path: null, fragment: '' });
        return [
          element(
            'span',
            { className: ['broken'], title: `There is no ${target.path}` },
            ...content,
          ),
        ];
      case 'file':
        return [
          element(
            'span',
            { className: ['file'], title: `${target.path}, beside the runbooks` },
            ...content,
          ),
        ];
      case 'refused':
        return content;
      default:
        return target satisfies never;
    }
  }

  #lookUp(path: string): 'file' | 'folder' | 'nothing' {
    const found = this.#tools.context.exists(path);
    this.lookups[path] = found;
    return found;
  }
}

/** Where a file beside the runbooks stands on the site. */
export function assetPath(path: string): string {
  return `_/files/${joined('', path)}`;
}
