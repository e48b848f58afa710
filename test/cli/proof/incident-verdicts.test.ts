import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verdictsOnIncidents } from '../../../src/cli/commands/verify.ts';
import { ownRecords } from '../../../src/cli/timeline/logs.ts';
import { hashOfLine } from '../../../src/engine/record/chain.ts';
import { FileIncidentStore } from '../../../src/stores/incidents.ts';
import { steadyClock } from '../../support/clock.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-incident-verdicts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const state = path.join(folder, 'state');

const said = (text: string) => ({ type: 'note.added', by: 'me', host: 'here', text }) as const;

beforeAll(async () => {
  const incidents = new FileIncidentStore(state, steadyClock());
  for (const [name, text] of [
    ['INC-1', 'begun'],
    ['INC-2', 'other'],
    ['INC-1', 'over'],
  ] as const)
    await incidents.append(name, [said(text)]);
});

const LOG = 'incidents/INC-1/log.jsonl';
const CHAIN = 'incidents.jsonl';
const HEAD = 'incidents.head';
const linesOf = (file: string): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
const write = (file: string, lines: readonly string[]): void =>
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));

function takeAway(at: (name: string) => string, ...names: readonly string[]): void {
  for (const name of names) rmSync(at(name), { recursive: true });
}

/** One more note and its seal, with right hashes; or so many of these lines. */
function wroteOn(file: string, most = 2): void {
  const lines = linesOf(file);
  const [note = '', seal = ''] = lines;
  const behind = (line: string, more: object): string => {
    const facts = { seq: lines.length, prev: hashOfLine(lines.at(-1) ?? ''), ...more };
    return JSON.stringify({ ...JSON.parse(line), ...facts });
  };
  lines.push(behind(note, { text: 'forged' }));
  lines.push(behind(seal, { events: lines.length, head: hashOfLine(lines.at(-1) ?? '') }));
  write(file, lines.slice(0, lines.length - 2 + most));
}

/** Other words in each note, and every hash behind them made anew. */
function wroteAnew(file: string): void {
  let prev = '0'.repeat(64);
  const lines = linesOf(file).map((line) => {
    const event = JSON.parse(line);
    const own = event.head === undefined ? { text: `${event.text}, they say` } : { head: prev };
    const written = JSON.stringify({ ...event, ...own, prev });
    prev = hashOfLine(written);
    return written;
  });
  write(file, lines);
}

/** Edited, and then somebody notes something as ever. */
async function gone(at: (name: string) => string, edit: () => void): Promise<void> {
  edit();
  await new FileIncidentStore(at(''), steadyClock()).append('INC-1', [said('more')]);
}

type Edit = (at: (name: string) => string) => void | Promise<void>;

const EDITS: Readonly<Record<string, readonly [string, Edit]>> = {
  nothing: ['', () => undefined],
  'a word of a note': [
    'INC-1 altered',
    (at) => writeFileSync(at(LOG), readFileSync(at(LOG), 'utf8').replace('begun', 'began')),
  ],
  'cut back to an earlier seal': [
    'INC-1 truncated',
    (at) => write(at(LOG), linesOf(at(LOG)).slice(0, 2)),
  ],
  'a note with right hashes': ['INC-1 unlisted', (at) => wroteOn(at(LOG))],
  'a note with right hashes, gone on with': [
    'INC-1 altered',
    (at) => gone(at, () => wroteOn(at(LOG))),
  ],
  'a note without its seal, gone on with': [
    'INC-1 altered',
    (at) => gone(at, () => wroteOn(at(LOG), 1)),
  ],
  'cut back to an earlier seal, gone on with': [
    'INC-1 truncated',
    (at) => gone(at, () => write(at(LOG), linesOf(at(LOG)).slice(0, 2))),
  ],
  'all of it, with right hashes': ['INC-1 altered', (at) => wroteAnew(at(LOG))],
  'all of it, with right hashes and fewer lines': [
    'INC-1 altered',
    (at) => {
      write(at(LOG), linesOf(at(LOG)).slice(0, 2));
      wroteAnew(at(LOG));
    },
  ],
  'another log in its place, gone on with': [
    'INC-1 altered',
    (at) => gone(at, () => cpSync(at('incidents/INC-2/log.jsonl'), at(LOG))),
  ],
  'deleted, gone on with': ['INC-1 truncated', (at) => gone(at, () => rmSync(at(LOG)))],
  'lost as it was sealed': [
    'INC-1 unsealed',
    (at) => write(at(LOG), linesOf(at(LOG)).slice(0, -1)),
  ],
  'lost as it was sealed, gone on with': [
    '',
    (at) => gone(at, () => write(at(LOG), linesOf(at(LOG)).slice(0, -1))),
  ],
  deleted: ['INC-1 deleted', (at) => rmSync(at('incidents/INC-1'), { recursive: true })],
  'all deleted': [
    'INC-1 deleted, INC-2 deleted',
    (at) => rmSync(at('incidents'), { recursive: true }),
  ],
  'deleted with the chain': ['incidents.jsonl no chain', (at) => takeAway(at, 'incidents', CHAIN)],
  renamed: [
    'INC-9 unlisted, INC-1 deleted',
    (at) => renameSync(at('incidents/INC-1'), at('incidents/INC-9')),
  ],
  copied: [
    'INC-3 unlisted',
    (at) => cpSync(at('incidents/INC-1'), at('incidents/INC-3'), { recursive: true }),
  ],
  'copied to another spelling of its folder': [
    'INC%2D1 unlisted',
    (at) => cpSync(at('incidents/INC-1'), at('incidents/INC%2D1'), { recursive: true }),
  ],
  'the chain taken away': ['incidents.jsonl no chain', (at) => rmSync(at(CHAIN))],
  'the chain and its end taken away': [
    'incidents.jsonl no chain',
    (at) => takeAway(at, CHAIN, HEAD),
  ],
  'its end taken away': ['incidents.jsonl cut chain', (at) => rmSync(at(HEAD))],
  'the chain cut': [
    'incidents.jsonl cut chain, INC-1 unlisted',
    (at) => write(at(CHAIN), linesOf(at(CHAIN)).slice(0, -1)),
  ],
  'a line of the chain': [
    'incidents.jsonl altered',
    (at) => writeFileSync(at(CHAIN), readFileSync(at(CHAIN), 'utf8').replace('"at":"2', '"at":"1')),
  ],
  'a line of the chain twice': [
    'incidents.jsonl altered',
    (at) => appendFileSync(at(CHAIN), `${linesOf(at(CHAIN)).at(-1)}\n`),
  ],
};

test.each(Object.entries(EDITS))(
  'incidents of which %s was edited are told',
  async (what, [wanted, edit]) => {
    const copy = path.join(folder, what);
    cpSync(state, copy, { recursive: true });
    await edit((name) => path.join(copy, name));
    const found = await verdictsOnIncidents(ownRecords(copy));
    const wrong = found.filter(({ name }) => name !== 'sound');
    expect(wrong.map(({ of, name }) => `${of} ${name}`).join(', ')).toBe(wanted);
    expect(found.length - wrong.length).toBeGreaterThanOrEqual(what === 'nothing' ? 2 : 0);
  },
);
