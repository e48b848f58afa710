import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const TRAFFIC = `# Traffic

Before you open it again:

- [ ] Errors are below 1 %
- [ ] Two replicas are up: \`echo replicas: 2\`
- [ ] The on-call lead agrees
- [ ] The status page is updated
`;

describe.concurrent('a checklist', () => {
  test('is ticked, unticked, answered as not applicable and not so, each with who and why', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.shows('0 of 4');
    await ada.press('2', ' ');
    await ada.shows('1 of 4');
    await ada.press('3', ' ', '3', ' ');
    await ada.until(() => ada.eventsOf('step.resolved').length === 1);
    await ada.press('4', 'x');
    await ada.answer('internal only');
    await ada.shows(/\[–\] The status page/);
    await ada.press('1', 'd', 'f');
    await ada.answer('she is asleep');
    await ada.sees('FAILED');
    await ada.press('x');
    expect(await ada.ends()).toBe(1);
    const ends = ada.eventsOf('step.finished');
    expect(ends.map(({ stepId, outcome, by, note }) => [stepId, outcome, by, note])).toEqual([
      ['traffic/two-replicas-are-up-echo-replicas-2', 'confirmed', 'ada', undefined],
      ['traffic/the-on-call-lead-agrees', 'confirmed', 'ada', undefined],
      ['traffic/the-status-page-is-updated', 'not-applicable', 'ada', 'internal only'],
      ['traffic/errors-are-below-1', 'confirmed', 'ada', undefined],
      ['traffic/the-on-call-lead-agrees', 'declined', 'ada', 'she is asleep'],
    ]);
    expect(ada.eventsOf('step.resolved')).toMatchObject([{ outcome: 'not-done', by: 'ada' }]);
  });

  test.each(['', '--plain'])(
    'shows the text above it once, whatever is asked in between %s',
    async (how) => {
      const ada = sitDown({
        runbook: TRAFFIC.replace('Before', 'The graphs lag by a minute.\n\nBefore'),
        args: ['run', '{file}', ...(how === '' ? [] : [how])],
      });
      if (how === '') {
        await ada.press('4', 'x');
        await ada.answer('internal only');
        await ada.shows(/\[–\] The status page/);
        await ada.press('q');
      } else {
        await ada.answer('1');
        await ada.sees('1 of 4');
        await ada.answer('quit');
      }
      await ada.ends();
      expect(ada.text().match(/The graphs lag/g)).toHaveLength(1);
    },
  );

  test('asks what now when an item is not so, and goes on when I say so', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.press('2', 'f');
    await ada.answer('one of two');
    await ada.sees('FAILED');
    await ada.press('g');
    await ada.answer('the second one comes up');
    await ada.shows('1 of 4');
    await ada.press('1', 'd', 'd', 'd');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([
      { what: 'went on although it failed', why: 'the second one comes up' },
    ]);
  });

  test('takes an answer that was wrong back', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.press('1', 'f');
    await ada.answer('1.2 %');
    await ada.sees('FAILED');
    await ada.press('r');
    await ada.shows('0 of 4');
    await ada.press('1', 'd', 'd', 'd', 'd');
    expect(await ada.ends()).toBe(0);
  });

  test.each(['d', '\r'])('that was come back to is left as it stands, with %j', async (key) => {
    const ada = sitDown({ runbook: `${TRAFFIC}\n## Open\n\n\`\`\`sh\necho opened\n\`\`\`\n` });
    await ada.shows('0 of 4');
    await ada.press('4', 'x');
    await ada.answer('internal only');
    await ada.shows(/\[–\] The status page/);
    await ada.press('1', 'd', 'd');
    // From an item of it to the one before, then from the step behind it.
    await ada.press('b');
    await ada.shows('step 2/5');
    await ada.press('3', ' ');
    await ada.shows('4 of 4');
    await ada.press(key);
    await ada.sees('echo opened');
    await ada.press('b');
    await ada.shows('step 4/5');
    await ada.press(key);
    await ada.shows('step 5/5');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    const last = new Map(
      ada.eventsOf('step.finished').map(({ stepId, outcome }) => [stepId, outcome]),
    );
    expect([...last.values()].toSorted()).toEqual([
      'confirmed',
      'confirmed',
      'confirmed',
      'not-applicable',
      'passed',
    ]);
  });

  test('that was come back to is left as it stands, in words', async () => {
    const ada = sitDown({
      runbook: `${TRAFFIC}\n## Open\n\n\`\`\`sh\necho opened\n\`\`\`\n`,
      args: ['run', '{file}', '--plain'],
    });
    for (const [at, answer] of ['done', 'done', 'done', 'done'].entries()) {
      await ada.sees(`${at} of 4`);
      await ada.answer(answer);
    }
    await ada.sees('echo opened');
    await ada.answer('back');
    await ada.sees('4 of 4');
    await ada.answer('done');
    await ada.answer('run');
    expect(await ada.ends()).toBe(0);
  });

  test('runs the command of an item', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.press('2', 'c');
    await ada.sees('Run `echo replicas: 2`?');
    ada.type('y\r');
    await ada.sees('replicas: 2');
    await ada.press('1', 'd', 'd');
    await ada.shows('2 of 4');
    await ada.press('d', 'd');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([
      { what: 'command', text: 'echo replicas: 2' },
    ]);
  });

  test('of seventy items is paged, found through, and every tick is there after kill -9', async () => {
    const items = Array.from({ length: 70 }, (_, at) => `- [ ] rack ${at + 1} has power\n`);
    const ada = sitDown({ runbook: `# Racks\n\n${items.join('')}`, rows: 24 });
    await ada.shows('0 of 70');
    await ada.press('6', '1', ' ');
    await ada.shows('1 of 70');
    await ada.press('/');
    ada.type('rack 33');
    await ada.shows('/rack 33');
    ada.type('\r');
    await ada.press(' ');
    await ada.shows('2 of 70');
    ada.signal('SIGKILL');
    await ada.ends();
    expect(ada.eventsOf('step.finished').map(({ stepId }) => stepId)).toEqual([
      'racks/rack-61-has-power',
      'racks/rack-33-has-power',
    ]);
    const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'], rows: 24 });
    await bob.shows('2 of 70');
    await bob.press('r');
    await bob.shows('checklist 2 of 70');
    await bob.press('3', '3');
    await bob.shows(/rack 33 .*\d\d:\d\d:\d\d \w+/i);
    await bob.press('q');
    expect(await bob.ends()).toBe(5);
  });
});

test('an instruction is done, does not apply, could not be done, or is skipped', async () => {
  const ada = sitDown({
    runbook:
      '# By hand\n\n## Procedure\n\n1. Call the bank.\n2. Pull the cable.\n3. Ring the bell.\n4. Restart the router.\n',
  });
  await ada.sees('Call the bank');
  await ada.press('d');
  await ada.sees('Pull the cable');
  await ada.press('x');
  await ada.answer('it is wireless');
  await ada.sees('Ring the bell');
  await ada.press('s');
  await ada.answer('no bell here');
  await ada.sees('Restart the router');
  await ada.press('f');
  await ada.answer('the room is locked');
  await ada.sees('FAILED');
  await ada.press('x');
  expect(await ada.ends()).toBe(1);
  expect(ada.eventsOf('step.finished').map(({ outcome, note }) => [outcome, note])).toEqual([
    ['confirmed', undefined],
    ['not-applicable', 'it is wireless'],
    ['declined', 'the room is locked'],
  ]);
  expect(ada.eventsOf('step.skipped')).toMatchObject([{ by: 'ada', why: 'no bell here' }]);
});
