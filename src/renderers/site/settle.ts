import GithubSlugger from 'github-slugger';
import type { Element, ElementContent, Root, RootContent } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import { carriedOutBy } from '../../engine/model/effect.ts';
import type { Procedure, Runbook, Step } from '../../engine/model/runbook.ts';
import { visibleText } from '../../text/safe-text.ts';
import { alertOf } from './alerts.ts';
import { codeBlock } from './code-block.ts';
import { diagramFigure } from './diagram.ts';
import { element, textOf } from './element.ts';
import { MATH, mathMl } from './furniture/math.ts';
import type { PageHeading, PageLink } from './page-body.ts';
import { type LinkTools, PageLinks } from './page-links.ts';
import { place, procedureBar, stepCard, stepMark } from './step-card.ts';

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
  tools: LinkTools,
): Promise<SettledPage> {
  const settler = new Settler(runbook, tools);
  await settler.children(tree, 0, false);
  tree.children.push(...settler.leftSteps());
  return settler.result(tree);
}

class Settler {
  readonly #runbook: Runbook;
  readonly #tools: LinkTools;
  readonly #slugger = new GithubSlugger();
  readonly #steps = new Map<number, Step[]>();
  readonly #procedures: ReadonlyMap<number, Procedure>;
  readonly #withSteps: ReadonlySet<string>;
  readonly #expected: ReadonlySet<number>;
  readonly #ids: Set<string>;
  readonly hasTitle: boolean;
  readonly headings: PageHeading[] = [];
  readonly anchors: string[] = [];
  readonly drawings: RenderedFile[] = [];
  readonly #links: PageLinks;

  constructor(runbook: Runbook, tools: LinkTools) {
    this.#runbook = runbook;
    this.#tools = tools;
    this.#links = new PageLinks(tools);
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
    const { hasTitle, headings, anchors, drawings } = this;
    const { links, assets, lookups } = this.#links;
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
    if (line > 0) this.#links.line = line;
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
        return [this.#links.image(node, inLink)];
      case 'input':
        return [];
      case 'code':
        return [(await inlineMathOf(node)) ?? seen(node)];
      case 'a':
        await this.children(node, itemLine, true);
        return this.#links.link(node);
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
          { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Table' },
          node,
        ),
      ];
    if (node.tagName === 'summary' || node.tagName === 'details') node.properties = {};
    return [node];
  }

  /** An id that a heading of the page has is the heading's, and one that a step could have is the step's. */
  #ownId(node: Element): void {
    const { id } = node.properties;
    if (typeof id !== 'string') return;
    if (this.#ids.has(id) || /^step:|\s/.test(id)) delete node.properties['id'];
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
      const from = this.#tools.paths.pageOf(this.#tools.path) ?? '';
      const drawn = await diagramFigure(text, from);
      this.drawings.push(...(drawn?.files ?? []));
      if (drawn) return [drawn.figure];
    }
    return [codeBlock(text, language, this.#expected.has(line) ? 'Expected output' : null)];
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

/** Code within a line, with every character of it to be seen. */
function seen(node: Element): Element {
  const text = textOf(node);
  const shown = visibleText(text);
  if (shown !== text) node.children = [{ type: 'text', value: shown }];
  return node;
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
    { className: ['scroll', 'math'], tabIndex: 0, role: 'group', ariaLabel: 'Formula' },
    { type: 'raw', value },
  );
}

function codesIn(node: Element): readonly string[] {
  if (node.tagName === 'code') return [textOf(node).trim()];
  return node.children.flatMap((child) => (child.type === 'element' ? codesIn(child) : []));
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
