import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { forEachTest, type OpsTeam, type Worker } from '../support/ops-team.ts';
import { type AskedFor, agreedTo, asked, signedRequest } from '../support/signed-requests.ts';
import type { FreshTeam } from '../support/team.ts';

/*
 * Whoever owns the database writes any row past every trigger, and knows what was signed. They can delay, hide and replay,
 * and start nothing; and whoever reads from it reads on.
 */
let team: FreshTeam;
let ops: OpsTeam;
forEachTest((fresh) => {
  ({ team, ops } = fresh);
});

const at = (...names: readonly string[]): string => path.join(ops.folder, ...names);
const asHost = () => ({ HANDRAIL_TEAM: team.host });
const sql = (text: string, values: readonly unknown[] = []) => team.sql(team.admin, text, values);
const freely = (text: string) => sql(`SET session_replication_role = replica; ${text}`);
const recorded = (): readonly string[] => readdirSync(at('.handrail', 'runs'));
const logOf = (id: string): string =>
  readFileSync(at('.handrail', 'runs', id, 'log.jsonl'), 'utf8');

function policy(...rules: readonly string[]): void {
  const own = rules.map((rule) => `  - ${rule}\n`).join('');
  writeFileSync(
    at('policy.yaml'),
    `allowed_signers: allowed_signers\nexpires: 24h\nrules:\n${own}`,
  );
}

function kill(worker: Worker): void {
  process.kill(-(worker.process.pid ?? 0), 'SIGKILL');
}

/** A request that anybody may have carried out, which comes after whatever else lies there. */
async function proofOfLife(worker: Worker): Promise<void> {
  const last = await asked(team, ops, 'count');
  await agreedTo(team, ops, last);
  await worker.says(`run ${last.id}: passed`);
}

/** Puts what one request says in the place of another. */
const putInPlace = (id: string, { document, signature }: AskedFor) =>
  freely(
    `UPDATE handrail.request SET document = convert_to('${document}', 'UTF8'), signature = '${signature}' WHERE id = '${id}'`,
  );

describe('a request gets by no other name of its file around the rule for it:', () => {
  test.each([
    ['a dot', (folder: string) => `${folder}/./ops.md`],
    ['two slashes', (folder: string) => `${folder}//ops.md`],
    ['a way up', (folder: string) => `${folder}/inbox/../ops.md`],
    [
      'a link',
      (folder: string) => {
        symlinkSync(`${folder}/ops.md`, `${folder}/alias.md`);
        return `${folder}/alias.md`;
      },
    ],
  ])('%s', async (_, named) => {
    policy(
      `runbooks: ["${ops.folder}/ops.md"]\n    approvals: 2`,
      `runbooks: ["${ops.folder}/**"]\n    approvals: 0`,
    );
    await asked(team, ops, 'count', { runbook: named(ops.folder) });
    await ops.worker(asHost()).says('refused (its runbook stands elsewhere than its path says');
    expect(ops.read('count')).toBe('');
  });
});

test.each([
  ['rolls back to it', 'rollback', '### Rollback'],
  ['goes on there after a failure', 'goto #other', '## Other'],
])('a request gets around no rule by a step that %s', async (_, onFail, heading) => {
  const [failing, other] = ['false', 'echo x >> dropped'].map((line) => `\n${line}\n\`\`\`\n`);
  writeFileSync(
    at('ops.md'),
    `# Ops\n\n## Work\n\n\`\`\`bash name=work on-fail="${onFail}"${failing}\n${heading}\n\n\`\`\`bash name=undo${other}`,
  );
  policy(
    `runbooks: ["${ops.folder}/**"]\n    procedures: [rollback, other]\n    approvals: 2`,
    `runbooks: ["${ops.folder}/**"]\n    approvals: 0`,
  );
  await asked(team, ops, 'work');
  await ops.worker(asHost()).says(/waiting \(0 of 2 approvals for `(?:rollback|other)` in it\)/);
  expect(ops.read('dropped')).toBe('');
});

test('a run that waits goes on with the approval of no other request by the same id', async () => {
  const swap = '## Swap\n\n```bash name=swap confirm=two\necho x >> swapped\n```\n';
  writeFileSync(at('ops.md'), `${ops.read('ops.md')}\n${swap}`);
  policy(
    `runbooks: ["${ops.folder}/**"]\n    procedures: [swap]\n    approvals: 0`,
    `runbooks: ["${ops.folder}/**"]\n    approvals: 1`,
  );
  const first = ops.worker(asHost());
  const begun = await asked(team, ops, 'swap');
  await first.says(`run ${begun.id}: waiting, exit 5`);
  // Who asked signs something harmless under the same id, which somebody else agrees to.
  const harmless = await signedRequest(ops, 'count', { id: begun.id });
  await putInPlace(begun.id, harmless);
  await agreedTo(team, ops, harmless);
  kill(first);
  await proofOfLife(ops.worker(asHost()));
  expect(ops.read('swapped')).toBe('');
});

describe('who approves or cancels by an id', () => {
  test.each([['approve', '--yes'], ['cancel']])(
    'does not %s what was put in its place',
    async (...words) => {
      const [one, other] = [await asked(team, ops, 'count'), await asked(team, ops, 'drop')];
      await putInPlace(one.id, other);
      const [command = '', ...more] = words;
      const named = one.id.slice(0, 30);
      const { exitCode, stderr } = await ops.as('bo', command, named, ...more);
      expect([exitCode, stderr]).toEqual([77, expect.stringContaining('it was altered')]);
      expect(await sql('SELECT FROM handrail.answer')).toEqual([]);
    },
  );

  test('is told that it is one of several, and may give the end of it', async () => {
    const one = await asked(team, ops, 'count');
    await asked(team, ops, 'count');
    const several = await ops.as('bo', 'approve', one.id.slice(0, 4), '--yes');
    expect([several.exitCode, several.stderr]).toEqual([64, expect.stringContaining('several')]);
    expect((await ops.as('bo', 'approve', one.id.slice(-8), '--yes')).exitCode).toBe(0);
  });

  test('is kept from it by no request that somebody made up as the one before', async () => {
    const { id } = await asked(team, ops, 'count');
    await sql(
      `INSERT INTO handrail.request SELECT gen_random_uuid(), host, '\\xff', 'x', '\\x', who, runbook, procedure, expires_at, login, at - interval '1 h' FROM handrail.request`,
    );
    const others = `FROM handrail.request WHERE id <> '${id}'`;
    await sql(`INSERT INTO handrail.claim SELECT id, host, 'x' ${others}`);
    await sql(
      `INSERT INTO handrail.answer (subject, kind, document, signature, who, login) SELECT id, 'approval', 'x', 'x', 'x', 'x' ${others}`,
    );
    expect((await ops.as('bo', 'approve', id, '--yes')).exitCode).toBe(0);
  });
});

test('what a host was told is cancelled stays so, whatever is deleted later', async () => {
  const first = ops.worker(asHost());
  const request = await asked(team, ops, 'count');
  await first.says(`${request.id}: waiting`);
  await ops.as('bo', 'cancel', request.id, '--reason', 'not today');
  await first.says(`${request.id}: cancelled (bo cancelled it: not today)`);
  const types = logOf(request.id).match(/"type":"(?:request|cancel)\.received"/g);
  expect(types).toHaveLength(2);
  expect((await ops.as(null, 'queue')).stdout).toMatch(/cancelled .*bo cancelled it: not today/);
  kill(first);
  await freely(
    `DELETE FROM handrail.answer; DELETE FROM handrail.word; DELETE FROM handrail.claim; DELETE FROM handrail.pending;
     INSERT INTO handrail.pending SELECT id, host, login, at FROM handrail.request`,
  );
  await agreedTo(team, ops, request);
  await ops.worker(asHost()).says('was started on this host before');
  expect(ops.read('count')).toBe('');
});

describe('rows that nobody signed', () => {
  const rows = (count: number, bytes: number): string =>
    `INSERT INTO handrail.request SELECT gen_random_uuid(), 'web1', convert_to(repeat('a', ${bytes}), 'UTF8'), 'x', '\\x', 'ada', '/x', 'y', now() + interval '1 h', 'x', '2000-01-01' FROM generate_series(1, ${count})`;

  test('take room on the disk of the host for a hundred records a day, and no more', async () => {
    const state = { day: new Date().toISOString().slice(0, 10), count: 97 };
    writeFileSync(at('.handrail', 'strangers.json'), JSON.stringify(state));
    await sql(rows(8, 60_000));
    const worker = ops.worker(asHost());
    await worker.says('are refused without a record');
    await proofOfLife(worker);
    expect(recorded()).toHaveLength(4);
    expect(await sql('SELECT FROM handrail.claim')).toHaveLength(9);
    expect(worker.log().match(/refused without a record/g)).toHaveLength(1);
  });

  test('keep nobody else from their turn, however large they are', async () => {
    await sql(rows(3, 100_000_000));
    const worker = ops.worker(asHost());
    await proofOfLife(worker);
    const words = worker.log().match(/refused \(its document cannot be read\)/g);
    expect(words).toHaveLength(3);
  });

  test('say little about approvals that do not count, however many there are', async () => {
    const { id } = await asked(team, ops, 'count');
    await sql(
      `INSERT INTO handrail.answer (subject, kind, document, signature, who, login) SELECT $1, 'approval', convert_to(n::text, 'UTF8'), 'x', 'bo', 'x' FROM generate_series(1, 500) n`,
      [id],
    );
    const worker = ops.worker(asHost());
    await worker.says(`${id}: waiting`);
    expect(worker.log().length).toBeLessThan(5000);
  });
});

test('a worker goes on without the queues and with functions that lie', async () => {
  const worker = ops.worker(asHost());
  await worker.says('takes requests from');
  await sql('DROP SCHEMA handrail_bell CASCADE');
  await proofOfLife(worker);
  for (const [name, kind, body] of [
    ['claim(p_request uuid, p_worker text)', 'boolean', 'SELECT true'],
    ['present(p_busy integer)', 'text', "SELECT E'\\\\x1b[2J'"],
  ] as const) {
    await sql(`DROP FUNCTION handrail.${name.split('(')[0]}`);
    await sql(`CREATE FUNCTION handrail.${name} RETURNS ${kind} LANGUAGE sql AS $$ ${body} $$`);
    await sql(`GRANT EXECUTE ON FUNCTION handrail.${name.split('(')[0]} TO handrail_host`);
  }
  const second = ops.worker(asHost());
  const { id } = await asked(team, ops, 'slow');
  const [row] = await sql('SELECT document, signature FROM handrail.request WHERE id = $1', [id]);
  await agreedTo(team, ops, {
    id,
    document: String(row?.['document']),
    signature: String(row?.['signature']),
  });
  await expect.poll(() => ops.read('slow'), { timeout: 60_000 }).toBe('x\n');
  writeFileSync(at('go'), '');
  await expect
    .poll(() => `${worker.log()}${second.log()}`, { timeout: 60_000 })
    .toContain(`run ${id}: passed`);
  expect(ops.read('slow')).toBe('x\ny\n');
});

test('no word of the database reaches the screen as it stands', async () => {
  const signs = "E'\\x1b[2J\\x1b]0;x\\x07\\u202Egnp'";
  const { id } = await asked(team, ops, 'count');
  await freely(
    `UPDATE handrail.request SET runbook = ${signs}, who = ${signs}, procedure = ${signs}`,
  );
  await sql(`INSERT INTO handrail.word (request, state, why) VALUES ($1, ${signs}, ${signs})`, [
    id,
  ]);
  await sql(
    `CREATE OR REPLACE FUNCTION handrail.answer(p_subject uuid, p_kind text, p_document bytea, p_signature text, p_who text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION ${signs} USING ERRCODE = '22023'; END $$`,
  );
  for (const words of [['queue'], ['approve', id, '--yes'], ['team', 'status']]) {
    const { stdout, stderr } = await ops.as('bo', ...words);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
    expect(`${stdout}${stderr}`).not.toMatch(/[\x1b\x07\u202e]/);
  }
});
