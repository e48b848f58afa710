import type { Operator } from '../../engine/contracts/operator.ts';
import type { Attendance, Handrail, RunHandle } from '../../handrail.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { signIfAsked, signingKey } from '../signing/signing-key.ts';
import { carryOut } from './carry-out.ts';
import { watchSignals } from './signals.ts';

/** Carries a run out by policy, from `start` to its signature; returns the exit code. */
export async function runUnattended(
  handrail: Handrail,
  operator: Operator,
  start: (attendance: Attendance) => RunHandle | Promise<RunHandle>,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const key = signingKey(invocation, context);
  const { signal, stop } = watchSignals();
  try {
    const handle = await start({ operator, signal });
    const mode = `unattended (${invocation.flag('unattended') ? 'asked for' : 'HANDRAIL_UNATTENDED'})`;
    const carried = { handrail, handle, mode, show: operator.show };
    const exitCode = await carryOut(carried, invocation, context);
    await signIfAsked(handrail, handle.run, key);
    return exitCode;
  } finally {
    stop();
  }
}
