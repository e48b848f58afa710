import { nearest } from '../../text/nearest.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type Rule, toDiagnostic } from './rule.ts';

const HOLE = /\{\{\s{0,8}([A-Za-z_][\w.-]{0,127})\s{0,8}\}\}/g;

export const nearInput: Rule = {
  name: 'near-input',
  summary: 'A `{{name}}` that is nearly the name of an input, and is none.',
  why: 'It stays as it is written, braces and all, and the command gets that. Correct the name, or declare it.',
  find: ({ steps, frontmatter, inputs }) => {
    const known = new Set([
      ...Object.keys(frontmatter.inputs ?? {}),
      ...inputs.map(({ name }) => name),
      ...steps.flatMap(({ annotations: { capture } }) => (capture === undefined ? [] : [capture])),
    ]);
    if (known.size === 0) return [];
    return steps.flatMap((step) =>
      [step.title, ...step.text.split('\n')].flatMap((line, at) =>
        [...line.matchAll(HOLE)].flatMap(([written, name = '']) => {
          const near = known.has(name) ? name : nearest(name, known);
          const isSpaced = known.has(name) && written !== `{{${name}}}`;
          if (near === undefined || (known.has(name) && !isSpaced)) return [];
          return [
            toDiagnostic('near-input', {
              line: at === 0 ? step.line : step.textLine + at - 1,
              message: `\`${written}\` is the value of no input, and stays as it is written.`,
              hint: `Did you mean \`{{${near}}}\`?`,
              word: written,
            }),
          ];
        }),
      ),
    );
  },
};

export const overdueReview: Rule = {
  name: 'overdue-review',
  summary: 'A runbook whose review is overdue.',
  why: 'What it says may no longer be so. Read it against the system, correct it, and set the next date (`review: { by: … }`).',
  find: ({ frontmatter: { review } }, { today }) => {
    if (review?.by === undefined || today === undefined || review.by >= today) return [];
    const owner = review.owner === undefined ? '' : ` by ${review.owner}`;
    return [
      toDiagnostic('overdue-review', {
        line: 1,
        message: `The review of this runbook${owner} was due on ${review.by}.`,
        hint: 'Read it against the system, then set the next date under `review`.',
      }),
    ];
  },
};

/** Names under `allow` that no rule has: what was to be silent is not. */
export function unknownAllowed(
  steps: readonly {
    readonly line: number;
    readonly annotations: { readonly allow?: string | undefined };
  }[],
  rules: readonly string[],
): readonly Diagnostic[] {
  return steps.flatMap(({ line, annotations: { allow } }) =>
    (allow ?? '')
      .split(/[\s,]+/)
      .filter((name) => name !== '' && !rules.includes(name))
      .map((name) => {
        const near = nearest(name, rules);
        return toDiagnostic('annotation', {
          line,
          message: `The annotation \`allow=${allow}\` is wrong: there is no rule \`${name}\`.`,
          hint: near === undefined ? 'docs/rules.md lists the rules.' : `Did you mean \`${near}\`?`,
          word: name,
        });
      }),
  );
}
