import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root, RootContent } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { carriedOutBy } from '../../engine/model/effect.ts';
import type { Procedure, Runbook, Step } from '../../engine/model/runbook.ts';
import { alertOf } from './alerts.ts';
import { codeBlock } from './code-block.ts';
import { drawDiagram } from './diagram.ts';
import { element, textOf } from './element.ts';
import { MATH, mathMl } from './furniture/math.ts';
import { joined, resolveLink } from './links.ts';
import type { PageHeading, PageLink } from './page-body.ts';
import { type PagePaths, relativeTo } from './page-paths.ts';
import { place, procedureBar, stepCard, stepMark } from './step-card.ts';

/** What settling a page needs besides its tree. */
export interface SettleTools {
  readonly path: string;
  readonly paths: PagePaths;
  readonly context: Pick<SiteContext, 'exists' | 'file'>;
}

/** A page's tree, ready to be written, and what was found in it. */
export interface SettledPage {
  readonly tree: Root;
  readonly hasTitle: boolean;
  readonly headings: readonly PageHeading[];
  readonly anchors: readonly string[];
  readonly links: readonly PageLink[];
  readonly assets: readonly string[];
  readonly drawings: readonly RenderedFile[];
  readonly lookups: Readonly<Record<string, string>>;
}

/**
 * Makes a page of a runbook's hypertext: anchors, links that work on the site, code with colours, drawn diagrams, and
 * what a runbook has besides: its steps as cards, with places for their history.
 */
export async function settlePage(
  tree: Root,
  runbook: Runbook,
  tools: SettleTools,
): Promise<SettledPage> {
  const settler = new Settler(runbook, tools);
  await settler.children(tree, 0, false);
  tree.children.push(...settler.leftSteps());
  return settler.result(tree);
}

class Settler implements Omit<SettledPage, 'tree' | 'hasTitle'> {
  readonly #runbook: Runbook;
  readonly #tools: SettleTools;
  readonly #slugger = new GithubSlugger();
  readonly #steps = new Map<number, Step[]>();
  readonly #procedures: ReadonlyMap<number, Procedure>;
  readonly #withSteps: ReadonlySet<string>;
  readonly #expected: ReadonlySet<number>;
  readonly #ids: Set<string>;
  readonly hasTitle: boolean;
  readonly headings: PageHeading[] = [];
  readonly anchors: string[] = [];
  readonly links: PageLink[] = [];
  readonly assets: string[] = [];
  readonly drawings: RenderedFile[] = [];
  readonly lookups: Record<string, string> = {};
  #line = 1;

  constructor(runbook: Runbook, tools: SettleTools) {
    this.#runbook = runbook;
    this.#tools = tools;
    for (const step of runbook.steps)
      this.#steps.set(step.line, [...(this.#steps.get(step.line) ?? []), step]);
    this.#procedures = new Map(runbook.procedures.map((procedure) => [procedure.line, procedure]));
    this.#withSteps = new Set(runbook.steps.map(({ procedure }) => procedure));
    this.#expected = new Set(
      runbook.steps.flatMap(({ expectation }) => (expectation ? [expectation.line] : [])),
    );
    this.#ids = new Set(runbook.procedures.map(({ id }) => id));
    this.hasTitle = runbook.procedures[0]?.level === 1;
  }

  result(tree: Root): SettledPage {
    const { hasTitle, headings, anchors, links, assets, drawings, lookups } = this;
    return { tree, hasTitle, headings, anchors, links, assets, drawings, lookups };
  }

  async children(parent: Root | Element, itemLine: number, inLink: boolean): Promise<void> {
    const settled: RootContent[] = [];
    for (const child of parent.children) {
      if (child.type === 'comment' || child.type === 'doctype' || child.type === 'raw') continue;
      if (child.type === 'text') settled.push(child);
      else settled.push(...(await this.#element(child, itemLine, inLink)));
    }
    // What stands for an element may stand where the element stood.
    parent.children = settled as ElementContent[];
  }

  /** Steps whose blocks were not found, so that none is missing on the page. */
  leftSteps(): readonly Element[] {
    const left = [...this.#steps.values()].flat();
    if (left.length === 0) return [];
    return [
      element(
        'ul',
        { className: ['more-steps'] },
        ...left.map((step) => element('li', {}, `${step.title} `, this.#mark(step, null))),
      ),
    ];
  }

  async #element(
    node: Element,
    itemLine: number,
    inLink: boolean,
  ): Promise<readonly ElementContent[]> {
    const line = Number(node.properties['dataLine'] ?? 0);
    if (line > 0) this.#line = line;
    delete node.properties['dataLine'];
    this.#ownId(node);
    switch (node.tagName) {
      case 'pre':
        return this.#code(node, itemLine);
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        await this.children(node, itemLine, inLink);
        return this.#heading(node, line);
      case 'img':
        return [this.#image(node, inLink)];
      case 'input':
        return [];
      case 'code':
        return [(await inlineMathOf(node)) ?? node];
      case 'a':
        await this.children(node, itemLine, true);
        return this.#link(node);
      case 'li':
        return [await this.#item(node, line)];
      default:
    }
    await this.children(node, itemLine, inLink);
    if (node.tagName === 'tr') this.#row(node, line);
    if (node.tagName === 'blockquote') return [alertOf(node) ?? node];
    if (node.tagName === 'table')
      return [
        element(
          'div',
          { className: ['scroll'], tabIndex: 0, role: 'region', ariaLabel: 'Table' },
          node,
        ),
      ];
    if (node.tagName === 'summary' || node.tagName === 'details') node.properties = {};
    return [node];
  }

  /** An id that a heading of the page has is the heading's. */
  #ownId(node: Element): void {
    const { id } = node.properties;
    if (typeof id !== 'string') return;
    if (this.#ids.has(id) || /[:\s]/.test(id)) delete node.properties['id'];
    else {
      this.#ids.add(id);
      this.anchors.push(id);
    }
  }

  #heading(node: Element, line: number): readonly ElementContent[] {
    const procedure = this.#procedures.get(line);
    const text = procedure?.title ?? textOf(node).trim();
    const id = procedure?.id ?? this.#newId(text);
    const depth = procedure
      ? procedure.trail.length + (this.hasTitle ? 0 : 1)
      : (this.headings.at(-1)?.depth ?? 1) + 1;
    const isTitle = this.hasTitle && depth === 1;
    const isFirst = isTitle && this.headings.length === 0;
    this.headings.push({ id, text, depth });
    this.anchors.push(id);
    const marks = this.#take(line, () => true).map((step) => this.#mark(step, node));
    const anchor = element(
      'a',
      {
        className: ['anchor'],
        href: `#${encodeURIComponent(id)}`,
        ariaLabel: `Link to ${text || 'this heading'}`,
      },
      '#',
    );
    const heading = element(
      `h${Math.min(6, depth)}`,
      { id, tabIndex: -1 },
      ...node.children,
      ...marks,
      isTitle ? null : anchor,
    );
    const facts = isFirst ? [place(this.#runbook.sha256, 'facts here')] : [];
    if (!procedure || !this.#withSteps.has(procedure.id)) return [heading, ...facts];
    return [heading, ...facts, procedureBar(this.#tools.path, procedure, this.#runbook)];
  }

  #newId(text: string): string {
    let id = this.#slugger.slug(text) || 'heading';
    while (this.#ids.has(id)) id = this.#slugger.slug(text);
    this.#ids.add(id);
    return id;
  }

  async #code(pre: Element, itemLine: number): Promise<readonly ElementContent[]> {
    const code = pre.children.find((child) => child.type === 'element');
    const line = Number(code?.properties['dataLine'] ?? 0);
    const text = textOf(pre).replace(/\n$/, '');
    const classes = code?.properties['className'];
    const language = Array.isArray(classes)
      ? String(classes.find((name) => String(name).startsWith('language-')) ?? '')
          .slice(9)
          .toLowerCase()
      : '';
    const found = this.#steps.get(line) ?? [];
    const [step] = this.#take(line, (each) =>
      found.length > 1 || line === itemLine ? each.language !== null : true,
    ).slice(0, 1);
    if (step) return [stepCard(step, this.#runbook, text, language, this.#tools.path)];
    if (language === MATH) {
      const math = await mathMl(text, true);
      if (math !== undefined) return [mathBlock(math)];
    }
    if (language === 'mermaid') {
      const drawn = await this.#diagram(text);
      if (drawn) return [drawn];
    }
    return [codeBlock(text, language, this.#expected.has(line) ? 'Expected output' : null)];
  }

  async #diagram(text: string): Promise<Element | undefined> {
    const diagram = await drawDiagram(text);
    if (!diagram) return undefined;
    this.drawings.push(diagram.light, diagram.dark);
    const from = this.#tools.paths.pageOf(this.#tools.path) ?? '';
    const image = (file: RenderedFile, theme: string): Element =>
      element('img', {
        className: [theme],
        src: relativeTo(from, file.path),
        alt: theme === 'only-light' ? 'Diagram, its source is below' : '',
        ...diagram.size,
      });
    return element(
      'figure',
      { className: ['diagram'] },
      element(
        'div',
        { className: ['scroll'], tabIndex: 0, role: 'region', ariaLabel: 'Diagram' },
        image(diagram.light, 'only-light'),
        image(diagram.dark, 'only-dark'),
      ),
      element(
        'details',
        {},
        element('summary', {}, 'Source of the diagram'),
        codeBlock(text, '', null),
      ),
    );
  }

  #image(node: Element, inLink: boolean): ElementContent {
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
      this.links.push({ line: this.#line, target: source, path: null, fragment: '' });
    // Nothing is loaded from elsewhere: the reader may follow it.
    if (target.kind === 'elsewhere' && !inLink)
      return element('a', { href: target.url, rel: ['noopener', 'noreferrer'] }, `Image: ${alt}`);
    return { type: 'text', value: alt };
  }

  #link(node: Element): readonly ElementContent[] {
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
        this.links.push({ line: this.#line, target: written, path: '', fragment: target.fragment });
        return [element('a', { href: `#${encodeURIComponent(target.fragment)}` }, ...content)];
      case 'page': {
        this.lookups[target.path] = paths.pageOf(target.path) ?? '';
        this.links.push({
          line: this.#line,
          target: written,
          path: target.path,
          fragment: target.fragment,
        });
        const address = relativeTo(paths.pageOf(path) ?? '', paths.pageOf(target.path) ?? '');
        const fragment = target.fragment === '' ? '' : `#${encodeURIComponent(target.fragment)}`;
        return [element('a', { href: `${encodeURI(address)}${fragment}` }, ...content)];
      }
      case 'missing':
        this.links.push({ line: this.#line, target: written, path: null, fragment: '' });
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

  async #item(node: Element, line: number): Promise<Element> {
    const box = boxOf(node);
    await this.children(node, line, false);
    const marks = this.#take(line, () => true).map((step) => this.#mark(step, node));
    const first = node.children.find((child) => child.type === 'element' && child.tagName === 'p');
    const content = first?.type === 'element' ? first : node;
    if (box !== null)
      content.children.unshift(
        element('span', { className: ['box'], role: 'img', ariaLabel: box ? 'ticked' : 'to tick' }),
      );
    if (marks.length > 0) {
      const at = content === node ? ownLength(node) : content.children.length;
      content.children.splice(at, 0, ...marks);
    }
    if (box !== null) node.properties = { className: ['task'] };
    return node;
  }

  #row(node: Element, line: number): void {
    const steps = this.#take(line, () => true);
    const cell = node.children.findLast((child) => child.type === 'element');
    if (cell?.type === 'element')
      cell.children.push(...steps.map((step) => this.#mark(step, node)));
  }

  /** The step's command stands beside it, whole, unless its text shows it. */
  #mark(step: Step, beside: Element | null): Element {
    const isMachine = carriedOutBy(step.effect) === 'machine';
    const isCommand = isMachine && step.text.trim() !== step.title.trim();
    const isShown = beside !== null && codesIn(beside).includes(step.text.trim());
    const shown = isCommand && !isShown ? step.text : null;
    return stepMark(step, this.#runbook, this.#tools.path, shown);
  }

  #take(line: number, wanted: (step: Step) => boolean): readonly Step[] {
    const steps = this.#steps.get(line) ?? [];
    const taken = steps.filter((step) => wanted(step));
    const left = steps.filter((step) => !taken.includes(step));
    if (left.length === 0) this.#steps.delete(line);
    else this.#steps.set(line, left);
    return taken;
  }
}

/** Code that holds TeX, as math; `undefined` for any other, and where it is no TeX. */
async function inlineMathOf(node: Element): Promise<ElementContent | undefined> {
  const classes = node.properties['className'];
  if (!Array.isArray(classes) || !classes.includes(`language-${MATH}`)) return undefined;
  const tex = textOf(node);
  const math = await mathMl(tex, false);
  return math === undefined ? { type: 'text', value: `$${tex}$` } : { type: 'raw', value: math };
}

function mathBlock(value: string): Element {
  return element(
    'div',
    { className: ['scroll', 'math'], tabIndex: 0, role: 'region', ariaLabel: 'Formula' },
    { type: 'raw', value },
  );
}

function codesIn(node: Element): readonly string[] {
  if (node.tagName === 'code') return [textOf(node).trim()];
  return node.children.flatMap((child) => (child.type === 'element' ? codesIn(child) : []));
}

/** Where a file beside the runbooks stands on the site. */
export function assetPath(path: string): string {
  return `_/files/${joined('', path)}`;
}

/** Whether the item's own box is ticked; `null` when it has none. */
function boxOf(node: Element): boolean | null {
  const first = node.children.find((child) => child.type === 'element');
  const input =
    first?.tagName === 'p' ? first.children.find((child) => child.type === 'element') : first;
  return input?.type === 'element' && input.tagName === 'input'
    ? Boolean(input.properties['checked'])
    : null;
}

/** How many children of a tight item come before its nested blocks. */
function ownLength(node: Element): number {
  const at = node.children.findIndex(
    (child) =>
      child.type === 'element' &&
      ['ul', 'ol', 'div', 'section', 'blockquote', 'aside', 'figure'].includes(child.tagName),
  );
  return at < 0 ? node.children.length : at;
}
