import type { Step } from '../model/runbook.ts';

/** Names whose values a step uses: its inputs, and the variables that it does not set itself. */
export function namesUsed({ inputs, shell }: Pick<Step, 'inputs' | 'shell'>): readonly string[] {
  return [...new Set([...inputs, ...(shell?.uses ?? []).map(({ name }) => name)])];
}
