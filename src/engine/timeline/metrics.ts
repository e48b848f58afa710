import { formatDuration } from '../../text/duration.ts';
import type { Runbook } from '../model/runbook.ts';
import type { Metric, Operand } from '../model/timeline.ts';
import type { Folded, Moment } from './fold.ts';
import type { RecoveryTarget } from './recovery-targets.ts';

/** What a run's own manual says about time. */
export interface ManualFacts {
  readonly run: string;
  readonly path: string;
  readonly procedures: Runbook['procedures'];
  readonly targets: readonly RecoveryTarget[];
  /** Of its frontmatter. */
  readonly severity: string | null;
}

const NOT_RECORDED = 'not recorded';

/** Every metric of a timeline, each with its formula and operands. A missing operand makes it `null`. */
export function metricsOf(
  folded: Folded,
  manuals: readonly ManualFacts[],
  runs: number,
): readonly Metric[] {
  const first = (name: string): Operand =>
    operand(name, folded.milestones.get(name)?.first ?? null);
  const last = (name: string): Operand => operand(name, folded.milestones.get(name)?.last ?? null);
  const between = (name: string, title: string, to: Operand, from: Operand): Metric =>
    spanMetric(name, title, to, from);
  const action = operand('first step', folded.firstAction);
  return [
    between('time-to-detect', 'Time to detect', first('detected'), first('started')),
    between('time-to-acknowledge', 'Time to acknowledge', first('acknowledged'), first('detected')),
    between('time-to-first-action', 'Time to first runbook action', action, first('detected')),
    between('time-to-mitigate', 'Time to mitigate', first('mitigated'), first('detected')),
    between('time-to-resolve', 'Time to resolve', last('resolved'), first('detected')),
    between('impact', 'Duration of the impact', last('resolved'), first('started')),
    automation(folded),
    ...countsOf(folded, runs),
    ...apart(folded.procedures.flatMap((time) => procedureMetric(time, manuals))),
    ...objectives(
      manuals,
      last('resolved'),
      first('started'),
      first('detected'),
      first('restored-to'),
    ),
  ];
}

function operand(name: string, moment: Moment | null): Operand {
  return { name, value: moment?.at ?? null, event: moment?.event ?? null };
}

function spanMetric(name: string, title: string, to: Operand, from: Operand): Metric {
  const value = spanMs(to, from);
  return {
    name,
    title,
    formula: `${to.name} − ${from.name}`,
    operands: [to, from],
    value,
    unit: 'ms',
    text: sayMs(value, to, from),
    target: null,
  };
}

function spanMs(to: Operand, from: Operand): number | null {
  if (typeof to.value !== 'string' || typeof from.value !== 'string') return null;
  return Date.parse(to.value) - Date.parse(from.value);
}

function sayMs(value: number | null, to: Operand, from: Operand): string {
  if (value === null) {
    const missing = [to, from].filter((each) => each.value === null).map((each) => each.name);
    return `${NOT_RECORDED} (${missing.join(', ')})`;
  }
  if (value < 0) return `−${formatDuration(-value)} (${to.name} lies before ${from.name})`;
  return formatDuration(value);
}

function automation({ byEngine, byPerson }: Folded): Metric {
  const total = byEngine + byPerson;
  const value = total === 0 ? null : byEngine / total;
  return {
    name: 'automation-ratio',
    title: 'Automation ratio',
    formula: 'steps by the engine ÷ (steps by the engine + steps by people)',
    operands: [
      { name: 'steps by the engine', value: total === 0 ? null : byEngine, event: null },
      { name: 'steps by people', value: total === 0 ? null : byPerson, event: null },
    ],
    value,
    unit: 'ratio',
    text:
      value === null ? `${NOT_RECORDED} (no step was carried out)` : `${Math.round(value * 100)} %`,
    target: null,
  };
}

const COUNTS = [
  ['deviations', 'Deviations from the runbook'],
  ['unknown', 'Steps of unknown outcome'],
  ['skipped', 'Steps skipped'],
  ['failed', 'Failed attempts'],
  ['handled', 'Failures that were handled'],
] as const;

/** Where nothing was run there is nothing to count, which is not the same as none. */
function countsOf({ counts }: Folded, runs: number): readonly Metric[] {
  const counted = (name: keyof typeof counts): number | null => (runs === 0 ? null : counts[name]);
  return COUNTS.map(([name, title]) => ({
    name,
    title,
    formula: `count of ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    operands: [{ name, value: counted(name), event: null }],
    value: counted(name),
    unit: 'count',
    text: runs === 0 ? `${NOT_RECORDED} (no run)` : String(counts[name]),
    target: null,
  }));
}

/** A procedure that was run again says of each time when it began: nobody can tell two figures of one name apart. */
function apart(metrics: readonly Metric[]): readonly Metric[] {
  return metrics.map((metric) => {
    const began = metric.operands.at(-1)?.value;
    const isAlone = metrics.filter(({ title }) => title === metric.title).length === 1;
    if (isAlone || typeof began !== 'string') return metric;
    const seconds = metrics.filter(
      ({ title, operands }) =>
        title === metric.title &&
        operands.at(-1)?.value?.toString().slice(0, 19) === began.slice(0, 19),
    );
    const length = seconds.length === 1 ? 19 : 23;
    return {
      ...metric,
      title: `${metric.title} from ${began.slice(0, length).replace('T', ' ')} UTC`,
    };
  });
}

function procedureMetric(
  time: Folded['procedures'][number],
  manuals: readonly ManualFacts[],
): readonly Metric[] {
  const manual = manuals.find(({ run }) => run === time.run);
  const procedure = manual?.procedures.find(({ id }) => id === time.procedure);
  if (!manual || !procedure) return [];
  const [to, from] = [
    operand('last step ended', time.last),
    operand('first step started', time.first),
  ];
  const metric = spanMetric(
    `procedure:${time.run}#${procedure.id}`,
    `Time in "${procedure.title}"`,
    to,
    from,
  );
  const { budgetMs } = procedure;
  if (budgetMs === null) return [metric];
  return [
    {
      ...metric,
      target: {
        value: budgetMs,
        text: formatDuration(budgetMs),
        where: `${manual.path}:${procedure.line}`,
        met: metric.value === null ? null : metric.value <= budgetMs,
      },
    },
  ];
}

function objectives(
  manuals: readonly ManualFacts[],
  resolved: Operand,
  started: Operand,
  detected: Operand,
  restoredTo: Operand,
): readonly Metric[] {
  const seen = new Set<string>();
  return manuals.flatMap(({ path, targets }) =>
    targets.flatMap((target) => {
      const key = `${path}:${target.line}:${target.name}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const begin = started.value === null ? detected : started;
      const metric =
        target.name === 'RTO'
          ? spanMetric(
              `recovery-time:${key}`,
              `Recovery time${target.of && ` (${target.of})`}`,
              resolved,
              begin,
            )
          : spanMetric(
              `recovery-point:${key}`,
              `Data lost${target.of && ` (${target.of})`}`,
              begin,
              restoredTo,
            );
      const met = metric.value === null ? null : metric.value <= target.targetMs;
      const text = `${target.name} ${target.text}`;
      return [
        {
          ...metric,
          target: { value: target.targetMs, text, where: `${path}:${target.line}`, met },
        },
      ];
    }),
  );
}
