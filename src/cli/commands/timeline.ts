import { createReadStream, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { TimelineRenderer } from '../../engine/contracts/timeline-renderer.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { Timeline } from '../../engine/model/timeline.ts';
import { RUNS } from '../../engine/record/files.ts';
import { findRun } from '../../engine/record/runs.ts';
import { parseWhen } from '../../engine/timeline/when.ts';
import type { TimelineRequest } from '../../engine/timeline.ts';
import { systemClock } from '../../host/system-clock.ts';
import { parseDuration } from '../../text/duration.ts';
import { openTemplates, timelineFormats, withTimeline } from '../../timelines.ts';
import type { CommandBody, CommandWords, Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { allowedSignersFile } from '../proof/allowed-signers.ts';
import { screenLine } from '../screen/safe-text.ts';
import {
  importOption,
  incidentOption,
  mapOption,
  ofTeamOption,
  runArgument,
  signersOption,
  timezoneOption,
} from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';
import { evidenceOf } from '../timeline/evidence.ts';
import { type Gathered, gather } from '../timeline/gather.ts';
import { mappingOf, openImports, unreadLines } from '../timeline/imports.ts';
import { copiedRecords, ownRecords, type Records } from '../timeline/logs.ts';
import { zoneOf } from '../timeline/said-by.ts';
import { theOneIncident } from '../timeline/which-incident.ts';
import { toBlock, toFile, toOutput, toWholeFile } from '../timeline/write-out.ts';

export const spec: CommandWords = {
  name: 'timeline',
  summary: 'tell what happened in an incident, ready for a post-mortem',
  arguments: [{ ...runArgument, many: true }],
  options: [
    ofTeamOption,
    incidentOption,
    {
      name: 'format',
      short: 'f',
      value: 'FORMAT',
      choices: [
        'markdown',
        'postmortem',
        'json',
        'ndjson',
        'csv',
        'html',
        'mermaid',
        'ics',
        'otlp',
        'evidence',
      ],
      summary: 'markdown (default), postmortem, json, html …',
    },
    {
      name: 'out',
      value: 'FILE',
      completes: 'file',
      summary: 'keeps what you wrote around it',
    },
    timezoneOption,
    { name: 'since', value: 'TIME', summary: 'everything since then' },
    { name: 'until', value: 'TIME', summary: 'everything until then' },
    {
      name: 'from',
      value: 'DIR',
      many: true,
      completes: 'folder',
      summary: 'runs copied from another host, verified',
    },
    importOption,
    mapOption,
    {
      name: 'offset',
      value: 'HOST=TIME',
      many: true,
      summary: 'a clock was off: move its times, `db1=-90s`',
    },
    { name: 'gap', value: 'TIME', summary: 'tell silences this long (default: 30m; none)' },
    { name: 'all', summary: 'details and corrected entries too' },
    { name: 'blameless', summary: 'roles instead of names of people' },
    { name: 'title', value: 'TEXT', summary: 'its title' },
    { name: 'verify', summary: 'from sound sources, or not at all' },
    { name: 'sign', value: 'KEY', completes: 'file', summary: 'SSH key that signs FILE' },
    signersOption,
    {
      name: 'templates',
      value: 'DIR',
      completes: 'folder',
      summary: 'your own templates come first',
    },
    { name: 'force', summary: 'write although something would be lost' },
  ],
  examples: [
    ['handrail timeline --incident INC-7 --out incident.md', 'markdown; again, it is renewed'],
    ['handrail timeline last --format html --out run.html', 'one run, one file'],
    ['handrail timeline --format evidence --verify --out inc-7.zip', 'with all its proofs'],
  ],
};

const DEFAULT_GAP = '30m';

/** `handrail timeline`: merges runs, notes and imports of an incident into one export. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const format = formatOf(invocation);
  const file = fileOf(invocation, context, format);
  const records = recordsOf(invocation, context);
  const request = await requestOf(invocation, context, records);
  const gathered = await gatherAll(invocation, context, records, request);
  refuseUnsound(invocation, gathered);
  const unread: string[] = [];
  const imports = await openImports(invocation.list('import'), {
    unread,
    mapping: mappingOf(invocation.list('map')),
    timezone: request.timezone,
    cwd: context.cwd,
  });
  // Left to itself, V8 lets what is young grow while events pass through: 80,000 notes of 3 KB took 300 MB, and take 240.
  setFlagsFromString('--semi-space-growth-factor=1');
  const sources = { logs: gathered.map(({ log }) => log), imports };
  await withTimeline(sources, request, tmpdir(), async (timeline) => {
    await write(format, timeline, gathered, { file, invocation, context });
    await warn(timeline, context);
    await context.err.write(unreadLines(unread));
  });
  return EXIT.passed;
};

function formatOf(invocation: Invocation): TimelineRenderer {
  const out = invocation.text('out');
  const name = invocation.text('format') ?? formatFor(out) ?? 'markdown';
  const format = timelineFormats.get(name);
  if (format) return format;
  throw new HandrailError('INTERNAL', { message: `no format ${name}` });
}

/** The format that the ending of a file's name asks for. */
function formatFor(out: string | undefined): string | undefined {
  if (out === undefined) return undefined;
  const fits = [...timelineFormats.values()].filter(({ extension }) =>
    out.endsWith(`.${extension}`),
  );
  return fits.toSorted((left, right) => right.extension.length - left.extension.length)[0]?.name;
}

function fileOf(
  invocation: Invocation,
  { cwd, out }: CliContext,
  format: TimelineRenderer,
): string | null {
  const given = invocation.text('out');
  const file = given === undefined ? null : path.resolve(cwd, given);
  const needs = (message: string) => new HandrailError('USAGE', { message });
  if (format.name === 'evidence' && invocation.flag('blameless'))
    throw needs(
      '`evidence` holds the logs as they are, and the names in them: give another --format with --blameless.',
    );
  if (invocation.text('sign') !== undefined && !(file !== null && canBeAFile(file))) {
    throw needs('A signature stands beside a file: give the file with --out, too.');
  }
  if (file !== null) return file;
  if (format.binary && out.isTerminal)
    throw needs(`\`${format.name}\` is no text: give a file with --out.`);
  return null;
}

/** Whether a file is there, or may be written there. */
function canBeAFile(place: string): boolean {
  try {
    return statSync(place, { throwIfNoEntry: false })?.isFile() ?? true;
  } catch {
    // What keeps it from being looked at is said by who writes there.
    return true;
  }
}

function recordsOf(invocation: Invocation, context: CliContext): readonly Records[] {
  const folders = invocation.list('from').map((folder) => path.resolve(context.cwd, folder));
  const taken = new Set<string>();
  const copied = folders.map((folder) => {
    const records = copiedRecords(folder, taken);
    taken.add(records.prefix);
    return records;
  });
  const state = stateFolder(context);
  const isOwnAsked =
    context.state !== undefined || folders.length === 0 || existsSync(path.join(state, RUNS));
  return isOwnAsked ? [ownRecords(state), ...copied] : copied;
}

async function requestOf(
  invocation: Invocation,
  context: CliContext,
  records: readonly Records[],
): Promise<TimelineRequest> {
  const timezone = zoneOf(context, invocation.text('timezone'));
  const time = (name: string): string | null => {
    const text = invocation.text(name);
    return text === undefined ? null : parseWhen(text, systemClock.nowMs(), timezone).at;
  };
  const since = time('since');
  const until = time('until');
  const isNamed =
    invocation.words.length > 0 ||
    since !== null ||
    until !== null ||
    invocation.list('from').length > 0;
  const given = invocation.text('incident');
  const incident =
    given ??
    (isNamed ? null : await theOneIncident(undefined, context, records[0]?.incidents ?? null));
  if (incident === null && !isNamed && invocation.list('import').length === 0) {
    const message = 'No incident is open. Name one with --incident, a run, or a time with --since.';
    throw new HandrailError('INCIDENT_NEEDED', { message });
  }
  return {
    title: invocation.text('title') ?? null,
    incident,
    timezone,
    since,
    until,
    gapMs: gapOf(invocation.text('gap') ?? DEFAULT_GAP),
    all: invocation.flag('all'),
    blameless: invocation.flag('blameless'),
    offsets: offsetsOf(invocation.list('offset')),
  };
}

/** How far clocks were off, by host or imported file. Throws USAGE. */
function offsetsOf(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    words.map((word) => {
      const at = word.lastIndexOf('=');
      const text = word.slice(at + 1);
      const sizeMs = parseDuration(text.replace(/^[-+−]/, ''));
      if (at < 1 || sizeMs === undefined) {
        const message = `\`--offset ${word}\` is to be HOST=TIME, such as db1=-90s: by how much its times are to be moved.`;
        throw new HandrailError('USAGE', { message });
      }
      return [word.slice(0, at), /^[-−]/.test(text) ? -sizeMs : sizeMs] as const;
    }),
  );
}

function gapOf(text: string): number | null {
  if (text === 'none') return null;
  const gapMs = parseDuration(text);
  if (gapMs !== undefined && gapMs > 0) return gapMs;
  throw new HandrailError('USAGE', {
    message: `\`--gap ${text}\` is to be a time such as 30m, or none.`,
  });
}

async function gatherAll(
  invocation: Invocation,
  context: CliContext,
  records: readonly Records[],
  request: TimelineRequest,
): Promise<readonly Gathered[]> {
  const runs: string[] = [];
  for (const word of invocation.words) runs.push(await runNamed(word, records));
  const isVerified =
    invocation.flag('verify') ||
    invocation.list('from').length > 0 ||
    formatOf(invocation).name === 'evidence';
  const signers = allowedSignersFile(
    invocation.text('allowed-signers'),
    context.env,
    stateFolder(context),
  );
  const { incident, since, until } = request;
  return gather(records, {
    incident,
    runs,
    since,
    until,
    verifyWith: isVerified ? signers : undefined,
  });
}

async function runNamed(word: string, records: readonly Records[]): Promise<string> {
  let failure: unknown;
  for (const { store } of records) {
    try {
      return (await findRun(store, word)).run;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

/** With `--verify` a timeline is made of sound sources or not at all. */
function refuseUnsound(invocation: Invocation, gathered: readonly Gathered[]): void {
  if (!invocation.flag('verify')) return;
  const wrong = gathered.filter(({ verdict }) => verdict !== null && !verdict.sound);
  if (wrong.length === 0) return;
  const list = wrong.map(({ log, verdict }) => `${log.path}: ${verdict?.verdict}`).join('; ');
  const message = `No timeline was made, for not every source is sound: ${list}. Without --verify it is made, and says so.`;
  throw new HandrailError('TIMELINE_UNSOUND', { message });
}

interface Output {
  readonly file: string | null;
  readonly invocation: Invocation;
  readonly context: CliContext;
}

async function write(
  format: TimelineRenderer,
  timeline: Timeline,
  gathered: readonly Gathered[],
  { file, invocation, context }: Output,
): Promise<void> {
  const template = openTemplates({ folder: templatesFolder(invocation, context) });
  const pieces = format.render(timeline, { template, evidence: () => evidenceOf(gathered) });
  if (file === null) return toOutput(pieces, context.out);
  if (format.block) await toBlock(pieces, file, invocation.flag('force'));
  else await toWholeFile(pieces, file, invocation.flag('force'));
  const key = invocation.text('sign');
  if (key === undefined) return;
  const { sshSign } = await import('../../host/ssh-signature.ts');
  const signed = sshSign(createReadStream(file), path.resolve(context.cwd, key), SIGNED_FOR);
  await toFile([await signed], `${file}.sig`);
}

/**
 * What signatures of exported timelines are for. Anybody checks one with
 * `ssh-keygen -Y verify -n handrail-timeline -f SIGNERS -I WHO -s FILE.sig < FILE`.
 */
const SIGNED_FOR = 'handrail-timeline';

function templatesFolder(invocation: Invocation, { cwd }: CliContext): string | null {
  const given = invocation.text('templates');
  return given === undefined ? null : path.resolve(cwd, given);
}

/** What a reader of the file must know is also said here. */
async function warn({ head }: Timeline, { err }: CliContext): Promise<void> {
  for (const { path: where, verdict, sound } of head.sources) {
    if (!sound) await err.write(screenLine(`warning: ${where}: ${verdict}`).concat('\n'));
  }
  for (const { where, line, message } of head.clocks) {
    // What was asked for needs no warning.
    if (line === null) continue;
    await err.write(screenLine(`warning: ${where}: ${message}`).concat('\n'));
  }
}
