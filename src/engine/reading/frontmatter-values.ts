import { compileRegex } from '../expect/regex.ts';
import { betweenSlashes, checkValue, expandedByShell } from '../inputs/check-value.ts';
import type { Frontmatter, InputDeclaration } from '../model/frontmatter.ts';
import { everComes, readCron } from '../schedule/cron-fields.ts';

/** A value of the frontmatter that cannot hold. */
export interface WrongFrontmatterValue {
  readonly path: readonly (string | number)[];
  /** The end of the sentence "It …". */
  readonly why: string;
  readonly hint: string;
  /** It may be meant as it stands. */
  readonly doubtful?: true;
}

/** Judges what the table of words cannot: times, zones, patterns, and values against their own declarations. */
export function judgeFrontmatter(frontmatter: Frontmatter): readonly WrongFrontmatterValue[] {
  return [
    ...zone(['timezone'], frontmatter.timezone),
    ...(frontmatter.schedule ?? []).flatMap((entry, index) => [
      ...cron(['schedule', index, 'cron'], entry.cron),
      ...zone(['schedule', index, 'timezone'], entry.timezone),
    ]),
    ...environments(frontmatter),
    ...lock(frontmatter),
    ...(frontmatter.notify ?? []).flatMap((entry, index) => notice(['notify', index], entry)),
    ...Object.entries(frontmatter.inputs ?? {}).flatMap(([name, declaration]) =>
      declaration === null ? [] : input(['inputs', name], declaration),
    ),
  ];
}

function zone(
  path: WrongFrontmatterValue['path'],
  name: string | undefined,
): readonly WrongFrontmatterValue[] {
  if (name === undefined || isZone(name)) return [];
  return [
    {
      path,
      why: `says \`${name}\`, which is no time zone`,
      hint: 'Write: timezone: Europe/Zagreb',
    },
  ];
}

/** Values of an environment are values of inputs that are declared. */
function environments({
  environments: all = {},
  inputs = {},
}: Frontmatter): readonly WrongFrontmatterValue[] {
  return Object.entries(all).flatMap(([name, { values = {} }]) =>
    Object.entries(values).flatMap(([input_, value]) => {
      const path = ['environments', name, 'values', input_];
      if (!Object.hasOwn(inputs, input_)) {
        const hint = `Declare \`${input_}\` under \`inputs\`.`;
        return [{ path, why: 'is the value of no input that is declared', hint }];
      }
      const { why } = checkValue(String(value), inputs[input_] ?? null);
      const hint = 'Write a value that the input takes.';
      return why === undefined
        ? inWhole(path, String(value))
        : [{ path, why: `says \`${value}\`, which ${why}`, hint }];
    }),
  );
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-GB', { timeZone: name }));
  } catch {
    return false;
  }
}

function cron(
  path: WrongFrontmatterValue['path'],
  expression: string,
): readonly WrongFrontmatterValue[] {
  const fields = readCron(expression);
  if (fields !== undefined && everComes(fields)) return [];
  if (fields !== undefined) {
    const why = `says \`${expression}\`, which never comes: no such month has such a day`;
    return [{ path, why, hint: 'Write a day that the calendar has, such as `0 0 28 2 *`.' }];
  }
  const why = `says \`${expression}\`, which is no time: five fields are minute (0-59), hour (0-23), day (1-31), month (1-12) and weekday (0-7)`;
  return [{ path, why, hint: 'Write: cron: "0 2 * * 1-5", or `@daily`.' }];
}

/** Only who waits needs to be told how long. */
function lock({
  lock: { policy, wait } = {},
  schedule,
}: Frontmatter): readonly WrongFrontmatterValue[] {
  if (wait === undefined || policy === 'wait') return [];
  // Entries of one schedule wait for each other without being told to.
  if (policy === undefined && (schedule?.length ?? 0) > 1) return [];
  const why = `means nothing beside \`policy: ${policy ?? 'skip'}\`${policy === undefined ? ', which nobody changed' : ''}`;
  return [{ path: ['lock', 'wait'], why, hint: 'Write `policy: wait`, or take it out.' }];
}

type Notice = NonNullable<Frontmatter['notify']>[number];

/** Formats whose services take nothing without a key. */
const KEYED: readonly string[] = ['pagerduty', 'opsgenie'];

/** Who is told has to be said once, and whole: telling fails in silence for the run. */
function notice(
  path: WrongFrontmatterValue['path'],
  { command, webhook, format, key }: Notice,
): readonly WrongFrontmatterValue[] {
  const example = 'Write: { on: [failure], webhook: https://hooks.example.org/x, format: slack }';
  const say = (why: string, hint = example, at: readonly string[] = []) => [
    { path: [...path, ...at], why, hint },
  ];
  if (command === undefined && webhook === undefined)
    return say('tells nobody: it needs a `command` or a `webhook`');
  if (command !== undefined && webhook !== undefined)
    return say(
      'has both a `command` and a `webhook`, and one entry tells one',
      'Make two entries of it.',
    );
  const [stray] = webhook === undefined ? Object.keys(said({ format, key })) : [];
  if (stray !== undefined)
    return say('means nothing beside a `command`', 'Take it out, or write a `webhook`.', [stray]);
  const isKeyed = KEYED.includes(format ?? '');
  if (isKeyed && key === undefined)
    return say(`needs a \`key\` for \`format: ${format}\``, 'Write: key: $ALERT_KEY');
  if (isKeyed || key === undefined) return [];
  return say('means something with `pagerduty` and `opsgenie` alone', 'Take it out.', ['key']);
}

/** What of a group was said. */
const said = (group: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(group).filter(([, value]) => value !== undefined));

function input(
  path: readonly string[],
  declaration: InputDeclaration,
): readonly WrongFrontmatterValue[] {
  const pattern = badPattern(declaration.pattern);
  if (pattern !== undefined)
    return [
      {
        path: [...path, 'pattern'],
        why: `says \`${declaration.pattern}\`, which holds ${pattern}`,
        hint: 'Write: pattern: "[0-9]+"',
      },
    ];
  const inside = betweenSlashes(declaration.pattern ?? '');
  if (inside !== undefined)
    return [
      {
        path: [...path, 'pattern'],
        why: `says \`${declaration.pattern}\`, whose slashes have to stand in the value: they are part of the expression`,
        hint: `Write \`${inside}\`, or \`[/]\` for a slash that is meant.`,
        doubtful: true,
      },
    ];
  const { choices, default: fallback } = declaration;
  const strange = (choices ?? []).flatMap((choice) => {
    const { why } = checkValue(String(choice), {
      type: declaration.type,
      pattern: declaration.pattern,
    });
    return why === undefined ? [] : [`says \`${choice}\`, which ${why}`];
  });
  const [first] = strange;
  if (first !== undefined)
    return [
      { path: [...path, 'choices'], why: first, hint: 'Write choices that the input takes.' },
    ];
  if (fallback === undefined) return [];
  if (declaration.secret === true && String(fallback) !== '')
    return [
      {
        path: [...path, 'default'],
        why: 'stands in clear on the page, for whoever reads it, and is the default of a secret',
        hint: 'Leave it out: it is asked for then, or say `env:` or `command:` for where it comes from.',
        doubtful: true,
      },
    ];
  const { why } = checkValue(String(fallback), declaration);
  if (why === undefined) return inWhole([...path, 'default'], String(fallback));
  return [
    {
      path: [...path, 'default'],
      why: `says \`${fallback}\`, which ${why}`,
      hint: 'Write a default that the input takes.',
    },
  ];
}

/** A value is data: no shell expands it, and no other value is put into it. */
function inWhole(
  path: WrongFrontmatterValue['path'],
  text: string,
): readonly WrongFrontmatterValue[] {
  const hole = /\{\{[A-Za-z_][\w.-]{0,127}\}\}/.exec(text)?.[0];
  const stays = hole ?? expandedByShell(text);
  if (stays !== undefined) {
    const why = `says \`${stays}\`, which stays as it stands: a value is data`;
    const hint =
      hole === undefined
        ? `\`command: 'echo "${text.replaceAll("'", '')}"'\` in its place has the shell work it out.`
        : `Write \`${hole}\` in the steps, beside what is said of it here.`;
    return [{ path, why, hint, doubtful: true }];
  }
  if (!/^(?:change[_-]?me|to-?do|fix-?me|x{3,}|<[^<>]{1,80}>|your[-_][\w-]{1,80})$/i.test(text))
    return [];
  const why = `says \`${text}\`, which reads like a place to be filled in, and is taken as the value`;
  const hint = 'Write a value that can hold, or leave the default out: it is asked for then.';
  return [{ path, why, hint, doubtful: true }];
}

function badPattern(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    compileRegex(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
