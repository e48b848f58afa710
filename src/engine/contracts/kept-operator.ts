import {
  call,
  count,
  type Fields,
  fields,
  flag,
  type Guard,
  guard,
  kindOf,
  maybe,
  misfitOf,
  oneOf,
  orNull,
  record,
  text,
  whole,
  word,
} from '../model/guard.ts';
import { outcomeFacts, STEP_OUTCOMES } from '../model/outcome.ts';
import { brokenContract, heardOf, unknownIn } from './broken-promise.ts';
import type { Decision, Operator } from './operator.ts';

/** What an operator has to be. */
export const OPERATOR: Fields = {
  name: word,
  decide: call,
  input: call,
  resolve: call,
  attemptSignal: maybe(call),
  terminal: call,
};

const why = { why: text };

/** What a step that nobody ran can be answered with. */
const SETTLED = STEP_OUTCOMES.filter(
  (outcome) => !outcomeFacts(outcome).ofAttempt && outcome !== 'skipped',
);

/** What has to be said with each decision. */
const DECISIONS: Readonly<Record<Decision['do'], Fields>> = {
  run: {
    text: maybe(text),
    why: maybe(text),
    approval: maybe(text),
    part: maybe(whole),
    fromLine: maybe(whole),
    terminal: maybe(flag),
  },
  holds: { condition: maybe(text), why: maybe(text) },
  'does-not-hold': { ...why, all: maybe(flag) },
  confirm: { note: maybe(text) },
  decline: why,
  'not-applicable': why,
  skip: why,
  settle: {
    stepId: text,
    outcome: oneOf(SETTLED),
    note: maybe(text),
  },
  reopen: { stepId: text, ...why },
  'go-on': why,
  wait: why,
  deny: why,
  jump: { to: text, ...why },
  note: { text },
  command: { text },
  probe: {},
  rollback: { procedure: text },
  stop: {},
  quit: {},
};

const RESOLVED = maybe(fields({ outcome: oneOf(['done', 'not-done']), why: text }));
const SIGNAL = guard('an AbortSignal', (value) => value instanceof AbortSignal);
const TERMINAL = orNull(
  fields({ columns: count, rows: count, paneColumns: count, onInput: call, onResize: call }),
);

/**
 * The operator, whose answers are held to the contract: one that is none must never be taken for another, least of all
 * for the end of the run. Each throws USAGE, which names the operator.
 */
export function keptOperator(operator: Operator): Operator {
  const broken = (is: string, expected: string): Error =>
    brokenContract('operator', operator.name, { is, expected });
  const held = <T>(member: string, is: Guard, answer: T): T => {
    if (is(answer)) return answer;
    throw broken(`\`${member}\` answered ${kindOf(answer)}`, is.says);
  };
  return {
    get name() {
      return operator.name;
    },
    async decide(situation) {
      const decision = held('decide', record, await operator.decide(situation));
      // Whoever says the same for ever is asked for ever: signals and timers must have their turn in between.
      await new Promise(setImmediate);
      if (typeof decision.do !== 'string' || !Object.hasOwn(DECISIONS, decision.do))
        throw broken(
          `\`decide\` answered no decision (\`do\` is ${kindOf(decision.do)})`,
          `a \`do\` of ${Object.keys(DECISIONS).join(', ')}`,
        );
      const said = decision.do;
      const known = { do: text, ...DECISIONS[said] };
      // Each member is asked once: what was looked at is what is done.
      const heard = { ...heardOf(decision, known), do: said } as Decision;
      const misfit = misfitOf(heard, known, 'it') ?? unknownIn(decision, known, 'do');
      if (misfit === undefined) return heard;
      throw broken(`\`decide\` answered \`${said}\`, in which ${misfit.is}`, misfit.expected);
    },
    input: async (name, question) =>
      held('input', maybe(text), await operator.input(name, question)),
    resolve: async (planned) => held('resolve', RESOLVED, await operator.resolve(planned)),
    ...(operator.attemptSignal === undefined
      ? {}
      : {
          attemptSignal: () =>
            held('attemptSignal', SIGNAL, operator.attemptSignal?.()) as AbortSignal,
        }),
    terminal: () => held('terminal', TERMINAL, operator.terminal()),
  };
}
