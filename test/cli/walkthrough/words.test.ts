import { expect, test } from 'vitest';
import { sentences } from '../../../src/cli/walkthrough/canvas.ts';
import { countedTitle } from '../../../src/cli/walkthrough/counted-title.ts';

test.each([
  [1, 'Look', '1. Look'],
  [1, '1. Look', '1. Look'],
  [2, '2) Look', '2) Look'],
  [3, 'Step 3: Look', 'Step 3: Look'],
  [3, 'step 3. Look', 'step 3. Look'],
  [4, '2. Look', '#4 2. Look'],
  [4, 'Step 1: Look', '#4 Step 1: Look'],
  [4, '2.1 Look', '#4 2.1 Look'],
  [2, '2.1. Look', '#2 2.1. Look'],
  [6, '1 Leader elected', '6. 1 Leader elected'],
  [6, '3 pods running', '6. 3 pods running'],
  [6, '1.5 GB are free', '#6 1.5 GB are free'],
  [6, '10.0.0.1 answers', '#6 10.0.0.1 answers'],
  [7, '2026-01-01 is the day', '7. 2026-01-01 is the day'],
  [0, 'Look', 'Look'],
])('the number %i and the title %j are said as %j', (position, title, said) => {
  expect(countedTitle(position, title)).toBe(said);
});

test.each([
  [['Step 1 passed', 'Exit 0', 'It took 2 s'], 'Step 1 passed. Exit 0. It took 2 s.'],
  [['Step 1 passed', '', 'It took 2 s'], 'Step 1 passed. It took 2 s.'],
  [['All have agreed.', 'open'], 'All have agreed. open.'],
  [['Check the lag:', 'Type: shell'], 'Check the lag. Type: shell.'],
  [['Is it up?', 'Open'], 'Is it up? Open.'],
  [['  ', ''], ''],
])('%j are the sentences %j', (facts, said) => {
  expect(sentences(...facts)).toBe(said);
});
