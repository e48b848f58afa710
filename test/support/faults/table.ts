import { COMBINATIONS } from './expected.ts';
import { FAULT_KINDS } from './points.ts';
import { type Combination, type Struck, strike } from './strike.ts';

/** Strikes every combination, `parallel` at a time; the answers come in the combinations' order. */
export async function strikeAll(
  combinations: readonly Combination[],
  parallel: number,
): Promise<readonly Struck[]> {
  const struck: Struck[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < combinations.length; index = next++) {
      const combination = combinations[index];
      if (combination !== undefined) struck[index] = await strike(combination);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return struck;
}

/** The table in the documentation: a row for each point and effect, a column for each fault. */
export function faultTable(struck: readonly Struck[]): string {
  const rows = new Map<string, string[]>();
  for (const [index, { point, effect }] of COMBINATIONS.entries()) {
    const key = `${point} | ${effect ?? "a person's step"}`;
    const one = struck[index];
    rows.set(key, [...(rows.get(key) ?? []), one === undefined ? '' : cell(one)]);
  }
  return [
    `| point | the step | ${FAULT_KINDS.join(' | ')} |`,
    `|---|---|${'---|'.repeat(FAULT_KINDS.length)}`,
    ...[...rows].map(([key, cells]) => `| ${key} | ${cells.join(' | ')} |`),
  ].join('\n');
}

function cell({ exitCode, verdict, resumed, then, order }: Struck): string {
  const starts = order.filter((id) => id === 'two').length;
  const after = then === null ? `${resumed}` : `${resumed} → ${then}`;
  return `${exitCode}, ${verdict} → ${after}; ${starts}×`;
}
