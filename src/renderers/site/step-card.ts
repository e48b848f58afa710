import type { Comment, Element, ElementContent } from 'hast';
import { carriedOutBy } from '../../engine/model/effect.ts';
import type { Procedure, Runbook, Step } from '../../engine/model/runbook.ts';
import { chainOf, type StepCondition } from '../../engine/model/step-condition.ts';
import { formatDuration } from '../../text/duration.ts';
import { visibleText } from '../../text/safe-text.ts';
import { code } from './code-block.ts';
import { element } from './element.ts';
import { said } from './said-words.ts';
import { commandLine, EFFECT_WORDS, stepAnchor } from './words.ts';

/** A step with its command, as a card: what it is, what it does to the world, what it takes, how to run it. */
export function stepCard(
  step: Step,
  runbook: Runbook,
  text: string,
  language: string,
  path: string,
): Element {
  const index = runbook.steps.indexOf(step);
  return element(
    'section',
    {
      className: ['step', `step-${step.effect}`],
      id: stepAnchor(step.id),
      ariaLabel: `Step: ${step.title}`,
    },
    element(
      'div',
      { className: ['step-head'] },
      paperBox(),
      element(
        'a',
        { className: ['step-title'], href: `#${encodeURIComponent(stepAnchor(step.id))}` },
        visibleText(step.title),
      ),
      effectBadge(step),
      element('span', { className: ['step-type'] }, step.type),
    ),
    code(text, language || step.type, `Command of ${step.title}`, step.text),
    details(step),
    place(runbook.sha256, `step ${index}`),
    runLine(commandLine(path, step.procedure, step)),
  );
}

/** A step that a person carries out, or a command in a list or table: a mark behind its text, with what it runs where that must be said. */
export function stepMark(
  step: Step,
  runbook: Runbook,
  path: string,
  command: string | null,
): Element {
  const index = runbook.steps.indexOf(step);
  const how = commandLine(path, step.procedure, step);
  return element(
    'span',
    { className: ['mark'], id: stepAnchor(step.id) },
    paperBox(),
    command === null ? null : element('code', {}, visibleText(command)),
    carriedOutBy(step.effect) === 'person' || step.effect === 'none' ? null : effectBadge(step),
    place(runbook.sha256, `mark ${index}`),
    element(
      'a',
      {
        className: ['mark-link'],
        href: `#${encodeURIComponent(stepAnchor(step.id))}`,
        title: how,
        ariaLabel: `Link to step ${step.title}`,
      },
      '¶',
    ),
  );
}

/** What stands under the heading of a procedure that has steps: how it is run, and when it was. */
export function procedureBar(path: string, procedure: Procedure, runbook: Runbook): Element {
  return element(
    'div',
    { className: ['procedure'] },
    place(runbook.sha256, `procedure ${encodeURIComponent(procedure.id)}`),
    runLine(commandLine(path, procedure.id)),
  );
}

/** What is ticked on paper; a screen shows none. */
function paperBox(): Element {
  return element('span', { className: ['box'], role: 'img', ariaLabel: 'to tick' });
}

function details(step: Step): Element | null {
  const { timeout, retries, confirm, verify } = step.annotations;
  const chain = chainOf(step.condition);
  const alone = chain.filter(({ group, gate }) => group === undefined && gate === undefined);
  const gates = chain.filter(({ gate }) => gate !== undefined);
  const alternatives = chain.filter(({ group }) => group !== undefined);
  const rows: readonly (readonly [string, string | null])[] = [
    ['Behind', joined(gates)],
    ['Only if', joined(alone)],
    ['One of several', joined(alternatives)],
    ...step.parts.map(({ condition }, index): readonly [string, string | null] => [
      `Part ${index + 1} ${condition?.group === undefined ? 'only if' : 'is one of several'}`,
      joined(chainOf(condition)),
    ]),
    ['Inputs', step.inputs.length > 0 ? step.inputs.join(', ') : null],
    ['Expects', expectation(step)],
    ['Timeout', timeout === undefined ? null : formatDuration(timeout)],
    ['Retries', retries === undefined ? null : String(retries)],
    ['Asks first', confirm ? 'yes' : null],
    ['Checks the step above', verify ? 'yes' : null],
    [
      'Why so',
      step.effect === 'destroys' && step.annotations.effect === undefined
        ? step.effectWhy || null
        : null,
    ],
  ];
  const shown = rows.filter((row): row is readonly [string, string] => row[1] !== null);
  if (shown.length === 0) return null;
  const content: ElementContent[] = shown.map(([term, text]) =>
    element('div', {}, element('dt', {}, term), element('dd', {}, ...said(text))),
  );
  return element('dl', { className: ['step-facts'] }, ...content);
}

const joined = (conditions: readonly StepCondition[]): string | null =>
  conditions.map(({ text }) => text).join(' — ') || null;

function expectation({ expectation: expected, annotations: { exit } }: Step): string | null {
  const words = {
    state: 'output of the same shape and state',
    similar: 'similar output',
    shape: 'output of the same shape',
    subset: 'output that holds it',
    exact: 'exactly this output',
    text: 'this text in its output',
  };
  const codes = exit === undefined ? null : `exit ${exit.join(' or ')}`;
  const output = expected === null ? null : `${words[expected.match]} (line ${expected.line})`;
  return [codes, output].filter((part) => part !== null).join(', ') || null;
}

function effectBadge(step: Step): Element {
  return element(
    'span',
    { className: ['effect', `effect-${step.effect}`] },
    EFFECT_WORDS[step.effect],
  );
}

function runLine(line: string): Element {
  return element('p', { className: ['run-line'] }, element('code', {}, line));
}

/**
 * A place that the layout fills in. It is found by the runbook's own hash, which no text in the runbook can hold, so
 * that none can pass for it.
 */
export function place(mark: string, value: string): Comment {
  return { type: 'comment', value: `${mark} ${value}` };
}
