import { nearest } from '../../text/nearest.ts';
import { betweenSlashes, checkValue, expandedByShell, whyNotGiven } from '../inputs/check-value.ts';
import { filledWords } from '../inputs/filled-words.ts';
import { type Condition, namesInCondition, parseCondition, type Term } from '../model/condition.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { parseEach } from '../model/each.ts';
import type { Frontmatter } from '../model/frontmatter.ts';
import type { InputUse, Procedure, Step } from '../model/runbook.ts';
import { either } from '../model/value-in-words.ts';
import { compareVersions, isVersionName } from '../model/versions.ts';
import { isBashVariable } from '../shell/bash-variables.ts';

/** What is known of a runbook once its steps are read. */
interface Known {
  readonly steps: readonly Step[];
  readonly inputs: readonly InputUse[];
  readonly captured: ReadonlySet<string>;
  readonly frontmatter: Frontmatter;
  readonly procedures: readonly Procedure[];
}

/** Judges words whose values name something of the runbook: conditions, captures, connections, patterns. */
export function judgeWords(
  steps: readonly Step[],
  inputs: readonly InputUse[],
  captured: ReadonlySet<string>,
  frontmatter: Frontmatter,
  procedures: readonly Procedure[],
): readonly Diagnostic[] {
  const known = { steps, inputs, captured, frontmatter, procedures };
  return steps.flatMap((step) => [
    ...condition(step, known),
    ...capture(step),
    ...connection(step, known),
    ...until(step),
    ...onFail(step, known),
    ...each(step, known),
    ...place(step),
    ...holes(step, known),
    ...unfilled(step, known),
    ...asWritten(step),
    ...given(step, known),
    ...sharedName(step, known),
  ]);
}

function condition({ annotations: { when }, line }: Step, known: Known): readonly Diagnostic[] {
  if (when === undefined) return [];
  const say = (why: string, hint: string): readonly Diagnostic[] => [
    wrong(line, `The annotation \`when=${when}\` is wrong: it ${why}.`, hint),
  ];
  const read = parseCondition(when);
  if (!read.ok)
    return say(
      read.why,
      'Write a condition such as `when="environment = production and days < 21"`; see `handrail help annotations when`.',
    );
  const names = [...known.inputs.map(({ name }) => name), ...known.captured];
  const unknown = namesInCondition(read.condition).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, names);
    return say(
      `asks for \`${unknown}\`, which is no input and is captured by no step`,
      near === undefined
        ? `Declare it under \`inputs\` in the frontmatter, or put words of your own in quotes.`
        : `Did you mean \`${near}\`?`,
    );
  }
  const compared = comparisonsOf(read.condition);
  const meant = compared.find((one) => isInputMeant(one, when, known))?.right;
  if (meant?.is === 'value')
    return say(
      `compares with the text \`${meant.text}\`, which is also the name of an input`,
      `Write \`{{${meant.text}}}\` for its value, or put the text in quotes.`,
    );
  const never = compared.flatMap((one) => neverTrue(one, known));
  if (never[0] !== undefined) return say(never[0], 'Compare with a value that the input can have.');
  return compared.flatMap((one) => twoReadings(one, known, line)).slice(0, 1);
}

/** `ruby < 3.9`: a number or a release number, which nothing says; 3.10 is less as the one and more as the other. */
function twoReadings(
  { op, left, right }: Compared,
  { frontmatter }: Known,
  line: number,
): readonly Diagnostic[] {
  const [input, value] = left.is === 'input' ? [left, right] : [right, left];
  if (input.is !== 'input' || value.is !== 'value') return [];
  if (!/[<>]/.test(op) || !/^\d+\.\d+$/.test(value.text)) return [];
  const { name } = input;
  if (isVersionName(name) || frontmatter.inputs?.[name]?.type === 'number') return [];
  const message = `The annotation \`when=\` compares \`${name}\` with \`${value.text}\` as a number, where 1.10 is less than 1.9.`;
  const hint = `Write \`v${value.text}\` where \`${name}\` is a release number; else declare \`${name}\` with \`type: number\`.`;
  return [{ ...wrong(line, message, hint), severity: 'warning' }];
}

/** What is compared with what, one pair at a time. */
interface Compared {
  readonly op: string;
  readonly left: Term;
  readonly right: Term;
}

function comparisonsOf(one: Condition): readonly Compared[] {
  switch (one.op) {
    case 'and':
    case 'or':
      return one.sides.flatMap(comparisonsOf);
    case 'not':
      return comparisonsOf(one.of);
    case 'set':
      return [];
    case 'in':
      return one.among.map((right) => ({ op: '=', left: one.left, right }));
    default:
      return [one];
  }
}

/** On the right a bare word is a text: the name of an input there was meant as its value, unless the left can be that text. */
function isInputMeant({ left, right }: Compared, when: string, known: Known): boolean {
  if (right.is !== 'value' || left.is !== 'input') return false;
  const { text } = right;
  if (/["']/.test(when.charAt(when.indexOf(text) - 1))) return false;
  const names = [...Object.keys(known.frontmatter.inputs ?? {}), ...known.captured];
  const choices = known.frontmatter.inputs?.[left.name]?.choices ?? [];
  return text !== left.name && names.includes(text) && !choices.map(String).includes(text);
}

/** A comparison with a value that its input cannot have. */
function neverTrue({ op, left, right }: Compared, { frontmatter }: Known): readonly string[] {
  const isOrder = /[<>]/.test(op);
  const [input, value] = left.is === 'input' ? [left, right] : [right, left];
  if (value.is !== 'value') return [];
  const isNumber = /^[-+]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(value.text);
  const declared = input.is === 'input' ? frontmatter.inputs?.[input.name] : undefined;
  const mayBeVersion =
    declared?.type !== 'number' && compareVersions(value.text, '0') !== undefined;
  if (isOrder && !isNumber && !mayBeVersion)
    return [`compares with \`${value.text}\`, which is no number`];
  if (input.is !== 'input') return [];
  if (declared == null) return [];
  if (isOrder) return [];
  const { why } = checkValue(value.text, { type: declared.type, choices: declared.choices });
  return why === undefined || value.text === ''
    ? []
    : [`compares \`${input.name}\` with \`${value.text}\`, which ${why}`];
}

/** Values for a procedure of the same page; those of another page are judged when it is read. */
function given({ annotations, traits, line }: Step, known: Known): readonly Diagnostic[] {
  if (annotations.with === undefined || traits.link?.path !== '') return [];
  const names = known.inputs.map(({ name }) => name);
  const { inputs = {} } = known.frontmatter;
  const around = annotations.when === undefined ? known.frontmatter : {};
  const strange = whyNotGiven(annotations.with, names, inputs, around);
  if (strange === undefined) return [];
  const { why, near } = strange;
  const hint =
    near === undefined
      ? 'Give it an input of the page, and a value that it can have.'
      : `Did you mean \`${near}\`?`;
  return [wrong(line, `The annotation \`with\` is wrong: this page ${why}.`, hint)];
}

function capture({ annotations, line }: Step): readonly Diagnostic[] {
  const name = annotations.capture;
  if (name === undefined) return [];
  const written = `The annotation \`capture=${name}\` is wrong: it`;
  const hint = 'Write a name such as `capture=version`, used as `{{version}}` or `$version`.';
  if (!/^[A-Za-z_][\w.-]{0,127}$/.test(name)) return [wrong(line, `${written} is no name.`, hint)];
  if (isBashVariable(name))
    return [wrong(line, `${written} names a variable that the shell or the login sets.`, hint)];
  return [];
}

/** The list has to be there, the item's name is nobody else's, and it is known in its own step alone. */
function each(step: Step, known: Known): readonly Diagnostic[] {
  const { each: said } = step.annotations;
  const one = parseEach(said ?? '');
  if (one === undefined) return strayItems(step, known);
  const names = [...Object.keys(known.frontmatter.inputs ?? {}), ...known.captured];
  const say = (why: string, hint: string): readonly Diagnostic[] => [
    wrong(step.line, `The annotation \`each=${said}\` is wrong: it ${why}.`, hint),
  ];
  if (!names.includes(one.list)) {
    const near = nearest(one.list, names);
    return say(
      `goes through \`${one.list}\`, which is no input and is captured by no step`,
      near === undefined
        ? `Declare it in the frontmatter: inputs: { ${one.list}: { default: [a, b] } }`
        : `Did you mean \`${near}\`?`,
    );
  }
  if (names.includes(one.name) || isBashVariable(one.name))
    return say(`calls an item \`${one.name}\`, which has another meaning`, 'Give it another name.');
  if (known.frontmatter.inputs?.[one.list]?.secret === true)
    return say(
      `goes through \`${one.list}\`, which is secret, and its items name steps`,
      'Go through the names of the secrets instead.',
    );
  if (step.annotations.capture !== undefined)
    return say(
      'captures, and every item would take the place of the one before',
      'Capture in a step of its own.',
    );
  return [];
}

/** `{{host}}` outside of the step that goes through the hosts stands for nothing. */
function strayItems(step: Step, { steps, frontmatter, captured }: Known): readonly Diagnostic[] {
  const written = [...filledWords(step), step.text].join('\n');
  if (!written.includes('{{')) return [];
  const items = steps.flatMap(({ annotations }) => parseEach(annotations.each ?? '')?.name ?? []);
  const stray = items.find(
    (name) =>
      written.includes(`{{${name}}}`) &&
      !Object.hasOwn(frontmatter.inputs ?? {}, name) &&
      !captured.has(name) &&
      !Object.hasOwn(step.given ?? {}, name),
  );
  if (stray === undefined) return [];
  return [
    wrong(
      step.line,
      `\`{{${stray}}}\` has a value only in a step that says \`each="${stray} in …"\`, and this one does not.`,
      'Say it here as well.',
    ),
  ];
}

/** In a word of handrail `{{name}}` can only be a value: no template of another tool stands there. */
function holes(step: Step, { inputs, captured, frontmatter }: Known): readonly Diagnostic[] {
  const {
    cwd,
    host,
    in: inside,
    until: end,
    with: values = {},
    env = {},
    each: said,
  } = step.annotations;
  const words = {
    cwd,
    host,
    in: inside,
    until: end,
    ...under('with', values),
    ...under('env', env),
  };
  const names = new Set([
    ...inputs.map(({ name }) => name),
    ...Object.keys(frontmatter.inputs ?? {}),
    ...captured,
    ...Object.keys(step.given ?? {}),
    ...[parseEach(said ?? '')?.name ?? []].flat(),
  ]);
  return Object.entries(words).flatMap(([word, text = '']) =>
    [...text.matchAll(HOLE)].flatMap(([hole, name = '']) => {
      if (names.has(name)) return [];
      const near = nearest(name, names);
      const hint =
        near === undefined
          ? 'Declare it under `inputs` in the frontmatter, or capture it.'
          : `Did you mean \`{{${near}}}\`?`;
      const why = `\`${hole}\` is no input and is captured by no step`;
      return [wrong(step.line, `The annotation \`${word}=${text}\` is wrong: ${why}.`, hint)];
    }),
  );
}

/** Words that are read as they stand, whatever input is named in them. */
function unfilled(
  { annotations, line }: Step,
  { frontmatter, captured }: Known,
): readonly Diagnostic[] {
  const { connection: base, interpreter, name, shell, tag } = annotations;
  const names = [...Object.keys(frontmatter.inputs ?? {}), ...captured];
  return Object.entries({ connection: base, interpreter, name, shell, tag }).flatMap(
    ([word, text]) => {
      const hole = names.map((one) => `{{${one}}}`).find((one) => String(text ?? '').includes(one));
      if (hole === undefined) return [];
      const why = `\`${hole}\` is not replaced in \`${word}\``;
      const hint = 'Write the word itself; `when=` runs one of several steps.';
      return [wrong(line, `The annotation \`${word}=${text}\` is wrong: ${why}.`, hint)];
    },
  );
}

/** `env.DIR=$HOME/x`, `cwd=~/x`: no shell reads the words of a step, and the text would stay as it stands. */
function asWritten({ annotations, line }: Step): readonly Diagnostic[] {
  const { cwd, env = {}, host, in: inside, with: values = {} } = annotations;
  const words = { cwd, host, in: inside, ...under('with', values), ...under('env', env) };
  return Object.entries(words).flatMap(([word, text = '']) => {
    const found = expandedByShell(text);
    if (found === undefined) return [];
    const own =
      word === 'cwd' ? `\`cd ${text}\`` : `\`export ${word.replace(/^\w+\./, '')}="${text}"\``;
    const hint = /^(?:cwd|env)/.test(word)
      ? `Write ${own} as the first line of the fence.`
      : 'Write the value itself, or `{{name}}` for that of an input.';
    const why = `\`${found}\` stays as it stands, for no shell reads it`;
    return [wrong(line, `The annotation \`${word}=${text}\` is wrong: ${why}.`, hint)];
  });
}

const HOLE = /\{\{(?!\{)([A-Za-z_][\w.-]{0,127})\}\}/g;

const under = (
  word: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, text]) => [`${word}.${name}`, text]));

function connection({ annotations, line, traits }: Step, known: Known): readonly Diagnostic[] {
  const name = annotations.connection;
  if (name === undefined) return [];
  const declared = Object.keys(known.frontmatter.connections ?? {});
  if (name === 'default' || declared.includes(name)) return [];
  if (!traits.usesConnection) return [];
  return [
    wrong(
      line,
      `The annotation \`connection=${name}\` is wrong: there is no connection of that name.`,
      declared.length > 0
        ? `The frontmatter has ${either(declared)}.`
        : `Write in the frontmatter: connections: { ${name}: { url: $DATABASE_URL } }`,
    ),
  ];
}

/** Where a failure leads has to be there, and further down: a run never goes round in a circle. */
function onFail({ annotations, line }: Step, { procedures }: Known): readonly Diagnostic[] {
  const says = annotations['on-fail'] ?? 'stop';
  const written = `The annotation \`on-fail=${says}\` is wrong:`;
  if (says === 'rollback' && !procedures.some(({ role }) => role === 'rollback'))
    return [
      wrong(
        line,
        `${written} there is no rollback procedure.`,
        'Write one under a heading "Rollback".',
      ),
    ];
  const name = /^goto #(\S+)$/.exec(says)?.[1];
  if (name === undefined) return [];
  const target = procedures.find(({ id }) => id === name);
  if (target === undefined) {
    const near = nearest(
      name,
      procedures.map(({ id }) => id),
    );
    const hint =
      near === undefined ? '`handrail show` lists the procedures.' : `Did you mean \`#${near}\`?`;
    return [wrong(line, `${written} there is no procedure \`#${name}\`.`, hint)];
  }
  if (target.line > line || target.role === 'rollback') return [];
  return [
    wrong(
      line,
      `${written} \`#${name}\` stands before it, and the run would go round in a circle.`,
      'Go on further down.',
    ),
  ];
}

function until({ annotations: { until: pattern }, line }: Step): readonly Diagnostic[] {
  if (pattern === undefined || pattern.includes('{{')) return [];
  const inside = betweenSlashes(pattern);
  if (inside !== undefined) {
    const message = `The slashes of \`until=${pattern}\` have to stand in the output: they are part of the expression.`;
    const hint = `Write \`until="${inside}"\`, or \`[/]\` for a slash that is meant.`;
    return [{ ...wrong(line, message, hint), severity: 'warning' }];
  }
  try {
    return RegExp(pattern) ? [] : [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      wrong(
        line,
        `The annotation \`until=${pattern}\` is wrong: it is no regular expression (${why}).`,
        'Write a regular expression such as `until="ready|started"`.',
      ),
    ];
  }
}

/** `in` names a container or a pod: anything else would be taken for a host. */
function place({ annotations: { in: said }, line }: Step): readonly Diagnostic[] {
  if (said === undefined || said.startsWith('{{')) return [];
  const [kind, ...name] = said.split(':');
  const within = name.join(':').split('/');
  if (kind === 'container' && within[0] !== '') return [];
  if (kind === 'pod' && within.length === 2 && !within.includes('')) return [];
  return [
    wrong(
      line,
      `The annotation \`in=${said}\` is wrong: it has to be \`container:NAME\` or \`pod:NAMESPACE/NAME\`.`,
      'A machine that `ssh` knows is `host=NAME`.',
    ),
  ];
}

/** A name that two fences give tells them apart by their order alone, and a resume follows it. */
function sharedName({ annotations: { name }, ...step }: Step, known: Known): readonly Diagnostic[] {
  if (name === undefined || step.language === null) return [];
  const first = known.steps.find(
    ({ annotations, language }) => annotations.name === name && language !== null,
  );
  if (first === undefined || first.line >= step.line) return [];
  return [
    {
      ...wrong(
        step.line,
        `The annotation \`name=${name}\` names the step of line ${first.line} too, and this one is \`${step.id}\` only as long as it stands behind that.`,
        'Give each step a name of its own.',
      ),
      severity: 'warning',
    },
  ];
}

function wrong(line: number, message: string, hint: string): Diagnostic {
  const word = /`([\w-]+)=/.exec(message)?.[1] ?? '';
  return { rule: 'annotation', severity: 'error', line, column: 1, message, hint, word };
}
