import { nearest } from '../../text/nearest.ts';
import { type Rule, toDiagnostic } from './rule.ts';

const HOLE = /\{\{\s{0,8}([A-Za-z_][\w.-]{0,127})\s{0,8}\}\}/g;

export const nearInput: Rule = {
  name: 'near-input',
  summary: 'A `{{name}}` that is nearly the name of an input, and is none.',
  why: 'It is asked for beside the other, or stays as it is written, braces and all. Correct the name, or declare it.',
  unattended: 'It wants a value of its own, or the command gets the braces as they stand.',
  examples: {
    finds: [
      '---\ninputs:\n  version: { default: "1" }\n---\n# T\n\n```bash\necho {{verson}} {{version}}\n```\n',
    ],
    leaves: [
      '---\ninputs:\n  version: { default: "1" }\n---\n# T\n\n```bash\necho {{version}}\n```\n',
    ],
  },
  find: ({ steps, frontmatter, inputs }) => {
    const known = new Set([
      ...Object.keys(frontmatter.inputs ?? {}),
      // What is asked for because it stands in braces may be a slip for one of the others.
      ...inputs
        .filter(({ declared, spelling }) => declared || !spelling.startsWith('{{'))
        .map(({ name }) => name),
      ...steps.flatMap(({ annotations: { capture } }) => (capture === undefined ? [] : [capture])),
    ]);
    if (known.size === 0) return [];
    const asked = new Set(inputs.map(({ spelling }) => spelling));
    return steps.flatMap((step) =>
      [step.title, ...step.text.split('\n')].flatMap((line, at) =>
        [...line.matchAll(HOLE)].flatMap(([written, name = '']) => {
          if (Object.hasOwn(step.given ?? {}, name)) return [];
          const near = known.has(name) ? name : nearest(name, known);
          const isSpaced = known.has(name) && !asked.has(written) && written !== `{{${name}}}`;
          if (near === undefined || (known.has(name) && !isSpaced)) return [];
          return [
            toDiagnostic('near-input', {
              line: at === 0 ? step.line : step.textLine + at - 1,
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
