import { RUN_OUTCOMES, STEP_OUTCOMES } from '../../engine/model/outcome.ts';
import type { ReadWords, Words } from '../../engine/model/word.ts';

/** A process has no other. */
const EXIT_CODE = { kind: 'count', most: 255 } as const;

const STAND_IN = {
  args: {
    meaning:
      'Which calls it stands for: the arguments, `*` for any one, `...` at the end for any more. Without it, all.',
    value: { kind: 'scalars' },
  },
  output: { meaning: 'What it prints.', value: { kind: 'text', empty: true } },
  error: {
    meaning: 'What it prints on standard error.',
    value: { kind: 'text', empty: true },
  },
  exit: { meaning: 'Its exit code.', value: EXIT_CODE, default: '0' },
  times: {
    meaning: 'How many calls it stands for; then the next entry that fits does.',
    value: { kind: 'count' },
    default: 'any number',
  },
  files: {
    meaning: 'Files that it leaves, by path, with their text.',
    value: { kind: 'map', of: { kind: 'text', empty: true } },
  },
} as const satisfies Words;

const RESULT = {
  output: { meaning: 'What it prints.', value: { kind: 'text', empty: true } },
  error: {
    meaning: 'What it prints on standard error.',
    value: { kind: 'text', empty: true },
  },
  exit: { meaning: 'Its exit code.', value: EXIT_CODE, default: '0' },
  outcome: {
    meaning: 'How it ends where it comes to no exit code.',
    value: { kind: 'choice', of: ['timed-out', 'cancelled'] },
    default: 'by its exit code',
  },
} as const satisfies Words;

/** Ends of a run that this process lives to see. */
const ENDS = RUN_OUTCOMES.filter((one) => one !== 'running' && one !== 'interrupted');

const EXPECT = {
  exit: { meaning: 'The exit code of the run.', value: EXIT_CODE },
  outcome: {
    meaning: 'The outcome of the run.',
    value: { kind: 'choice', of: ENDS },
  },
  steps: {
    meaning: 'Outcomes of steps by id, or the end of one.',
    value: { kind: 'map', of: { kind: 'choice', of: [...STEP_OUTCOMES, 'not reached'] } },
  },
  output: {
    meaning: 'Texts that steps have to print, by step.',
    value: { kind: 'map', of: { kind: 'text' } },
  },
  calls: {
    meaning:
      'Commands that have to be called, in this order, as they are typed; others may stand between.',
    value: { kind: 'texts' },
  },
  'never-calls': {
    meaning: 'Commands that may not be called; `...` stands for any more arguments.',
    value: { kind: 'texts' },
  },
  why: { meaning: 'A text that the reason of its end has to hold.', value: { kind: 'text' } },
} as const satisfies Words;

const TEST = {
  name: { meaning: 'What it shows, as a fact.', value: { kind: 'text' }, required: true },
  procedure: { meaning: 'Which procedure runs; without it, everything.', value: { kind: 'text' } },
  inputs: {
    meaning: 'Values of inputs.',
    value: { kind: 'map', names: 'input', of: { kind: 'scalar' } },
  },
  env: {
    meaning: 'Environment variables.',
    value: { kind: 'map', names: 'env', of: { kind: 'scalar' } },
  },
  files: {
    meaning: 'Files in the scratch folder, by path, with their text.',
    value: { kind: 'map', of: { kind: 'text', empty: true } },
  },
  commands: {
    meaning: 'Stand-ins for commands, by name; the first entry that fits a call answers it.',
    value: { kind: 'map', of: { kind: 'groups', words: STAND_IN } },
  },
  real: {
    meaning: 'Commands that are harmless and run as they are, such as `grep` or `date`.',
    value: { kind: 'texts' },
  },
  instead: {
    meaning:
      'Results of whole steps, by id: for queries, requests, and whatever is not to be run at all.',
    value: {
      kind: 'map',
      of: {
        kind: 'group',
        words: {
          ...RESULT,
          probe: {
            meaning:
              'What its probe comes to, time after time: before the step, then after it. The last one stands for all that follow.',
            value: { kind: 'groups', words: RESULT },
          },
        },
      },
    },
  },
  answers: {
    meaning:
      'What a person says, by step: `confirm`, `decline`, `not-applicable` or `skip`, and `go-on` of one that has failed. Whatever is answered runs nothing, but for `go-on`.',
    value: {
      kind: 'map',
      of: { kind: 'choice', of: ['confirm', 'decline', 'not-applicable', 'skip', 'go-on'] },
    },
  },
  approve: { meaning: 'Steps whose confirmation is granted.', value: { kind: 'texts' } },
  holds: { meaning: 'Steps whose condition holds.', value: { kind: 'texts' } },
  not: { meaning: 'Steps whose condition does not.', value: { kind: 'texts' } },
  expect: {
    meaning: 'What has to come of it.',
    value: { kind: 'group', words: EXPECT },
    default: 'the run passes',
  },
} as const satisfies Words;

/** Every word of a file of tests (`release.test.yaml`). */
export const TEST_WORDS = {
  runbook: {
    meaning: 'The runbook that is tested, from the folder of this file.',
    value: { kind: 'text' },
    default: 'the one beside it with the same name',
  },
  commands: {
    meaning: 'Stand-ins of all tests; a test’s own come first.',
    value: { kind: 'map', of: { kind: 'groups', words: STAND_IN } },
  },
  real: {
    meaning: 'Commands that all tests may run as they are.',
    value: { kind: 'texts' },
  },
  tests: { meaning: 'The tests.', value: { kind: 'groups', words: TEST }, required: true },
} as const satisfies Words;

/** A file of tests as it was read. */
export type TestFile = ReadWords<typeof TEST_WORDS>;

/** One test of a file. */
export type RunbookTest = TestFile['tests'][number];

/** What one call of a command is answered with. */
export type StandIn = ReadWords<typeof STAND_IN>;
