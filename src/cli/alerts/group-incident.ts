import * as z from 'zod/mini';
import { nameOf } from '../../alerts/called.ts';
import type { FiringAlert, Webhook } from '../../alerts/webhook.ts';
import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import type { AlertMark, IncidentEventBody } from '../../engine/model/incident.ts';
import { slugOf } from '../../engine/reading/slugs.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { safeText } from '../../text/safe-text.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { SaidBy } from '../timeline/said-by.ts';

const MOST_TITLE = 200;

/** The incident of a group of alerts: the one of it that is open, else a new one with what it began with. */
export async function groupIncident(
  webhook: Webhook,
  incidents: IncidentStore,
  { by, host }: SaidBy,
): Promise<string> {
  const found = await latestOf(webhook, incidents);
  if (found.open) return found.name;
  const began = webhook.alerts
    .filter(({ status }) => status === 'firing')
    .map(({ startsAt }) => new Date(startsAt))
    .filter((at) => !Number.isNaN(at.getTime()))
    .toSorted((a, b) => a.getTime() - b.getTime())[0];
  const title = titleOf(webhook);
  const actorType = 'service';
  const bodies: IncidentEventBody[] = [
    { type: 'incident.opened', by, host, title },
    {
      type: 'note.added',
      by: 'Alertmanager',
      host,
      actorType,
      text: title,
      milestone: 'detected',
      alerts: marksOf(
        webhook.alerts.filter(({ status }) => status === 'firing'),
        'firing',
      ),
      ...(began === undefined ? {} : { occurredAt: began.toISOString(), precision: 'second' }),
    },
  ];
  await incidents.append(found.next, bodies);
  return found.next;
}

/**
 * Notes in the open incident of a group which of its alerts began or are over, and closes it when all are; its name, if
 * it was closed. What is over is the firing that the incident knows: word of an earlier one that comes late ends nothing.
 */
export async function heedGroup(
  webhook: Webhook,
  incidents: IncidentStore,
  { by, host }: SaidBy,
): Promise<string | null> {
  const { name, open, firing } = await latestOf(webhook, incidents);
  if (!open) return null;
  const anew = webhook.alerts.filter(
    ({ status, ...alert }) => status === 'firing' && !isSaidOf(alert, firing),
  );
  if (anew.length > 0) await incidents.append(name, [alertNote(anew, 'firing', host)]);
  const over = webhook.alerts.filter(
    ({ status, ...alert }) => status === 'resolved' && isSaidOf(alert, firing),
  );
  // One that was begun by an earlier edition says of no alert that it fires: the group's own word is all there is.
  const isUntold = firing.size === 0 && anew.length === 0;
  if (over.length === 0 && !isUntold) return null;
  const left = [...firing.keys()].filter(
    (fingerprint) => !over.some((alert) => alert.fingerprint === fingerprint),
  );
  const isUnlisted = (fingerprint: string): boolean =>
    !webhook.alerts.some((alert) => alert.fingerprint === fingerprint);
  // Of those that Alertmanager left out of its list the group's word is the only one.
  const isAllOver =
    webhook.status === 'resolved' &&
    left.length <= webhook.truncatedAlerts &&
    left.every(isUnlisted);
  if (!isAllOver) {
    if (over.length > 0) await incidents.append(name, [alertNote(over, 'resolved', host)]);
    return null;
  }
  const text = 'Every alert of the group is resolved';
  await incidents.append(name, [
    {
      type: 'note.added',
      by: 'Alertmanager',
      host,
      actorType: 'service',
      text,
      milestone: 'resolved',
      alerts: marksOf(over, 'resolved'),
    },
    { type: 'incident.closed', by, host, why: text },
  ]);
  return name;
}

function marksOf(alerts: readonly FiringAlert[], state: AlertMark['state']): readonly AlertMark[] {
  return alerts.map(({ fingerprint, startsAt }) => ({ fingerprint, startsAt, state }));
}

function alertNote(
  alerts: readonly FiringAlert[],
  state: AlertMark['state'],
  host: string,
): IncidentEventBody {
  const names = [...new Set(alerts.map(nameOf))].map((each) => safeText(each));
  const listed = names.length > MOST_NAMED ? `${alerts.length} alerts` : names.join(', ');
  return {
    type: 'note.added',
    by: 'Alertmanager',
    host,
    actorType: 'service',
    kind: 'observation',
    text: `${listed} ${state === 'firing' ? 'fires too' : 'is resolved'}`,
    alerts: marksOf(alerts, state),
  };
}

const MOST_NAMED = 3;

/** Whether an incident knows this very firing of an alert. */
function isSaidOf(
  { fingerprint, startsAt }: Pick<FiringAlert, 'fingerprint' | 'startsAt'>,
  firing: ReadonlyMap<string, string>,
): boolean {
  return firing.get(fingerprint) === startsAt;
}

interface Latest {
  readonly name: string;
  readonly open: boolean;
  /** When each alert that fires in it began, by fingerprint. */
  readonly firing: ReadonlyMap<string, string>;
  /** What a new one is called. */
  readonly next: string;
}

/** The last incident of a group: they are numbered, as a group fires again and again. */
async function latestOf(
  { groupKey, groupLabels }: Webhook,
  incidents: IncidentStore,
): Promise<Latest> {
  const word = slugOf(safeText(groupLabels['alertname'] ?? 'group')).slice(0, 40) || 'group';
  const base = `alert-${word}-${sha256Of(groupKey).slice(0, 8)}`;
  const names = new Set((await incidents.incidents()).map(({ name }) => name));
  if (!names.has(base)) return { name: base, open: false, firing: new Map(), next: base };
  let count = 1;
  while (names.has(`${base}-${count + 1}`)) count += 1;
  const last = count === 1 ? base : `${base}-${count}`;
  return { name: last, ...(await standingOf(last, incidents)), next: `${base}-${count + 1}` };
}

async function standingOf(
  name: string,
  incidents: IncidentStore,
): Promise<Pick<Latest, 'open' | 'firing'>> {
  const chain = new LogLines();
  const firing = new Map<string, string>();
  let open = false;
  for await (const raw of incidents.lines(name)) {
    const line = chain.take(raw);
    if (line?.type === 'incident.opened') open = true;
    if (line?.type === 'incident.closed') open = false;
    for (const { fingerprint, startsAt, state } of marksIn(line?.event['alerts']))
      if (state === 'firing') firing.set(fingerprint, startsAt);
      else if (firing.get(fingerprint) === startsAt) firing.delete(fingerprint);
  }
  return { open, firing };
}

/** Fields of a line are whatever the file holds. */
function marksIn(alerts: unknown): readonly AlertMark[] {
  const read = marksSchema.safeParse(alerts);
  return read.success ? read.data : [];
}

const marksSchema = z.array(
  z.object({
    fingerprint: z.string(),
    startsAt: z.string(),
    state: z.enum(['firing', 'resolved']),
  }),
);

function titleOf({ commonAnnotations, groupLabels, alerts }: Webhook): string {
  const said =
    commonAnnotations['summary'] ??
    commonAnnotations['description'] ??
    groupLabels['alertname'] ??
    alerts[0]?.labels['alertname'] ??
    'alerts';
  return safeText(said).replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE) || 'alerts';
}
