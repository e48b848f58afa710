import type { TimelineRenderer } from '../engine/contracts/timeline-renderer.ts';
import { WITH_EXCEPTIONS } from '../engine/model/outcome.ts';
import type { TimelineEvent, TimelineRun } from '../engine/model/timeline.ts';
import { safeText } from '../text/safe-text.ts';
import { sha256Of } from '../text/sha256.ts';
import { isByHand } from './formats/by-hand.ts';
import { linkOf } from './formats/web-link.ts';

const KINDS_SHOWN = new Set(['milestone', 'action']);

/** Milestones, runs, notes and pinned events as a calendar; the same event has the same UID in every export. */
export const timelineIcs: TimelineRenderer = {
  name: 'ics',
  summary: 'iCalendar: milestones, runs, notes and pinned events',
  extension: 'ics',
  binary: false,
  block: false,
  async *render({ head, batches }) {
    yield 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//handrail//timeline//EN\r\nCALSCALE:GREGORIAN\r\n';
    yield calendarLine('X-WR-CALNAME', calendarText(head.title));
    for (const run of head.runs) yield ofRun(run);
    for await (const batch of batches()) {
      yield batch
        .filter((event) => KINDS_SHOWN.has(event.kind) || event.pinned || isByHand(event))
        .map(ofEvent)
        .join('');
    }
    yield 'END:VCALENDAR\r\n';
  },
};

interface Entry {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly stamp: string;
  readonly summary: string;
  readonly description: string;
  readonly category: string;
  readonly url: string | null;
}

function ofRun(run: TimelineRun): string {
  return entry({
    id: run.run,
    from: run.startedAt,
    to: run.endedAt,
    stamp: run.endedAt ?? run.startedAt,
    summary: `${run.title}: ${run.exceptions > 0 ? WITH_EXCEPTIONS : run.outcome}`,
    description: `Run ${run.run} of ${run.path} on ${run.host} by ${run.actor.name}`,
    category: 'run',
    url: null,
  });
}

function ofEvent(event: TimelineEvent): string {
  return entry({
    id: event.id,
    from: event.occurredAt,
    to: event.endedAt,
    stamp: event.recordedAt,
    summary: event.milestone === null ? event.title : `${event.milestone}: ${event.title}`,
    description: [event.body, `By ${event.actor.name}`].filter(Boolean).join('\n'),
    category: event.kind,
    url: linkOf(event),
  });
}

function entry({ id, from, to, stamp, summary, description, category, url }: Entry): string {
  return [
    'BEGIN:VEVENT\r\n',
    calendarLine('UID', `${sha256Of(id).slice(0, 32)}@handrail`),
    calendarLine('DTSTAMP', calendarTime(stamp)),
    calendarLine('DTSTART', calendarTime(from)),
    to === null || to.slice(0, 19) <= from.slice(0, 19)
      ? ''
      : calendarLine('DTEND', calendarTime(to)),
    calendarLine('SUMMARY', calendarText(summary)),
    calendarLine('DESCRIPTION', calendarText(description)),
    calendarLine('CATEGORIES', calendarText(category)),
    url === null ? '' : calendarLine('URL', url),
    'TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n',
  ].join('');
}

const MAX_OCTETS = 75;

/** One content line of iCalendar (RFC 5545, 3.1): folded at 75 octets, never inside a character. */
function calendarLine(name: string, value: string): string {
  let out = '';
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return `${out}\r\n`;
}

/** Untrusted text as a TEXT value (RFC 5545, 3.3.11). */
function calendarText(text: string): string {
  return safeText(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** An instant as a DATE-TIME in UTC: `20261120T020500Z`. */
function calendarTime(at: string): string {
  return `${at.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
