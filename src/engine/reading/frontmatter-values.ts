import { compileRegex } from '../expect/regex.ts';
import { checkValue } from '../inputs/check-value.ts';
import type { Frontmatter, InputDeclaration } from '../model/frontmatter.ts';
import { readCron } from '../schedule/cron-fields.ts';

/** A value of the frontmatter that cannot hold. */
export interface WrongFrontmatterValue {
  readonly path: readonly (string | number)[];
  /** The end of the sentence "It …". */
  readonly why: string;
  readonly hint: string;
}

/** Judges what the table of words cannot: times, zones, patterns, and values against their own declarations. */
export function judgeFrontmatter(frontmatter: Frontmatter): readonly WrongFrontmatterValue[] {
  return [
    ...zone(['timezone'], frontmatter.timezone),
    ...day(['review', 'by'], frontmatter.review?.by),
    ...(frontmatter.schedule ?? []).flatMap((entry, index) => [
      ...cron(['schedule', index, 'cron'], entry.cron),
      ...zone(['schedule', index, 'timezone'], entry.timezone),
    ]),
    ...environments(frontmatter),
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
      return why === undefined ? [] : [{ path, why: `says \`${value}\`, which ${why}`, hint }];
    }),
  );
}

function day(
  path: WrongFrontmatterValue['path'],
  text: string | undefined,
): readonly WrongFrontmatterValue[] {
  if (text === undefined) return [];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay && new Date(text).toISOString().startsWith(text)) return [];
  return [{ path, why: `says \`${text}\`, which is no day`, hint: 'Write: by: 2027-03-31' }];
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
  if (readCron(expression) !== undefined) return [];
  const why = `says \`${expression}\`, which is no time: five fields are minute (0-59), hour (0-23), day (1-31), month (1-12) and weekday (0-7)`;
  return [{ path, why, hint: 'Write: cron: "0 2 * * 1-5", or `@daily`.' }];
}

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
  const { choices, default: fallback } = declaration;
  const strange = (choices ?? []).flatMap((choice) => {
    const { why } = checkValue(String(choice), { type: declaration.type });
    return why === undefined ? [] : [`says \`${choice}\`, which ${why}`];
  });
  const [first] = strange;
  if (first !== undefined)
    return [{ path: [...path, 'choices'], why: first, hint: 'Write choices of its `type`.' }];
  if (fallback === undefined) return [];
  const { why } = checkValue(String(fallback), declaration);
  if (why === undefined) return [];
  return [
    {
      path: [...path, 'default'],
      why: `says \`${fallback}\`, which ${why}`,
      hint: 'Write a default that the input takes.',
    },
  ];
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
