import { hash } from 'node:crypto';
import type { Webhook } from '../../alerts/webhook.ts';
import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import type { IncidentEventBody } from '../../engine/model/incident.ts';
import { slugOf } from '../../engine/reading/slugs.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { safeText } from '../../text/safe-text.ts';
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
      ...(began === undefined ? {} : { occurredAt: began.toISOString(), precision: 'second' }),
    },
  ];
  await incidents.append(found.next, bodies);
  return found.next;
}

/** Closes the open incident of a group whose alerts are all resolved; its name, if there was one. */
export async function closeGroup(
  webhook: Webhook,
  incidents: IncidentStore,
  { by, host }: SaidBy,
): Promise<string | null> {
  const { name, open } = await latestOf(webhook, incidents);
  if (!open) return null;
  const text = 'Every alert of the group is resolved';
  await incidents.append(name, [
    {
      type: 'note.added',
      by: 'Alertmanager',
      host,
      actorType: 'service',
      text,
      milestone: 'resolved',
    },
    { type: 'incident.closed', by, host, why: text },
  ]);
  return name;
}

interface Latest {
  readonly name: string;
  readonly open: boolean;
  /** What a new one is called. */
  readonly next: string;
}

/** The last incident of a group: they are numbered, as a group fires again and again. */
async function latestOf(
  { groupKey, groupLabels }: Webhook,
  incidents: IncidentStore,
): Promise<Latest> {
  const word = slugOf(safeText(groupLabels['alertname'] ?? 'group')).slice(0, 40) || 'group';
  const base = `alert-${word}-${hash('sha256', groupKey, 'hex').slice(0, 8)}`;
  const names = new Set((await incidents.incidents()).map(({ name }) => name));
  if (!names.has(base)) return { name: base, open: false, next: base };
  let count = 1;
  while (names.has(`${base}-${count + 1}`)) count += 1;
  const last = count === 1 ? base : `${base}-${count}`;
  return { name: last, open: await isOpen(last, incidents), next: `${base}-${count + 1}` };
}

async function isOpen(name: string, incidents: IncidentStore): Promise<boolean> {
  const chain = new LogLines();
  let open = false;
  for await (const raw of incidents.lines(name)) {
    const type = chain.take(raw)?.type;
    if (type === 'incident.opened') open = true;
    if (type === 'incident.closed') open = false;
  }
  return open;
}

function titleOf({ commonAnnotations, groupLabels, alerts }: Webhook): string {
  const said =
    commonAnnotations['summary'] ??
    commonAnnotations['description'] ??
    groupLabels['alertname'] ??
    alerts[0]?.labels['alertname'] ??
    'alerts';
  return safeText(said).replace(/\s+/g, ' ').trim().slice(0, MOST_TITLE) || 'alerts';
}
