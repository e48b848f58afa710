import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Plan, RunRequest } from '../../src/engine/model/plan.ts';
import { requestOf, workplace } from '../support/engine.ts';

const MANUAL = `
---
kind: manual
---
# Operations

## Deploy

### Prepare

~~~bash name=prepare
true
~~~

### Ship

~~~bash name=ship tag=fast
true
~~~

~~~bash name=is-shipped verify
true
~~~

### Rollback

~~~bash name=back
true
~~~

### Cleanup

~~~bash name=tidy
true
~~~

### After

~~~bash name=after
true
~~~

## Restart

### Prepare

~~~bash name=prepare-restart
true
~~~

### Rollback

~~~bash name=back-restart
true
~~~
`;

async function planOf(
  text: string | Readonly<Record<string, string>>,
  request: Partial<RunRequest>,
): Promise<Plan> {
  const { handrail, folder } = workplace(text);
  const { runbook } = await handrail.read(join(folder, 'ops.md'));
  return handrail.plan(runbook, requestOf(request));
}
const ids = ({ steps }: Plan): readonly string[] => steps.map(({ id }) => id);

describe('a plan', () => {
  test('leaves rollbacks out, puts cleanups last and joins probes to their steps', async () => {
    const plan = await planOf(MANUAL, { procedures: ['deploy'] });
    expect(ids(plan)).toEqual(['prepare', 'ship', 'after', 'tidy']);
    expect(plan.steps.map(({ phase }) => phase)).toEqual(['main', 'main', 'main', 'cleanup']);
    expect(plan.steps[1]?.probe?.id).toBe('is-shipped');
    expect(plan.rollbacks.map(({ id }) => id)).toEqual(['rollback']);
  });

  test('runs a rollback that is asked for by name', async () => {
    const plan = await planOf(MANUAL, { procedures: ['rollback-1'] });
    expect(ids(plan)).toEqual(['back-restart']);
  });

  test.each([
    ['prepare-1', 'prepare-restart'],
    ['restart/prepare', 'prepare-restart'],
    ['Deploy/Prepare', 'prepare'],
  ])('finds the procedure %s', async (name, step) => {
    expect(ids(await planOf(MANUAL, { procedures: [name] }))).toEqual([step]);
  });

  test('refuses a procedure that is not there, with the nearest name', async () => {
    await expect(planOf(MANUAL, { procedures: ['deplyo'] })).rejects.toMatchObject({
      code: 'PROCEDURE_NOT_FOUND',
      exitCode: 66,
      data: { nearest: 'deploy' },
    });
  });

  test('refuses a whole manual unless all of it is asked for', async () => {
    await expect(planOf(MANUAL, { all: false })).rejects.toMatchObject({
      code: 'PROCEDURE_NEEDED',
      exitCode: 64,
    });
    expect(ids(await planOf(MANUAL, { all: true }))).toHaveLength(5);
  });

  test('takes steps by id, position, from, to and tag', async () => {
    const deploy = { procedures: ['deploy'] };
    expect(ids(await planOf(MANUAL, { ...deploy, steps: ['ship'] }))).toEqual(['ship']);
    expect(ids(await planOf(MANUAL, { ...deploy, steps: ['#3'] }))).toEqual(['after']);
    expect(ids(await planOf(MANUAL, { ...deploy, from: 'ship' }))).toEqual([
      'ship',
      'after',
      'tidy',
    ]);
    expect(ids(await planOf(MANUAL, { ...deploy, to: 'prepare' }))).toEqual(['prepare', 'tidy']);
    expect(ids(await planOf(MANUAL, { ...deploy, tags: ['fast'] }))).toEqual(['ship', 'tidy']);
    expect(ids(await planOf(MANUAL, { steps: ['back'] }))).toEqual(['back']);
    await expect(planOf(MANUAL, { ...deploy, steps: ['shi'] })).rejects.toMatchObject({
      code: 'STEP_NOT_FOUND',
      data: { nearest: 'ship' },
    });
  });

  test('refuses a text with errors', async () => {
    await expect(planOf('# Open\n\n~~~bash\ntrue\n', {})).rejects.toMatchObject({
      code: 'RUNBOOK_REFUSED',
      exitCode: 65,
    });
  });

  test('refuses a text in which nothing would run', async () => {
    await expect(planOf('# Only words\n\nNothing here.\n', {})).rejects.toMatchObject({
      code: 'NOTHING_TO_RUN',
    });
  });

  test('changes its hash with what would run, and with nothing else', async () => {
    const hash = async (text: string): Promise<string> => (await planOf(text, {})).hash;
    const one = await hash('# A\n\n~~~bash\ntrue\n~~~\n');
    expect(
      await hash('# A\n\nSome words, `here`, and there.\n\n- context\n\n~~~bash\ntrue\n~~~\n'),
    ).toBe(one);
    expect(await hash('# A\n\n~~~bash\nfalse\n~~~\n')).not.toBe(one);
    expect(await hash('# A\n\n~~~bash timeout=3s\ntrue\n~~~\n')).not.toBe(one);
  });
});

describe('a step in the turn of one host', () => {
  const HOSTS =
    '---\nhosts: [db1, db2]\n---\n# A\n\n~~~bash name=one\ntrue\n~~~\n\n- [ ] Look\n\n~~~bash name=two\ntrue\n~~~\n';
  test.each([
    [['two'], ['two@db1', 'two@db2']],
    [['two@db2'], ['two@db2']],
    [
      ['two@db1', 'one@db2'],
      ['two@db1', 'one@db2'],
    ],
    [
      ['two@db2', 'one'],
      ['one@db1', 'one@db2', 'two@db2'],
    ],
    [['two@db3'], null],
    [['a/look@db2'], null],
    [['three@db1'], null],
  ])('is picked by the name that every listing gives it: %j', async (steps, picked) => {
    const plan = planOf(HOSTS, { steps });
    if (picked === null) await expect(plan).rejects.toMatchObject({ code: 'STEP_NOT_FOUND' });
    else expect(ids(await plan)).toEqual(picked);
  });

  test('is an item of its list there', async () => {
    const page = HOSTS.replace('hosts:', 'inputs: { list: { default: [a, b] } }\nhosts:').replace(
      'name=one',
      'name=one each="item in list"',
    );
    const { steps } = await planOf(page, { steps: ['one@db2~b'] });
    expect(steps.map(({ id, only }) => [id, only])).toEqual([['one@db2', ['b']]]);
  });
});

describe('a link to a runbook', () => {
  const OPS = '# Ops\n\n1. [Back up](lib/backup.md#nightly)\n\n~~~bash name=own\ntrue\n~~~\n';

  test('is replaced by the steps it leads to', async () => {
    const plan = await planOf(
      {
        'ops.md': OPS,
        'lib/backup.md':
          '# Backup\n\n## Nightly\n\n~~~bash name=dump\ntrue\n~~~\n\n## Weekly\n\n~~~bash name=full\ntrue\n~~~\n',
      },
      {},
    );
    expect(ids(plan)).toEqual([`${plan.steps[0]?.id.split('/dump')[0]}/dump`, 'own']);
    expect(plan.steps[0]?.from?.folder).toMatch(/lib$/);
    expect(plan.steps[1]?.from).toBeNull();
  });

  test('that leads back to itself, or nowhere, is a finding', async () => {
    const circle = await planOf(
      {
        'ops.md': '# Ops\n\n1. [There](there.md)\n',
        'there.md': '# There\n\n1. [And back](ops.md)\n',
      },
      {},
    );
    expect(circle.findings.map(({ message }) => message).join()).toMatch(/leads back to itself/);
    const nowhere = await planOf(OPS, {});
    expect(nowhere.findings).toMatchObject([{ rule: 'broken-runbook-link', severity: 'error' }]);
  });
});

test('an approval for a step that is not there is refused with the nearest name', async () => {
  const markdown = '# Ops\n\n~~~bash name=drop\nrm -rf ./old\n~~~\n';
  await expect(planOf(markdown, { approve: ['dorp'] })).rejects.toThrow(/no step `dorp`.*`drop`/);
  expect(ids(await planOf(markdown, { approve: ['drop'] }))).toEqual(['drop']);
});
