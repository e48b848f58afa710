import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { textOf } from '../../engine/timeline/draft.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { nearest } from '../../text/nearest.ts';
import { openIncidents } from '../../timelines.ts';
import type { CommandBody, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';
import { stateFolder } from '../state-folder.ts';
import { systemClock } from '../system-clock.ts';
import { saidBy } from '../timeline/said-by.ts';
import { incidentOf } from '../timeline/which-incident.ts';

/** `handrail incident`: opens, closes and lists incidents. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const incidents = openIncidents(stateFolder(context), systemClock);
  const [action = 'list', name] = invocation.words;
  if (action === 'open') await open(name, incidents, invocation, context);
  else if (action === 'close') await close(name, incidents, invocation, context);
  else await list(incidents, invocation, context);
  return EXIT.passed;
};

async function open(
  name: string | undefined,
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<void> {
  if (name === undefined) {
    throw new HandrailError('USAGE', {
      message: '`handrail incident open` needs a name, such as INC-7.',
    });
  }
  const title = invocation.text('title');
  const { by, host } = saidBy(context, invocation.text('by'));
  await incidents.append(name, [
    { type: 'incident.opened', by, host, ...(title === undefined ? {} : { title }) },
  ]);
  await incidents.setCurrent(name);
  await context.out.write(
    `${screenLine(name)} is open: runs and notes belong to it until \`handrail incident close\`\n`,
  );
}

async function close(
  given: string | undefined,
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<void> {
  const name = await incidentOf(given, context, incidents);
  if (name === null)
    throw new HandrailError('INCIDENT_NEEDED', {
      message: 'No incident is open. Name the one to close.',
    });
  const names = (await incidents.incidents()).map((entry) => entry.name);
  if (!names.includes(name)) {
    throw new HandrailError('INCIDENT_NOT_FOUND', {
      name,
      state: incidents.where,
      nearest: nearest(name, names),
    });
  }
  const why = invocation.text('why');
  const { by, host } = saidBy(context, invocation.text('by'));
  await incidents.append(name, [
    { type: 'incident.closed', by, host, ...(why === undefined ? {} : { why }) },
  ]);
  if ((await incidents.current()) === name) await incidents.setCurrent(null);
  await context.out.write(
    `${screenLine(name)} is closed. \`handrail timeline --incident ${screenLine(name)}\` tells it\n`,
  );
}

/** An incident in short. */
interface Summary {
  readonly name: string;
  readonly title: string | null;
  readonly state: 'open' | 'closed' | 'noted';
  readonly current: boolean;
  readonly events: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly record: string;
}

async function list(
  incidents: IncidentStore,
  invocation: Invocation,
  { out }: CliContext,
): Promise<void> {
  const current = await incidents.current();
  const found: Summary[] = [];
  for (const { name } of await incidents.incidents()) {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(name))
      found.push(await summary(name, name === current, incidents));
  }
  if (invocation.flag('json')) {
    await out.write(`${JSON.stringify({ incidents: found }, null, 2)}\n`);
    return;
  }
  const lines = found.map(({ name, title, state, events, lastAt, current: isCurrent }) =>
    screenLine(
      [
        isCurrent ? '*' : ' ',
        name,
        state,
        `${events} events`,
        lastAt?.slice(0, 16) ?? '',
        title ?? '',
      ].join('  '),
    ),
  );
  await out.write(lines.length === 0 ? 'No incidents.\n' : `${lines.join('\n')}\n`);
}

async function summary(name: string, current: boolean, incidents: IncidentStore): Promise<Summary> {
  const chain = new LogLines();
  let state: Summary['state'] = 'noted';
  let title: string | null = null;
  let [firstAt, lastAt]: (string | null)[] = [null, null];
  let events = 0;
  for await (const raw of incidents.lines(name)) {
    const line = chain.take(raw);
    if (!line || line.type === 'run.sealed') continue;
    events += 1;
    firstAt ??= line.at;
    lastAt = line.at;
    if (line.type === 'incident.opened')
      [state, title] = ['open', textOf(line.event['title']) || title];
    if (line.type === 'incident.closed') state = 'closed';
  }
  const record = chain.verdict().verdict;
  return {
    name,
    title,
    state,
    current,
    events,
    firstAt: firstAt ?? null,
    lastAt: lastAt ?? null,
    record,
  };
}
