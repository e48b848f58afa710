import type { Root } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { ReadPage, SiteContext, SitePage } from '../../engine/contracts/site.ts';
import { carriedOutBy } from '../../engine/model/effect.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { quotedWords } from './alerts.ts';
import { element } from './element.ts';
import { furnish } from './furniture/furnish.ts';
import { toHypertext, written } from './hypertext.ts';
import type { PageBody, PageSection } from './page-body.ts';
import { type PagePaths, wikiPage } from './page-paths.ts';
import { settlePage } from './settle.ts';

/** Renders a runbook's body. Pure but for reading it. */
export async function renderBody(
  page: SitePage,
  paths: PagePaths,
  context: SiteContext,
): Promise<PageBody> {
  const read = await page.read();
  if ('problem' in read) return unreadable(page.path, read);
  const { runbook, tree, diagnostics } = read;
  const sections = sectionsOf(tree, runbook);
  await furnish(tree, {
    procedures: runbook.procedures,
    wikiPage: (name) => wikiPage(name, page.path, paths),
    lines: runbook.text.split(/\r?\n/),
  });
  const settled = await settlePage(await toHypertext(tree), runbook, {
    path: page.path,
    paths,
    context,
  });
  const { description, owner, severity, tags, aliases, review } = runbook.frontmatter;
  return {
    title: runbook.title,
    hasTitle: settled.hasTitle,
    problem: null,
    html: written(settled.tree),
    mark: runbook.sha256,
    kind: runbook.kind,
    meta: present({ description, owner, severity, tags, aliases, review }),
    headings: settled.headings,
    anchors: settled.anchors,
    sections,
    links: settled.links,
    procedures: runbook.procedures,
    steps: runbook.steps.map(({ id, type, title, procedure, effect, line, endLine, text }) => ({
      id,
      type,
      title,
      procedure,
      effect,
      line,
      endLine,
      command: carriedOutBy(effect) === 'person' ? '' : text.slice(0, MOST_COMMAND),
    })),
    diagnostics,
    assets: settled.assets,
    drawings: settled.drawings,
    lookups: settled.lookups,
  };
}

/** A file that cannot be read as a runbook is a page that says so, with its text. */
function unreadable(
  path: string,
  { problem, text }: Extract<ReadPage, { problem: string }>,
): PageBody {
  const html = written([
    element('p', {}, problem),
    element(
      'pre',
      { tabIndex: 0, role: 'group', ariaLabel: 'Text of the file' },
      element('code', {}, text),
    ),
  ]);
  return {
    title: path.slice(path.lastIndexOf('/') + 1),
    hasTitle: false,
    problem,
    html,
    mark: '',
    kind: 'manual',
    meta: {},
    headings: [],
    anchors: [],
    sections: [],
    links: [],
    procedures: [],
    steps: [],
    diagnostics: [{ rule: 'unreadable', severity: 'error', line: 1, column: 1, message: problem }],
    assets: [],
    drawings: [],
    lookups: {},
  };
}

const MOST_SEARCHED = 1500;
const MOST_COMMAND = 300;

/** The texts under each heading, for search. */
function sectionsOf(tree: Root, runbook: Runbook): readonly PageSection[] {
  const byLine = new Map(runbook.procedures.map((procedure) => [procedure.line, procedure]));
  const sections: { id: string; title: string; text: string }[] = [
    { id: '', title: runbook.title, text: '' },
  ];
  for (const node of tree.children) {
    const last = sections.at(-1);
    if (node.type === 'heading') {
      const id = byLine.get(node.position?.start.line ?? 0)?.id;
      if (id !== undefined) sections.push({ id, title: plainText(node), text: '' });
    } else if (
      last &&
      last.text.length < MOST_SEARCHED &&
      !['yaml', 'toml', 'html', 'definition'].includes(node.type)
    )
      last.text += `${flat(node)} `;
  }
  return sections.map(({ id, title, text }) => ({
    id,
    title,
    text: text.replace(/\s+/g, ' ').trim().slice(0, MOST_SEARCHED),
  }));
}

/** Lists and tables without their words running into one another. */
function flat(node: Root['children'][number]): string {
  if (node.type === 'blockquote') return quotedWords(node.children.map(flat).join(' '));
  return 'children' in node && ['list', 'listItem', 'table', 'tableRow'].includes(node.type)
    ? node.children.map((child) => flat(child as Root['children'][number])).join(' ')
    : plainText(node);
}

function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // What is undefined is left out, so that it survives JSON unchanged.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
