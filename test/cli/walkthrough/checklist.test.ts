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
    await ada.sees('0 of 4');
    await ada.press('2', '3', '3');
    await ada.sees('1 of 4');
    await ada.press('x');
    await ada.sees('Which one does not apply?');
    await ada.choose('status');
    await ada.answer('internal only');
    await ada.sees('[-] The status page');
    await ada.press('d');
    await ada.press('f');
    await ada.answer('she is asleep');
    expect(await ada.ends()).toBe(1);
    const ends = ada.eventsOf('step.finished');
    expect(ends.map(({ outcome, by, note }) => [outcome, by, note])).toEqual([
      ['confirmed', 'ada', undefined],
      ['confirmed', 'ada', undefined],
      ['declined', 'ada', 'she is asleep'],
    ]);
  });

  test('runs the command of an item', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.press('c');
    await ada.sees('Run `echo replicas: 2`?');
    ada.type('y\r');
    await ada.sees('  | replicas: 2');
    await ada.press('1', '2');
    await ada.sees('2 of 4');
    await ada.press('d', 'd');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('deviation.recorded')).toMatchObject([
      { what: 'command', text: 'echo replicas: 2' },
    ]);
  });

  test('keeps what was ticked ahead when I quit', async () => {
    const ada = sitDown({ runbook: TRAFFIC });
    await ada.press('3', 'q');
    expect(await ada.ends()).toBe(5);
    expect(ada.eventsOf('note.added')).toMatchObject([
      { text: 'Ticked before quitting: The on-call lead agrees' },
    ]);
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
  expect(await ada.ends()).toBe(1);
  expect(ada.eventsOf('step.finished').map(({ outcome, note }) => [outcome, note])).toEqual([
    ['confirmed', undefined],
    ['not-applicable', 'it is wireless'],
    ['declined', 'the room is locked'],
  ]);
  expect(ada.eventsOf('step.skipped')).toMatchObject([{ by: 'ada', why: 'no bell here' }]);
});
