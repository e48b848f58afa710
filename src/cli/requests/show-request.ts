import { hash } from 'node:crypto';
import { patchBetween } from '../../team/requests/changes.ts';
import type { RequestDocument } from '../../team/signed/documents.ts';
import type { CliContext } from '../context.ts';
import { screenLine, screenText } from '../screen/safe-text.ts';

/** What somebody looks at before signing. */
export interface Shown {
  readonly request: RequestDocument;
  readonly texts: Readonly<Record<string, string>>;
  /** The text of the last approved run of the same procedure; `null`: there is none. */
  readonly before: string | null;
}

/** A request for the eyes of whoever approves it: who asks for what, the exact bytes, and what changed since the last approved run. */
export async function requestScreen(
  { request, texts, before }: Shown,
  { style }: Pick<CliContext, 'style'>,
): Promise<string> {
  const text = texts[request.sha256];
  const isWhole = text !== undefined && hash('sha256', text, 'hex') === request.sha256;
  const rows: (readonly [string, string])[] = [
    ['request', request.id],
    ['asked by', `${request.who}, ${request.at}, to be started until ${request.expires}`],
    ['why', request.reason === '' ? '(no reason given)' : request.reason],
    ...(request.ticket === '' ? [] : [['ticket', request.ticket] as const]),
    ['host', request.host],
    ...(request.on.length === 0 ? [] : [['on', hostsOf(request)] as const]),
    ...(request.holds ?? []).map((step) => ['holds', `what ${step} is done under`] as const),
    ...(request.not ?? []).map((step) => ['not', `what ${step} is done under`] as const),
    ['runbook', `${request.runbook}${request.procedure === '' ? '' : `#${request.procedure}`}`],
    ['sha256', request.sha256],
    ...Object.entries(request.inputs).map(
      ([name, value]) => ['input', `${name} = ${value}`] as const,
    ),
  ];
  const head = rows.map(([name, value]) => `${name.padEnd(9)}${screenLine(value)}`);
  const body = isWhole
    ? ['', style('strong', 'What would run, byte for byte:'), ...numbered(text)]
    : [
        '',
        style(
          'bad',
          'The text that was signed is not here: look at it where it stands, and compare its sha256.',
        ),
      ];
  const changes = isWhole ? await changedSince(before, text) : [];
  return `${[...head, ...body, ...changes].join('\n')}\n`;
}

function hostsOf({ on, keepGoing, parallel = 1 }: RequestDocument): string {
  const how =
    keepGoing === true ? 'a failure keeps none of them from its turn' : 'to the first failure';
  return `${on.join(', ')} (${parallel > 1 ? `${parallel} at a time` : 'one after the other'}, ${how})`;
}

function numbered(text: string): readonly string[] {
  const lines = screenText(text, { colour: false }).replace(/\n$/, '').split('\n');
  const wide = String(lines.length).length;
  return lines.map((line, index) => `${String(index + 1).padStart(wide)} | ${line}`);
}

async function changedSince(before: string | null, text: string): Promise<readonly string[]> {
  if (before === null) return ['', 'No run of it was approved before.'];
  if (before === text) return ['', 'The text is the one of the last approved run.'];
  const patch = await patchBetween(before, text);
  return [
    '',
    'What changed since the last approved run:',
    ...screenText(patch, { colour: false }).split('\n').slice(1),
  ];
}
