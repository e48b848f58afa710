import type { RunEvent } from '../../engine/model/event.ts';
import type { Outlet } from '../outlet.ts';
import { screenLine } from '../screen/safe-text.ts';
import { type Gutter, makeGutter } from './gutter.ts';

type Output = Extract<RunEvent, { type: 'step.output' }>;

/** Output of several steps at once: whole lines, each behind the host that it comes from. */
export interface SideBySide {
  write(event: Output): Promise<void> | undefined;
  /** Writes what a step's last line still holds. */
  end(stepId: string): Promise<void> | undefined;
}

/** Longest line that is held back until its end comes. */
const MOST_HELD = 16 * 1024;

/** Puts the output of steps on an outlet, line by line. */
export function sideBySide(out: Outlet, options: { readonly colour: boolean }): SideBySide {
  const gutters = new Map<string, Gutter>();
  const gutterOf = (stepId: string): Gutter => {
    const known = gutters.get(stepId);
    if (known !== undefined) return known;
    const label = screenLine(stepId.slice(stepId.lastIndexOf('@') + 1));
    const made = makeGutter(wholeLines(out), { ...options, label });
    gutters.set(stepId, made);
    return made;
  };
  return {
    write: ({ stepId, stream, chunk }) => gutterOf(stepId).write(stream, chunk),
    end(stepId) {
      const gutter = gutters.get(stepId);
      gutters.delete(stepId);
      return gutter?.end();
    },
  };
}

/** Holds back a line until its end is there. */
function wholeLines(out: Outlet): Pick<Outlet, 'write'> {
  let held = '';
  return {
    write(text) {
      held += text;
      const end = held.length > MOST_HELD ? held.length : held.lastIndexOf('\n') + 1;
      if (end === 0) return undefined;
      const whole = held.slice(0, end);
      held = held.slice(end);
      return out.write(whole);
    },
  };
}
