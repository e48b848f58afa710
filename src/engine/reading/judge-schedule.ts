import { nearest } from '../../text/nearest.ts';
import { checkValue } from '../inputs/check-value.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { HandrailError } from '../model/errors.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { InputUse, Runbook } from '../model/runbook.ts';
import { pickProcedures } from '../planning/pick-procedures.ts';
import { inOneMinute } from '../schedule/same-minute.ts';

type Entry = NonNullable<Frontmatter['schedule']>[number];

/** What a schedule or `on-alert` names and the runbook does not have: procedures, inputs, values that an input does not take. */
export function judgeSchedule(
  runbook: Pick<Runbook, 'path' | 'procedures' | 'inputs' | 'frontmatter' | 'steps'>,
  lineOf: (path: readonly (string | number)[]) => number,
): readonly Diagnostic[] {
  const entries = runbook.frontmatter.schedule ?? [];
  const alerts = runbook.frontmatter['on-alert'] ?? [];
  const strange = alerts.flatMap((name, index) =>
    alerted(name, runbook, lineOf(['on-alert', index])),
  );
  const found = entries.flatMap((entry, index) => [
    ...skipped(entries, index, runbook.frontmatter, lineOf(['schedule', index])),
    ...procedure(entry, runbook, lineOf(['schedule', index, 'procedure'])),
    ...Object.entries(entry.inputs ?? {}).flatMap(([name, value]) =>
      input(name, String(value), runbook, lineOf(['schedule', index, 'inputs', name])),
    ),
  ]);
  return [...strange, ...found, ...contradicted(alerts, runbook)];
}

/** Steps that an alert would start by a word of their author that records of their programs contradict. */
function contradicted(
  alerts: readonly string[],
  { procedures, steps }: Parameters<typeof judgeSchedule>[0],
): readonly Diagnostic[] {
  const named = procedures.filter(({ id, title }) => alerts.includes(id) || alerts.includes(title));
  return steps
    .filter(
      ({ line }) =>
        alerts.includes('all') || named.some((one) => one.line <= line && line <= one.endLine),
    )
    .flatMap(({ line, against }) =>
      against === undefined
        ? []
        : [
            {
              rule: 'contradicted-effect',
              severity: 'warning',
              line,
              column: 1,
              message: `This step is said to read only, and ${against}: no alert starts it.`,
              hint: 'Take it out of what `on-alert` names, or look in a way that changes nothing.',
            } as const,
          ],
    );
}

/** A procedure that an alert may start is said by its id or its heading, or it is `all`. */
function alerted(
  name: string,
  { procedures }: Parameters<typeof judgeSchedule>[0],
  line: number,
): readonly Diagnostic[] {
  if (name === 'all' || procedures.some(({ id, title }) => name === id || name === title))
    return [];
  const ids = procedures.map(({ id }) => id);
  const bare = name.replace(/^#/, '');
  const near = ids.includes(bare) ? bare : nearest(name, [...ids, 'all']);
  return [
    wrong(
      line,
      `\`on-alert\` names the procedure \`${name}\`, which is not there.`,
      near === undefined
        ? `There are ${['all', ...ids.slice(0, 12)].map((id) => `\`${id}\``).join(', ')}.`
        : `Did you mean \`${near}\`?`,
      'error',
    ),
  ];
}

/** The first entry above that is due in the same minute, where the lock's policy makes one of the two go by. */
function skipped(
  entries: readonly Entry[],
  index: number,
  { lock, timezone = '' }: Frontmatter,
  line: number,
): readonly Diagnostic[] {
  const own = entries[index];
  const policy = lock?.policy;
  if (own === undefined || policy === undefined || policy === 'wait') return [];
  const due = (each: Entry) => ({ cron: each.cron, timezone: each.timezone ?? timezone });
  const other = entries.slice(0, index).find((each) => inOneMinute(due(own), due(each)));
  if (other === undefined) return [];
  const name = (each: Entry): string =>
    each.procedure === undefined ? 'the whole runbook' : `\`${each.procedure}\``;
  const found = wrong(
    line,
    `${name(other)} and ${name(own)} are due in the same minute, and \`policy: ${policy}\` makes one of them ${policy === 'skip' ? 'be skipped' : 'fail'}.`,
    'Leave `policy` out or write `policy: wait`, so that one waits for the other, or set them apart.',
    'warning',
  );
  return [{ ...found, rule: 'same-minute' }];
}

function procedure(
  { procedure: name }: Entry,
  runbook: Parameters<typeof judgeSchedule>[0],
  line: number,
): readonly Diagnostic[] {
  if (name === undefined) return [];
  try {
    pickProcedures(runbook, [name.replace(/^#/, '')]);
    return [];
  } catch (error) {
    if (!(error instanceof HandrailError)) throw error;
    const near = error.data['nearest'];
    const ids = runbook.procedures.map(({ id }) => `\`${id}\``).slice(0, 12);
    return [
      wrong(
        line,
        `The schedule names the procedure \`${name}\`, which is not there.`,
        near ? `Did you mean \`${near}\`?` : `There are ${ids.join(', ') || 'no procedures'}.`,
        'warning',
      ),
    ];
  }
}

function input(
  name: string,
  value: string,
  {
    inputs,
    frontmatter,
  }: { readonly inputs: readonly InputUse[]; readonly frontmatter: Frontmatter },
  line: number,
): readonly Diagnostic[] {
  const names = inputs.map((use) => use.name);
  if (!names.includes(name)) {
    const near = nearest(name, names);
    const hint = near ? `Did you mean \`${near}\`?` : 'Declare it under `inputs`, or take it out.';
    return [
      wrong(line, `The schedule gives the input \`${name}\`, which is not there.`, hint, 'error'),
    ];
  }
  const { why } = checkValue(value, frontmatter.inputs?.[name] ?? null);
  if (why === undefined) return [];
  const hint = 'Write a value that the input takes.';
  return [
    wrong(
      line,
      `The schedule gives \`${name}\` the value \`${value}\`, which ${why}.`,
      hint,
      'error',
    ),
  ];
}

function wrong(
  line: number,
  message: string,
  hint: string,
  severity: Diagnostic['severity'],
): Diagnostic {
  return { rule: 'frontmatter', severity, line, column: 1, message, hint };
}
