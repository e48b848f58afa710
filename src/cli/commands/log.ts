import { setTimeout as sleep } from 'node:timers/promises';
import type { RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { findRun } from '../../engine/record/runs.ts';
import { replay, reportOf } from '../../engine/replay.ts';
import { RENDERERS } from '../../renderers/index.ts';
import { nearest } from '../../text/nearest.ts';
import type { CommandBody, CommandWords, Invocation, OptionSpec } from '../command.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { screenStream, screenText } from '../screen/safe-text.ts';
import { jsonOption, ofTeamOption, runArgument } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'log',
  summary: 'show the run log of one run',
  arguments: [runArgument],
  options: [
    ofTeamOption,
    formatOption(),
    { name: 'step', value: 'ID', completes: 'step', summary: 'the full output of this step' },
    { name: 'follow', short: 'f', summary: 'go on while the run goes on' },
    { name: 'brief', summary: 'a line a step, notes and departures, no page' },
    { ...jsonOption, summary: 'the same as --format json' },
  ],
  examples: [
    ['handrail log', 'the newest run, as the runbook filled in'],
    ['handrail log last --step check-disks', 'everything that one step said'],
    ['handrail log last --follow', 'watch a run from another terminal'],
  ],
};

/** The formats of every renderer of runs, and the log as it is stored. */
function formatOption(): OptionSpec {
  const names = RENDERERS.filter((one) => one.of === 'report' && one.name !== 'run-log');
  const choices = ['markdown', ...names.map(({ name }) => name), 'jsonl'];
  const summary = `markdown (default), ${choices.slice(1).join(', ')}`;
  return { name: 'format', value: 'FORMAT', choices, summary };
}

/** `handrail log`: the record of one run, whole or one step's output, or as it grows. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const store = openStore(context);
  const word = invocation.words[0] ?? 'last';
  if (invocation.flag('follow')) await beginning(store, word);
  const reader = await findRun(store, word);
  const step = invocation.text('step');
  if (step !== undefined) await stepOutput(reader, step, context);
  else if (invocation.flag('follow')) await follow(reader, context);
  else if (invocation.flag('brief')) await brief(reader, context);
  else await whole(reader, formatOf(invocation), context);
  return EXIT.passed;
};

const WHOLE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LONGEST_BEGINNING_MS = 10_000;
const LOOK_MS = 200;

/** Waits for a run that is known by its whole id: it may just begin, or be on its way to the team's record. */
async function beginning(store: RunStore, word: string): Promise<void> {
  if (!WHOLE_ID.test(word)) return;
  const untilMs = Date.now() + LONGEST_BEGINNING_MS;
  while ((await store.read(word)) === undefined && Date.now() < untilMs) await sleep(LOOK_MS);
}

const formatOf = (invocation: Invocation): string | undefined =>
  invocation.flag('json') ? 'json' : invocation.text('format');

/** How the run stands and what happened, a line a step. */
async function brief(reader: RunReader, context: CliContext): Promise<void> {
  const { briefLines } = await import('../show/brief-log.ts');
  const report = await reportOf(reader);
  await context.out.write(`${briefLines(report, context).join('\n')}\n`);
}

async function whole(
  reader: RunReader,
  format: string | undefined,
  context: CliContext,
): Promise<void> {
  const { out, env } = context;
  if (format === 'jsonl') {
    for await (const { raw, complete } of reader.lines()) {
      await out.write(raw);
      if (complete) await out.write('\n');
    }
    return;
  }
  const { renderRun } = await import('../../host/render-run.ts');
  const named = format === undefined || format === 'markdown' ? 'run-log' : format;
  // As a file it is the whole page; who looks at it wants what was carried out.
  const options = format === undefined && out.isTerminal ? { onlyPicked: true } : {};
  const text = await renderRun(reader, env, named, options);
  if (!out.isTerminal) return void (await out.write(text));
  const shown =
    format === undefined ? await onScreen(text, context) : screenText(text, { colour: false });
  if (!(await paged(shown, context))) await out.write(shown);
}

/** Shows a text that is longer than the screen in the person's pager, as `git log` does; false: it was not. */
async function paged(text: string, { interactive, env }: CliContext): Promise<boolean> {
  const rows = process.stdout.rows || 0;
  const pager = env['PAGER'] || 'less';
  if (!interactive || rows === 0 || pager === 'cat' || env['TERM'] === 'dumb') return false;
  if (text.split('\n').length < rows) return false;
  const { spawnSync } = await import('node:child_process');
  const ended = spawnSync('/bin/sh', ['-c', pager], {
    input: text,
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...env, LESS: env['LESS'] || 'FRX' },
  });
  return ended.status === 0;
}

/** The run log for a person at a terminal: laid out to its width, and harmless. */
async function onScreen(markdown: string, context: CliContext): Promise<string> {
  const { markdownScreen } = await import('../screen/markdown-text.ts');
  const { marksFor } = await import('../screen/marks.ts');
  return markdownScreen(markdown, { ...context, marks: marksFor(context.env) });
}

/** Every attempt's output, whole. On a terminal it is made harmless; into a pipe or file go the very bytes. */
async function stepOutput(reader: RunReader, name: string, context: CliContext): Promise<void> {
  const { steps } = await replay(reader.run, reader.lines());
  const index = /^#?(\d+)$/.exec(name)?.[1];
  const short = steps.filter(({ id }) => id.endsWith(`/${name}`));
  const step =
    steps.find(({ id }) => id === name) ??
    (short.length === 1 ? short[0] : undefined) ??
    (index ? steps[Number(index) - 1] : undefined);
  if (!step)
    throw new HandrailError('STEP_NOT_FOUND', {
      name,
      path: `run ${reader.run}`,
      nearest: nearest(
        name,
        steps.map(({ id }) => id),
      ),
    });
  for (const attempt of step.attempts) await attemptOutput(reader, step.id, attempt.try, context);
}

async function attemptOutput(
  reader: RunReader,
  stepId: string,
  attempt: number,
  { out, colour }: CliContext,
): Promise<void> {
  const screen = out.isTerminal ? screenStream({ colour }) : null;
  for await (const chunk of reader.output(stepId, attempt, 0)) {
    if (out.closed) return;
    await out.write(screen ? screen.write(chunk) : chunk);
  }
  if (screen) await out.write(screen.end());
}

async function follow(reader: RunReader, context: CliContext): Promise<void> {
  const { followRun } = await import('../follow.ts');
  await followRun(reader, context);
}
