import type { BoundInput, PlannedStep, Scope } from '../model/plan.ts';
import { isShellName } from './captured-before.ts';
import { lazyFiller } from './filler.ts';
import type { Session } from './session.ts';

type Values = ReadonlyMap<string, BoundInput>;

/**
 * Values with those that one step alone has, the outer ones first. What a link gives may be made of values around it, and
 * is secret where one of them is. `fill` puts values into a text.
 */
export function scopedValues(
  values: Values,
  scopes: readonly Scope[],
  fill: (text: string, values: Values) => string,
): Map<string, BoundInput> {
  const around = new Map(values);
  for (const { values: named, literal = false } of scopes) {
    const own = Object.entries(named).map(([name, written]): [string, BoundInput] => [
      name,
      literal
        ? { name, value: written, secret: false, source: 'each', variable: isShellName(name) }
        : {
            name,
            variable: isShellName(name),
            value: fill(written, around),
            secret: [...around.values()].some(
              (one) => one.secret && written.includes(`{{${one.name}}}`),
            ),
            source: 'link',
          },
    ]);
    for (const [name, value] of own) around.set(name, value);
  }
  return around;
}

/**
 * The session as one step sees it: with the values that only it has (an item of `each`, inputs that a link maps). What the
 * step captures is everybody's. `problem`: a value is none that its input takes.
 */
export async function scoped(
  session: Session,
  planned: PlannedStep,
): Promise<{ readonly session: Session; readonly problem: string | null }> {
  const { scopes = [] } = planned;
  if (scopes.length === 0) return { session, problem: null };
  const { tryResolve } = await import('../resolve.ts');
  const values = scopedValues(
    session.values,
    scopes,
    (text, known) => tryResolve(text, 'none', known).text,
  );
  const own = new Set(scopes.flatMap((scope) => Object.keys(scope.values)));
  const filler = lazyFiller(values);
  await filler.prepare();
  const bind: Session['bind'] = async (input) => {
    await session.bind(input);
    if (!own.has(input.name)) values.set(input.name, input);
  };
  return {
    session: { ...session, values, filler, bind },
    problem: await misfit(session, scopes, values),
  };
}

/** Why a value that a link gives is none that its input takes. */
async function misfit(
  { plan }: Session,
  scopes: readonly Scope[],
  values: Values,
): Promise<string | null> {
  const mapped = scopes.filter(({ literal }) => literal !== true);
  if (mapped.length === 0) return null;
  const { checkValue } = await import('../inputs/check-value.ts');
  const declared = plan.runbook.frontmatter.inputs ?? {};
  for (const name of mapped.flatMap((scope) => Object.keys(scope.values))) {
    const { why } = checkValue(values.get(name)?.value ?? '', declared[name] ?? null);
    if (why !== undefined) return `the value that is given for \`${name}\` ${why}`;
  }
  return null;
}
