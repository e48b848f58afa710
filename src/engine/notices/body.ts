import { formatDuration } from '../../text/duration.ts';
import type { Occasion } from '../model/occasion.ts';
import type { NoticeFacts } from './occasion.ts';

const HEADLINES: Readonly<Record<Occasion, string>> = {
  start: 'started',
  success: 'passed',
  failure: 'FAILED',
  recovery: 'passed again after a failure',
  waiting: 'waits for a person',
  skipped: 'was skipped: another run holds the lock',
  slow: 'passed, but took far longer than usual',
};

/** One to three lines for a person. */
export function noticeText(facts: NoticeFacts): string {
  const took = facts.durationMs === null ? '' : ` after ${formatDuration(facts.durationMs)}`;
  const where = facts.step === null ? '' : ` at "${facts.step}"`;
  const why = facts.why === null ? '' : `: ${facts.why}`;
  const goOn = facts.resume === null ? [] : [`Go on with: ${facts.resume}`];
  return [
    `${facts.title} on ${facts.host} ${HEADLINES[facts.occasion]}${where}${took}${why}`,
    `Runbook ${facts.runbook}, run ${facts.run}`,
    ...goOn,
  ].join('\n');
}

/** What is sent to a webhook: where, and the body with its type. */
export interface NoticeRequest {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
}

/**
 * The request of a notice. `json`: the facts as they are. `slack`: `{"text": …}` with `&`, `<` and `>`
 * escaped (Slack's incoming webhooks). `healthchecks`: a ping of the check's URL with `/start`, `/fail`
 * or `/log` behind it and the run id as `rid` (healthchecks.io pinging API); the text is the body.
 */
export function noticeRequest(
  format: 'json' | 'slack' | 'healthchecks',
  url: string,
  facts: NoticeFacts,
): NoticeRequest {
  const text = noticeText(facts);
  if (format === 'slack') {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return { url, contentType: 'application/json', body: JSON.stringify({ text: escaped }) };
  }
  if (format === 'healthchecks')
    return { url: pingUrl(url, facts), contentType: 'text/plain; charset=utf-8', body: text };
  return { url, contentType: 'application/json', body: JSON.stringify({ ...facts, text }) };
}

const PING_SIGNALS: Readonly<Record<Occasion, string>> = {
  start: '/start',
  success: '',
  recovery: '',
  slow: '',
  failure: '/fail',
  waiting: '/log',
  skipped: '/log',
};

function pingUrl(base: string, facts: NoticeFacts): string {
  const url = new URL(base);
  url.pathname = url.pathname.replace(/\/$/, '') + PING_SIGNALS[facts.occasion];
  url.searchParams.set('rid', facts.run);
  return url.href;
}
