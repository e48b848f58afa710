import { OPERATOR } from './engine/contracts/kept-operator.ts';
import { RUN_STORE } from './engine/contracts/kept-store.ts';
import type { Renderer } from './engine/contracts/renderer.ts';
import type { AnyStepType } from './engine/contracts/step-type.ts';
import { HandrailError } from './engine/model/errors.ts';
import {
  call,
  type Fields,
  figure,
  flag,
  type Guard,
  guard,
  isRecord,
  list,
  maybe,
  misfitOf,
  oneOf,
  orNull,
  record,
  recordOf,
  text,
  whole,
  word,
} from './engine/model/guard.ts';
import type { RunRequest } from './engine/model/plan.ts';
import type { StepTraits } from './engine/model/runbook.ts';
import type { ResumeRequest } from './host/go-on.ts';
import { nearest } from './text/nearest.ts';
import type { Attendance, World } from './world.ts';

/** What programs without types may give, held to what the types say; one sentence says what is not as it has to be. */

const bytes = guard('a Uint8Array', (value) => value instanceof Uint8Array);
const signal = guard('an AbortSignal', (value) => value instanceof AbortSignal);
const runId = guard(
  'the id of a run (a UUID in small letters)',
  (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
);
const members = (all: Fields, says: string): Guard =>
  guard(says, (value) => misfitOf(value, all, 'it') === undefined);

const CLOCK: Fields = { nowMs: call, monoMs: call, sleep: call };

const QUOTINGS = ['shell', 'sql', 'http', 'none'] satisfies StepTraits['quoting'][];

const STEP_TYPE: Readonly<Record<keyof AnyStepType, Guard>> = {
  name: word,
  summary: text,
  quoting: oneOf(QUOTINGS),
  human: flag,
  content: maybe(text),
  called: maybe(text),
  takes: maybe(list(text)),
  isShown: maybe(flag),
  isTicked: maybe(flag),
  runsOwnCommands: maybe(flag),
  reachesOut: maybe(flag),
  preflightsConnection: maybe(flag),
  detect: call,
  run: maybe(call),
  recall: maybe(call),
  preflight: maybe(call),
  asserts: maybe(call),
  link: maybe(call),
  examples: maybe(guard('a list', Array.isArray)),
};

/** The run log is what `verify` derives anew: it is handrail's alone. */
const ownName = guard(
  'a name that is not empty and not `run-log`, which `verify` derives',
  (value) => word(value) && value !== 'run-log',
);
const RENDERER: Readonly<Record<keyof Renderer, Guard>> = {
  name: ownName,
  summary: maybe(text),
  of: oneOf(['report']),
  render: call,
};

const WORLD: Readonly<Record<keyof World, Guard>> = {
  env: recordOf(maybe(text)),
  cwd: word,
  state: word,
  version: word,
  clock: maybe(members(CLOCK, 'a clock (nowMs, monoMs, sleep)')),
  beginning: maybe(call),
  ended: maybe(call),
  secondWord: maybe(call),
  destroysNeedsTwo: maybe(flag),
  stepTypes: maybe(guard('a list of step types', Array.isArray)),
  renderers: maybe(guard('a list of renderers', Array.isArray)),
  store: maybe(record),
};

/** Throws USAGE where a program's world is none. */
export function refuseWorld(world: World): void {
  refuse('createHandrail', 'its world', world, {});
  refuseUnknown('createHandrail', 'its world', world, WORLD);
  refuse('createHandrail', 'its world', world, WORLD);
  for (const type of world.stepTypes ?? [])
    refuseDefined(nameOf('the step type', type), type, STEP_TYPE);
  for (const renderer of world.renderers ?? [])
    refuseDefined(nameOf('the renderer', renderer), renderer, RENDERER);
  refuseTwins('step types', world.stepTypes ?? []);
  refuseTwins('renderers', world.renderers ?? []);
  if (world.store === undefined) return;
  refuseSlips('createHandrail', 'the run store', world.store, RUN_STORE);
  refuse('createHandrail', 'the run store', world.store, RUN_STORE);
}

/** Of two of one name, one would be asked and the other do the work. */
function refuseTwins(kind: string, all: readonly { readonly name: string }[]): void {
  const names = all.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw usage('createHandrail', `two ${kind} are called \`${twice}\``, 'a name for each');
}

/** What says what something is has no members of its own; an object of a class may. */
function refuseDefined(what: string, one: object, known: Fields): void {
  refuse('createHandrail', what, one, {});
  if (isPlain(one)) refuseUnknown('createHandrail', what, one, known);
  else refuseSlips('createHandrail', what, one, known);
  refuse('createHandrail', what, one, known);
}

const names = list(text);

const REQUEST: Readonly<Record<keyof RunRequest, Guard>> = {
  procedures: names,
  all: flag,
  steps: names,
  from: orNull(text),
  to: orNull(text),
  tags: names,
  inputs: recordOf(text),
  environment: maybe(orNull(text)),
  attended: flag,
  approve: names,
  holds: names,
  not: names,
  timeoutMs: orNull(figure),
  on: names,
  keepGoing: flag,
  parallel: whole,
  reason: orNull(text),
  ticket: orNull(text),
  incident: orNull(text),
  signed: maybe(flag),
};

const RESUME: Readonly<Record<keyof ResumeRequest, Guard>> = {
  attended: flag,
  inputs: recordOf(text),
  approve: names,
  holds: names,
  not: names,
  words: list(
    members({ step: text, outcome: oneOf(['done', 'not-done']) }, 'an object with step, outcome'),
  ),
  force: flag,
};

/** Throws USAGE for a request in which something is not as it has to be, or that says what nobody understands. */
export function refuseRequest(by: 'plan' | 'resume' | 'outlook', request: object): void {
  const known: Fields = by === 'plan' ? REQUEST : RESUME;
  refuse(by, 'its request', request, {});
  const said: Record<string, Guard> = {};
  refuseUnknown(by, 'its request', request, known);
  for (const name of Object.keys(request)) said[name] = known[name] as Guard;
  refuse(by, 'its request', request, said);
}

const ATTENDANCE: Readonly<Record<keyof Attendance, Guard>> = {
  operator: members(OPERATOR, `an operator (${Object.keys(OPERATOR).join(', ')})`),
  signal,
  run: maybe(runId),
  said: maybe(members({ take: call }, 'an object with take')),
  lock: maybe(members({ take: call, peek: call, drop: call }, 'what `lock` answers')),
};

/** Throws USAGE where nobody is there who could attend a run. */
export function refuseAttendance(by: 'run' | 'resume', attendance: Attendance): void {
  refuse(by, 'its attendance', attendance, {});
  // An operator's own members say more than that it is none.
  if (isRecord(attendance.operator)) refuseOperator(by, attendance.operator);
  refuseUnknown(by, 'its attendance', attendance, ATTENDANCE);
  refuse(by, 'its attendance', attendance, ATTENDANCE);
}

/** Throws USAGE for an operator that could not be asked. */
export function refuseOperator(by: string, operator: unknown): void {
  if (typeof operator === 'object' && operator !== null)
    refuseSlips(by, 'its operator', operator, OPERATOR);
  refuse(by, 'its operator', operator, OPERATOR);
}

const GIVEN = {
  path: { path: word },
  source: { path: text, folder: text, bytes, text, sha256: text },
  runbook: {
    path: text,
    folder: text,
    frontmatter: record,
    diagnostics: guard('a list', Array.isArray),
  },
  plan: { runbook: record, request: record, steps: guard('a list', Array.isArray) },
  options: { hasCommand: call },
  reader: { run: text, lines: call, file: call, excerpt: call },
} satisfies Record<string, Fields>;

/** Where each of them comes from. */
const FROM: Readonly<Record<keyof typeof GIVEN, string>> = {
  path: 'Give the path of a runbook.',
  source: 'Give the `source` that `read` answers.',
  runbook: 'Give the `runbook` that `read` answers.',
  plan: 'Give what `plan` or `prepare` answers.',
  options: 'Say which commands there are.',
  reader: 'Give what `find` answers.',
};

/** Throws USAGE where what is handed on from one verb to the next is something else. */
export function refuseGiven(by: string, what: keyof typeof GIVEN, given: unknown): void {
  const value = what === 'path' ? { path: given } : given;
  const misfit = misfitOf(value, GIVEN[what], `its ${what}`);
  if (misfit === undefined) return;
  const { is, expected } = misfit;
  const of = what === 'path' ? is.replace('`path`', 'its path') : is;
  throw usage(by, of, expected, ` ${FROM[what]}`);
}

/** What is not understood would be left out of what was meant: more would run, or be recorded elsewhere. */
function refuseUnknown(by: string, what: string, given: object, known: Fields): void {
  const all = Object.keys(known);
  const name = Object.keys(given).find((one) => !Object.hasOwn(known, one));
  if (name === undefined) return;
  const near = nearest(name, all);
  const then = near === undefined ? '' : ` Did you mean \`${near}\`?`;
  throw usage(by, `${what} says \`${name}\``, `one of ${all.join(', ')}`, then);
}

/** A member may be its owner's own affair, unless it is all but called like one of ours that is missing, and could be it. */
function refuseSlips(by: string, what: string, given: object, known: Fields): void {
  const missing = Object.keys(known).filter(
    (one) => Reflect.get(given, one) === undefined && (isPlain(given) || !known[one]?.(undefined)),
  );
  for (const name of namesIn(given)) {
    if (Object.hasOwn(known, name)) continue;
    const near = nearest(name, missing);
    if (near !== undefined && known[near]?.(Reflect.get(given, name)))
      throw usage(by, `${what} has \`${name}\``, `\`${near}\``);
  }
}

/** Of an object of a class those of the class too. */
function namesIn(given: object): readonly string[] {
  const prototype: object | null = Object.getPrototypeOf(given);
  const own = Object.getOwnPropertyNames(given);
  if (prototype === null || prototype === Object.prototype) return own;
  return [...own, ...namesIn(prototype)];
}

function isPlain(given: object): boolean {
  return [Object.prototype, null].includes(Object.getPrototypeOf(given));
}

function refuse(by: string, what: string, value: unknown, all: Fields): void {
  const misfit = misfitOf(value, all, what);
  if (misfit === undefined) return;
  const of = misfit.is.startsWith('`') ? `${misfit.is} in ${what}` : misfit.is;
  throw usage(by, of, misfit.expected);
}

function usage(by: string, is: string, expected: string, then = ''): HandrailError {
  return new HandrailError('USAGE', {
    message: `\`${by}\` was given what it cannot work with: ${is}, where ${expected} was expected.${then}`,
  });
}

function nameOf(kind: string, one: unknown): string {
  const name = isRecord(one) ? one['name'] : undefined;
  return typeof name === 'string' && name !== '' ? `${kind} \`${name}\`` : kind;
}
