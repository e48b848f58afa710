import type { StepContext, StepOutput, StepResult } from '../../engine/contracts/step-type.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { runShellText } from '../shell/run.ts';
import {
  bareOperator,
  crosses,
  isComparison,
  type Limit,
  type Operator,
  parseLimit,
} from './limit.ts';
import { areThousands, findNumber, type Wanted } from './number.ts';
import { withPointThousands } from './numerals.ts';
import type { Quantity } from './quantity.ts';

/** A check with its limits as written; `''` where there is none. */
export interface ThresholdCheck {
  /** What is measured. */
  readonly metric: string;
  readonly warning: string;
  readonly critical: string;
  /** What the value must be to be well ("Target", "Healthy"). */
  readonly healthy?: string | undefined;
  /** Limits of which nobody said what they mean: what they are compared with is unclear. */
  readonly unnamed?: readonly string[] | undefined;
}

/** Runs the check command of a table row and compares its number with the limits. */
export async function* runThreshold(
  step: Step,
  body: ThresholdCheck,
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const { result, stdout } = yield* runShellText(step, context.text, context);
  if (result.outcome !== 'passed' && !saysNothingFound(result, stdout)) return result;
  const verdict = judgeThreshold(body, stdout, context.text);
  const { exitCode: _, why: __, ...rest } = result;
  const warnings = [...(result.warnings ?? []), ...verdict.warnings];
  const facts = { ...result.facts, ...verdict.facts };
  if (verdict.failed !== '') {
    // Without an exit code: the annotation `exit` is about the command, not about the verdict.
    return { ...rest, outcome: 'failed', why: verdict.failed, warnings, facts };
  }
  return { ...rest, outcome: 'passed', warnings, facts };
}

/** `grep -c` ends with 1 when it counts none. */
function saysNothingFound(result: StepResult, stdout: string): boolean {
  return result.outcome === 'failed' && result.exitCode === 1 && stdout.trim() === '0';
}

/** What a check found. */
export interface ThresholdVerdict {
  /** Why it fails, `''` when it does not. */
  readonly failed: string;
  readonly warnings: readonly string[];
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Compares the number in an output with limits: critical fails, warning warns, without limits it only records. An output
 * without a number fails where there are limits.
 */
export function judgeThreshold(
  check: ThresholdCheck,
  output: string,
  command: string,
): ThresholdVerdict {
  const limits = limitsOf(check, /\p{L}/u.test(output));
  const wanted = wantedBy(limits, command);
  const value = findNumber(output, wanted);
  const other = secondReading(check, output, value, limits, wanted);
  if (other !== undefined) return unclear(check, limits, other);
  const base = limitsAsWritten(check);
  const warnings = limits.unread.map(
    (text) =>
      `the limit \`${text}\` of ${check.metric} cannot be read as a number, such as \`> 80%\``,
  );
  if (!value && !limits.all.some((limit) => limit.kind === 'text'))
    return withoutNumber(check, limits, output, warnings, base);
  const shown = value ? `${formatAmount(value.amount)}${value.unit}` : output.trim().slice(0, 80);
  const facts = { value: value?.amount ?? null, unit: value?.unit ?? '', ...base };
  const crossed = (limit: Limit | undefined): boolean =>
    limit !== undefined && crosses(limit, value ?? NOTHING, output);
  const say = (limit: string): string => `${check.metric} is ${shown}, and the limit is ${limit}`;
  if (crossed(limits.critical)) {
    return {
      failed: `${say(check.critical)}: critical`,
      warnings,
      facts: { ...facts, verdict: 'critical' },
    };
  }
  // What is no worse than a warning by the limits that can be read may be so by one that cannot.
  const unread = limits.unread.find((text) => text !== check.warning && isComparison(text));
  if (unread !== undefined) {
    const failed = `${check.metric} is ${shown}, and the limit \`${unread}\` cannot be read: nothing can be compared with it.`;
    return { failed, warnings, facts: { ...facts, verdict: 'unclear' } };
  }
  if (crossed(limits.warning)) {
    return {
      failed: '',
      warnings: [...warnings, say(check.warning)],
      facts: { ...facts, verdict: 'warning' },
    };
  }
  // What lies between well and critical is what the warning says it is.
  if (limits.healthy && !crossed(limits.healthy)) {
    const failed = `${check.metric} is ${shown}, and should be ${check.healthy}`;
    return { failed, warnings, facts: { ...facts, verdict: 'critical' } };
  }
  const judged = limits.all.length > 0;
  return { failed: '', warnings, facts: { ...facts, verdict: judged ? 'ok' : 'recorded' } };
}

/** What an output or a limit can be read as, besides the first reading. */
interface SecondReading {
  /** The number or limit as both readings have it. */
  readonly what: string;
  readonly one: number;
  readonly two: number;
  /** What to write instead, where it is not thousands that are written otherwise. */
  readonly hint?: string;
}

/**
 * `12.000` is twelve, or twelve thousand where a point splits thousands, in outputs and in limits. Where the other may be
 * counted in thousands nobody can say which: the second reading, when it would be judged otherwise.
 */
function secondReading(
  check: ThresholdCheck,
  output: string,
  value: Quantity | undefined,
  limits: Limits,
  wanted: Wanted,
): SecondReading | undefined {
  if (value === undefined) return undefined;
  const inOnes = areThousands(wanted.units)
    ? findNumber(output, { ...wanted, inOnes: true })
    : undefined;
  if (
    inOnes &&
    limits.all.some((each) => crosses(each, value, output) !== crosses(each, inOnes, output))
  )
    return {
      what: `The check of ${check.metric} printed \`${formatAmount(value.amount)}\`, which beside a limit such as \`${check.critical || check.warning || check.healthy}\``,
      one: inOnes.base,
      two: value.base,
      hint: 'Write the limit without `k`.',
    };
  const others = limitsOf(inThousands(check), /\p{L}/u.test(output));
  const largest = largestOf(others);
  if (largest < 1000) return undefined;
  const other = findNumber(output, { ...wanted, pointThousands: true }) ?? value;
  const judged = ({ all }: Limits, one: Quantity): string =>
    all.map((each) => crosses(each, one, output)).join();
  if (judged(limits, value) === judged(others, other)) return undefined;
  if (other.amount !== value.amount)
    return {
      what: `The check of ${check.metric} printed a number that`,
      one: value.amount,
      two: other.amount,
    };
  const limit = check.critical || check.warning || check.healthy || '';
  return {
    what: `A limit of ${check.metric}, such as \`${limit}\`,`,
    one: largestOf(limits),
    two: largest,
  };
}

const largestOf = ({ all }: Limits): number =>
  Math.max(0, ...all.flatMap(quantitiesOf).map(({ amount }) => amount));

function inThousands(check: ThresholdCheck): ThresholdCheck {
  return {
    ...check,
    warning: withPointThousands(check.warning),
    critical: withPointThousands(check.critical),
    healthy: check.healthy === undefined ? undefined : withPointThousands(check.healthy),
  };
}

/** The limits beside a value, as the page has them. */
function limitsAsWritten({ healthy = '', warning, critical }: ThresholdCheck): {
  readonly healthy?: string;
  readonly warning: string | null;
  readonly critical: string | null;
} {
  return {
    ...(healthy === '' ? {} : { healthy }),
    warning: warning || null,
    critical: critical || null,
  };
}

function unclear(
  check: ThresholdCheck,
  limits: Limits,
  { what, one, two, hint = 'Write it without thousands.' }: SecondReading,
): ThresholdVerdict {
  const failed = `${what} is ${formatAmount(one)} or ${formatAmount(two)}, and both are judged differently. ${hint}`;
  const base = limitsAsWritten(check);
  return {
    failed,
    warnings: limits.unread,
    facts: { value: null, unit: '', ...base, verdict: 'unclear' },
  };
}

const NOTHING: Quantity = { base: Number.NaN, amount: Number.NaN, unit: '', dimension: 'plain' };

interface Limits {
  readonly warning: Limit | undefined;
  readonly critical: Limit | undefined;
  readonly healthy: Limit | undefined;
  readonly all: readonly Limit[];
  /** Texts that are no limits. */
  readonly unread: readonly string[];
}

/** A word alone says how something is; it is no limit for an output that holds no word. */
function limitsOf(check: ThresholdCheck, hasWords: boolean): Limits {
  const bare = bareOperator(check.warning, check.critical);
  const read = (text: string, operator: Operator): Limit | undefined => {
    const limit = parseLimit(text, operator);
    return limit?.kind === 'text' && !limit.stated && !hasWords ? undefined : limit;
  };
  const warning = read(check.warning, bare);
  const critical = read(check.critical, bare);
  const healthy = read(check.healthy ?? '', bare === '>=' ? '<=' : '>=');
  const pairs = [
    [check.warning, warning],
    [check.critical, critical],
    [check.healthy ?? '', healthy],
  ] as const;
  return {
    warning,
    critical,
    healthy,
    all: pairs.flatMap(([, limit]) => (limit ? [limit] : [])),
    unread: [
      ...pairs.flatMap(([text, limit]) => (text !== '' && !limit ? [text] : [])),
      ...(check.unnamed ?? []),
    ],
  };
}

function wantedBy(limits: Limits, command: string): Wanted {
  const limit = [limits.critical, limits.warning, limits.healthy].find(
    (one) => one !== undefined && one.kind !== 'text',
  );
  const dimension = limit ? (quantitiesOf(limit)[0]?.dimension ?? null) : null;
  const falling = limit?.kind === 'compare' && limit.operator.startsWith('<');
  const units = limits.all
    .flatMap(quantitiesOf)
    .filter((quantity) => quantity.dimension === dimension && quantity.unit !== '')
    .map((quantity) => quantity.unit);
  const lowIsBad = limit === limits.healthy ? !falling : falling;
  return { dimension, units: [...new Set(units)], lowIsBad, command };
}

function quantitiesOf(limit: Limit): readonly Quantity[] {
  if (limit.kind === 'text') return [];
  if (limit.kind === 'both') return limit.limits.flatMap(quantitiesOf);
  return limit.kind === 'range' ? [limit.to, limit.from] : [limit.than];
}

function withoutNumber(
  check: ThresholdCheck,
  limits: Limits,
  output: string,
  warnings: readonly string[],
  base: Readonly<Record<string, unknown>>,
): ThresholdVerdict {
  const facts = { value: null, unit: '', ...base };
  if (limits.all.length === 0 && !limits.unread.some(isComparison))
    return { failed: '', warnings, facts: { ...facts, verdict: 'recorded' } };
  const first = output.trim().split('\n')[0] ?? '';
  const got = first === '' ? 'printed nothing' : `printed \`${first.slice(0, 80)}\``;
  const limit = check.critical || check.warning || check.healthy;
  const failed = `The check of ${check.metric} ${got}, where a number to compare with ${limit} was expected.`;
  return { failed, warnings, facts: { ...facts, verdict: 'no-number' } };
}

function formatAmount(amount: number): string {
  return String(Math.round(amount * 1000) / 1000);
}
