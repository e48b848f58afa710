import { checkValue, declarationOf } from '../inputs/check-value.ts';
import type { RunEvent } from '../model/event.ts';
import type { Step } from '../model/runbook.ts';
import { holdsPassword, isSecretInput } from '../secrets.ts';
import { boundEvent } from './bound-event.ts';
import type { Session } from './session.ts';

/** Inputs of a step that have no value yet: declared, captured, or spelled in its text in the author's own way. */
export function missingInputs(session: Session, step: Step): readonly string[] {
  const { frontmatter, inputs } = session.plan.runbook;
  return step.inputs.filter((name) => {
    if (session.values.has(name) || isOnlyAskedFor(name, step)) return false;
    const use = inputs.find((one) => one.name === name);
    if (use?.bound?.startsWith('step ') || Object.hasOwn(frontmatter.inputs ?? {}, name))
      return true;
    if ((session.deps.env[use?.defaultOf ?? ''] ?? '') !== '') return false;
    // The operator may have written a value in its place.
    return use === undefined || step.text.includes(use.spelling);
  });
}

/** The condition has been judged already: what only it asks for is not missed. */
function isOnlyAskedFor(name: string, { annotations, text, title }: Step): boolean {
  if (annotations.when === undefined) return false;
  return !JSON.stringify([text, title, { ...annotations, when: '' }]).includes(`{{${name}`);
}

/** Asks for what a step still misses, such as inputs that only a rollback uses. */
export async function* askMissing(session: Session, step: Step): AsyncGenerator<RunEvent, void> {
  if (!session.attended) return;
  const { inputs } = session.plan.runbook;
  for (const name of missingInputs(session, step)) {
    const isVariable = inputs.some((use) => use.name === name && use.variable);
    yield* askValue(session, name, isVariable);
  }
}

/** Asks the operator for a value, and binds it; `false`: there is none. */
export async function* askValue(
  session: Session,
  name: string,
  variable: boolean,
): AsyncGenerator<RunEvent, boolean> {
  const declared = declarationOf(name, session.plan.runbook.frontmatter.inputs ?? {});
  const asked = isSecretInput(name, declared);
  const description = declared?.description ?? '';
  const choices = declared?.choices?.map(String) ?? [];
  const value = await session.deps.operator.input(name, { description, secret: asked, choices });
  if (value === undefined) return false;
  // What a page declares is looked at before a step uses it; nobody looks at a shell's own state again.
  const isOwn = Object.hasOwn(session.plan.runbook.frontmatter.inputs ?? {}, name);
  if (!isOwn && checkValue(value, declared).why !== undefined) return false;
  const secret = asked || holdsPassword(value);
  const source = 'operator';
  const input = { name, value, secret, source, ...(variable ? { variable } : {}) };
  await session.bind(input);
  yield boundEvent(input, session.mask);
  return true;
}
