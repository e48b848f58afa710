import { expect, test } from 'vitest';
import { boundEvent } from '../../../src/engine/running/bound-event.ts';

const mask = (text: string): string => text.replaceAll('hunter2', '***');

test.each([
  ['a value is recorded', 'db1', false, { secret: false, value: 'db1' }],
  ['a secret is not', 'db1', true, { secret: true }],
  ['a value with a secret in it is one', 'postgres://ada:hunter2@db1', false, { secret: true }],
])('%s', (_what, value, secret, recorded) => {
  const event = boundEvent({ name: 'host', value, source: '--input', secret }, mask);
  expect(event).toEqual({ type: 'input.bound', name: 'host', source: '--input', ...recorded });
});
