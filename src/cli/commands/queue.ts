import { statSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { connectTeam, type TeamConnection } from '../../stores/team/connection.ts';
import { inWords } from '../../stores/team/refusals.ts';
import { PAGE_REQUESTS, type Queued, queueIn, readQueue } from '../../team/requests/queue.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { screenLine } from '../screen/safe-text.ts';
import type { Tone } from '../screen/style.ts';
import { jsonOption, teamOption } from '../shared-words.ts';
import { overLostLines } from '../team/lost-lines.ts';
import { teamUrl } from '../team/team-url.ts';

export const spec: CommandWords = {
  name: 'queue',
  aside: true,
  summary: 'list the requests: what waits for whom, what runs, how it ended',
  arguments: [],
  options: [
    { name: 'watch', summary: 'go on as things happen' },
    {
      name: 'from',
      value: 'DIR',
      completes: 'folder',
      summary: 'of a folder of signed files, where there is no server',
    },
    teamOption,
    jsonOption,
  ],
  examples: [
    ['handrail queue --watch', 'who has to approve what?'],
    ['handrail queue --from /srv/requests', 'the same of a folder of signed files'],
  ],
};

const LOOK_MS = 5000;
const RUN_MS = 500;
const SILENCE_MS = 20_000;

/** `handrail queue`: every request, what it waits for and how it ended. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const isJson = invocation.flag('json');
  const from = invocation.text('from');
  if (from !== undefined) return fromFolder(from, invocation, context);
  const url = await teamUrl(invocation.text('team'), context.env);
  if (!invocation.flag('watch')) {
    for await (const text of (isJson ? inJson : inLines)(readQueue(url), context))
      await context.out.write(text);
    return EXIT.passed;
  }
  await watch(url, context, isJson ? inJson : inLines);
  return EXIT.passed;
};

/** The requests that lie in a folder: nobody rings there, so that nothing can be watched. */
async function fromFolder(
  from: string,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const folder = path.resolve(context.cwd, from);
  if (invocation.flag('watch'))
    throw new HandrailError('USAGE', {
      message: "Nothing rings in a folder: `--watch` is for a team's record. Leave it out.",
    });
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new HandrailError('USAGE', {
      message: `\`--from ${from}\` is no folder. Give the one that the signed requests are brought to.`,
    });
  const { folderQueue } = await import('../../team/requests/folder-source.ts');
  const queue = folderQueue(folder, openStore(context));
  for await (const text of (invocation.flag('json') ? inJson : inLines)(queue, context))
    await context.out.write(text);
  return EXIT.passed;
}

type Some = AsyncIterable<Queued> | readonly Queued[];

/** An array, whose items are told as they come. */
async function* inJson(queue: Some): AsyncGenerator<string> {
  let before = '[';
  for await (const one of queue) {
    yield `${before}\n${JSON.stringify([one], null, 2).slice('[\n'.length, -'\n]'.length)}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* inLines(queue: Some, context: CliContext): AsyncGenerator<string> {
  let isEmpty = true;
  for await (const one of queue) {
    isEmpty = false;
    yield lineOf(one, context);
  }
  if (isEmpty) yield 'Nobody asked for anything.\n';
}

/** Whoever watches asks again and again, for the newest ones alone. */
const MOST_WATCHED = PAGE_REQUESTS;
const MORE = `These are the newest ${MOST_WATCHED}: \`handrail queue\` lists all.\n`;

/** Tells the newest of the queue anew whenever something happens in it, until nobody reads any more. */
function watch(
  url: string,
  context: CliContext,
  told: (queue: Some, context: CliContext) => AsyncIterable<string>,
): Promise<void> {
  const { out } = context;
  let last = '';
  let isMoreSaid = false;
  const show = async (text: string): Promise<void> => {
    if (text !== last) await out.write(out.isTerminal ? `\u001b[H\u001b[2J${text}` : `${text}\n`);
    last = text;
  };
  return overLostLines(context, async (isThere) => {
    const team = await connectTeam(url, { silenceMs: SILENCE_MS });
    try {
      await watchOver(team, context, async (newest) => {
        isThere();
        let text = '';
        for await (const part of told(newest, context)) text += part;
        if (newest.length === MOST_WATCHED && !isMoreSaid) await context.err.write(MORE);
        isMoreSaid = newest.length === MOST_WATCHED;
        await show(text);
      });
    } catch (error) {
      // What the person sees by then is the word that the line is lost.
      last = '';
      throw inWords(error, team.where);
    } finally {
      await team.close();
    }
  });
}

async function watchOver(
  team: TeamConnection,
  { out }: CliContext,
  show: (queue: readonly Queued[]) => Promise<void>,
): Promise<void> {
  let wake = (): void => undefined;
  let hasNews = false;
  const ring = (): void => {
    hasNews = true;
    wake();
  };
  await team.listen('handrail_queue', ring);
  let soon: NodeJS.Timeout | undefined;
  // How a run ended stands in its own lines, of which there may be thousands: one look is for all that come at once.
  await team.listen('handrail_run', () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      ring();
    }, RUN_MS);
  });
  try {
    while (!out.closed) {
      hasNews = false;
      await show(await newestIn(team));
      // What rang while it was told is told next.
      if (hasNews) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    clearTimeout(soon);
  }
}

async function newestIn(team: TeamConnection): Promise<readonly Queued[]> {
  const newest: Queued[] = [];
  for await (const one of queueIn(team)) if (newest.push(one) === MOST_WATCHED) break;
  return newest;
}

const TONES: Readonly<Record<Queued['state'], Tone>> = {
  waiting: 'careful',
  queued: 'careful',
  running: 'strong',
  unknown: 'bad',
  passed: 'good',
  failed: 'bad',
  expired: 'dim',
  refused: 'bad',
  cancelled: 'dim',
};

function lineOf(one: Queued, { style }: CliContext): string {
  const what = `${one.runbook}${one.procedure === '' ? '' : `#${one.procedure}`}`;
  const by = [one.requester, ...one.approvals.map((who) => `+${who}`)].join(' ');
  const why = one.why === '' ? '' : `  ${style('dim', screenLine(one.why))}`;
  return `${one.request}  ${style(TONES[one.state], one.state.padEnd(9))}  ${screenLine(one.host)}  ${screenLine(what)}  ${screenLine(by)}${why}\n`;
}
