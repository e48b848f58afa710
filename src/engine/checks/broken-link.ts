import { lineFinder } from '../../text/lines.ts';
import { percentDecoded } from '../../text/url.ts';
import { capturesOf } from '../inputs/captures.ts';
import { whyNotGiven, whyNotShared } from '../inputs/check-value.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Runbook, Step } from '../model/runbook.ts';
import { hasAnchor as hasOwnAnchor } from '../reading/anchors.ts';
import { type LinkedInputs, type Rule, toDiagnostic } from './rule.ts';

export const brokenLink: Rule = {
  name: 'broken-link',
  summary:
    'A link to a runbook, procedure or heading that is not there, or that gives what is not taken there.',
  why: 'At 3am the next page is missing. Correct the path or the heading it points to.',
  unattended: 'The run is refused where the link is a step; a reference is passed over.',
  examples: {
    finds: [
      '# T\n\n1. [The other one](gone.md)\n',
      '# T\n\nAll about it is in [the other one](gone.md#why "Why").\n',
      '# T\n\nSee [the other one][o].\n\n[o]: <gone.md>\n',
      '# T\n\nSee [above](#where-it-was).\n',
      '# T\n\nSee [the other one](there.md#gone).\n',
      '# T\n\n<!-- handrail: with.hots=db1 -->\n1. [The other one](there.md)\n',
    ],
    leaves: [
      '# T\n\n1. [The other one](there.md)\n',
      '# T\n\n<!-- handrail: with.host=db1 -->\n1. [The other one](there.md)\n',
      '# T\n\nSee [it](there.md#why), [that](https://example.net/gone.md), [this](#t) and `[x](gone.md)`.\n',
      '# T\n\n<a id="here"></a>See [this](#Here), [that](#T_), [it](#a-b), [line](#L3), [tab](#tab/one).\n\n<h2>A <b>b</b></h2>\n',
      '# T\n\n```markdown\n[The other one](gone.md)\n```\n',
      '# T\n\n<!-- [The other one](gone.md) -->\n',
    ],
  },
  find: (runbook, { exists, hasProcedure, hasAnchor, linkedInputs }) => [
    ...proseLinks(runbook).flatMap(({ line, path, anchor }) => {
      if (path !== '' && exists?.(path) === false) return [nowhere(line, path)];
      const isThere =
        anchor === '' ||
        (path === '' ? hasOwnAnchor(runbook, anchor) : hasAnchor?.(path, anchor) !== false);
      return isThere ? [] : [noHeading(line, path, anchor)];
    }),
    ...runbook.steps.flatMap((step) => {
      const { link } = step.traits;
      if (link === undefined) return [];
      const { path, procedure } = link;
      if (path !== '' && exists?.(path) === false) return [nowhere(step.line, path)];
      if (procedure === '' || hasProcedure?.(path, procedure) !== false)
        return strangeGiven(runbook, step, linkedInputs?.(path, procedure));
      return [
        toDiagnostic('broken-link', {
          line: step.line,
          message: `The link to \`${path}#${procedure}\` leads to no procedure: there is no heading of that name.`,
          hint: `\`handrail show ${path === '' ? runbook.path : path}\` lists the procedures there.`,
          word: `#${procedure}`,
        }),
      ];
    }),
  ],
};

/** Values for a page beside this one; those for this page itself are judged where they are read. */
function strangeGiven(
  { frontmatter, steps }: Runbook,
  { annotations, condition, traits, given: own = {}, line }: Step,
  page: LinkedInputs | undefined,
): readonly Diagnostic[] {
  const { path = '' } = traits.link ?? {};
  if (path === '' || page === undefined) return [];
  const { with: given = {}, when } = annotations;
  const said = withoutCaptures(frontmatter, steps);
  // Where a condition keeps the link from its turn, only the run can tell.
  const around = when === undefined && condition === undefined ? said : {};
  const isShared = (name: string): boolean =>
    !Object.hasOwn(given, name) && !Object.hasOwn(own, name) && Object.hasOwn(page.declared, name);
  const shared = whyNotShared(page.used.filter(isShared), page.declared, around);
  const strange =
    whyNotGiven(given, page.names, page.declared, around) ??
    (shared === undefined ? undefined : { why: shared });
  if (strange === undefined) return [];
  const { why, near } = strange;
  const hint =
    near === undefined
      ? `\`handrail show ${path}\` lists its inputs.`
      : `Did you mean \`with.${near}\`?`;
  const message =
    strange.why === shared
      ? `\`${path}\` ${why}.`
      : `The annotation \`with\` is wrong: \`${path}\` ${why}.`;
  return [toDiagnostic('broken-link', { severity: 'error', line, message, hint, word: 'with.' })];
}

/** What a step captures is known only in the run. */
function withoutCaptures(
  { inputs = {}, environments = {} }: Runbook['frontmatter'],
  steps: readonly Step[],
): Pick<Runbook['frontmatter'], 'inputs' | 'environments'> {
  const captured = new Set(steps.flatMap(capturesOf));
  if (captured.size === 0) return { inputs, environments };
  const own = Object.entries(inputs).filter(([name]) => !captured.has(name));
  return { inputs: Object.fromEntries(own) };
}

function nowhere(line: number, path: string): Diagnostic {
  return toDiagnostic('broken-link', {
    line,
    message: `The link to \`${path}\` leads nowhere.`,
    hint: 'Correct the path; it is relative to this file.',
    word: path,
  });
}

function noHeading(line: number, path: string, anchor: string): Diagnostic {
  return toDiagnostic('broken-link', {
    line,
    message: `The link to \`${path}#${anchor}\` leads to no heading: ${path === '' ? 'this page' : 'that page'} has none of that name.`,
    hint: 'Correct what stands behind `#`: a heading in small letters, with hyphens for its spaces.',
    word: `#${anchor}`,
  });
}

/** A link to a place in this runbook or in one beside it. */
export interface ProseLink {
  readonly line: number;
  /** `''` for this runbook. */
  readonly path: string;
  /** `''` where it names no place in it. */
  readonly anchor: string;
}

/** Where links lead: those in the text, and those that are named once. */
const LEADS = [/\]\([ \t]?<?([^\s()<>]+)/g, /\]:[ \t]?<?([^\s<>]+)/g] as const;
const PAGE = /\.(?:md|markdown|mdx)$/i;

/** Links to this runbook and to those beside it that stand in its prose and are no steps. */
export function proseLinks({ text, fences, steps }: Runbook): readonly ProseLink[] {
  const lines = text.split('\n');
  const followed = steps.filter(({ traits }) => traits.link !== undefined);
  for (const { line, endLine } of [...fences, ...followed])
    for (let at = line; at <= endLine && at <= lines.length; at += 1) lines[at - 1] = '';
  const prose = lines
    .join('\n')
    .replace(/`[^`\n]*`/g, '')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => comment.replace(/[^\n]/g, ''));
  const lineOf = lineFinder(prose);
  return LEADS.flatMap((leads) =>
    [...prose.matchAll(leads)].flatMap(({ 1: written = '', index }) => {
      const [address = '', anchor = ''] = written.split('#', 2);
      const path = percentDecoded(address.split('?', 1)[0] ?? '');
      const isElsewhere = path.startsWith('/') || path.includes(':');
      const isPage = address === '' || PAGE.test(path);
      return isElsewhere || !isPage
        ? []
        : [{ line: lineOf(index) + 1, path, anchor: percentDecoded(anchor) }];
    }),
  );
}
