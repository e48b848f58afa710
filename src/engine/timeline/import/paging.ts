import { isObject } from '../log-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields in which paging tools name what happened; a `status` says how something stands now, whenever it began. */
const DEEDS = ['event', 'event_type', 'type', 'action', 'message_type', 'messageType'];

/** What is done to an alert, and the milestone of an incident that it is. */
const MILESTONES: readonly (readonly [deed: RegExp, milestone: string])[] = [
  [/^(?:trigger(?:ed)?)$/, 'detected'],
  [/^ack(?:nowledged?|nowledgement)?$/, 'acknowledged'],
  [/^mitigated?$/, 'mitigated'],
  [/^(?:resolved?|recovery)$/, 'resolved'],
];

/** The milestone that an entry of a paging tool is: `acknowledge_log_entry`, `incident.resolved`, `RECOVERY`. */
export function milestoneFrom(record: Fields): string | null {
  for (const name of DEEDS) {
    const value = record[name];
    if (typeof value !== 'string') continue;
    // `unacknowledge` and `reach_ack_limit` are other deeds: the first word counts, behind what it is done to.
    const deed = value.toLowerCase().replace(/^(?:incident|alert|event)[ ._-]+/, '');
    const [first = ''] = deed.split(/[ ._-]/, 1);
    const found = MILESTONES.find(([words]) => words.test(first));
    if (found) return found[1];
  }
  return null;
}

/** A log entry of PagerDuty with the usual names; `undefined` when it is none. */
export function pagerDutyRecord(record: Fields): Fields | undefined {
  const { type, agent, channel } = record;
  if (typeof type !== 'string' || !type.endsWith('_log_entry')) return undefined;
  const who = isObject(agent) ? agent : {};
  const how = isObject(channel) ? channel : {};
  const isPerson = typeof who['type'] === 'string' && who['type'].startsWith('user');
  const said = [how['content'], how['summary']].find((text) => typeof text === 'string');
  return {
    ...record,
    actor: who['summary'],
    actorType: isPerson ? 'human' : 'service',
    // Of a note the summary says only that there is one.
    ...(how['type'] === 'note' && said !== undefined ? { title: said, channel: undefined } : {}),
  };
}
