import { capturesOf } from '../inputs/captures.ts';
import { checkValue } from '../inputs/check-value.ts';
import { namesUsed } from '../inputs/names-used.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { BoundInput, Plan, PlannedStep, Scope } from '../model/plan.ts';
import { whensOf } from '../planning/conditions.ts';
import { isShellName } from './captured-before.ts';
import { foreseeWhen, type JudgedWhen, judgeWhen } from './condition.ts';
import { lazyFiller } from './filler.ts';
import type { Around, Session } from './session.ts';

type Values = ReadonlyMap<string, BoundInput>;
type Declared = NonNullable<Frontmatter['inputs']>;
type Fill = (text: string, values: Values) => string;

/**
 * Values with those that one step alone has, the outer ones first. What a link gives may be made of values around it, and
 * is secret where one of them is. `fill` puts values into a text.
 */
export function scopedValues(
  values: Values,
  scopes: readonly Scope[],
  fill: Fill,
): Map<string, BoundInput> {
  const around = new Map(values);
  for (const { values: named, literal = false, declared } of scopes) {
    const own = Object.entries(named).map(([name, written]): [string, BoundInput] => [
      name,
      literal
        ? { name, value: written, secret: false, source: 'each', variable: isShellName(name) }
        : {
            name,
            variable: isShellName(name),
            value: asDeclared(fill(written, around), declared?.[name]),
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

/** What puts values into a text: loaded where there are some. */
async function filling(): Promise<Fill> {
  const { tryResolve } = await import('../resolve.ts');
  return (text, values) => tryResolve(text, 'none', values).text;
}

/** `yes` of a boolean is `true` there, as it is wherever else an input is given. */
function asDeclared(value: string, declaration: Declared[string] | undefined): string {
  const checked = checkValue(value, declaration ?? null);
  return checked.why === undefined ? checked.value : value;
}

function aroundOf(values: Values, scopes: readonly Scope[], plan: Plan, fill: Fill): Around {
  const levels = [values];
  for (const scope of scopes) levels.push(scopedValues(levels.at(-1) ?? values, [scope], fill));
  const own = scopes.map(({ declared }) => declared);
  return {
    values: levels,
    declared: Object.assign({}, plan.runbook.frontmatter.inputs, ...own),
  };
}

/** The first condition of a step that does not hold, or the last one, each judged where its author wrote it. */
export function judgeWhens(
  session: Session,
  planned: PlannedStep,
): JudgedWhen & { readonly when?: string } {
  const {
    plan,
    around = { values: [session.values], declared: plan.runbook.frontmatter.inputs ?? {} },
  } = session;
  let last: JudgedWhen & { readonly when?: string } = { holds: true, by: '' };
  for (const { when, within } of whensOf(planned)) {
    const values =
      within === undefined ? session.values : (around.values[within] ?? session.values);
    const declared = within === undefined ? around.declared : plan.runbook.frontmatter.inputs;
    last = { ...judgeWhen(when, values, declared), when };
    if (last.problem !== undefined || !last.holds) return last;
  }
  return last;
}

/** What can be said of a step's conditions before the first step; `null`: it has none. */
export async function foreseeWhens(
  planned: PlannedStep,
  plan: Plan,
): Promise<ReturnType<typeof foreseeWhen> | null> {
  const whens = whensOf(planned);
  if (whens.length === 0) return null;
  const { scopes = [] } = planned;
  const fill = scopes.length === 0 ? (text: string): string => text : await filling();
  const around = aroundOf(knownIn(plan), scopes, plan, fill);
  const found = whens.map(({ when, within }) => {
    const values =
      around.values[within ?? around.values.length - 1] ?? new Map<string, BoundInput>();
    return foreseeWhen(
      when,
      withoutHoles(values),
      within === undefined ? around.declared : plan.runbook.frontmatter.inputs,
    );
  });
  if (found.includes('false')) return 'false';
  return found.includes('unknown') ? 'unknown' : 'true';
}

/** What a step still captures is known only then, whatever its input has until it does. */
function knownIn({ steps, values }: Plan): Values {
  const late = new Set(steps.flatMap(({ step }) => capturesOf(step)));
  return new Map(values.flatMap((bound) => (late.has(bound.name) ? [] : [[bound.name, bound]])));
}

/** What is made of values that are not there yet is none either. */
const withoutHoles = (values: Values): Values =>
  new Map(
    [...values].filter(([, { value, source }]) => source !== 'link' || !value.includes('{{')),
  );

/**
 * The session as one step sees it: with the values that only it has (an item of `each`, inputs that a link maps). What the
 * step captures is everybody's.
 */
export async function scoped(session: Session, planned: PlannedStep): Promise<Session> {
  const { scopes = [] } = planned;
  if (scopes.length === 0) return session;
  const around = aroundOf(session.values, scopes, session.plan, await filling());
  const values = new Map(around.values.at(-1));
  const own = new Set(scopes.flatMap((scope) => Object.keys(scope.values)));
  const filler = lazyFiller(values);
  await filler.prepare();
  const bind: Session['bind'] = async (input) => {
    await session.bind(input);
    if (!own.has(input.name)) values.set(input.name, input);
  };
  const misfit = misfitOf(planned, around, () => true);
  return { ...session, values, filler, bind, around, misfit };
}

/** Why a value is none that the input of a linked page takes, known before the first step; `null`: nothing is. */
export async function foreseenMisfit(planned: PlannedStep, plan: Plan): Promise<string | null> {
  const { scopes = [] } = planned;
  if (scopes.length === 0 || (await foreseeWhens(planned, plan)) === 'false') return null;
  const around = aroundOf(knownIn(plan), scopes, plan, await filling());
  return misfitOf(planned, around, (value) => !value.includes('{{'));
}

/** Each name is held against the page that it is given to, and what the step itself uses against its own page too. */
function misfitOf(
  { step, scopes = [] }: PlannedStep,
  { values }: Around,
  isKnown: (value: string) => boolean,
): string | null {
  const ownPage = scopes.findLastIndex(({ literal }) => literal !== true);
  for (const [at, { literal, declared = {}, values: given }] of scopes.entries()) {
    if (literal === true) continue;
    const used =
      at === ownPage ? namesUsed(step).filter((name) => Object.hasOwn(declared, name)) : [];
    for (const name of new Set([...Object.keys(given), ...used])) {
      const bound = values[at + 1]?.get(name);
      if (bound === undefined || !isKnown(bound.value)) continue;
      const { why } = checkValue(bound.value, declared[name] ?? null);
      const said = bound.secret ? '' : `, \`${bound.value}\`,`;
      if (why !== undefined) return `the value that is given for \`${name}\`${said} ${why}`;
    }
  }
  return null;
}
