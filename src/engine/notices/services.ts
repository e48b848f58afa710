import type { Occasion } from '../model/occasion.ts';
import type { NoticeFacts } from './occasion.ts';

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
const MOST_SUMMARY = 1024;
const MOST_MESSAGE = 130;

/** What an alert is known by: the same for every run of the procedures on a host, so that one closes what another opened. */
export function alertKey({ host, runbook, procedures }: NoticeFacts): string {
  const name = `handrail ${host} ${[runbook, ...procedures].join('#')}`;
  return name.length <= 255 ? name : `handrail ${name.slice(-240)}`;
}

/** An event of PagerDuty's Events API v2. */
export function pagerDutyEvent(facts: NoticeFacts, headline: string, key: string): object {
  return {
    routing_key: key,
    event_action: ACTIONS[ALERTS[facts.occasion]],
    dedup_key: alertKey(facts),
    client: 'handrail',
    payload: {
      summary: headline.slice(0, MOST_SUMMARY),
      source: facts.host,
      severity: facts.occasion === 'failure' ? 'error' : 'warning',
      timestamp: facts.at,
      component: facts.title,
      custom_details: facts,
    },
  };
}

/** A call of Opsgenie's Alert API v2: the path behind the address of alerts, and its body. */
export function opsgenieCall(
  facts: NoticeFacts,
  headline: string,
  text: string,
): { readonly path: string; readonly body: object } {
  const does = ALERTS[facts.occasion];
  const alias = alertKey(facts);
  if (does !== 'open')
    return {
      path: `/${encodeURIComponent(alias)}/${does}?identifierType=alias`,
      body: { source: facts.host, note: text },
    };
  const details = Object.entries(facts).map(([name, value]) => [name, String(value ?? '')]);
  return {
    path: '',
    body: {
      message: headline.slice(0, MOST_MESSAGE),
      alias,
      description: text,
      source: facts.host,
      entity: facts.title,
      priority: facts.occasion === 'failure' ? 'P2' : 'P3',
      details: Object.fromEntries(details),
    },
  };
}

/** A message with an adaptive card, as workflows of Teams take it. Its texts are runs of plain text: nothing in them is markup. */
export function teamsCard({ approve, resume }: NoticeFacts, text: string): object {
  const commands = [approve, resume].filter((command) => command !== null);
  const lines = text
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
          body: [
            ...lines,
            ...commands.map((command) => plainly(command, { fontType: 'Monospace' })),
          ],
        },
      },
    ],
  };
}

function plainly(text: string, looks: Readonly<Record<string, string>>): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...looks }] };
}
