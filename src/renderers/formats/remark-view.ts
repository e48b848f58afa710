import type { Remark } from '../../engine/model/report.ts';
import { decidedWords } from '../../engine/model/step-condition.ts';
import { formatDuration } from '../../text/duration.ts';
import { visibleText } from '../../text/safe-text.ts';
import type { Times } from './times.ts';
import type { Blocks, Escape, Untrusted } from './untrusted.ts';

/** What a template is told about something that was said or decided. Every field is there; `null` means none. */
export interface RemarkView {
  readonly at: string;
  readonly by: Untrusted | null;
  readonly note: Untrusted | null;
  readonly milestone: Untrusted | null;
  readonly occurred: string | null;
  readonly deviation: Untrusted | null;
  readonly why: Untrusted | null;
  /** The text of a deviation, as a fenced block. */
  readonly text: string | null;
  readonly approval: Untrusted | null;
  readonly refusal: Untrusted | null;
  /** Fingerprint of the key that a request was signed with. */
  readonly request: Untrusted | null;
  readonly cancel: Untrusted | null;
  readonly condition: Untrusted | null;
  /** "holds", or of a gate "goes on". */
  readonly decided: string;
  readonly gate: boolean;
  readonly answer: Untrusted | null;
  readonly lock: Untrusted | null;
  readonly holder: Untrusted | null;
  readonly notice: Untrusted | null;
  readonly to: Untrusted | null;
  readonly failed: boolean;
  readonly jump: string | null;
  /** The step it belongs to, where it is told apart from it. */
  readonly step: { readonly line: number; readonly title: Untrusted } | null;
}

/** What remarks are shown with. */
export interface RemarkTools {
  readonly times: Times;
  readonly safe: Escape;
  readonly block: Blocks;
}

const NOTHING = {
  by: null,
  note: null,
  milestone: null,
  occurred: null,
  deviation: null,
  why: null,
  text: null,
  approval: null,
  refusal: null,
  request: null,
  cancel: null,
  condition: null,
  decided: '',
  gate: false,
  answer: null,
  lock: null,
  holder: null,
  notice: null,
  to: null,
  failed: false,
  jump: null,
} as const;

/** A remark for a template. `step` names its step, where it stands apart from it. */
export function remarkView(
  remark: Remark,
  tools: RemarkTools,
  step: { readonly line: number; readonly title: string } | null,
): RemarkView {
  const { times, safe } = tools;
  return {
    ...NOTHING,
    ...saidIn(remark.event, tools),
    at: times.short(remark.at),
    step: step && { line: step.line, title: safe(step.title) },
  };
}

function saidIn(event: Remark['event'], { times, safe, block }: RemarkTools): Partial<RemarkView> {
  switch (event.type) {
    case 'note.added':
      return {
        by: safe(event.by),
        note: safe(event.text),
        milestone: safe(event.milestone ?? null),
        occurred: event.occurredAt === undefined ? null : times.short(event.occurredAt),
      };
    case 'deviation.recorded':
      return {
        by: safe(event.by),
        deviation: safe(event.what),
        why: safe(event.why ?? null),
        text: event.text === undefined ? null : block(visibleText(event.text)),
      };
    case 'approval.granted':
      return { by: safe(event.by), approval: safe(event.how) };
    case 'approval.refused':
      return { by: safe(event.by), refusal: safe(event.why) };
    case 'request.received':
      return { by: safe(event.by), request: safe(event.key), to: safe(event.host) };
    case 'cancel.received':
      return { by: safe(event.by), cancel: safe(event.why) };
    case 'condition.decided':
      return {
        by: safe(event.by),
        condition: safe(event.text),
        decided: decidedWords(event),
        gate: event.gate !== undefined,
        why: safe(event.why),
      };
    case 'lock.busy':
      return { lock: safe(event.name), holder: safe(event.holder) };
    case 'notification.sent':
      return { notice: safe(event.on), to: safe(event.to) };
    case 'notification.failed':
      return {
        notice: safe(event.on),
        to: safe(event.to),
        why: safe(event.why),
        failed: true,
      };
    case 'clock.jumped':
      return {
        jump: `${formatDuration(Math.abs(event.byMs))} ${event.byMs < 0 ? 'back' : 'forward'}`,
      };
    default:
      return event satisfies never;
  }
}
