import type { RawLine } from '../contracts/run-store.ts';
import { EFFECTS } from '../model/effect.ts';
import type { RunEvent, RunEventType, StoredEvent } from '../model/event.ts';
import {
  count,
  type Fields,
  fields,
  figure,
  fits,
  flag,
  guard,
  isRecord,
  list,
  type Misfit,
  maybe,
  misfitOf,
  oneOf,
  orNull,
  record,
  sha256,
  text,
} from '../model/guard.ts';
import { RUN_OUTCOMES, STEP_OUTCOMES } from '../model/outcome.ts';

/** The event on a line; `undefined` for a torn one, and for one that no edition of this program wrote. */
export function readEvent(line: RawLine): StoredEvent | undefined {
  if (!line.complete) return undefined;
  return eventIn(textOf(line));
}

/** The text of a line. */
export function textOf({ raw }: RawLine): string {
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  return bytes.toString();
}

/** The event in the text of a whole line; `undefined` where it is none that this program wrote. */
export function eventIn(line: string): StoredEvent | undefined {
  try {
    const data: unknown = JSON.parse(line);
    return isEvent(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

// Guards by hand: every line of every log passes here.
const time = guard(
  'a time',
  (value) => typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value)),
);

const listed = list(
  fields({
    id: text,
    type: text,
    title: text,
    line: count,
    procedure: text,
    phase: oneOf(['main', 'cleanup']),
    captures: maybe(fields({ name: text, from: oneOf(['printed', 'answered']) })),
  }),
);
const who = fields({
  host: text,
  pid: figure,
  cwd: text,
  trigger: text,
  engine: text,
  node: text,
  user: maybe(text),
  sudoUser: maybe(text),
  sshClient: maybe(text),
  gitIdentity: maybe(text),
  timezone: maybe(text),
});
const part = fields({ number: count, of: count });
export const attachment = fields({ path: text, bytes: count, sha256: text });
const finding = fields({
  rule: text,
  severity: oneOf(['error', 'warning', 'info']),
  line: figure,
  column: figure,
  message: text,
  hint: maybe(text),
});
export const expectation = fields({ line: figure, passed: flag, advisory: flag, detail: text });
const step = { stepId: text, by: text, why: text };

const SHAPES: Readonly<Record<RunEventType, Fields>> = {
  'run.started': {
    pid: figure,
    who,
    runbook: fields({
      path: text,
      title: text,
      sha256: text,
      commit: maybe(text),
      dirty: maybe(flag),
    }),
    linked: list(fields({ path: text, sha256: text })),
    procedures: list(text),
    planHash: text,
    steps: listed,
    leftOut: maybe(list(fields({ path: maybe(text), line: figure, message: text }))),
    attended: flag,
    budgetMs: orNull(figure),
    reason: maybe(text),
    ticket: maybe(text),
    incident: maybe(text),
    bound: maybe(list(text)),
    request: record,
  },
  'run.resumed': {
    pid: figure,
    who,
    runbookSha256: text,
    changed: flag,
    forced: flag,
    bound: maybe(list(text)),
    signed: maybe(flag),
    left: maybe(list(attachment)),
  },
  'run.waiting': {
    stepId: text,
    why: text,
    second: maybe(fields({ text, sha256 })),
  },
  'run.finished': {
    outcome: oneOf(RUN_OUTCOMES),
    exitCode: figure,
    durationMs: figure,
    why: maybe(text),
    stepId: maybe(text),
    findings: maybe(list(finding)),
    rolledBack: maybe(list(text)),
    rollbackLeft: maybe(list(text)),
  },
  'run.sealed': { events: count, head: sha256 },
  'step.started': {
    stepId: text,
    stepType: text,
    title: text,
    line: count,
    try: count,
    effect: oneOf(EFFECTS),
    text,
    textSha256: text,
    cwd: text,
    env: list(text),
    timeoutMs: orNull(figure),
    probe: maybe(flag),
    own: maybe(flag),
    part: maybe(part),
  },
  'step.output': {
    stepId: text,
    try: count,
    stream: oneOf(['stdout', 'stderr']),
    offset: count,
    bytes: count,
    sha256: maybe(sha256),
  },
  'step.finished': {
    stepId: text,
    try: count,
    outcome: oneOf(STEP_OUTCOMES),
    exitCode: maybe(figure),
    signal: maybe(text),
    durationMs: figure,
    stdoutBytes: count,
    stderrBytes: count,
    output: maybe(attachment),
    attachments: maybe(list(attachment)),
    state: maybe(attachment),
    expectations: maybe(list(expectation)),
    warnings: maybe(list(text)),
    why: maybe(text),
    redactions: maybe(count),
    handled: maybe(flag),
    facts: maybe(record),
    by: maybe(text),
    note: maybe(text),
    probe: maybe(flag),
    settles: maybe(orNull(oneOf(STEP_OUTCOMES))),
  },
  'step.skipped': { ...step, condition: maybe(text) },
  'step.expanded': { stepId: text, steps: listed },
  'condition.decided': {
    ...step,
    condition: text,
    text,
    group: maybe(text),
    gate: maybe(oneOf(['if', 'unless'])),
    part: maybe(part),
    holds: flag,
  },
  'step.resolved': { ...step, outcome: oneOf(['done', 'not-done']), part: maybe(part) },
  'question.asked': { stepId: maybe(text), question: text },
  'input.bound': { name: text, source: text, secret: flag, value: maybe(text) },
  'note.added': {
    by: text,
    text,
    stepId: maybe(text),
    milestone: maybe(text),
    occurredAt: maybe(time),
  },
  'deviation.recorded': {
    by: text,
    what: text,
    stepId: maybe(text),
    why: maybe(text),
    text: maybe(text),
  },
  'approval.granted': { stepId: maybe(text), by: text, how: text, key: maybe(text) },
  'approval.refused': { stepId: maybe(text), by: text, why: text },
  'request.received': {
    by: text,
    key: text,
    host: text,
    document: sha256,
    policy: sha256,
    askedAt: time,
    expires: time,
  },
  'cancel.received': { by: text, key: text, why: text },
  'lock.busy': { name: text, holder: text },
  'notification.sent': { on: text, to: text },
  'notification.failed': { on: text, to: text, why: text },
  'clock.jumped': { byMs: figure },
};

const HEADER: Fields = {
  seq: count,
  at: time,
  monoMs: figure,
  run: text,
  attempt: count,
  type: text,
  prev: sha256,
};

function isEvent(data: unknown): data is StoredEvent {
  if (!isRecord(data) || !fits(data, HEADER)) return false;
  const type = data['type'];
  return isKnown(type) && fits(data, SHAPES[type]);
}

function isKnown(type: unknown): type is RunEventType {
  return typeof type === 'string' && Object.hasOwn(SHAPES, type);
}

/** What of an event no reader would take, before it is stored; `undefined`: it can be read again. */
export function unreadable(event: RunEvent): Misfit | undefined {
  // Of a piece of output the log says where it stands, which is no word of anybody else.
  return event.type === 'step.output' ? undefined : misfitOf(event, SHAPES[event.type], event.type);
}
