import { nearest } from '../../text/nearest.ts';
import { filledWords } from '../inputs/filled-words.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { InputUse, Runbook, Step } from '../model/runbook.ts';
import { type Rule, toDiagnostic } from './rule.ts';

const HOLE = /(\$?)\{\{\s{0,8}([A-Za-z_][\w.-]{0,127})\s{0,8}\}\}/g;

export const nearInput: Rule = {
  name: 'near-input',
  summary: 'A `{{name}}` that is nearly the name of an input, and is none.',
  why: 'It is asked for beside the other, or stays as it is written, braces and all. Correct the name, or declare it.',
  unattended: 'It wants a value of its own, or the command gets the braces as they stand.',
  examples: {
    finds: [
      '---\ninputs:\n  version: { default: "1" }\n---\n# T\n\n```bash\necho {{verson}} {{version}}\n```\n',
      '---\ninputs:\n  version: { default: "1" }\n---\n# T\n\n```bash\necho "v${{version}}"\n```\n',
    ],
    leaves: [
      '---\ninputs:\n  version: { default: "1" }\n---\n# T\n\n```bash\necho {{version}}\n```\n',
    ],
  },
  find: (runbook) => {
    const { steps, inputs } = runbook;
    const { known, near: nearOf } = namesOf(runbook);
    if (known.size === 0) return [];
    const asked = new Set(inputs.map(({ spelling }) => spelling));
    return steps.flatMap((step) =>
      // The words of its fence or comment first: they stand on the line of the step.
      [filledWords(step).join('\n'), ...step.text.split('\n')].flatMap((line, at) =>
        holesOf(line).flatMap(([written, dollar = '', name = '']) => {
          if (dollar !== '')
            return known.has(name) ? [asElsewhere(written, name, lineOf(step, at))] : [];
          if (Object.hasOwn(step.given ?? {}, name)) return [];
          // A title may be its first command: what stands in that is said there.
          if (at === 0 && step.text.includes(written)) return [];
          const near = known.has(name) ? name : nearOf(name);
          const isSpaced = known.has(name) && !asked.has(written) && written !== `{{${name}}}`;
          if (near === undefined || (known.has(name) && !isSpaced)) return [];
          return [
            toDiagnostic('near-input', {
              line: lineOf(step, at),
              message: `\`${written}\` is the name of no input that is declared.`,
              hint: `Did you mean \`{{${near}}}\`?`,
              word: written,
            }),
          ];
        }),
      ),
    );
  },
};

/** Every spelling of a name once, however often it stands on the line. */
const holesOf = (line: string): readonly RegExpExecArray[] => [
  ...new Map([...line.matchAll(HOLE)].map((hole) => [hole[0], hole])).values(),
];

const lineOf = (step: Step, at: number): number => (at === 0 ? step.line : step.textLine + at - 1);

/** `${{version}}` is how GitHub Actions writes it; here bash gets it as it stands. */
const asElsewhere = (written: string, name: string, line: number): Diagnostic =>
  toDiagnostic('near-input', {
    line,
    message: `\`${written}\` is not replaced: it is how GitHub Actions writes a value.`,
    hint: `Write \`{{${name}}}\`, without the \`$\`.`,
    word: written,
  });

/** Names that a `{{name}}` may be a slip for, and the one that a name is probably a slip for. */
interface Names {
  readonly known: ReadonlySet<string>;
  readonly near: (name: string) => string | undefined;
}

type Page = Pick<Runbook, 'steps' | 'frontmatter' | 'inputs'>;

/** So many pairs of names are compared: a page with more was made by a program, and each of its names is near another. */
const MOST_PAIRS = 250_000;
const found = new WeakMap<Page['steps'], Names & Pick<Page, 'inputs'>>();

/** Once a page, since several rules ask. */
function namesOf(page: Page): Names {
  let names = found.get(page.steps);
  if (names?.inputs !== page.inputs) {
    const known = knownNames(page);
    const isBounded = known.size * page.inputs.length <= MOST_PAIRS;
    const nears = new Map<string, string | undefined>();
    const near = (name: string): string | undefined => {
      if (!nears.has(name)) nears.set(name, isBounded ? nearest(name, known) : undefined);
      return nears.get(name);
    };
    names = { known, near, inputs: page.inputs };
    found.set(page.steps, names);
  }
  return names;
}

/** What is asked for because it stands in braces is none. */
function knownNames({ steps, frontmatter, inputs }: Page): ReadonlySet<string> {
  return new Set([
    ...Object.keys(frontmatter.inputs ?? {}),
    ...inputs
      .filter(({ declared, spelling }) => declared || !spelling.startsWith('{{'))
      .map(({ name }) => name),
    ...steps.flatMap(({ annotations: { capture } }) => (capture === undefined ? [] : [capture])),
  ]);
}

/** Whether an input is asked for only because its name is nearly that of another, which `near-input` says. */
export function isSlip(runbook: Page): (input: InputUse) => boolean {
  const { known, near } = namesOf(runbook);
  return ({ name, declared, spelling }) =>
    !declared && spelling.startsWith('{{') && !known.has(name) && near(name) !== undefined;
}
