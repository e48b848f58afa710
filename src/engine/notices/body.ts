import { formatDuration } from '../../text/duration.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { NoticeFormat, Occasion } from '../model/occasion.ts';
import { WITH_EXCEPTIONS } from '../model/outcome.ts';
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

/** Lines for a person: what happened, where it stands, how to go on. */
export function noticeText(facts: NoticeFacts): string {
  const goOn = goOnOf(facts).map(([words, command]) => `${words}: ${command}`);
  const witness = facts.chain === undefined ? [] : [`Chain of all runs: ${facts.chain}`];
  return [
    headlineOf(facts),
    `Runbook ${facts.runbook}, run ${facts.run}`,
    ...goOn,
    ...witness,
  ].join('\n');
}

/** The commands that go on, each with what it is for. */
function goOnOf({ approve, resume }: NoticeFacts): readonly (readonly [string, string])[] {
  return [
    ...(approve === null ? [] : [['Approve with', approve] as const]),
    ...(resume === null ? [] : [['Go on with', resume] as const]),
  ];
}

function headlineOf(facts: NoticeFacts): string {
  const took = facts.durationMs === null ? '' : ` after ${formatDuration(facts.durationMs)}`;
  const where = facts.step === null ? '' : ` at "${facts.step}"`;
  const why = facts.why === null ? '' : `: ${facts.why}`;
  const how = facts.outcome === WITH_EXCEPTIONS ? ' with exceptions' : '';
  return `${facts.title} on ${facts.host} ${HEADLINES[facts.occasion]}${how}${where}${took}${why}`;
}

/** What is sent to a webhook: where, and the body with its type. */
export interface NoticeRequest {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a webhook wants the facts. Listed once: the frontmatter takes its choices from here. */
const REQUESTS: Readonly<
  Record<NoticeFormat, (url: string, facts: NoticeFacts, key: string) => NoticeRequest>
> = {
  json: (url, facts) => asJson(url, { ...facts, text: noticeText(facts) }),
  slack: (url, facts) => asJson(url, { text: forSlack(noticeText(facts)) }),
  healthchecks: (url, facts) => ({
    url: pingUrl(url, facts),
    contentType: 'text/plain; charset=utf-8',
    body: noticeText(facts),
  }),
  teams: (url, facts) => asJson(url, teamsCard(facts)),
  pagerduty: (url, facts, key) => asJson(url, pagerDutyEvent(facts, headlineOf(facts), key)),
  opsgenie: (url, facts, key) => {
    const { path, body } = opsgenieCall(facts, headlineOf(facts), noticeText(facts));
    return {
      ...asJson(`${url.replace(/\/$/, '')}${path}`, body),
      headers: { authorization: `GenieKey ${key}` },
    };
  },
};

/**
 * The request of a notice. `json`: the facts as they are. `slack`: `{"text": …}` with `&`, `<` and `>` escaped (Slack's
 * incoming webhooks). `healthchecks`: a ping of the check's URL with `/start`, `/fail` or `/log` behind it and the run
 * id as `rid` (healthchecks.io pinging API); the text is the body. `teams`: an adaptive card. `pagerduty` (Events API
 * v2) and `opsgenie` (Alert API v2): what goes wrong opens an alert of the procedure on this host, its success closes
 * it.
 */
export function noticeRequest(
  format: NoticeFormat,
  url: string,
  facts: NoticeFacts,
  key = '',
): NoticeRequest {
  return REQUESTS[format](url, facts, key);
}

function asJson(url: string, body: object): NoticeRequest {
  return { url, contentType: 'application/json', body: JSON.stringify(body) };
}

function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
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

/** What becomes of the alert of a procedure. */
const ALERTS: Readonly<Record<Occasion, 'open' | 'acknowledge' | 'close'>> = {
  start: 'acknowledge',
  success: 'close',
  recovery: 'close',
  failure: 'open',
  waiting: 'open',
  skipped: 'open',
  slow: 'open',
};

const ACTIONS = { open: 'trigger', acknowledge: 'acknowledge', close: 'resolve' } as const;
const MOST_KEY = 255;
const MOST_SUMMARY = 1024;
const MOST_MESSAGE = 130;
const MOST_DESCRIPTION = 15_000;
const MOST_ENTITY = 512;
/** All details together may have 8,000 characters. */
const MOST_DETAIL = 500;

/** What an alert is known by: the same for every run of the procedures on a host, so that one closes what another opened. */
function alertKey({ host, runbook, procedures }: NoticeFacts): string {
  const name = `handrail ${host} ${[runbook, ...procedures].join('#')}`;
  if (name.length <= MOST_KEY) return name;
  // What two long names have in common, at either end, must not make them one.
  return `${cut(name, MOST_KEY - 65)} ${sha256Of(name.toWellFormed())}`;
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, most: number): string {
  const end = text.slice(0, most);
  return (end.isWellFormed() ? end : end.slice(0, -1)).toWellFormed();
}

/** An event of PagerDuty's Events API v2. */
function pagerDutyEvent(facts: NoticeFacts, headline: string, key: string): object {
  return {
    routing_key: key,
    event_action: ACTIONS[ALERTS[facts.occasion]],
    dedup_key: alertKey(facts),
    client: 'handrail',
    payload: {
      summary: cut(headline, MOST_SUMMARY),
      source: facts.host,
      severity: facts.occasion === 'failure' ? 'error' : 'warning',
      timestamp: facts.at,
      component: facts.title,
      custom_details: facts,
    },
  };
}

/** A call of Opsgenie's Alert API v2: the path behind the address of alerts, and its body. */
function opsgenieCall(
  facts: NoticeFacts,
  headline: string,
  text: string,
): { readonly path: string; readonly body: object } {
  const does = ALERTS[facts.occasion];
  // It becomes a part of a path, in which not every server takes `/`, not even encoded.
  const alias = `handrail-${sha256Of(alertKey(facts).toWellFormed())}`;
  if (does !== 'open')
    return {
      path: `/${alias}/${does}?identifierType=alias`,
      body: { source: facts.host, note: text },
    };
  const details = Object.entries(facts).map(([name, value]) => [
    name,
    cut(String(value ?? ''), MOST_DETAIL),
  ]);
  return {
    path: '',
    body: {
      message: cut(headline, MOST_MESSAGE),
      alias,
      description: cut(text, MOST_DESCRIPTION),
      source: facts.host,
      entity: cut(facts.title, MOST_ENTITY),
      priority: facts.occasion === 'failure' ? 'P2' : 'P3',
      details: Object.fromEntries(details),
    },
  };
}

/** A message with an adaptive card, as workflows of Teams take it. Its texts are runs of plain text: nothing in them is markup. */
function teamsCard(facts: NoticeFacts): object {
  const commands = goOnOf(facts).flatMap(([words, command]) => [
    plainly(`${words}:`),
    plainly(command, { fontType: 'Monospace' }),
  ]);
  const lines = noticeText({ ...facts, approve: null, resume: null })
    .split('\n')
    .map((line, at) => plainly(line, at === 0 ? { weight: 'Bolder' } : {}));
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [...lines, ...commands],
        },
      },
    ],
  };
}

function plainly(text: string, looks: Readonly<Record<string, string>> = {}): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...looks }] };
}
