import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../engine/contracts/clock.ts';
import type { Appended, IncidentEntry, IncidentStore } from '../engine/contracts/incident-store.ts';
import type { LedgerEntry, RawLine, RunStore } from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { IncidentEventBody } from '../engine/model/incident.ts';
import { hashOfLine, NO_HEAD } from '../engine/record/chain.ts';
import { INCIDENTS, incidentPlace, LOG, TORN } from '../engine/record/files.ts';
import { readLedger, readRemembered } from '../engine/record/ledger.ts';
import {
  addToOwn,
  codeOf,
  makeOwnFolder,
  openToWrite,
  readOwn,
  replaceFile,
  whyOf,
  writeAll,
} from './files/disk.ts';
import { appendToLedger, ledgerFile, rememberedFile } from './files/ledger.ts';
import { linesOf } from './files/lines.ts';
import { takeTurn } from './files/turn.ts';

const MOST_NAME = 240;
const WRITE_CHARACTERS = 256 * 1024;

/** Keeps incidents as `<state>/incidents/<name>/log.jsonl`, the chain of all of them in `<state>/incidents.jsonl`. */
export class FileIncidentStore implements IncidentStore {
  readonly where: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.where = folder;
    this.#clock = clock;
  }

  async incidents(): Promise<readonly IncidentEntry[]> {
    return incidentFolders(this.where)
      .map(({ name, folder }) => ({ name, path: `${incidentPlace(folder)}/${LOG}` }))
      .sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  async *lines(name: string): AsyncGenerator<RawLine> {
    const path = join(this.#folder(name), LOG);
    if (existsSync(path)) yield* linesOf(path);
  }

  async append(
    name: string,
    bodies: AsyncIterable<IncidentEventBody> | Iterable<IncidentEventBody>,
  ): Promise<Appended> {
    const folder = this.#folder(name);
    let leave: (() => void) | undefined;
    try {
      makeOwnFolder(folder);
      leave = await takeTurn(join(folder, 'turn'));
      const log = new IncidentLog(name, folder, this.#clock);
      const enter = (fact: Pick<LedgerEntry, 'what' | 'head' | 'after'>): Promise<unknown> =>
        appendToLedger(this.where, { run: name, ...fact, at: log.now() }, INCIDENTS);
      try {
        await enter({ what: 'resumed', head: log.head });
        const refused = await addAll(log, bodies);
        const after = log.settle();
        await enter({ what: 'sealed', head: log.sealed(), after });
        log.settle();
        if (refused !== null) throw refused;
        return { count: log.count, firstSeq: log.firstSeq, log: log.first };
      } finally {
        log.close();
      }
    } catch (error) {
      if (error instanceof HandrailError) throw error;
      throw unwritable(folder, error);
    } finally {
      leave?.();
    }
  }

  async current(): Promise<string | null> {
    const name = readOwn(join(this.where, 'incident'))?.trim() ?? '';
    return name !== '' && existsSync(this.#folder(name)) ? name : null;
  }

  async setCurrent(name: string | null): Promise<void> {
    const path = join(this.where, 'incident');
    try {
      if (name === null) rmSync(path, { force: true });
      else replaceFile(path, `${name}\n`);
    } catch (error) {
      throw unwritable(path, error);
    }
  }

  get chain(): Pick<RunStore, 'ledger' | 'remembered'> {
    const { where } = this;
    return {
      async *ledger() {
        yield* linesOf(ledgerFile(where, INCIDENTS));
      },
      remembered: async () => readRemembered(readOwn(rememberedFile(where, INCIDENTS)) ?? ''),
    };
  }

  async entries(name: string): Promise<readonly LedgerEntry[]> {
    return (await readLedger(this.chain.ledger())).byRun.get(name) ?? [];
  }

  #folder(name: string): string {
    return join(this.where, incidentPlace(folderOf(name)));
  }
}

/** A refusal of what was to be read for it ends it like any other: nobody was lost, and what came before it is sealed. */
async function addAll(
  log: IncidentLog,
  bodies: AsyncIterable<IncidentEventBody> | Iterable<IncidentEventBody>,
): Promise<HandrailError | null> {
  try {
    for await (const body of bodies) log.add(body);
    return null;
  } catch (error) {
    if (error instanceof HandrailError) return error;
    throw error;
  }
}

/** Where the logs of incidents stand below a state folder. */
export function incidentFolders(
  state: string,
): readonly { readonly name: string; readonly folder: string; readonly log: string }[] {
  const all = join(state, INCIDENTS);
  try {
    return readdirSync(all, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name: folder }) => ({ name: nameOf(folder), folder, log: join(all, folder, LOG) }));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unreadable(all, error);
  }
}

function unreadable(path: string, error: unknown): HandrailError {
  const message = `The incidents in \`${path}\` cannot be read: ${whyOf(error)}. Choose a folder with --state or HANDRAIL_HOME.`;
  return new HandrailError('CONFIGURATION', { message }, { cause: error });
}

function unwritable(path: string, error: unknown): HandrailError {
  return new HandrailError('LOG_UNWRITABLE', { path, why: whyOf(error) }, { cause: error });
}

/** Any name makes a safe folder: letters, figures, `_`, `-` and `.` stay, everything else is spelled `%XX`. */
function folderOf(name: string): string {
  const folder = encodeURIComponent(name.toWellFormed())
    .replace(/^\.+/, (dots) => '%2E'.repeat(dots.length))
    .replace(/[!'()*~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  if (name.trim() !== '' && folder.length <= MOST_NAME && !/\p{Cc}/u.test(name)) return folder;
  const message = `\`${name.slice(0, 40)}\` cannot be the name of an incident. Give a short one, such as INC-7.`;
  throw new HandrailError('INCIDENT_NEEDED', { message });
}

/** A folder that no incident would be kept in, such as `INC%2D7` beside `INC-7`, is called what it is called. */
function nameOf(folder: string): string {
  try {
    const name = decodeURIComponent(folder);
    return folderOf(name) === folder ? name : folder;
  } catch {
    return folder;
  }
}

/** One turn at an incident's log. */
class IncidentLog {
  readonly #incident: string;
  readonly #clock: Clock;
  readonly #originMs: number;
  readonly #fd: number;
  #seq = 0;
  #head = NO_HEAD;
  #text = '';
  count = 0;
  firstSeq = 0;
  first = '';

  constructor(incident: string, folder: string, clock: Clock) {
    this.#incident = incident;
    this.#clock = clock;
    this.#originMs = clock.monoMs();
    const path = join(folder, LOG);
    this.#fd = openToWrite(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT);
    let bytes = 0;
    for (const { raw, complete } of linesOf(path)) {
      if (!complete) {
        addToOwn(join(folder, TORN), `${Buffer.from(raw).toString()}\n`);
        ftruncateSync(this.#fd, bytes);
        break;
      }
      bytes += raw.length + 1;
      this.#seq += 1;
      this.#head = hashOfLine(raw);
      if (this.first === '') this.first = this.#head;
    }
    this.firstSeq = this.#seq;
  }

  now(): string {
    return new Date(this.#clock.nowMs()).toISOString();
  }

  add(body: IncidentEventBody): void {
    this.#line(body);
    this.count += 1;
  }

  /** Hash of the last line. */
  get head(): string {
    return this.#head;
  }

  /** Closes the chain and returns the seal's own hash; `settle` writes it. */
  sealed(): string {
    this.#line({ type: 'run.sealed', events: this.#seq, head: this.#head });
    return this.#head;
  }

  /** Returns the hash of the last line when everything is on disk. */
  settle(): string {
    this.#write();
    fdatasyncSync(this.#fd);
    return this.#head;
  }

  close(): void {
    closeSync(this.#fd);
  }

  #line(body: IncidentEventBody): void {
    const { type, ...rest } = body;
    const line = JSON.stringify({
      seq: this.#seq,
      at: this.now(),
      monoMs: Math.round((this.#clock.monoMs() - this.#originMs) * 10) / 10,
      run: this.#incident,
      attempt: 1,
      type,
      prev: this.#head,
      ...rest,
    });
    this.#head = hashOfLine(line);
    if (this.first === '') this.first = this.#head;
    this.#seq += 1;
    this.#text += `${line}\n`;
    if (this.#text.length > WRITE_CHARACTERS) this.#write();
  }

  #write(): void {
    writeAll(this.#fd, Buffer.from(this.#text));
    this.#text = '';
  }
}
