import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newRunId } from '../../src/host/run-id.ts';
import { documentText } from '../../src/team/documents.ts';
import { folderSource } from '../../src/team/requests/folder-source.ts';
import { writeSigned } from '../../src/team/signed.ts';

const sha256 = '0'.repeat(64);

/** A folder with one request in it, whoever signed that. */
function inbox(): { readonly folder: string; readonly id: string; readonly document: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'inbox-'));
  const at = '2026-11-30T12:00:00Z';
  const id = newRunId(Date.now());
  const document = documentText({
    kind: 'request',
    version: 1,
    who: 'ada',
    at,
    id,
    host: 'web1',
    runbook: '/a.md',
    sha256,
    linked: [],
    procedure: '',
    plan: sha256,
    inputs: {},
    on: [],
    reason: '',
    ticket: '',
    expires: at,
  });
  writeSigned(path.join(folder, 'r.json'), { kind: 'request', document, signature: 'x' });
  return { folder, id, document };
}

test('a request in a folder that several workers look into is taken by one of them, also where it was lost behind that', async () => {
  const { folder, id, document } = inbox();
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  const one = folderSource(folder, state, { host: 'web1', worker: 'one' });
  const elsewhere = (host: string) =>
    folderSource(folder, mkdtempSync(path.join(tmpdir(), 'state-')), { host, worker: 'other' });
  const other = elsewhere('web1');
  const open = async (): Promise<readonly number[]> => [
    (await one.open()).length,
    (await other.open()).length,
  ];
  expect(await open()).toEqual([1, 1]);
  expect([
    await one.claim(id, document),
    await other.claim(id, document),
    await one.claim(id, document),
  ]).toEqual([true, false, false]);
  expect([await open(), await one.claimed(), await other.claimed()]).toEqual([[0, 0], [id], []]);
  // Lost before it noted that beside its runs.
  rmSync(path.join(state, 'requests'), { recursive: true });
  expect([await open(), await other.claim(id, document), await one.claim(id, document)]).toEqual([
    [1, 0],
    false,
    true,
  ]);
});

test('a request in a folder that several hosts look into is there for its own host alone', async () => {
  const { folder, id } = inbox();
  const found = async (host: string) => {
    const state = mkdtempSync(path.join(tmpdir(), 'state-'));
    const source = folderSource(folder, state, { host, worker: host });
    return [(await source.open()).map((filed) => filed.id), (await source.read(id))?.id];
  };
  expect(await found('web1')).toEqual([[id], id]);
  expect(await found('web2')).toEqual([[], undefined]);
});

test('of two requests by one id in a folder the one that is ready comes before the one that waits', async () => {
  const { folder, id, document } = inbox();
  const other = document.replace('"reason":""', '"reason":"mine"');
  writeSigned(path.join(folder, 'a.json'), { kind: 'request', document: other, signature: 'x' });
  const state = mkdtempSync(path.join(tmpdir(), 'state-'));
  for (const ready of [document, other]) {
    const source = folderSource(folder, state, {
      host: 'web1',
      worker: 'web1',
      judged: async (filed) => {
        const judgement = { state: filed.document === ready ? 'ready' : 'waiting' };
        return Object.assign(Object.create(null), judgement);
      },
    });
    expect((await source.read(id))?.document).toBe(ready);
  }
});
