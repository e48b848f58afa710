// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell text is full of ${…}.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BoundInput } from '../../src/engine/model/plan.ts';
import { resolveText, tryResolve } from '../../src/engine/resolve.ts';

function bound(values: Record<string, string>, secret = false): ReadonlyMap<string, BoundInput> {
  return new Map(
    Object.entries(values).map(([name, one]) => [
      name,
      { name, value: one, secret, source: '--input' },
    ]),
  );
}
const shell = (text: string, v: string): string => resolveText(text, 'shell', bound({ v })).text;

/** Every position a value can stand in, as a script that prints it and a NUL byte, and what it prints. */
const POSITIONS: readonly (readonly [string, (v: string) => string])[] = [
  ["printf '%s\\0' {{v}}", (v) => v],
  ["printf '%s\\0' a{{v}}b", (v) => `a${v}b`],
  ["printf '%s\\0' {{v}}{{v}}", (v) => v + v],
  ["printf '%s\\0' --x={{v}}/y", (v) => `--x=${v}/y`],
  ['printf \'%s\\0\' "{{v}}"', (v) => v],
  ["printf '%s\\0' \"<{{v}}>\"'{{v}}'{{v}}", (v) => `<${v}>${v}${v}`],
  ["printf '%s\\0' '{{v}}'", (v) => v],
  ["printf '%s\\0' $'a\\t{{v}}\\x41'", (v) => `a\t${v}A`],
  ["y=$(printf '%s' {{v}}; echo x); printf '%s\\0' \"${y%x}\"", (v) => v],
  ['y="$(printf \'%s\' "{{v}}"; echo x)"; printf \'%s\\0\' "${y%x}"', (v) => v],
  ["y=`printf '%s' {{v}}; echo x`; printf '%s\\0' \"${y%x}\"", (v) => v],
  ['y=`printf \'%s\' "{{v}}"; echo x`; printf \'%s\\0\' "${y%x}"', (v) => v],
  ["y=\"`printf '%s' '{{v}}'; echo x`\"; printf '%s\\0' \"${y%x}\"", (v) => v],
  ['y="`printf \'%s\' {{v}}; echo x`"; printf \'%s\\0\' "${y%x}"', (v) => v],
  ['y={{v}}; printf \'%s\\0\' "$y"', (v) => v],
  ['export Y={{v}} Z="{{v}}"; printf \'%s\\0\' "$Y$Z"', (v) => v + v],
  ['y=(a {{v}} "{{v}}"); printf \'%s\\0\' "${#y[@]}${y[1]}"', (v) => `3${v}`],
  ["unset x; printf '%s\\0' ${x:-{{v}}}", (v) => v],
  ['unset x; printf \'%s\\0\' "${x:-{{v}}}"', (v) => v],
  ['unset x; printf \'%s\\0\' "<${x-a {{v}} b}>"', (v) => `<a ${v} b>`],
  ['unset x; : "${x:={{v}}}"; printf \'%s\\0\' "$x"', (v) => v],
  ['f() { printf \'%s\\0\' "$#$1"; }; f {{v}}', (v) => `1${v}`],
  ['for y in {{v}}; do printf \'%s\\0\' "$y"; done', (v) => v],
  ["case {{v}} in {{v}}) printf 'same\\0' ;; *) printf 'other\\0' ;; esac", () => 'same'],
  ["[[ {{v}} == {{v}} ]] && printf 'same\\0'", () => 'same'],
  ["[[ -n x && {{v}} =~ ^{{v}}$ ]] && printf 'same\\0'", () => 'same'],
  ["cat <<< {{v}}; printf '\\0'", (v) => `${v}\n`],
  ["cat <<EOF\n{{v}}\nEOF\nprintf '\\0'", (v) => `${v}\n`],
  ["cat <<EOF\na {{v}} b {{v}}\nc\nEOF\nprintf '\\0'", (v) => `a ${v} b ${v}\nc\n`],
  ["cat <<'EOF'\n{{v}}\nEOF\nprintf '\\0'", (v) => `${v}\n`],
  ["cat <<-EOF\n\tx\n\t{{v}}\n\tEOF\nprintf '\\0'", (v) => `x\n${v}\n`],
  ["cat <<-'EOF'\n\tx\n\t{{v}}\n\tEOF\nprintf '\\0'", (v) => `x\n${v}\n`],
  ["cat <<EOF\n$(printf '%s' {{v}}; echo x)\nEOF\nprintf '\\0'", (v) => `${v}x\n`],
  ["cat <<-EOF\n\t$(printf '%s' {{v}}; echo x)\n\tEOF\nprintf '\\0'", (v) => `${v}x\n`],
  ['y=$(cat <<EOF\n{{v}}\nEOF\necho x); printf \'%s\\0\' "${y%x}"', (v) => `${v}\n`],
  ["cat <<A - <<B\nx\nA\n{{v}}\nB\nprintf '\\0'", (v) => `${v}\n`],
  ["# {{v}}\nprintf 'ok\\0'", () => 'ok'],
  ["printf 'ok\\0' # {{v}}", () => 'ok'],
  ['y=$(\n# {{v}}\necho ok); printf \'%s\\0\' "$y"', () => 'ok'],
  ["printf '%s\\0' x > /dev/null || {{v}}\nprintf 'ok\\0'", () => 'ok'],
  ["cat < <(printf '%s' {{v}}); printf '\\0'", (v) => v],
  ["if true; then printf '%s\\0' \\\n  {{v}}; fi", (v) => v],
  ["( printf '%s\\0' {{v}} )", (v) => v],
  ["{ printf '%s\\0' {{v}}; } 2>&1", (v) => v],
];

const isQuotedDefault = (script: string): boolean => /"[^"]*\$\{x:?[-=]/.test(script);

const NASTY = fc.constantFrom(
  "'",
  '"',
  '`',
  '$',
  '\\',
  '\n',
  '\t',
  ' ',
  ';',
  '&',
  '|',
  '>',
  '<',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '*',
  '?',
  '~',
  '!',
  '#',
  '%',
  '=',
  '-',
  '--',
  '-n',
  '-e',
  ',',
  '..',
  '\r',
  '\b',
  '\u001b[0m',
  'é',
  '\u{1f642}',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  '${x}',
  '$x',
  "$'\\n'",
  '\\n',
  '\\\n',
  'EOF',
  '\nEOF\n',
  '\n\tEOF\n',
  '\n\tx',
  'HANDRAIL_END',
  "'EOF'",
  '{{v}}',
  '{{w}}',
  '{a,b}',
  '{1..3}',
  'if',
  'done',
  '!!',
  '${IFS}',
  '$((1+1))',
  '<(touch pwned)',
  '\n# x\n',
  'a[$(touch pwned)]',
  'x=1',
  '&& touch pwned',
);
const value = fc
  .array(fc.oneof({ weight: 3, arbitrary: NASTY }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 7,
  })
  .map((pieces) => pieces.join('').replaceAll('\0', '').toWellFormed());

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'handrail-resolve-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runBash(script: string): string {
  const result = spawnSync('bash', {
    input: script,
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: folder },
    maxBuffer: 1 << 28,
  });
  return result.stdout.toString();
}

describe('shell', () => {
  test('in every quoting position bash receives exactly the value, and nothing else happens', () => {
    const cases = fc.array(fc.tuple(fc.nat(POSITIONS.length - 1), value), {
      minLength: 60,
      maxLength: 60,
    });
    fc.assert(
      fc.property(cases, (batch) => {
        const scripts: string[] = [];
        const expected: string[] = [];
        for (const [index, any] of batch) {
          const [script, prints] = POSITIONS[index] ?? ['', () => ''];
          // The one letter that is refused there: versions of bash read it differently.
          const v = isQuotedDefault(script) ? any.replaceAll("'", '"') : any;
          scripts.push(`{\n${shell(script, v)}\n} 2>/dev/null\n`);
          expected.push(prints(v));
        }
        expect(runBash(scripts.join('')).split('\0').slice(0, -1)).toEqual(expected);
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test.each(POSITIONS.map(([script, prints]) => [script, prints] as const))(
    '%s takes every nasty value',
    (script, prints) => {
      const values = [
        '',
        '-n',
        "it's",
        '"',
        '$(touch pwned)',
        '`touch pwned`',
        '\\',
        'a\\',
        '\n',
        'a\nb',
        '\n\n',
        '\tx\n\ty',
        'EOF',
        'x\nEOF\ntouch pwned\n',
        '\tEOF',
        '*',
        '~',
        'a b',
        '}',
        "'; touch pwned #",
        '!',
        '$x',
        'if',
        '2',
        'x'.repeat(70_000),
      ];
      const fit = isQuotedDefault(script) ? values.filter((v) => !v.includes("'")) : values;
      const scripts = fit.map((v) => `{\n${shell(script, v)}\n} 2>/dev/null\n`);
      expect(runBash(scripts.join('')).split('\0').slice(0, -1)).toEqual(fit.map(prints));
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
