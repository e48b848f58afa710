import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Happened } from '../../engine/model/incident.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import { textOf } from '../../engine/timeline/draft.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { systemClock } from '../../host/system-clock.ts';
import { nearest } from '../../text/nearest.ts';
import { openIncidents } from '../../timelines.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { screenLine } from '../screen/safe-text.ts';
import {
  atOption,
  incidentOption,
  jsonOption,
  ofTeamOption,
  timezoneOption,
} from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { sendSoon } from '../team/mirrored.ts';
import { isToCome, saidAt, saidBy } from '../timeline/said-by.ts';
import { openIncidentsOf, theOneIncident } from '../timeline/which-incident.ts';

export const spec: CommandWords = {
  name: 'incident',
  summary: 'open, close and list incidents, say who does what in them',
  arguments: [
    {
      name: 'ACTION',
      choices: ['open', 'close', 'list', 'role', 'severity'],
      summary: 'open, close, role, severity or list (default)',
    },
    { name: 'NAME', summary: 'its name, such as INC-7; a role; a severity' },
    { name: 'WHO', many: true, summary: 'who has the role now' },
  ],
  options: [
    { ...incidentOption, summary: 'whose role or severity: the open one by default' },
    { name: 'title', value: 'TEXT', summary: 'what it is about (open)' },
    { name: 'severity', value: 'LEVEL', summary: 'how bad it is, such as P1 (open)' },
    { name: 'why', value: 'TEXT', summary: 'why it is over (close), or so bad (severity)' },
    { name: 'by', value: 'NAME', summary: 'who says so, when it is not you' },
    atOption,
    timezoneOption,
    ofTeamOption,
    jsonOption,
  ],
  examples: [
    ['handrail incident open INC-7 --title "Logins fail"', 'runs and notes belong to it now'],
    ['handrail incident role commander Ana', 'who leads it now'],
    ['handrail incident role scribe Bo --at 14:05', 'who has a role since then'],
    ['handrail incident severity P1 --why "all logins"', 'how bad it is'],
    ['handrail incident close', 'the open one is over'],
    ['handrail incident list --team', 'those of all hosts'],
  ],
};

/** `handrail incident`: opens, closes and lists incidents, and says who does what in them and how bad they are. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const incidents = openIncidents(stateFolder(context), systemClock);
  const [action = 'list', name, extra] = invocation.words;
  if (extra !== undefined && action !== 'role') {
    const message = `\`handrail incident ${action}\` does not take the further word \`${extra}\`.`;
    throw new HandrailError('USAGE', { message });
  }
  if (action === 'open') await open(name, incidents, invocation, context);
  else if (action === 'close') await close(name, incidents, invocation, context);
  else if (action === 'role') await role(incidents, invocation, context);
  else if (action === 'severity') await severity(incidents, invocation, context);
  else await list(incidents, invocation, context);
  if (action !== 'list') await sendSoon(context);
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
  const level = invocation.text('severity')?.trim();
  const { by, host } = saidBy(context, invocation.text('by'));
  const others = (await openIncidentsOf(incidents)).filter((other) => other !== name);
  await incidents.append(name, [
    {
      type: 'incident.opened',
      by,
      host,
      ...happened(invocation, context),
      ...(title === undefined ? {} : { title }),
      ...(level ? { severity: level } : {}),
    },
  ]);
  await incidents.setCurrent(name);
  await context.out.write(
    others.length === 0
      ? `${screenLine(name)} is open: runs and notes belong to it until \`handrail incident close\`\n`
      : `${screenLine(name)} is open, and so is ${screenLine(others.join(', '))}: runs and notes say which they are about (--incident)\n`,
  );
}

async function role(
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<void> {
  const [, name = '', ...names] = invocation.words;
  const who = names.join(' ');
  if (name.trim() === '' || who.trim() === '') {
    const message =
      '`handrail incident role` needs a role and whoever has it, such as `commander Ana`.';
    throw new HandrailError('USAGE', { message });
  }
  const incident = await about(incidents, invocation, context);
  const { by, host } = saidBy(context, invocation.text('by'));
  await incidents.append(incident, [
    {
      type: 'incident.role',
      by,
      host,
      ...happened(invocation, context),
      role: name.trim(),
      who: who.trim(),
    },
  ]);
  await context.out.write(`${screenLine(`${who} is ${name} in ${incident}`)}\n`);
}

async function severity(
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<void> {
  const level = invocation.words[1]?.trim() ?? '';
  if (level === '') {
    const message = '`handrail incident severity` needs how bad it is, such as P1.';
    throw new HandrailError('USAGE', { message });
  }
  const incident = await about(incidents, invocation, context);
  const why = invocation.text('why');
  const { by, host } = saidBy(context, invocation.text('by'));
  await incidents.append(incident, [
    {
      type: 'incident.severity',
      by,
      host,
      ...happened(invocation, context),
      severity: level,
      ...(why === undefined ? {} : { why }),
    },
  ]);
  await context.out.write(`${screenLine(`${incident} is ${level}`)}\n`);
}

/** When it was so, where that is not now. Throws USAGE for a time still to come: nobody has a role since tomorrow. */
function happened(invocation: Invocation, context: CliContext): Happened {
  const when = saidAt(invocation, context);
  if (when === null) return {};
  if (!isToCome(when)) return { occurredAt: when.at, precision: when.precision };
  const message = `\`--at ${invocation.text('at')}\` is still to come (${when.at}); say it when it is so.`;
  throw new HandrailError('USAGE', { message });
}

/** The incident that is spoken about. Throws INCIDENT_NEEDED where none is named, and none or several are open. */
async function about(
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<string> {
  const name = await theOneIncident(invocation.text('incident'), context, incidents);
  if (name !== null) return name;
  const message = 'No incident is open. Name one with --incident.';
  throw new HandrailError('INCIDENT_NEEDED', { message });
}

async function close(
  given: string | undefined,
  incidents: IncidentStore,
  invocation: Invocation,
  context: CliContext,
): Promise<void> {
  const name = await theOneIncident(given ?? invocation.text('incident'), context, incidents);
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
  if ((await summary(name, false, incidents)).state === 'closed') {
    await context.out.write(`${screenLine(name)} was closed already: nothing was written\n`);
    return;
  }
  const why = invocation.text('why');
  const { by, host } = saidBy(context, invocation.text('by'));
  await incidents.append(name, [
    {
      type: 'incident.closed',
      by,
      host,
      ...happened(invocation, context),
      ...(why === undefined ? {} : { why }),
    },
  ]);
  // Whatever is still open has to stay in sight: with none in the file, runs and notes look no further.
  if ((await incidents.current()) === name)
    await incidents.setCurrent((await openIncidentsOf(incidents)).at(-1) ?? null);
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
