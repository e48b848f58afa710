import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { findRun, newestReports } from '../../engine/record/runs.ts';
import { replay } from '../../engine/replay.ts';
import { readRunbook } from '../../host/read-page.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findRunbook } from '../find-runbooks.ts';
import { openStore } from '../open-store.ts';
import { counted } from '../progress/words.ts';
import { screenLine, screenText } from '../screen/safe-text.ts';
import { runbookArgument } from '../shared-words.ts';
import { rewriteExpected } from '../writing/rewrite.ts';

export const spec: CommandWords = {
  name: 'expect',
  summary: 'write what a run put out into the page that it ran',
  arguments: [runbookArgument],
  options: [
    { name: 'from', value: 'RUN', completes: 'run', summary: 'the run; the newest by default' },
    { name: 'yes', short: 'y', summary: 'write it without asking' },
  ],
  examples: [
    ['handrail expect ops.md --from last', 'shows the difference, and asks'],
    ['handrail expect ops.md --yes', 'the expected fences hold what the newest run put out'],
  ],
  aside: true,
};

/** How many runs are looked through for the newest of a page. */
const MOST_RUNS = 200;
/** Largest output that goes into a page. */
const MAX_OUTPUT_BYTES = 64 * 1024;

/** `handrail expect`: writes what a run put out into the fences of its page that state it. The one command that edits a runbook. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const [word = ''] = invocation.words;
  const address = await findRunbook(word, context.cwd);
  const file = path.resolve(context.cwd, address.path);
  const { runbook } = await readRunbook(file);
  const { reader, report } = await runOf(file, invocation.text('from'), context);
  const ran = report.started.runbook.path;
  if (path.resolve(ran) !== file && report.started.runbook.sha256 !== runbook.sha256)
    throw new HandrailError('USAGE', {
      message: `${reader.run} is a run of ${ran}, not of ${address.path}. Name one of its own with \`--from\`; \`handrail runs\` lists them.`,
    });
  if (report.started.runbook.sha256 !== runbook.sha256)
    throw new HandrailError('USAGE', {
      message: `${address.path} is not as it was when ${reader.run} ran. Run it again, then take what it puts out.`,
    });
  const before = readFileSync(file, 'utf8');
  const after = rewriteExpected(before, runbook, await outputsOf(reader, report));
  for (const { id, why } of after.kept) await context.err.write(`${screenLine(id)}: ${why}.\n`);
  if (after.steps.length === 0) {
    await context.out.write('The page expects already what the run put out.\n');
    return EXIT.passed;
  }
  await context.out.write(await difference(address.path, before, after.text, context));
  if (!(invocation.flag('yes') || (await agreed(context)))) return EXIT.passed;
  writeFileSync(file, after.text);
  await context.out.write(
    `Wrote the output of ${counted(after.steps.length, 'step')} into ${screenLine(address.path)}.\n`,
  );
  return EXIT.passed;
};

/** The run that was named, else the newest of this page, else the newest of all. */
async function runOf(
  file: string,
  named: string | undefined,
  context: CliContext,
): Promise<{ readonly reader: RunReader; readonly report: RunReport }> {
  const store = openStore(context);
  if (named === undefined)
    for await (const { reader, report } of newestReports(store, MOST_RUNS))
      if (report !== undefined && path.resolve(report.started.runbook.path) === file)
        return { reader, report };
  const reader = await findRun(store, named ?? 'last');
  return { reader, report: await replay(reader.run, reader.lines()) };
}

/** What the last attempt of each step put out, as plain text. */
async function outputsOf(
  reader: RunReader,
  { steps }: RunReport,
): Promise<ReadonlyMap<string, string>> {
  const outputs = new Map<string, string>();
  for (const step of steps) {
    const attempt = step.attempts.findLast(({ output }) => output !== null);
    if (!attempt) continue;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of reader.output(step.id, attempt.try, 0)) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) break;
    }
    if (bytes > MAX_OUTPUT_BYTES) continue;
    const text = stripVTControlCharacters(Buffer.concat(chunks).toString('utf8'));
    outputs.set(step.id, text.replace(/\r\n?/g, '\n'));
  }
  return outputs;
}

async function difference(
  name: string,
  before: string,
  after: string,
  { out, colour }: CliContext,
): Promise<string> {
  const { patchBetween } = await import('../screen/difference.ts');
  const patch = patchBetween(
    name,
    { text: before, is: 'as it is' },
    { text: after, is: 'as it ran' },
  );
  return out.isTerminal ? screenText(patch, { colour }) : patch;
}

/** Asks at a terminal; elsewhere the difference is all there is. */
async function agreed({ interactive, out }: CliContext): Promise<boolean> {
  if (!interactive) {
    await out.write('Nothing was written: `--yes` writes it.\n');
    return false;
  }
  const { createInterface } = await import('node:readline/promises');
  const asker = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(?:es)?$/i.test((await asker.question('Write it into the page? [y/N] ')).trim());
  } finally {
    asker.close();
  }
}
