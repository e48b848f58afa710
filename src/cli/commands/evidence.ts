import path from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { EXIT } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { readLedger } from '../../engine/record/ledger.ts';
import { nothingOf, replay } from '../../engine/replay.ts';
import { csvRecord } from '../../renderers/formats/csv.ts';
import { parseDuration } from '../../text/duration.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { openStore } from '../open-store.ts';
import { allowedSignersFile } from '../proof/allowed-signers.ts';
import { reviewsOf } from '../requests/reviews.ts';
import { jsonOption, ofTeamOption, signersOption } from '../shared-words.ts';
import { stateFolder } from '../state-folder.ts';

export const spec: CommandWords = {
  name: 'evidence',
  aside: true,
  summary: 'list every run of a period for an audit, pruned ones too',
  arguments: [],
  options: [
    { name: 'since', value: 'TIME', summary: 'a date, or a time ago (default: 90d)' },
    { name: 'until', value: 'TIME', summary: 'a date, or a time ago (default: now)' },
    signersOption,
    ofTeamOption,
    jsonOption,
  ],
  examples: [['handrail evidence --since 90d > runs.csv', 'who asked, who agreed, how it ended']],
};

/** One run of the population, or what is left of it. */
interface Row {
  readonly run: string;
  /** `kept`, `unreadable` (it does not begin as a run does), `pruned` (its tombstone stands in the chain of all runs) or `missing`. */
  readonly record: 'kept' | 'unreadable' | 'pruned' | 'missing';
  readonly created: string;
  readonly started: string;
  readonly ended: string;
  readonly host: string;
  readonly runbook: string;
  readonly procedures: string;
  readonly sha256: string;
  readonly commit: string;
  /** The run in which the same text passed before; empty: it never did. */
  readonly testedBefore: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  readonly carriedOutBy: string;
  readonly reason: string;
  readonly ticket: string;
  readonly outcome: string;
  readonly exit: string;
  readonly reviews: string;
}

const COLUMNS =
  'run record created started ended host runbook procedures sha256 commit testedBefore requestedBy approvedBy carriedOutBy reason ticket outcome exit reviews'.split(
    ' ',
  ) as readonly (keyof Row)[];
const DEFAULT_SINCE = '90d';

/** `handrail evidence`: every run of a period that the chain of all runs knows, for whoever draws a sample of them. */
export const run: CommandBody['run'] = async (invocation, context) => {
  const since = momentOf(invocation.text('since') ?? DEFAULT_SINCE, 'since');
  const until = momentOf(invocation.text('until') ?? '0s', 'until');
  if (since >= until)
    throw new HandrailError('USAGE', {
      message: `The period ends before it begins: it is from ${new Date(since).toISOString()} to ${new Date(until).toISOString()}. Give an earlier --since or a later --until.`,
    });
  const signers = allowedSignersFile(
    invocation.text('allowed-signers'),
    context.env,
    stateFolder(context),
  );
  const rows = await population(openStore(context), since, until, signers);
  const text = invocation.flag('json')
    ? `${JSON.stringify({ since: new Date(since).toISOString(), runs: rows }, null, 2)}\n`
    : [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))]
        .map((cells) => csvRecord(cells.map(String)))
        .join('');
  await context.out.write(text);
  return EXIT.passed;
};

function momentOf(text: string, option: string): number {
  const ago = parseDuration(text);
  const at = ago === undefined ? Date.parse(text) : Date.now() - ago;
  if (!Number.isNaN(at)) return at;
  throw new HandrailError('USAGE', {
    message: `\`--${option} ${text}\` is neither a date such as 2026-11-20 nor a time ago such as 90d.`,
  });
}

async function population(
  store: RunStore,
  since: number,
  until: number,
  signers: string | null,
): Promise<readonly Row[]> {
  const { entries } = await readLedger(store.ledger());
  const kept = new Set(await store.runs());
  const elsewhere = (await store.elsewhere?.()) ?? new Set();
  const hosts = await store.hosts?.();
  const created = new Map<string, string>();
  for (const { run: id, at } of entries)
    if (!created.has(id) && !elsewhere.has(id)) created.set(id, at);
  for (const id of kept) if (!created.has(id)) created.set(id, '');
  const pruned = new Set(entries.filter(({ what }) => what === 'pruned').map((entry) => entry.run));
  const passed = new Map<string, string>();
  const rows: Row[] = [];
  for (const [id, at] of created) {
    const reader = kept.has(id) ? await store.read(id) : undefined;
    const report = reader && (await replay(id, reader.lines()).catch(nothingOf));
    const moment = Date.parse(at || report?.startedAt || '');
    const text = report && textOf(report);
    // When it was, nobody can tell of some: they are of every period.
    if (!(moment < since || moment > until))
      rows.push({
        ...EMPTY,
        run: id,
        created: at,
        record: recordIn(report, reader !== undefined, pruned.has(id)),
        ...(report === undefined ? {} : factsOf(report)),
        ...hostOf(hosts?.get(id), report),
        testedBefore: (text && passed.get(text)) ?? '',
        reviews: reader === undefined ? '' : (await reviewsOf(reader, signers)).join('; '),
      });
    if (report?.outcome === 'passed' && text !== undefined) passed.set(text, id);
  }
  return rows;
}

function recordIn(
  report: RunReport | undefined,
  isThere: boolean,
  isPruned: boolean,
): Row['record'] {
  if (isThere) return report === undefined ? 'unreadable' : 'kept';
  return isPruned ? 'pruned' : 'missing';
}

const EMPTY = {
  started: '',
  ended: '',
  host: '',
  runbook: '',
  procedures: '',
  sha256: '',
  commit: '',
  requestedBy: '',
  approvedBy: '',
  carriedOutBy: '',
  reason: '',
  ticket: '',
  outcome: '',
  exit: '',
} as const;

/** By the name under which the team knows it, which may be another one than its machine's. */
function hostOf(known: string | undefined, report: RunReport | undefined): Partial<Row> {
  const asked = report?.remarks.flatMap(({ event }) =>
    event.type === 'request.received' ? [event.host] : [],
  );
  return { host: known ?? asked?.[0] ?? report?.started.who.host ?? '' };
}

/** The same procedure of the same bytes. */
function textOf({ started }: RunReport): string {
  return [started.runbook.sha256, ...started.procedures].join(' ');
}

function factsOf(report: RunReport): Partial<Row> {
  const { started, startedAt, endedAt, outcome, exitCode, remarks } = report;
  const by = (type: string): string =>
    [
      ...new Set(
        remarks.flatMap(({ event }) => (event.type === type && 'by' in event ? [event.by] : [])),
      ),
    ].join('; ');
  return {
    started: startedAt,
    ended: endedAt ?? '',
    runbook: path.resolve(started.who.cwd, started.runbook.path),
    procedures: started.procedures.join('; '),
    sha256: started.runbook.sha256,
    commit: `${started.runbook.commit ?? ''}${started.runbook.dirty === true ? ' (changed)' : ''}`,
    requestedBy: by('request.received'),
    approvedBy: by('approval.granted'),
    carriedOutBy: started.who.user ?? '',
    reason: started.reason ?? '',
    ticket: started.ticket ?? '',
    outcome,
    exit: exitCode === null ? '' : String(exitCode),
  };
}
