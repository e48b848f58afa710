import { dirname, join } from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { previousTime } from '../../engine/schedule/times.ts';
import { createHandrail } from '../../handrail.ts';
import type { RunHandle } from '../../library.ts';
import { readOwn, replaceFile } from '../../stores/files/disk.ts';
import { sha256Of } from '../../text/sha256.ts';
import { isWithin } from '../hours.ts';
import { partRules, ruleOfFile } from '../policy-parts.ts';
import type { RequestSource } from '../requests/source.ts';
import { type Workplace, wasStarted } from './carry-out.ts';
import { type Saying, saying } from './said.ts';

/** An entry of a runbook's `schedule` that names a host. */
export interface DueEntry {
  /** The runbook's absolute path. */
  readonly path: string;
  /** `null`: the whole runbook. */
  readonly procedure: string | null;
  readonly cron: string;
  readonly timezone: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly host: string | null;
}

/** What starting such runs takes. */
export interface DueSetting {
  readonly host: string;
  readonly source: Pick<RequestSource, 'claimDue' | 'claimedDue'>;
  /** Entries of the host's own files, as they stand now. */
  entries(): Promise<readonly DueEntry[]>;
  place(): Promise<Workplace>;
  mayBegin(id: string): boolean;
  follow(
    id: string,
    handle: RunHandle,
    control: { readonly abort: AbortController; readonly said: Saying },
  ): void;
  log(line: string): void;
}

/** How late a due time is still started: the host was away, or busy. */
const LATE_MS = 3_600_000;

/** What schedules start on this host. */
export interface DueRuns {
  /** Starts what is due, each due time once: it is the id of its run. */
  start(now: Date): Promise<void>;
  /** Goes on with what an earlier worker of this host left in the middle. */
  recover(): Promise<void>;
}

/** Looks after the runs that schedules start on this host. */
export function dueRuns(setting: DueSetting): DueRuns {
  const { host, source, log } = setting;
  const settled = new Set<string>();

  async function begin(id: string, entry: DueEntry, due: Date, place: Workplace): Promise<void> {
    const { path, procedure, inputs } = entry;
    const rule = ruleOfFile(place.policy, path, procedure ?? '');
    const name = `${path}${procedure === null ? '' : `#${procedure}`}, due ${due.toISOString()}`;
    const leave = (why: string): void => {
      settled.add(id);
      log(`schedule ${name}: ${why}`);
    };
    if (rule?.schedules !== true) return leave('the policy lets no schedule start it');
    if (rule.hours !== null && !isWithin(rule.hours, due))
      return leave(`the policy lets it start ${rule.hoursText} only`);
    const { world, policy, operator } = place;
    const { destroysNeedsTwo } = policy;
    const handrail = createHandrail({ ...world, cwd: dirname(path), destroysNeedsTwo });
    if (await wasStarted(handrail, id)) return void settled.add(id);
    if (!(await isFirst(id, entry, due))) return leave('another worker of this host has it');
    settled.add(id);
    const { source: text, runbook } = await handrail.read(path);
    const procedures = procedure === null ? [] : [procedure];
    const all = procedure === null;
    const reason = `schedule: ${entry.cron} ${entry.timezone}, due ${due.toISOString()}`;
    const planned = await handrail.plan(runbook, { procedures, all, inputs, reason });
    for (const part of partRules(policy, rule, path, planned))
      if (!part.rule.schedules || (part.rule.hours !== null && !isWithin(part.rule.hours, due)))
        return leave(`the policy lets no schedule start \`${part.name}\` in it then`);
    const plan = await handrail.prepare(planned, operator);
    const abort = new AbortController();
    const said = saying([]);
    const { signal } = abort;
    log(`run ${id}: ${name}`);
    setting.follow(id, handrail.run(plan, text, { operator, signal, run: id, said }), {
      abort,
      said,
    });
  }

  /** A record that is away keeps no due time: what this host itself has started is in its own folder and chain. */
  async function isFirst(id: string, { path, procedure }: DueEntry, due: Date): Promise<boolean> {
    try {
      return await source.claimDue({ run: id, runbook: path, procedure: procedure ?? '', due });
    } catch (error) {
      log(error instanceof Error ? error.message : String(error));
      return true;
    }
  }

  const ownEntries = async (): Promise<readonly DueEntry[]> =>
    (await setting.entries()).filter((entry) => entry.host === host);

  /** By the rules of resume, as the run of a request: what nobody can tell stays unknown until a person says. */
  async function goOn(id: string, entry: DueEntry, place: Workplace): Promise<void> {
    const { world, policy, operator } = place;
    const rule = ruleOfFile(policy, entry.path, entry.procedure ?? '');
    if (rule?.schedules !== true) return;
    const { destroysNeedsTwo } = policy;
    const handrail = createHandrail({ ...world, cwd: dirname(entry.path), destroysNeedsTwo });
    const reader = await handrail.store.read(id);
    if (reader === undefined || (await reader.live())) return;
    const { outcome } = await handrail.report(reader);
    if (outcome !== 'interrupted') return void over.add(id);
    const abort = new AbortController();
    const said = saying([]);
    const { signal } = abort;
    const handle = await handrail.resume(id, {}, { operator, signal, said });
    log(`run ${id}: gone on with after it was interrupted`);
    setting.follow(id, handle, { abort, said });
  }
  const over = new Set<string>();

  async function recover(): Promise<void> {
    const entries = await ownEntries();
    if (entries.length === 0) return;
    for (const { run, due } of await source.claimedDue()) {
      // Which run is one of a schedule say this host's own files: its id is made of them.
      const entry = entries.find((each) => dueId(host, each, due) === run);
      if (entry === undefined || over.has(run) || !setting.mayBegin(run)) continue;
      try {
        await goOn(run, entry, await setting.place());
      } catch (error) {
        if (!(error instanceof HandrailError)) throw error;
        over.add(run);
        log(`run ${run}: not gone on with: ${error.message}`);
      }
    }
  }

  async function start(now: Date): Promise<void> {
    const entries = await ownEntries();
    if (entries.length === 0) return;
    const place = await setting.place();
    const since = firstSeen(place.world.state, entries, now);
    for (const entry of entries) {
      const due = await previousTime(entry.cron, entry.timezone, now);
      if (due === undefined || now.getTime() - due.getTime() > LATE_MS) continue;
      // An entry that was written today is due from its next time on.
      if (due.getTime() < (since.get(keyOf(entry)) ?? now.getTime())) continue;
      const id = dueId(host, entry, due);
      if (settled.has(id) || !setting.mayBegin(id)) continue;
      try {
        await begin(id, entry, due, place);
      } catch (error) {
        if (!(error instanceof HandrailError)) throw error;
        settled.add(id);
        log(`schedule ${entry.path}: ${error.message}`);
      }
    }
  }

  return { start, recover };
}

function keyOf({ path, procedure, cron, timezone, inputs }: DueEntry): string {
  return JSON.stringify([path, procedure, cron, timezone, inputs]);
}

/**
 * A UUIDv8 (RFC 9562) that sorts by the due time; what else it holds says which entry of which host it is. Whoever knows
 * the page can tell it beforehand: `isDueId` keeps it out of the hands of those who ask, and the record, which reads the
 * host out of the last group, out of those of other hosts.
 */
export function dueId(host: string, entry: DueEntry, due: Date): string {
  const digest = sha256Of(JSON.stringify([host, keyOf(entry), due.toISOString()]));
  const time = due.getTime().toString(16).padStart(12, '0');
  const variant = (8 + (Number.parseInt(digest[3] ?? '0', 16) % 4)).toString(16);
  const whose = sha256Of(host).slice(0, 8);
  return [
    time.slice(0, 8),
    time.slice(8),
    `8${digest.slice(0, 3)}`,
    `${variant}${digest.slice(4, 7)}`,
    `${whose}${digest.slice(7, 11)}`,
  ].join('-');
}

/** Whether an id is one that only a schedule gives: no request is taken under it, nor recorded as a run that was refused. */
export function isDueId(id: string): boolean {
  return id[14] === '8';
}

/** When this host saw each entry first, ms since the epoch; entries that are gone are forgotten. */
function firstSeen(
  state: string,
  entries: readonly DueEntry[],
  now: Date,
): ReadonlyMap<string, number> {
  const file = join(state, 'schedules.json');
  const known = numbersIn(file);
  const keys = [...new Set(entries.map(keyOf))];
  const seen = new Map(keys.map((key) => [key, known.get(key) ?? now.getTime()]));
  if (keys.some((key) => !known.has(key)) || known.size !== keys.length)
    replaceFile(file, JSON.stringify(Object.fromEntries(seen)));
  return seen;
}

function numbersIn(file: string): ReadonlyMap<string, number> {
  try {
    const data: unknown = JSON.parse(readOwn(file) ?? '');
    if (typeof data !== 'object' || data === null) return new Map();
    return new Map(Object.entries(data).filter(([, at]) => typeof at === 'number'));
  } catch {
    return new Map();
  }
}
