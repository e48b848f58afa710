import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import { visibleText } from '../../text/safe-text.ts';
import { escapeHtml } from '../formats/html.ts';
import { joined } from './links.ts';
import { relativeTo } from './page-paths.ts';
import { incidentPath, runPath } from './places.ts';
import { incidentTitle } from './said-words.ts';
import { distinctTitles } from './titles.ts';
import type { SiteBook, SiteView } from './view.ts';
import { stepAnchor } from './words.ts';

const MOST_OF_INCIDENT = 3000;

/** What programs read: the texts for search, the index, the sitemap, and pages that lead on from old addresses. */
export function machineFiles(view: SiteView): readonly RenderedFile[] {
  return [searchFile(view), indexFile(view), ...sitemap(view), ...redirects(view)];
}

/** One place that search finds: address, title, page, text, other names (of files, aliases), what it is. */
type Found = readonly [
  href: string,
  title: string,
  page: string,
  text: string,
  names: string,
  what: string,
];

/** A script and no JSON: it loads from a folder, and under the policy. */
function searchFile(view: SiteView): RenderedFile {
  const lines = [...view.books.map(inBook), inIncidents(view), inRuns(view)]
    .filter((found) => found.length > 0)
    .map((found) => JSON.stringify(found.map((one) => one.map(visibleText))));
  return {
    path: '_/search.js',
    content: `handrailSearch([\n${lines.join(',\n').replace(/[\u2028\u2029]/g, ' ')}\n]);\n`,
  };
}

function inBook({ path, page, body }: SiteBook): readonly Found[] {
  const names = distinctTitles(body.procedures);
  const address = (id: string): string =>
    encodeURI(page) + (id === '' ? '' : `#${encodeURIComponent(id)}`);
  const files = [path.slice(path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/i, ''), path];
  const sections = body.sections.map(
    ({ id, title, text }): Found => [
      address(id),
      names.get(id) ?? title,
      body.title,
      text,
      id === ''
        ? [
            ...files,
            body.meta.owner ?? '',
            ...(body.meta.aliases ?? []),
            ...(body.meta.tags ?? []),
          ].join(' ')
        : '',
      id === '' ? 'page' : '',
    ],
  );
  const steps = body.steps.flatMap(({ id, title, command }): Found[] =>
    command === '' ? [] : [[address(stepAnchor(id)), title, body.title, command, '', 'step']],
  );
  return [...sections, ...steps];
}

function inIncidents({ subject }: SiteView): readonly Found[] {
  return subject.incidents.map(({ name, head, events }) => [
    encodeURI(incidentPath(name)),
    incidentTitle({ name, head }),
    'Incident',
    [
      head.status ?? '',
      head.severity?.text ?? '',
      ...head.roles.map(({ role, name: who }) => `${role} ${who}`),
      ...events.filter(({ kind }) => kind !== 'gap').map(({ title }) => title),
    ]
      .join(' ')
      .slice(0, MOST_OF_INCIDENT),
    name,
    'incident',
  ]);
}

function inRuns({ subject, failed }: SiteView): readonly Found[] {
  return subject.runs.map(({ report }) => [
    runPath(report.run),
    [
      report.started.runbook.title,
      ...report.started.procedures,
      report.startedAt.slice(0, 10),
    ].join(', '),
    `Run, ${report.outcome}`,
    [report.started.incident ?? '', report.started.ticket ?? '', failed.get(report.run) ?? '']
      .filter(Boolean)
      .join(' '),
    report.run,
    'run',
  ]);
}

function indexFile({ subject, books, history }: SiteView): RenderedFile {
  const runbooks = books.map(({ path, page, body }) => ({
    path,
    page,
    title: body.title,
    kind: body.kind,
    ...body.meta,
    problem: body.problem,
    procedures: body.procedures.map(({ id, title, severity }) => ({
      id,
      title,
      severity,
      lastProof: history.procedure(path, id).find(({ proven }) => proven)?.at ?? null,
    })),
    steps: body.steps.map(({ id, type, effect, procedure }) => ({
      id,
      type,
      effect,
      procedure,
      last: history.step(path, id)?.outcome ?? null,
      lastPassedAt: history.step(path, id)?.lastPassedAt ?? null,
    })),
    findings: body.diagnostics.length,
  }));
  return {
    path: 'index.json',
    content: `${JSON.stringify({ title: subject.title, runbooks }, null, 1)}\n`,
  };
}

function sitemap({ subject, books }: SiteView): readonly RenderedFile[] {
  if (subject.url === null) return [];
  const urls = [...new Set(['index.html', ...books.map(({ page }) => page)])].map(
    (page) => `<url><loc>${escapeHtml(`${subject.url}/${encodeURI(page)}`)}</loc></url>`,
  );
  return [
    {
      path: 'sitemap.xml',
      content: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
    },
  ];
}

function redirects({ books }: SiteView): readonly RenderedFile[] {
  const taken = new Set(books.map(({ page }) => page));
  return books.flatMap(({ path, page, body }) =>
    (body.meta.aliases ?? []).flatMap((alias) => {
      const clean = joined(alias.startsWith('/') ? '' : path, alias).replace(/\.(?:md|html)$/i, '');
      const from = `${clean}.html`;
      if (
        clean === '' ||
        clean.startsWith('..') ||
        !/^[\p{L}\p{N}._/ -]+$/u.test(clean) ||
        taken.has(from) ||
        from === 'index.html'
      )
        return [];
      taken.add(from);
      const to = escapeHtml(encodeURI(relativeTo(from, page)));
      return [
        {
          path: from,
          content: `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'none'">\n<title>${escapeHtml(body.title)}</title>\n<meta http-equiv="refresh" content="0; url=${to}">\n<h1>Moved</h1>\n<p>This page is now <a href="${to}">${escapeHtml(body.title)}</a>.</p>\n</html>\n`,
        },
      ];
    }),
  );
}
