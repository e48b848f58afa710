import { safeText } from '../../text/safe-text.ts';
import type { Measured, Measures } from './measure.ts';

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** Measures in the text format of Prometheus (0.0.4), for the textfile collector of node_exporter. Pure. */
export function metricsText(measures: Measures, nowMs: number): string {
  return metricsOf(measures, nowMs)
    .filter(({ samples }) => samples.length > 0)
    .map(
      ({ name, help, samples }) =>
        `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${samples
          .map(([labels, value]) => `${name}${labelsText(labels)} ${value}\n`)
          .join('')}`,
    )
    .join('');
}

function metricsOf(
  { state, procedures: all, left, verified, unsound }: Measures,
  nowMs: number,
): readonly Metric[] {
  const procedures = toldApart(all);
  const each = (
    name: string,
    help: string,
    value: (one: Measured) => number | null,
    more: (one: Measured) => Readonly<Record<string, string>> = () => ({}),
  ): Metric => ({
    name,
    help,
    samples: procedures.flatMap((one) => {
      const is = value(one);
      const { runbook, procedure } = one;
      return is === null ? [] : [[{ state, runbook, procedure, ...more(one) }, is] as const];
    }),
  });
  const whole = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    samples: [[{ state }, value]],
  });
  const seconds = (at: string | null): number | null =>
    at === null ? null : Date.parse(at) / 1000;
  return [
    each(
      'handrail_last_run_timestamp_seconds',
      'When the newest run ended, or began if it goes on.',
      ({ lastAt }) => seconds(lastAt),
    ),
    each(
      'handrail_last_run_duration_seconds',
      'How long engines worked on the newest run.',
      ({ lastDurationMs }) => (lastDurationMs === null ? null : lastDurationMs / 1000),
    ),
    each('handrail_last_run_passed', '1 if the newest run passed, else 0.', ({ lastOutcome }) =>
      lastOutcome === null ? null : Number(lastOutcome === 'passed'),
    ),
    each(
      'handrail_last_run_outcome',
      'Always 1; the label says how the newest run stands.',
      ({ lastOutcome }) => (lastOutcome === null ? null : 1),
      ({ lastOutcome }) => ({ outcome: lastOutcome ?? '' }),
    ),
    each(
      'handrail_last_success_timestamp_seconds',
      'When a run passed last; 0 if none ever did.',
      ({ lastPassedAt }) => seconds(lastPassedAt) ?? 0,
    ),
    each(
      'handrail_drill_age_seconds',
      'Time since a run passed last, when this was written.',
      ({ lastPassedAt }) =>
        lastPassedAt === null
          ? null
          : Math.max(0, Math.round((nowMs - Date.parse(lastPassedAt)) / 1000)),
    ),
    each('handrail_runs_waiting', 'Runs that wait for a person.', ({ waiting }) => waiting),
    whole(
      'handrail_verified_runs',
      'How many of the newest runs were held against their record.',
      verified,
    ),
    whole('handrail_unsound_runs', 'How many of those cannot be trusted.', unsound),
    whole(
      'handrail_left_out_procedures',
      'Procedures beyond the bound, of which nothing is told here.',
      left + all.length - procedures.length,
    ),
    whole('handrail_written_timestamp_seconds', 'When this was written.', nowMs / 1000),
  ];
}

/** Names that look the same once they are harmless would be one sample twice, for which the whole file is refused. */
function toldApart(all: readonly Measured[]): readonly Measured[] {
  const shown = ({ runbook, procedure }: Measured): string => labelsText({ runbook, procedure });
  return [...Map.groupBy(all, shown).values()].flatMap((alike) =>
    alike.toSorted((a, b) => Date.parse(b.lastAt ?? '0') - Date.parse(a.lastAt ?? '0')).slice(0, 1),
  );
}

function labelsText(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `{${parts.join(',')}}`;
}

function escaped(text: string): string {
  return safeText(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
