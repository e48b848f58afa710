import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operator } from '../../../src/engine/contracts/operator.ts';
import { saidOutcome } from '../../../src/engine/model/outcome.ts';
import { noticeText } from '../../../src/engine/notices/body.ts';
import { scripted, workplace } from '../../support/engine.ts';

describe('a run that passed, but not cleanly', () => {
  test('is passed with exceptions when a failure was handled', async () => {
    const place = workplace(
      '# A\n\n~~~bash name=one on-fail=continue\nfalse\n~~~\n\n~~~bash name=two\ntrue\n~~~\n',
    );
    const { exitCode, report } = await place.run();
    expect([exitCode, saidOutcome(report), report.exceptions]).toEqual([
      0,
      'passed with exceptions',
      ['one'],
    ]);
    expect(await place.handrail.render(await place.handrail.find(report.run))).toContain(
      'Passed with exceptions',
    );
  });

  test('is that in its notices', async () => {
    const place = workplace(
      '---\nnotify: [{ on: [success], command: "cat > notice.json" }]\n---\n# A\n\n~~~bash name=one on-fail=continue\nfalse\n~~~\n\n~~~bash name=two\ntrue\n~~~\n',
    );
    await place.run();
    const notice = JSON.parse(readFileSync(join(place.folder, 'notice.json'), 'utf8'));
    expect(notice.outcome).toBe('passed with exceptions');
    expect(noticeText(notice)).toContain(' passed with exceptions ');
  });

  test('keeps a failure that somebody skipped over', async () => {
    const place = workplace('# A\n\n~~~bash name=one\nfalse\n~~~\n\n~~~bash name=two\ntrue\n~~~\n');
    const operator = scripted(
      { do: 'run' },
      { do: 'skip', why: 'known' },
      { do: 'command', text: 'echo own' },
    );
    const { report } = await place.run('ops.md', { request: { attended: true }, operator });
    expect([report.outcome, report.exceptions]).toEqual(['passed', ['one']]);
    expect(report.steps.map(({ id, outcome, own }) => [id, outcome, own])).toEqual([
      ['one', 'failed', false],
      ['two', 'passed', false],
      ['command:1', 'passed', true],
    ]);
  });

  test.each([
    ['skipped over', 'false', { do: 'skip', why: 'known' }],
    ['jumped over', 'false', { do: 'jump', to: 'two', why: 'known' }],
    ['left', 'false', { do: 'go-on', why: 'known' }],
  ] as const)(
    'tells the person at the next stop what the record says of a failure that was %s',
    async (_, text, word) => {
      const place = workplace(
        `# A\n\n~~~bash name=one\n${text}\n~~~\n\n~~~bash name=two\ntrue\n~~~\n`,
      );
      const told: (string | undefined)[] = [];
      const answers = scripted({ do: 'run' }, word);
      const decide: Operator['decide'] = async (situation) => {
        if (situation.planned.id === 'two') told.push(situation.outcomes.get('one'));
        return answers.decide?.(situation) ?? { do: 'quit' };
      };
      const { steps } = await place.run('ops.md', {
        request: { attended: true },
        operator: { ...answers, decide },
      });
      expect(told).toEqual([steps['one']]);
      expect(told).toEqual(['failed']);
    },
  );

  test('is said to have passed where the runbook itself leaves a step out', async () => {
    const place = workplace(
      '---\ninputs:\n  never: { default: "false" }\n---\n# A\n\n~~~bash name=one when=never\ntrue\n~~~\n\n~~~bash name=two\ntrue\n~~~\n',
    );
    const { report } = await place.run();
    expect(saidOutcome(report)).toBe('passed');
  });

  const FAILS =
    '# A\n\n~~~bash name=one\ncat answer 2>/dev/null\n~~~\n\n~~~bash name=two\ntrue\n~~~\n';
  const RUN = { do: 'run' } as const;
  test.each([
    ['a failure that somebody took as done', [RUN, { do: 'confirm', note: 'by hand' }, RUN]],
    [
      'a command that was run in the place of one that failed',
      [RUN, { do: 'run', text: 'true', why: 'typo' }, RUN],
    ],
  ] as const)('keeps %s', async (_what, decisions) => {
    const place = workplace(FAILS);
    const { report } = await place.run('ops.md', {
      request: { attended: true },
      operator: scripted(...decisions),
    });
    expect([saidOutcome(report), report.exceptions]).toEqual(['passed with exceptions', ['one']]);
  });

  test('is said to have passed where a second try of the same did', async () => {
    const place = workplace(
      '# A\n\n~~~bash name=one\nif [ -e mark ]; then true; else touch mark; false; fi\n~~~\n',
    );
    const { report } = await place.run('ops.md', {
      request: { attended: true },
      operator: scripted(RUN, RUN),
    });
    expect([report.steps[0]?.attempts.length, saidOutcome(report)]).toEqual([2, 'passed']);
  });
});
