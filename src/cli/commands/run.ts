import path from 'node:path';
import { createHandrail } from '../../handrail.ts';
import type { CommandBody } from '../command.ts';
import { findRunbook } from '../find-runbooks.ts';
import { makeUnattendedOperator } from '../operators/unattended.ts';
import { carryOut } from '../running/carry-out.ts';
import { requestOf } from '../running/request.ts';
import { watchSignals } from '../running/signals.ts';
import { stateFolder } from '../state-folder.ts';

/** `handrail run`: carries out a runbook or one of its procedures. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const address = await findRunbook(invocation.words[0] ?? '', context.cwd);
  const request = await requestOf(invocation, address.procedure, false, context);
  const folder = path.dirname(path.resolve(context.cwd, address.path));
  const handrail = createHandrail({ ...context, state: stateFolder(context, folder) });
  const { source, runbook } = await handrail.read(address.path);
  const operator = makeUnattendedOperator(() => undefined);
  const plan = await handrail.prepare(await handrail.plan(runbook, request), operator);
  if (invocation.flag('dry-run')) {
    const { dryRun } = await import('../running/dry-run.ts');
    return dryRun(plan, invocation.flag('json'), context);
  }
  const { signal, stop } = watchSignals();
  try {
    const handle = handrail.run(plan, source, { operator, signal });
    const mode = `unattended (${invocation.flag('unattended') ? 'asked for' : 'no terminal'})`;
    return await carryOut({ handrail, handle, mode, show: operator.show }, invocation, context);
  } finally {
    stop();
  }
};
