import { HandrailError } from '../../engine/model/errors.ts';
import type { IncidentEventBody, IncidentNote } from '../../engine/model/incident.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { TIMELINE_KINDS } from '../../engine/model/timeline.ts';
import { logName } from '../../engine/timeline/incident-scanner.ts';
import { sayWhen, type When } from '../../engine/timeline/when.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';
import {
  atOption,
  importOption,
  incidentOption,
  jsonOption,
  mapOption,
  timezoneOption,
} from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { sendSoon } from '../team/mirrored.ts';
import { ownRecords, type Records } from '../timeline/logs.ts';
import { isToCome, type SaidBy, saidAt, saidBy, zoneOf } from '../timeline/said-by.ts';
import { openRunOf, theOneIncident } from '../timeline/which-incident.ts';

export const spec: CommandWords = {
  name: 'note',
  summary: 'write a note or milestone into an incident, from any shell',
  arguments: [{ name: 'TEXT', many: true, summary: 'what happened, was decided or seen' }],
  options: [
    incidentOption,
    { name: 'run', value: 'RUN', completes: 'run', summary: 'about this run instead' },
    {
      name: 'milestone',
      value: 'NAME',
      summary: 'started, detected, acknowledged, mitigated, resolved, or your own',
    },
    atOption,
    timezoneOption,
    {
      name: 'kind',
      value: 'KIND',
      choices: ['note', 'decision', 'observation', 'communication', 'action'],
      summary: 'note (default), decision, action …',
    },
    { name: 'owner', value: 'NAME', summary: 'who does it (action)' },
    { name: 'due', value: 'DAY', summary: 'until when: 2026-11-30 (action)' },
    { name: 'by', value: 'NAME', summary: 'who said it, when it was not you' },
    { name: 'supersedes', value: 'ID', summary: 'corrects the event with this id' },
    { name: 'url', value: 'URL', summary: 'where it can be seen' },
    { name: 'pin', summary: 'show it wherever only the most important is shown' },
    importOption,
    mapOption,
    jsonOption,
  ],
  examples: [
    ['handrail note "logins fail" --milestone detected --at 02:00', 'a milestone, told later'],
    [
      'handrail note "Alert at 80 %" --kind action --owner Ana --due 2026-12-01',
      'what is to be done',
    ],
    ['handrail note --incident INC-7 --import chat.csv', 'a chat export, for good'],
  ],
};

/** `handrail note`: a note or milestone into an incident's log, from any shell. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const records = ownRecords(stateFolder(context));
  const { incidents } = records;
  if (incidents === null) {
    const message = `Notes are kept in folders, and \`${records.store.where}\` is none. Give a folder with --state.`;
    throw new HandrailError('CONFIGURATION', { message });
  }
  const incident = await whereTo(invocation, context, records);
  const by = saidBy(context, invocation.text('by'));
  const files = invocation.list('import');
  if (files.length > 0) {
    const bodies = imported(files, invocation, context, { incident, incidents, by });
    const { count } = await incidents.append(incident, bodies);
    await sendSoon(context);
    await answer(
      invocation,
      context,
      { incident, imported: count },
      `${count === 1 ? 'one entry' : `${count} entries`} imported into ${incident}`,
    );
    return EXIT.passed;
  }
  const when = whenOf(invocation, context);
  const { log, firstSeq } = await incidents.append(incident, [noteOf(invocation, by, when)]);
  await sendSoon(context);
  const id = `${logName(incident, log)}#${firstSeq}`;
  const milestone = invocation.text('milestone');
  const what = milestone === undefined ? 'noted' : milestone;
  const at = when === null ? '' : ` at ${sayWhen(when)}`;
  await answer(
    invocation,
    context,
    { incident, id, occurredAt: when?.at ?? null },
    `${what} in ${incident}${at}  ${id}`,
  );
  return EXIT.passed;
};

async function whereTo(
  invocation: Invocation,
  context: CliContext,
  { store, incidents }: Records,
): Promise<string> {
  const named = invocation.text('run');
  if (named !== undefined) {
    const { findRun } = await import('../../engine/record/runs.ts');
    return (await findRun(store, named)).run;
  }
  return (
    (await theOneIncident(invocation.text('incident'), context, incidents)) ??
    (await openRunOf(store))
  );
}

function noteOf(invocation: Invocation, by: SaidBy, when: When | null): IncidentNote {
  const text = invocation.words.join(' ').trim();
  if (text === '') {
    throw new HandrailError('USAGE', {
      message: '`handrail note` needs a text, or a file with --import.',
    });
  }
  const milestone = invocation.text('milestone');
  const supersedes = invocation.text('supersedes');
  const url = webAddressOf(invocation);
  return {
    type: 'note.added',
    ...by,
    text,
    ...(milestone === undefined ? kindOf(invocation) : { milestone: milestone.trim() }),
    ...(when === null ? {} : { occurredAt: when.at, precision: when.precision }),
    ...(supersedes === undefined ? {} : { supersedes }),
    ...(url === undefined ? {} : { url }),
    ...actionOf(invocation),
    ...(invocation.flag('pin') ? { pinned: true } : {}),
  };
}

function kindOf(invocation: Invocation): Pick<IncidentNote, 'kind'> {
  const kind = TIMELINE_KINDS.find((known) => known === invocation.text('kind'));
  return kind === undefined ? {} : { kind };
}

/** Who is to do an action and until when. Throws USAGE for what is no action, or no day. */
function actionOf(invocation: Invocation): Pick<IncidentNote, 'owner' | 'due'> {
  const [owner, due] = [invocation.text('owner')?.trim(), invocation.text('due')];
  if (owner === undefined && due === undefined) return {};
  const usage = (message: string) => new HandrailError('USAGE', { message });
  if (invocation.text('kind') !== 'action' || invocation.text('milestone') !== undefined)
    throw usage('An owner and a due day belong to an action: say --kind action, too.');
  if (owner === '') throw usage('`--owner` is to be the name of whoever does it.');
  if (due !== undefined && !isDay(due))
    throw usage(`\`--due ${due}\` is no day; write one such as 2026-11-30.`);
  return {
    ...(owner === undefined ? {} : { owner }),
    ...(due === undefined ? {} : { due }),
  };
}

function isDay(text: string): boolean {
  const atMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(text);
}

/** Throws USAGE for what no browser would open as a page. */
function webAddressOf(invocation: Invocation): string | undefined {
  const url = invocation.text('url');
  if (url === undefined || /^https?:\/\/[^\s"<>]+$/i.test(url)) return url;
  const message = `\`--url ${url}\` is no address of a page; write one that begins with https://.`;
  throw new HandrailError('USAGE', { message });
}

function whenOf(invocation: Invocation, context: CliContext): When | null {
  const when = saidAt(invocation, context);
  if (when !== null && isToCome(when))
    void context.err.write(`handrail: ${when.at} is still to come; it is noted all the same.\n`);
  return when;
}

interface Target {
  readonly incident: string;
  readonly incidents: NonNullable<Records['incidents']>;
  readonly by: SaidBy;
}

/** Entries that are not in the log yet, by their ids. */
async function* imported(
  files: readonly string[],
  invocation: Invocation,
  context: CliContext,
  { incident, incidents, by }: Target,
): AsyncGenerator<IncidentEventBody> {
  const { importedIds } = await import('../../engine/timeline/log-lines.ts');
  const { mappingOf, openImports, unreadLines } = await import('../timeline/imports.ts');
  const known = await importedIds(incidents.lines(incident));
  const timezone = zoneOf(context, invocation.text('timezone'));
  const mapping = mappingOf(invocation.list('map'));
  const unread: string[] = [];
  for (const { file, sha256, entries } of await openImports(files, {
    mapping,
    timezone,
    cwd: context.cwd,
    unread,
  })) {
    for await (const entry of entries()) {
      if (known.has(entry.id)) continue;
      known.add(entry.id);
      yield {
        type: 'note.added',
        by: entry.by,
        host: by.host,
        actorType: entry.actorType,
        text: entry.text,
        kind: entry.kind,
        occurredAt: entry.occurredAt,
        imported: { file, sha256, id: entry.id, line: entry.line },
        ...(entry.body === null ? {} : { body: entry.body }),
        ...(entry.endedAt === null ? {} : { endedAt: entry.endedAt }),
        ...(entry.milestone === null ? {} : { milestone: entry.milestone }),
        ...(entry.url === null ? {} : { url: entry.url }),
      };
    }
  }
  await context.err.write(unreadLines(unread));
}

async function answer(
  invocation: Invocation,
  { out }: CliContext,
  facts: object,
  sentence: string,
): Promise<void> {
  const text = invocation.flag('json') ? JSON.stringify(facts) : screenLine(sentence);
  await out.write(`${text}\n`);
}
