import { commandAbout, stateOf } from './command-about.ts';
import { EXIT, type ExitCode } from './outcome.ts';

type Data = Readonly<Record<string, unknown>>;
interface ErrorKind {
  readonly exitCode: ExitCode;
  /** One sentence or two: what is the case, what was expected, what to do. */
  readonly say: (data: Data) => string;
}

const nearest = (data: Data): string =>
  data['nearest'] ? ` Did you mean \`${data['nearest']}\`?` : '';

/** The sentence of whoever throws: nobody is shown the word `undefined` in its place. */
const said = ({ message }: Data): string =>
  typeof message === 'string' && message.trim() !== '' ? message : 'nobody said what is wrong';

/** A command about the run, with where its record is: whoever reads the error may not know. */
const aboutRun = (verb: 'resume' | 'verify', { run, path }: Data): string =>
  commandAbout(verb, String(run), typeof path === 'string' ? stateOf(path) : null);

/** Every way handrail can be unable to go on. A step that fails is an outcome and is not here. */
const KINDS = {
  USAGE: { exitCode: EXIT.usage, say: (d) => `${said(d)}${nearest(d)}` },
  RUNBOOK_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `There is no runbook at \`${d['path']}\`.${nearest(d) || ' Give the path of a markdown file.'}`,
  },
  RUNBOOK_IS_FOLDER: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `\`${d['path']}\` is a folder, not a runbook. Give one markdown file in it; \`handrail list ${d['path']}\` shows them.`,
  },
  RUNBOOK_UNREADABLE: {
    exitCode: EXIT.notFound,
    say: (d) => `\`${d['path']}\` cannot be read: ${d['why']}. Check its permissions.`,
  },
  RUNBOOK_NOT_TEXT: {
    exitCode: EXIT.refused,
    say: (d) => `\`${d['path']}\` is not a markdown text (${d['why']}). Give a markdown file.`,
  },
  RUNBOOK_REFUSED: { exitCode: EXIT.refused, say: said },
  RULES_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) => `There is no file or folder of rules at \`${d['path']}\`. Give the path of one.`,
  },
  PROCEDURE_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `\`${d['path']}\` has no procedure \`${d['name']}\`.${nearest(d) || ` \`handrail show ${d['path']}\` lists them.`}`,
  },
  PROCEDURE_NEEDED: {
    exitCode: EXIT.usage,
    say: (d) =>
      `\`${d['path']}\` is a manual with ${d['count']} procedures. Name one as \`${d['path']}#${d['example']}\`, or run everything with --all.`,
  },
  STEP_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `There is no step \`${d['name']}\` in \`${d['path']}\`.${nearest(d) || ` \`handrail show ${d['path']}\` lists them.`}`,
  },
  CONDITION_UNKNOWN: {
    exitCode: EXIT.usage,
    say: (d) =>
      `\`${d['option']} ${d['name']}\` names no step of \`${d['path']}\`.${nearest(d) || ` \`handrail show ${d['path']}\` lists them.`}`,
  },
  NOTHING_TO_RUN: {
    exitCode: EXIT.refused,
    say: (d) =>
      `No step of \`${d['path']}\` would run. \`handrail show ${d['path']}\` says what each block was taken for.`,
  },
  INPUT_UNKNOWN: {
    exitCode: EXIT.usage,
    say: (d) =>
      `\`${d['path']}\` has no input \`${d['name']}\`.${nearest(d) || ` \`handrail show ${d['path']}\` lists its inputs.`}`,
  },
  INPUT_INVALID: { exitCode: EXIT.usage, say: said },
  /** A value cannot be written where the text wants it without becoming more than a value. */
  INPUT_UNSAFE: {
    exitCode: EXIT.refused,
    say: (d) => `\`${d['spelling']}\` in line ${d['line']} of the step ${d['why']}. ${d['hint']}`,
  },
  RUN_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) => `There is no run \`${d['name']}\` in ${d['state']}. \`handrail runs\` lists them.`,
  },
  RUN_AMBIGUOUS: {
    exitCode: EXIT.usage,
    say: (d) => `\`${d['name']}\` is the beginning of ${d['count']} runs. Give more of the run id.`,
  },
  RUN_NOT_RESUMABLE: { exitCode: EXIT.usage, say: said },
  UNREACHABLE: { exitCode: EXIT.unreachable, say: said },
  LOG_UNWRITABLE: {
    exitCode: EXIT.logUnwritable,
    say: (d) =>
      `The run log cannot be written in \`${d['path']}\`: ${d['why']}. Nothing was run; ${d['remedy'] ?? 'free the disk, or choose a folder with --state or HANDRAIL_HOME'}.`,
  },
  /** The log stopped taking writes in the middle of a run. */
  LOG_LOST: {
    exitCode: EXIT.logUnwritable,
    say: (d) =>
      `The run log in \`${d['path']}\` can no longer be written: ${d['why']}. The run stopped; resume it with \`${aboutRun('resume', d)}\` once it can.`,
  },
  /** Everything has been run, and its record could not be brought to its end. */
  LOG_UNFINISHED: {
    exitCode: EXIT.logUnwritable,
    say: (d) =>
      `Run ${d['run']} is over (${d['outcome']}), but its record in \`${d['path']}\` could not be completed: ${d['why']}. \`${aboutRun('verify', d)}\` says what is missing.`,
  },
  /** A run store of somebody else's threw what its contract does not know, and not while a run was written. */
  STORE_FAILED: {
    exitCode: EXIT.unreachable,
    say: (d) =>
      `The run store \`${d['where']}\` failed: \`${d['member']}\` threw "${d['why']}". Look at the store.`,
  },
  LOCK_HELD: { exitCode: EXIT.locked, say: said },
  CONFIGURATION: { exitCode: EXIT.configuration, say: said },
  STEP_CANNOT_RUN: { exitCode: EXIT.refused, say: said },
  TIME_UNREADABLE: {
    exitCode: EXIT.usage,
    say: (d) =>
      `\`${d['text']}\` is not a time${d['why'] ? `: ${d['why']}` : ''}. Write it like 2026-11-20T02:05:00Z, \`14:05 Europe/Zagreb\` or \`5 minutes ago\`.`,
  },
  INCIDENT_NEEDED: { exitCode: EXIT.usage, say: said },
  INCIDENT_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `Nothing is recorded of an incident \`${d['name']}\` in ${d['state']}.${nearest(d) || ' `handrail incident list` shows them.'}`,
  },
  IMPORT_UNREADABLE: { exitCode: EXIT.refused, say: said },
  TIMELINE_UNSOUND: { exitCode: EXIT.refused, say: said },
  TIMELINE_FILE: { exitCode: EXIT.usage, say: said },
  /** The team's record said no: privileges, a name that is taken, an older schema. */
  TEAM_REFUSED: { exitCode: EXIT.configuration, say: said },
  DOCUMENT_UNREADABLE: { exitCode: EXIT.refused, say: said },
  /** The host's policy, or four eyes, says no. */
  REQUEST_REFUSED: { exitCode: EXIT.denied, say: said },
  REQUEST_NOT_FOUND: {
    exitCode: EXIT.notFound,
    say: (d) =>
      `There is no request \`${d['name']}\` in ${d['where']}. \`handrail queue\` lists them; a file is named by its path.`,
  },
  REQUEST_AMBIGUOUS: {
    exitCode: EXIT.usage,
    say: (d) =>
      `\`${d['name']}\` is the beginning or the end of several requests. Give more of the id; \`handrail queue\` lists them.`,
  },
  POLICY_INVALID: { exitCode: EXIT.configuration, say: said },
  /** A chain of all runs that does not hold is not vouched for. */
  ANCHOR_REFUSED: { exitCode: EXIT.refused, say: said },
  ANCHORS_NOT_FOUND: { exitCode: EXIT.notFound, say: said },
  SIGNING_FAILED: { exitCode: EXIT.configuration, say: said },
  INTERNAL: {
    exitCode: EXIT.internal,
    say: (d) =>
      `handrail itself failed: ${said(d)}. The run log up to here is kept; please report this.`,
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof KINDS;

/** The one error class: a code and its data; the sentence and the exit code follow from them. */
export class HandrailError extends Error {
  readonly code: ErrorCode;
  readonly data: Data;
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, data: Data = {}, options: { readonly cause?: unknown } = {}) {
    if (typeof code !== 'string' || !Object.hasOwn(KINDS, code)) throw unknownCode();
    super(sentenceOf(code, data), options);
    this.name = 'HandrailError';
    this.code = code;
    this.data = data;
    this.exitCode = KINDS[code].exitCode;
  }
}

/** Whether what was thrown says on purpose what is wrong; whatever else it is, it may throw in its turn when it is asked. */
export function isSaid(thrown: unknown): thrown is HandrailError {
  try {
    return thrown instanceof HandrailError && Object.hasOwn(KINDS, thrown.code);
  } catch {
    return false;
  }
}

function unknownCode(): HandrailError {
  const message =
    '`HandrailError` was given what it cannot work with: its code is none, where one of `ErrorCode` was expected.';
  return new HandrailError('USAGE', { message });
}

/** What programs without types say of it may be nothing that can be told. */
function sentenceOf(code: ErrorCode, data: Data): string {
  try {
    return KINDS[code].say(Object(data));
  } catch {
    return `${code}: what was said of it is no text.`;
  }
}
