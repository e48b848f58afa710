import { WITH_EXCEPTIONS } from '../model/outcome.ts';
import { decidedWords } from '../model/step-condition.ts';
import type { TimelineEvent } from '../model/timeline.ts';
import { type DraftEvent, instantOf, textOf, titleAndBody } from './draft.ts';
import { type Fields, integer } from './log-lines.ts';

/** Who did something. */
export type Actor = TimelineEvent['actor'];

/** What a line is told of besides its own fields. */
interface Telling {
  readonly step: string;
  readonly exceptions: number;
  /** In quotes, with what of it was asked for. */
  readonly runbook: string;
  readonly actor: Actor;
}
type Told = Partial<DraftEvent> & Pick<DraftEvent, 'kind' | 'title'>;

const human = (name: unknown): Actor => ({ name: textOf(name) || 'unknown', type: 'human' });
/** "Holds", "Stops": what was decided about words of the page. */
function decided({ gate, group, holds }: Fields): string {
  const words = decidedWords({
    holds: holds === true,
    ...(gate === 'if' || gate === 'unless' ? { gate } : {}),
    ...(typeof group === 'string' ? { group } : {}),
  });
  return `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}`;
}
const quoted = (text: string): string => (text === '' ? '' : ` "${text}"`);

/** How each kind of line is told, steps aside. A type that is not here is not told at all. */
export const TELLINGS: Readonly<Record<string, (event: Fields, about: Telling) => Told>> = {
  'run.started': (_, { runbook, actor }) => ({
    kind: 'system',
    title: `Run of ${runbook} started`,
    actor,
  }),
  'run.resumed': (_, { runbook, actor }) => ({
    kind: 'system',
    title: `Run of ${runbook} resumed`,
    actor,
  }),
  'run.waiting': (event, { step }) => ({
    kind: 'system',
    title: `Run waits for a person at${quoted(step)}`,
    body: textOf(event['why']) || null,
    outcome: 'waiting',
  }),
  'run.finished': (event, { runbook, exceptions }) => ({
    kind: 'system',
    title: `Run of ${runbook} ended: ${exceptions > 0 ? WITH_EXCEPTIONS : textOf(event['outcome'])}`,
    body: textOf(event['why']) || null,
    outcome: textOf(event['outcome']) || null,
    exitCode: integer(event['exitCode']),
  }),
  'step.skipped': (event, { step }) => ({
    kind: 'step',
    title: step,
    body: textOf(event['why']) || null,
    actor: human(event['by']),
    outcome: event['condition'] === undefined ? 'skipped' : 'not-applicable',
  }),
  'step.expanded': (event, { step }) => {
    const items = Array.isArray(event['steps']) ? event['steps'].length : 0;
    return {
      kind: 'system',
      title: `${step || 'A step'} is done for ${items === 1 ? '1 item' : `${items} items`}`,
      visibility: 'detail',
    };
  },
  'step.resolved': (event, { step }) => ({
    kind: 'decision',
    title: `Unknown outcome of${quoted(step)} settled: ${textOf(event['outcome'])}`,
    body: textOf(event['why']) || null,
    actor: human(event['by']),
    outcome: textOf(event['outcome']) || null,
  }),
  'step.output': (event, { step }) => ({
    kind: 'system',
    title: `Output of${quoted(step)}: ${integer(event['bytes']) ?? 0} bytes`,
    visibility: 'detail',
  }),
  'question.asked': (event) => ({
    kind: 'system',
    title: `Asked: ${textOf(event['question'])}`,
    visibility: 'detail',
  }),
  'input.bound': (event) => ({
    kind: 'system',
    title: `Input ${textOf(event['name'])} bound (${textOf(event['source'])})`,
    visibility: 'detail',
  }),
  'note.added': (event) => ({
    ...titleAndBody(textOf(event['text'])),
    kind: textOf(event['milestone']) === '' ? 'note' : 'milestone',
    milestone: textOf(event['milestone']) || null,
    actor: human(event['by']),
    ...occurred(event),
  }),
  'deviation.recorded': (event, { step }) => ({
    kind: 'deviation',
    title: `${textOf(event['what'])}${quoted(step)}`,
    body: textOf(event['why']) || null,
    command: textOf(event['text']) || null,
    actor: human(event['by']),
  }),
  'approval.granted': (event, { step }) => ({
    kind: 'approval',
    title: `Approved${quoted(step)} (${textOf(event['how'])})`,
    actor: human(event['by']),
  }),
  'approval.refused': (event, { step }) => ({
    kind: 'approval',
    title: `Word on${quoted(step) || ' the request'} that did not count`,
    body: textOf(event['why']) || null,
    actor: human(event['by']),
    outcome: 'refused',
  }),
  'request.received': (event) => ({
    kind: 'decision',
    title: `Asked for on host ${textOf(event['host'])}, signed with ${textOf(event['key'])}`,
    actor: human(event['by']),
  }),
  'cancel.received': (event) => ({
    kind: 'decision',
    title: 'Cancelled',
    body: textOf(event['why']) || null,
    actor: human(event['by']),
  }),
  'condition.decided': (event, { step }) => ({
    kind: 'decision',
    title: `${decided(event)}${quoted(step)}: ${textOf(event['text'])} (${textOf(event['why'])})`,
    actor: human(event['by']),
  }),
  'lock.busy': (event) => ({
    kind: 'system',
    title: `Lock ${textOf(event['name'])} is held by ${textOf(event['holder'])}`,
  }),
  'notification.sent': (event) => ({
    kind: 'communication',
    title: `Notice of ${textOf(event['on'])} sent to ${textOf(event['to'])}`,
    visibility: 'detail',
  }),
  'notification.failed': (event) => ({
    kind: 'communication',
    title: `Notice of ${textOf(event['on'])} to ${textOf(event['to'])} failed`,
    body: textOf(event['why']) || null,
    outcome: 'failed',
  }),
  'clock.jumped': (event) => ({
    kind: 'system',
    title: `The clock jumped by ${((integer(event['byMs']) ?? 0) / 1000).toFixed(1)} s`,
  }),
};

function occurred(event: Fields): Partial<DraftEvent> {
  const occurredAt = instantOf(event['occurredAt']);
  return occurredAt === undefined ? {} : { occurredAt, precision: 'second' };
}
