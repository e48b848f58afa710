import { existsSync } from 'node:fs';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { checkpointNote, checkpointText, originOf } from '../../engine/record/anchor.ts';
import { ledgerOf, verifyLedger } from '../../engine/record/verify.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { ANCHOR_NAMESPACE, anchorHost, gitRemote } from '../proof/anchors.ts';
import { signingKey } from '../proof/signing-key.ts';
import { signOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'anchor',
  aside: true,
  summary: 'write down elsewhere where the chain of all runs stands',
  arguments: [],
  options: [
    { name: 'git', value: 'REMOTE', summary: 'push it to handrail-heads/HOST of this remote' },
    { name: 'command', value: 'CMD', summary: 'give it to a command on standard input' },
    { ...signOption, summary: 'sign it with this SSH key' },
    { name: 'host', value: 'NAME', summary: 'under this name (default: this host)' },
  ],
  examples: [
    ['handrail anchor --git git@example.com:ops/heads.git', 'from cron, every ten minutes'],
    ["handrail anchor --command 'mail -s head ops@example.com'", 'a witness in a mailbox'],
    ['handrail anchor >> /media/usb/heads', 'three lines: whose, how many lines, their hash'],
  ],
};

const COMMAND_TIMEOUT_MS = 60_000;

/** `handrail anchor`: writes down elsewhere where the chain of all runs stands. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [host, remote] = [anchorHost(invocation), gitRemote(invocation)];
  const command = invocation.text('command');
  const key = signingKey(invocation, context);
  const store = openStore(context);
  const ledger = await ledgerOf(store);
  const wrong = verifyLedger(ledger);
  if (wrong !== null) {
    const message = `The chain of all runs is not what was written (${wrong.message}); it was not anchored. \`handrail verify\` says more.`;
    throw new HandrailError('ANCHOR_REFUSED', { message });
  }
  if (ledger.end.size === 0) {
    await context.out.write('There is no run to anchor yet.\n');
    return EXIT.passed;
  }
  const text = checkpointText({ origin: originOf(host), ...ledger.end });
  const note = checkpointNote(text, key === null ? null : await signed(text, key));
  if (remote === null && command === undefined) await context.out.write(note);
  const said: string[] = [];
  const failed: string[] = [];
  if (command !== undefined) {
    const why = await tell(command, note, context);
    if (why === undefined) said.push('told the command');
    else failed.push(`the command failed: ${why}`);
  }
  if (remote !== null) {
    if (!existsSync(store.where)) throw noFolder(store.where);
    const { pushAnchor } = await import('../../host/anchor-branch.ts');
    const pushed = await pushAnchor(note, store.where, { remote, host, ...context });
    if (pushed.why === null) said.push(`pushed to ${pushed.branch}`);
    else failed.push(`${remote} did not take it: ${pushed.why}; ${kept(pushed.waiting)}`);
  }
  if (said.length > 0) await context.out.write(`Line ${ledger.end.size}: ${said.join(', ')}.\n`);
  if (failed.length === 0) return EXIT.passed;
  const message = `Line ${ledger.end.size} is not anchored everywhere: ${failed.join('; ')}.`;
  throw new HandrailError('UNREACHABLE', { message });
};

function kept(waiting: number): string {
  return `${waiting === 1 ? '1 checkpoint waits' : `${waiting} checkpoints wait`} for the next \`handrail anchor\``;
}

async function signed(text: string, key: string): Promise<string> {
  const { sshSign } = await import('../../host/ssh-signature.ts');
  return sshSign(text, key, ANCHOR_NAMESPACE);
}

async function tell(
  command: string,
  input: string,
  { cwd, env }: CliContext,
): Promise<string | undefined> {
  const { runNotice } = await import('../../host/notices/run-notice.ts');
  const known = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const timeoutMs = COMMAND_TIMEOUT_MS;
  return runNotice({ command, input, timeoutMs, cwd, env: Object.fromEntries(known) });
}

function noFolder(where: string): HandrailError {
  const message = `\`${where}\` is no folder of runs. Anchor the runs of a host on that host, with --state DIR.`;
  return new HandrailError('USAGE', { message });
}
