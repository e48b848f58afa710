import { HandrailError } from '../model/errors.ts';
import type { BoundInput, PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import type { Quoting, tryResolve } from '../resolve.ts';

type Tried = ReturnType<typeof tryResolve>;

/** Fills inputs into texts. Where nothing is bound, what it takes to read shell text is never loaded. */
export interface Filler {
  /** To be awaited after values were bound. */
  prepare(): Promise<void>;
  /** Throws INPUT_UNSAFE for a value that cannot stand where it should. */
  fill(text: string, quoting: Quoting): Tried;
  /** The same, for showing: what stands against it is in `problems`. */
  tryFill(text: string, quoting: Quoting): Tried;
}

/** A filler over values that grow while the run goes on. */
export function lazyFiller(values: ReadonlyMap<string, BoundInput>): Filler {
  let resolve: typeof tryResolve | undefined;
  const tryFill = (text: string, quoting: Quoting): Tried =>
    resolve?.(text, quoting, values) ?? { text, masked: text, binds: [], problems: [] };
  return {
    async prepare() {
      if (values.size > 0) resolve ??= (await import('../resolve.ts')).tryResolve;
    },
    fill(text, quoting) {
      const filled = tryFill(text, quoting);
      const [first] = filled.problems;
      if (first !== undefined) throw new HandrailError('INPUT_UNSAFE', { ...first });
      return filled;
    },
    tryFill,
  };
}

/** Where a step's commands run, as its words are filled in; `null`: on this machine. */
export function placeBy(filler: Filler, { on }: PlannedStep, { annotations }: Step): string | null {
  const said = annotations.in ?? annotations.host ?? on;
  return said === undefined ? null : filler.fill(said, 'none').text;
}
