import type { RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT, outcomeFacts } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { nothingOf, replay } from '../../engine/replay.ts';
import { parseDuration } from '../../text/duration.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import { openStore } from '../open-store.ts';
import { counted } from '../progress/words.ts';
import { type RunSummary, summaries } from '../run-summaries.ts';
import { screenLine } from '../screen/safe-text.ts';
import { jsonOption } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'prune',
  aside: true,
  summary: 'remove old runs, and keep in the record that they were there',
  arguments: [],
  options: [
    { name: 'keep', value: 'TIME', summary: 'keep runs younger than this, such as 90d' },
    {
      name: 'keep-last',
      value: 'N',
      summary: 'and the newest N of each procedure, and N that passed (default: 1)',
    },
    { name: 'dry-run', summary: 'say what would be removed, and remove nothing' },
    jsonOption,
  ],
  examples: [
    ['handrail prune --keep 90d', 'what is older goes; runs that wait or lost their engine stay'],
  ],
};

/**
 * `handrail prune`: removes runs that are older than asked. A tombstone with the head of each removed log stays
 * in the project-wide chain, so that `verify` tells a pruned run from a deleted one.
 */
export const run: CommandBody['run'] = async (invocation, context) => {
  const before = Date.now() - keepOf(invocation);
  const store = openStore(context);
  const isNewest = newestOfEach(keepLastOf(invocation));
  const pruned: { run: string; runbook: string; startedAt: string }[] = [];
  for await (const summary of summaries(store)) {
    const { run: id, runbook, startedAt, lastEventAt, outcome } = summary;
    const stays =
      isNewest(summary) || outcomeFacts(outcome).open || Date.parse(lastEventAt) >= before;
    if (stays) continue;
    const reader = await store.read(id);
    if (!reader || (await reader.live())) continue;
    if (!invocation.flag('dry-run') && !(await removed(store, reader))) continue;
    pruned.push({ run: id, runbook, startedAt });
  }
  const verb = invocation.flag('dry-run') ? 'would be removed' : 'removed';
  const text = invocation.flag('json')
    ? `${JSON.stringify({ pruned }, null, 2)}\n`
    : `${pruned.map((one) => `${one.run}  ${one.startedAt}  ${screenLine(one.runbook)}\n`).join('')}${counted(pruned.length, 'run')} ${verb}\n`;
  await context.out.write(text);
  return EXIT.passed;
};

/** Asked of all runs, newest first: how a procedure stands, and when it last passed, is told by runs that stay. */
function newestOfEach(most: number): (run: RunSummary) => boolean {
  const counts = new Map<string, number>();
  return ({ runbook, procedures, outcome }) => {
    const kinds = outcome === 'passed' ? ['any', 'passed'] : ['any'];
    const newer = kinds.map((kind) => {
      const name = JSON.stringify([runbook, procedures, kind]);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return count;
    });
    return Math.min(...newer) < most;
  };
}

/** Its last seal stays in the chain of all runs. What the whole of its log says now counts. */
async function removed(store: RunStore, reader: RunReader): Promise<boolean> {
  const id = reader.run;
  const report = await replay(id, reader.lines()).catch(nothingOf);
  if (report === undefined || outcomeFacts(report.outcome).open) return false;
  await store.enter({
    run: id,
    what: 'pruned',
    head: headOf(report),
    at: new Date().toISOString(),
  });
  await store.remove(id);
  return true;
}

const headOf = (report: RunReport): string => report.seal?.head ?? '0'.repeat(64);

function keepOf(invocation: Invocation): number {
  const text = invocation.text('keep');
  const keepMs = text === undefined ? undefined : parseDuration(text);
  if (text !== undefined && keepMs !== undefined && /[a-z]/.test(text)) return keepMs;
  throw new HandrailError('USAGE', {
    message: `${text === undefined ? 'How long runs are kept was not said' : `\`--keep ${text}\` is no time`}: write one such as \`--keep 90d\`.`,
  });
}

function keepLastOf(invocation: Invocation): number {
  const text = invocation.text('keep-last') ?? '1';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new HandrailError('USAGE', { message: `\`--keep-last ${text}\` is no number.` });
}
