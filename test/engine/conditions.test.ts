import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/contracts/operator.ts';
import { scripted, workplace } from '../support/engine.ts';

const DOWN = `
# Connection failure

1. Look at it:

   ~~~bash
   touch looked
   ~~~

2. If the database is down:

   ~~~bash
   touch restarted
   ~~~

3. Write the time down:

   ~~~bash
   touch noted
   ~~~
`;
const CONDITIONAL = 'connection-failure/if-the-database-is-down';
const OPTIONS = `
# Restore

~~~bash
mkdir place
# Option A: the latest
touch place/latest
# Option B: by date
touch place/by-date
~~~

~~~bash
touch done
~~~
`;

describe('without a person', () => {
  test('nothing runs until every condition is decided, and all are named at once', async () => {
    const { folder, run } = workplace({
      'ops.md': `${DOWN}\n4. Only if that failed:\n\n   ~~~bash\n   touch more\n   ~~~\n\n## On Debian\n\n~~~bash\ntouch deb\n~~~\n\n## On Red Hat\n\n~~~bash\ntouch red\n~~~\n`,
    });
    const done = await run();
    expect(done.exitCode).toBe(65);
    const findings = done.report.findings.filter(({ rule }) => rule === 'condition');
    expect(findings).toHaveLength(3);
    expect(existsSync(join(folder, 'looked'))).toBe(false);
  });

  test('`--not` leaves the step out, and the record says by whom and why', async () => {
    const { folder, run } = workplace(DOWN);
    const done = await run('ops.md', { request: { not: [CONDITIONAL] } });
    expect(done.exitCode).toBe(0);
    expect(done.steps[CONDITIONAL]).toBe('not-applicable');
    expect(existsSync(join(folder, 'restarted'))).toBe(false);
    expect(existsSync(join(folder, 'noted'))).toBe(true);
    expect(done.events).toContainEqual(
      expect.objectContaining({
        type: 'condition.decided',
        holds: false,
        why: 'said with `--not`',
      }),
    );
    expect(done.events).toContainEqual(
      expect.objectContaining({
        type: 'step.skipped',
        why: expect.stringContaining('does not hold'),
      }),
    );
  });

  test('`--holds` does it', async () => {
    const { folder, run } = workplace(DOWN);
    const done = await run('ops.md', { request: { holds: ['if-the-database-is-down'] } });
    expect(done.exitCode).toBe(0);
    expect(existsSync(join(folder, 'restarted'))).toBe(true);
  });

  test('one part of a fence is chosen, and the others are left out', async () => {
    const { folder, run } = workplace(OPTIONS);
    expect((await run()).exitCode).toBe(65);
    const [{ id } = { id: '' }] = (await run()).report.steps;
    const done = await run('ops.md', { request: { holds: [`${id}:3`] } });
    expect(done.exitCode).toBe(0);
    expect(existsSync(join(folder, 'place/by-date'))).toBe(true);
    expect(existsSync(join(folder, 'place/latest'))).toBe(false);
    expect(existsSync(join(folder, 'done'))).toBe(true);
  });

  test('words that decide nothing are refused, with the nearest', async () => {
    const { run } = workplace(DOWN);
    const wrong = run('ops.md', {
      request: { holds: ['connection-failure/if-the-database-is-dwn'] },
    });
    await expect(wrong).rejects.toMatchObject({
      exitCode: 64,
      message: expect.stringContaining(CONDITIONAL),
    });
    const plain = run('ops.md', { request: { not: ['connection-failure/look-at-it'] } });
    await expect(plain).rejects.toMatchObject({ exitCode: 64 });
    const options = workplace(OPTIONS);
    const both = options.run('ops.md', {
      request: { holds: ['restore/restore:2', 'restore/restore:3'] },
    });
    await expect(both).rejects.toMatchObject({ exitCode: 64 });
  });

  test('the runbook decides with `when` and `holds`', async () => {
    const text = (annotation: string): string =>
      `---\ninputs: { down: { default: 'yes' } }\n---\n# C\n\nIf it is down:\n\n<!-- handrail: ${annotation} -->\n~~~bash\ntouch ran\n~~~\n\n## Then\n\n~~~bash\ntouch after\n~~~\n`;
    for (const [annotation, isRun] of [
      ['holds', true],
      ['when=down=yes', true],
      ['when=down=no', false],
    ] as const) {
      const { folder, run } = workplace(text(annotation));
      expect((await run()).exitCode).toBe(0);
      expect(existsSync(join(folder, 'ran'))).toBe(isRun);
    }
  });

  test('a heading holds for who picks its procedure by name', async () => {
    const { folder, run } = workplace(
      '# I\n\n## On Debian\n\n~~~bash\ntouch deb\n~~~\n\n## On Red Hat\n\n~~~bash\ntouch red\n~~~\n',
    );
    const done = await run('ops.md', { request: { procedures: ['on-debian'] } });
    expect(done.exitCode).toBe(0);
    expect(existsSync(join(folder, 'deb'))).toBe(true);
  });

  test('a linked runbook stands under the condition of its link', async () => {
    const { folder, run } = workplace({
      'ops.md':
        '---\nkind: runbook\n---\n# C\n\n## If it is lost\n\n1. [Rebuild](rebuild.md)\n\n## Then\n\n~~~bash\ntouch after\n~~~\n',
      'rebuild.md': '---\nkind: runbook\n---\n# Rebuild\n\n~~~bash\ntouch rebuilt\n~~~\n',
    });
    const refused = await run();
    expect(refused.exitCode).toBe(65);
    const [{ id } = { id: '' }] = refused.report.steps;
    expect((await run('ops.md', { request: { not: [id] } })).exitCode).toBe(0);
    expect(existsSync(join(folder, 'rebuilt'))).toBe(false);
    expect(existsSync(join(folder, 'after'))).toBe(true);
  });
});

describe('with a person', () => {
  const attended = { attended: true };

  test('the person is asked, and the answer stands in the record', async () => {
    const { folder, run } = workplace(DOWN);
    const person = scripted(
      { do: 'run' },
      { do: 'does-not-hold', why: 'it answers' },
      { do: 'run' },
    );
    const done = await run('ops.md', { request: attended, operator: person });
    expect(done.exitCode).toBe(0);
    expect(person.asked.map(({ condition }) => condition?.condition.text ?? null)).toEqual([
      null,
      'If the database is down',
      null,
    ]);
    expect(existsSync(join(folder, 'restarted'))).toBe(false);
    expect(done.report.conditions).toMatchObject([
      { holds: false, by: 'asmith', why: 'it answers' },
    ]);
  });

  test('`run` alone does not pass a condition', async () => {
    const { folder, run } = workplace(DOWN);
    const done = await run('ops.md', { request: attended, operator: scripted() });
    expect(done.exitCode).toBe(5);
    expect(existsSync(join(folder, 'restarted'))).toBe(false);
  });

  test('choosing one alternative rules the others out', async () => {
    const { folder, run } = workplace(
      '# I\n\nOn Debian:\n\n~~~bash\ntouch deb\n~~~\n\nOn Red Hat:\n\n~~~bash\ntouch red\n~~~\n',
    );
    let chosen = '';
    const done = await run('ops.md', {
      request: attended,
      operator: {
        name: 'asmith',
        async decide({ condition }) {
          if (condition === null) return { do: 'run' };
          chosen = condition.alternatives[1]?.condition.id ?? '';
          return { do: 'holds', condition: chosen };
        },
      },
    });
    expect(done.exitCode).toBe(0);
    expect(existsSync(join(folder, 'deb'))).toBe(false);
    expect(existsSync(join(folder, 'red'))).toBe(true);
  });

  test('a resume remembers what was decided', async () => {
    const { folder, run, resume } = workplace(DOWN);
    const first = scripted({ do: 'run' }, { do: 'holds' }, { do: 'quit' });
    expect((await run('ops.md', { request: attended, operator: first })).exitCode).toBe(5);
    const later = await resume(null);
    expect(later.exitCode).toBe(0);
    expect(existsSync(join(folder, 'restarted'))).toBe(true);
    expect(later.report.conditions).toHaveLength(1);
  });

  test('a resume can be told, where the run ended before the condition', async () => {
    const { folder, run, resume } = workplace(DOWN);
    const first = scripted({ do: 'quit' });
    expect((await run('ops.md', { request: attended, operator: first })).exitCode).toBe(5);
    const told = await resume(null, { resume: { not: [CONDITIONAL] } });
    expect(told.exitCode).toBe(0);
    expect(existsSync(join(folder, 'restarted'))).toBe(false);
  });

  test('who jumps back to a step is asked again', async () => {
    const { folder, run } = workplace(DOWN);
    const person = scripted(
      { do: 'run' },
      { do: 'does-not-hold', why: 'it answers' },
      { do: 'jump', to: CONDITIONAL, why: 'it does not answer any more' },
      { do: 'holds' },
      { do: 'run' },
      { do: 'run' },
    );
    const done = await run('ops.md', { request: attended, operator: person });
    expect(done.exitCode).toBe(0);
    expect(existsSync(join(folder, 'restarted'))).toBe(true);
  });
});

describe('who carries a step out and what it needs first is decided in the plan', () => {
  test('`confirm=false` on what destroys: nobody asks, and no approval is recorded', async () => {
    const { run } = workplace('# Clean\n\n~~~bash confirm=false\nrm -rf nothing-here\n~~~\n');
    const person = scripted({ do: 'run' });
    const done = await run('ops.md', { request: { attended: true }, operator: person });
    expect(done.exitCode).toBe(0);
    expect(person.asked[0]?.planned.needsApproval).toBe(false);
    expect(done.events.some(({ type }) => type === 'approval.granted')).toBe(false);
  });

  test('a manual step stays a person’s, whatever effect a heading hands down', async () => {
    const { run } = workplace(
      '# R\n\n<!-- handrail: effect=reads -->\n\n## Do it\n\n1. Call the bank and tell them.\n2. Open the channel.\n\n### Look\n\n~~~bash\ntrue\n~~~\n',
    );
    const person = scripted({ do: 'confirm' }, { do: 'confirm' }, { do: 'run' });
    const done = await run('ops.md', { request: { attended: true }, operator: person });
    expect(person.asked.slice(0, 2).map(({ planned }) => planned.by)).toEqual(['person', 'person']);
    expect(done.exitCode).toBe(0);
  });
});

describe('the condition of one part of a fence', () => {
  const PAGE = (last: string): string =>
    `# M\n\n~~~bash name=go\n# Move to shadow\necho shadow >> done\n\n# After a week without violations, proceed\necho enforce >> done\n${last}~~~\n\n~~~bash verify\ncat done\n~~~\n`;
  const MORE = '\n# Mark it complete\necho complete >> done\n';
  const done = (folder: string): string =>
    readFileSync(join(folder, 'done'), 'utf8').trim().replaceAll('\n', ' ');
  const yes: Decision = { do: 'holds' };
  const no: Decision = { do: 'does-not-hold', why: 'there were some' };

  for (const [what, last, decisions, came] of [
    ['all of it', MORE, [{ do: 'run' }, yes], 'shadow enforce complete'],
    ['all of it, without the part', MORE, [{ do: 'run' }, no], 'shadow complete'],
    ['all of it, without its last part', '', [{ do: 'run' }, no], 'shadow'],
    ['the part before its turn', MORE, [{ do: 'run', part: 1 }, yes], 'enforce shadow complete'],
    ['the part before its turn, denied', MORE, [{ do: 'run', part: 1 }, no], 'shadow complete'],
    ['edited text', MORE, [{ do: 'run', text: 'echo own > done' }, yes], 'own'],
  ] as const)
    test(`is asked about when it is due, and heeded: ${what}`, async () => {
      const { folder, run } = workplace(PAGE(last));
      const operator = scripted(...decisions);
      const { exitCode, steps, report } = await run('ops.md', {
        request: { attended: true },
        operator,
      });
      expect([exitCode, steps['m/go'] ?? steps['go'], done(folder)]).toEqual([0, 'passed', came]);
      expect(operator.asked.map(({ condition }) => condition !== null).indexOf(true)).toBe(1);
      expect(report.steps[0]?.parts).toBeNull();
    });

  test('that is decided beforehand is carried out at once', async () => {
    for (const [word, came] of [
      ['holds', 'shadow enforce complete'],
      ['not', 'shadow complete'],
    ] as const) {
      const { folder, run } = workplace(PAGE(MORE));
      const { exitCode, report } = await run('ops.md', { request: { [word]: ['go:2'] } });
      expect([exitCode, done(folder)]).toEqual([0, came]);
      expect(report.steps[0]?.attempts.filter(({ probe }) => !probe)).toHaveLength(1);
    }
  });

  test('suspends a run whose operator cannot tell, once what stands above it ran', async () => {
    const { folder, run, resume } = workplace(PAGE(MORE));
    const request = { attended: true };
    const first = await run('ops.md', {
      request,
      operator: scripted({ do: 'run' }, { do: 'run' }),
    });
    expect([first.exitCode, done(folder)]).toEqual([5, 'shadow']);
    const second = await resume(null, { resume: request, operator: scripted(no) });
    expect([second.exitCode, done(folder)]).toEqual([0, 'shadow complete']);
  });
});
