import { isAbsolute } from 'node:path';
import { keptType } from './engine/contracts/detected.ts';
import { OPERATOR } from './engine/contracts/kept-operator.ts';
import { READER, RUN_STORE } from './engine/contracts/kept-store.ts';
import type { Renderer } from './engine/contracts/renderer.ts';
import type { AnyStepType } from './engine/contracts/step-type.ts';
import { decode } from './engine/load.ts';
import type { CapturedFrom } from './engine/model/captured-text.ts';
import {
  bytes,
  call,
  cannotWork,
  type Fields,
  flag,
  type Guard,
  guard,
  isKept,
  isRecord,
  list,
  maybe,
  membersOf,
  misfitOf,
  oneOf,
  orNull,
  record,
  recordOf,
  refuse,
  refuseUnknown,
  sha256,
  signal,
  text,
  word,
} from './engine/model/guard.ts';
import type { Plan, RunRequest } from './engine/model/plan.ts';
import type { SourceText, StepTraits } from './engine/model/runbook.ts';
import type { ResumeRequest } from './host/go-on.ts';
import { nearest } from './text/nearest.ts';
import { sha256Of } from './text/sha256.ts';
import type { Attendance, World } from './world.ts';

/** What programs without types may give, held to what the types say; one sentence says what is not as it has to be. */

const runId = guard(
  'the id of a run (a UUID in small letters)',
  (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value),
);
const someMs = guard('a number above 0', (value) => Number.isFinite(value) && Number(value) > 0);
const someHosts = guard(
  'a whole number from 1 to 999',
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 999,
);

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
  captures: maybe(oneOf(['printed', 'answered'] satisfies CapturedFrom[])),
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
  cwd: guard(
    'a whole path, from `/` on,',
    (value) => typeof value === 'string' && isAbsolute(value),
  ),
  state: word,
  version: word,
  clock: maybe(membersOf('a clock (nowMs, monoMs, sleep)', CLOCK)),
  host: maybe(word),
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
  refuseUnknown('createHandrail', 'its world', world, WORLD, nearest);
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
  throw cannotWork('createHandrail', `two ${kind} are called \`${twice}\``, 'a name for each');
}

/** Step types as they were given, one after the other. */
export function keptTypes(types: readonly AnyStepType[] = []): readonly AnyStepType[] {
  return types.map((type) => keptType(type, STEP_TYPE));
}

/** What says what something is has no members of its own; an object of a class may. */
function refuseDefined(what: string, one: object, known: Fields): void {
  refuse('createHandrail', what, one, {});
  if (isPlain(one)) refuseUnknown('createHandrail', what, one, known, nearest);
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
  timeoutMs: orNull(someMs),
  on: names,
  keepGoing: flag,
  parallel: someHosts,
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
    membersOf('an object with step, outcome', { step: text, outcome: oneOf(['done', 'not-done']) }),
  ),
  force: flag,
  signed: maybe(flag),
};

/**
 * What a request says, each of its members asked once, so that what was looked at is what is meant. Throws USAGE where
 * something is not as it has to be, or says what nobody understands.
 */
export function requestOf<Request extends object>(
  by: 'plan' | 'resume' | 'outlook',
  request: Request,
): Request {
  const known: Fields = by === 'plan' ? REQUEST : RESUME;
  refuse(by, 'its request', request, {});
  const said = { ...request };
  const hidden = Object.keys(known).find(
    (name) => !Object.hasOwn(said, name) && Reflect.get(request, name) !== undefined,
  );
  if (hidden !== undefined)
    throw cannotWork(by, `its request keeps \`${hidden}\` where nobody lists it`, 'a plain object');
  if (isKept(request))
    throw cannotWork(by, 'its request is not plain (a Map, a promise, a Date)', 'a plain object');
  refuseUnknown(by, 'its request', said, known, nearest);
  const guards: Record<string, Guard> = {};
  for (const name of Object.keys(said)) guards[name] = known[name] as Guard;
  refuse(by, 'its request', said, guards);
  return said;
}

const ATTENDANCE: Readonly<Record<keyof Attendance, Guard>> = {
  operator: membersOf(`an operator (${Object.keys(OPERATOR).join(', ')})`, OPERATOR),
  signal,
  run: maybe(runId),
  said: maybe(membersOf('an object with take', { take: call })),
  lock: maybe(membersOf('what `lock` answers', { take: call, peek: call, drop: call })),
};

/** Throws USAGE where nobody is there who could attend a run. */
export function refuseAttendance(by: 'run' | 'resume', attendance: Attendance): void {
  refuse(by, 'its attendance', attendance, {});
  // An operator's own members say more than that it is none.
  if (isRecord(attendance.operator)) refuseOperator(by, attendance.operator);
  refuseUnknown(by, 'its attendance', attendance, ATTENDANCE, nearest);
  refuse(by, 'its attendance', attendance, ATTENDANCE);
}

/** Throws USAGE for an operator that could not be asked. */
export function refuseOperator(by: string, operator: unknown): void {
  if (typeof operator === 'object' && operator !== null)
    refuseSlips(by, 'its operator', operator, OPERATOR);
  refuse(by, 'its operator', operator, OPERATOR);
}

const OPTIONS: Fields = { hasCommand: call, unattended: maybe(record), procedure: maybe(text) };

const GIVEN = {
  path: { path: word },
  source: { path: text, folder: text, bytes, text, sha256 },
  runbook: {
    path: text,
    folder: text,
    frontmatter: record,
    diagnostics: guard('a list', Array.isArray),
  },
  plan: { runbook: record, request: record, steps: guard('a list', Array.isArray) },
  options: OPTIONS,
  reader: READER,
  name: { name: text },
  newest: { name: orNull(text) },
  run: { run: runId },
  renderer: { renderer: word },
} satisfies Record<string, Fields>;

/** Where each of them comes from. */
const FROM: Readonly<Record<keyof typeof GIVEN, string>> = {
  path: 'Give the path of a runbook.',
  source: 'Give the `source` that `read` answers.',
  runbook: 'Give the `runbook` that `read` answers.',
  plan: 'Give what `plan` or `prepare` answers.',
  options: 'Say which commands there are.',
  reader: 'Give what `find` answers.',
  name: 'Give the id of a run, or the beginning or end of one, or `last`.',
  newest: 'Give the id of a run, or the beginning or end of one, or null for the newest.',
  run: 'Give an id that no run has yet.',
  renderer: 'Give the name of a renderer.',
};

/** What stands in no object: it is known by its place. */
const BARE: Partial<Record<keyof typeof GIVEN, string>> = {
  path: 'path',
  name: 'name',
  newest: 'name',
  run: 'run',
  renderer: 'renderer',
};

/** Throws USAGE where what is handed on from one verb to the next is something else. */
export function refuseGiven(by: string, what: keyof typeof GIVEN, given: unknown): void {
  const bare = BARE[what];
  const misfit = misfitOf(
    bare === undefined ? given : { [bare]: given },
    GIVEN[what],
    `its ${what}`,
  );
  if (misfit === undefined) {
    if (what === 'options') refuseUnknown(by, 'its options', Object(given), OPTIONS, nearest);
    return;
  }
  const { is, expected } = misfit;
  const of = bare === undefined ? is : is.replace(`\`${bare}\``, `its ${bare}`);
  throw cannotWork(by, of, expected, ` ${FROM[what]}`);
}

/** What runs is the text, and what is recorded its bytes and their hash: the three are one. Throws USAGE. */
export function refuseForged(
  by: string,
  { bytes: given, text: read, sha256: said }: SourceText,
): void {
  const then = ` ${FROM.source}`;
  if (sha256Of(given) !== said)
    throw cannotWork(
      by,
      'the `sha256` of its source is of other bytes',
      'that of its `bytes`',
      then,
    );
  if (decode(given) !== read)
    throw cannotWork(by, 'the `text` of its source is another one', 'that of its `bytes`', then);
}

/** What a type that nobody brought found is nobody's to carry out, or to look at. Throws USAGE. */
export function refuseForeign(
  by: string,
  plan: Plan,
  known: ReadonlyMap<string, AnyStepType>,
): void {
  for (const { step, probe } of plan.steps)
    for (const one of probe === null ? [step] : [step, probe])
      if (!known.has(one.type))
        throw cannotWork(
          by,
          `its plan has a step of the type \`${one.type}\` (line ${one.line}), which nobody here knows`,
          'one of those that it was read with',
          ' Give `createHandrail` the same `stepTypes` that the runbook was read with.',
        );
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
      throw cannotWork(by, `${what} has \`${name}\``, `\`${near}\``);
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

function nameOf(kind: string, one: unknown): string {
  const name = isRecord(one) ? one['name'] : undefined;
  return typeof name === 'string' && name !== '' ? `${kind} \`${name}\`` : kind;
}
