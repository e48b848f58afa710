import type { Word } from '../../engine/running/session.ts';
import { createHandrail } from '../../handrail.ts';
import type { CommandBody, Invocation } from '../command.ts';
import { makeUnattendedOperator } from '../operators/unattended.ts';
import { carryOut } from '../running/carry-out.ts';
import { givenInputs } from '../running/given-inputs.ts';
import { watchSignals } from '../running/signals.ts';
import { stateFolder } from '../state-folder.ts';

/** `handrail resume`: goes on with a run that failed, waits or was interrupted. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const handrail = createHandrail({ ...context, state: stateFolder(context) });
  const operator = makeUnattendedOperator(() => undefined);
  const { signal, stop } = watchSignals();
  try {
    const handle = await handrail.resume(
      invocation.words[0] ?? null,
      {
        attended: false,
        inputs: await givenInputs(invocation, context.cwd),
        approve: invocation.list('approve'),
        words: wordsOf(invocation),
        force: invocation.flag('force'),
      },
      { operator, signal },
    );
    const mode = `unattended (${invocation.flag('unattended') ? 'asked for' : 'no terminal'})`;
    return await carryOut({ handrail, handle, mode, show: operator.show }, invocation, context);
  } finally {
    stop();
  }
};

function wordsOf(invocation: Invocation): readonly Word[] {
  return [
    ...invocation.list('done').map((step) => ({ outcome: 'done', step }) as const),
    ...invocation.list('not-done').map((step) => ({ outcome: 'not-done', step }) as const),
  ];
}
