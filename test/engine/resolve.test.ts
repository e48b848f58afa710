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
  ["cat <<EOF\n$(printf '%s' \"{{v}}\"; echo x)\nEOF\nprintf '\\0'", (v) => `${v}x\n`],
  ["cat <<EOF\n$(printf '%s' 'a\\b{{v}}\nc'; echo x)\nEOF\nprintf '\\0'", (v) => `a\\b${v}\ncx\n`],
  ["cat <<EOF\n`printf '%s' {{v}}; echo x`\nEOF\nprintf '\\0'", (v) => `${v}x\n`],
  ["cat <<EOF\n$(cat <<'IN'\n{{v}}\nIN\necho x)\nEOF\nprintf '\\0'", (v) => `${v}\nx\n`],
  ["cat <<'EOF'\n$(printf '%s' {{v}})\nEOF\nprintf '\\0'", (v) => `$(printf '%s' ${v})\n`],
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

/** The letters that cannot be written in the position: bash gives no way, or versions of it disagree. */
function refusedIn(script: string): RegExp {
  if (/"[^"]*\$\{x:?[-=]/.test(script)) return /['<>()]/g;
  return script.includes("<<'IN'") ? /\\/g : /\0/g;
}

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
          const v = any.replaceAll(refusedIn(script), '/');
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
      const fit = values.filter((v) => v.search(refusedIn(script)) < 0);
      const scripts = fit.map((v) => `{\n${shell(script, v)}\n} 2>/dev/null\n`);
      expect(runBash(scripts.join('')).split('\0').slice(0, -1)).toEqual(fit.map(prints));
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test('a plain word stays readable where nothing could make more of it', () => {
    expect(shell('git checkout {{v}} && ls /srv/{{v}}', 'v1.2')).toBe(
      'git checkout v1.2 && ls /srv/v1.2',
    );
    expect(shell('{{v}} x; echo {{v}}>f', '2')).toContain("'2' x; echo '2'>f");
    expect(shell('for i in {1..{{v}}}; do :; done', '3')).toBe('for i in {1..3}; do :; done');
    expect(shell('echo {{v}}', 'if')).toBe("echo 'if'");
  });

  test('what nothing is bound to stays byte for byte', () => {
    const text =
      "docker ps --format '{{.Names}}' {{ v.y }} {{w}} {{v.x}} ${{ secrets.v }} {{#if}} <w> {W} {{{{\n";
    expect(shell(text, 'X')).toBe(text);
  });

  test('spellings of the wild are filled like any other', () => {
    const values = bound({ VERSION: 'a b', 'your-name': "it's", 'deployment-id': '$x' });
    const { text } = resolveText(
      'echo {VERSION} [deployment-id] <your-name> "v{VERSION}" ${VERSION} # {VERSION}',
      'shell',
      values,
    );
    expect(text).toBe(`echo 'a b' '$x' 'it'\\''s' "va b" \${VERSION} # {VERSION}`);
  });

  test.each([
    ['echo $(( {{v}} + 1 ))', 'a[$(touch pwned)]', 'arithmetic'],
    ['(( x = {{v}} ))', 'x', 'arithmetic'],
    ['let x={{v}}', 'a[$(touch pwned)]', 'arithmetic'],
    ['[[ {{v}} -eq 1 ]]', 'a[$(touch pwned)]', 'arithmetic'],
    ['echo ${x[{{v}}]}', 'a[$(touch pwned)]', 'arithmetic'],
    ['x[{{v}}]=1', 'a[$(touch pwned)]', 'arithmetic'],
    ['declare -i x={{v}}', 'a[$(touch pwned)]', 'arithmetic'],
    ['unset {{v}}', 'a[$(touch pwned)]', 'name of a variable'],
    ['read {{v}}', 'a[$(touch pwned)]', 'name of a variable'],
    ["printf -v {{v}} '%s' x", 'a[$(touch pwned)]', 'name of a variable'],
    ['[[ -v {{v}} ]]', 'a[$(touch pwned)]', 'name of a variable'],
    ['{{v}}=1', 'a b', 'name of a variable'],
    ['for {{v}} in a; do :; done', 'a b', 'name of a variable'],
    ['echo $x{{v}}', 'x', 'name of the variable in front'],
    ['echo ${{v}}', 'x', 'variable'],
    ['echo "${{v}}"', 'x', 'variable'],
    ['echo ${x#{{v}}}', 'x', 'pattern'],
    ['echo \\{{v}}', 'x', 'backslash'],
    ['echo "a\\{{v}}"', '$x', 'backslash'],
    ['cat <<{{v}}\nx\n{{v}}\n', 'EOF', 'here-document'],
    ['{{v}}() { :; }', 'x', 'function'],
    ['echo "${x:-{{v}}}"', '<(touch pwned)', 'cannot be written'],
    ['echo `echo \\`echo {{v}}\\``', 'x', 'backticks'],
    ['echo "{{v}}', 'x', 'cannot read'],
    ['bash -c "echo {{v}}"', '$(touch pwned)', 'read once more'],
    ["ssh host 'ls {{v}}'", '; touch pwned', 'read once more'],
    ['ssh host ls {{v}}', '; touch pwned', 'read once more'],
    ['eval "ls {{v}}"', 'a b', 'read once more'],
    ['sudo su -c "ls {{v}}"', '; x', 'read once more'],
    ['kubectl exec web -- sh -c "ls {{v}}"', '; x', 'read once more'],
    ['psql -c "select \'{{v}}\'"', "'; drop table x", 'read once more'],
    ["psql <<SQL\nselect '{{v}}'\nSQL", "'; drop table x", 'read once more'],
    ['python3 -c \'print("{{v}}")\'', '"', 'read once more'],
    ["awk '/{{v}}/' f", '/ { system("x") } /', 'read once more'],
    ['sed -i "s/a/{{v}}/" f', 'x/e', 'read once more'],
    ['echo {{v|identifier}}', 'x', 'filter'],
  ])('%s refuses what it cannot take as a value', (text, v, why) => {
    const { problems } = tryResolve(text, 'shell', bound({ v }));
    expect(problems.map((one) => one.why).join()).toContain(why);
    expect(() => shell(text, v)).toThrow(expect.objectContaining({ code: 'INPUT_UNSAFE' }));
  });

  test.each([
    ['echo $(( {{v}} + 1 ))', '41', 'echo $(( 41 + 1 ))'],
    ['echo $((1 -{{v}}))', '-2', 'echo $((1 -(-2)))'],
    ['sleep 1; [[ $x -gt {{v}} ]]', '3', 'sleep 1; [[ $x -gt 3 ]]'],
    ['unset {{v}}', 'NAME', 'unset NAME'],
    ['export {{v}}=1', 'NAME', 'export NAME=1'],
    ['ssh {{v}} uptime', 'web-1', 'ssh web-1 uptime'],
    ['bash -c \'echo "$1"\' - {{v}}', 'a b', "bash -c 'echo \"$1\"' - 'a b'"],
    ['psql -c "select \'{{v}}\'"', 'Zoë 3', 'psql -c "select \'Zoë 3\'"'],
    ['sed "s|a|{{v}}|" f', '/srv/x', 'sed "s|a|/srv/x|" f'],
    ["awk -v x={{v}} '{ print x }' f", 'a b', "awk -v x='a b' '{ print x }' f"],
    ['jq --arg x {{v}} .a f', '"', "jq --arg x '\"' .a f"],
  ])('%s takes what is only a value there', (text, v, expected) => {
    expect(shell(text, v)).toBe(expected);
  });

  test('a value that no text can carry is refused', () => {
    expect(() => shell('echo {{v}}', 'a\0b')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    );
    expect(() => shell('echo {{v}}', 'a\ud800')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }),
    );
  });

  test('secrets are masked in what is shown', () => {
    const { text, masked } = resolveText(
      'curl -H "X: {{v}}" {{v}}',
      'shell',
      bound({ v: 's e' }, true),
    );
    expect(text).toBe('curl -H "X: s e" \'s e\'');
    expect(masked).toBe('curl -H "X: ***" ***');
  });

  test('a problem has the line it stands on', () => {
    expect(
      tryResolve('a\nb\necho $(({{v}}))\n', 'shell', bound({ v: 'x' })).problems[0]?.line,
    ).toBe(3);
  });

  test('deep nesting and many holes stay quick', () => {
    shell(`${'x=$('.repeat(60)}echo {{v}}${')'.repeat(60)}`, 'a');
    shell('echo {{v}} "{{v}}"\n'.repeat(5_000), "it's");
    shell(`cat <<-EOF\n${'\t{{v}}\n'.repeat(5_000)}EOF\n`, '\tEOF');
  });
});

describe('sql', () => {
  const sql = (text: string, values: Record<string, string>) => {
    const { text: filled, binds } = resolveText(text, 'sql', bound(values));
    return [filled, ...binds];
  };

  test('a value becomes a bind parameter, the same one for each use', () => {
    expect(
      sql('select * from t where a = {{a}} and b = {{b}} or c = {{a}}::text', { a: "x'", b: '2' }),
    ).toEqual(['select * from t where a = $1 and b = $2 or c = $1::text', "x'", '2']);
  });

  test('names are quoted as names', () => {
    expect(sql('select * from {{t|identifier}} where "{{t}}" = 1', { t: 'a"b' })).toEqual([
      'select * from "a""b" where "a""b" = 1',
    ]);
  });

  test('inside string literals the value is escaped in place', () => {
    expect(sql("select '%{{v}}%', E'\\n{{v}}', '''{{v}}'", { v: "a'\\b" })).toEqual([
      "select '%a''\\b%', E'\\na''\\\\b', '''a''\\b'",
    ]);
  });

  test('a statement without parameters gets a literal', () => {
    expect(sql('set x = {{v}}; create role r password {{v}}; select {{v}}', { v: "a'b" })).toEqual([
      "set x = 'a''b'; create role r password 'a''b'; select $1",
      "a'b",
    ]);
    expect(sql('alter role r connection limit {{n}}', { n: '5' })).toEqual([
      'alter role r connection limit 5',
    ]);
  });

  test('bodies between dollar tags get literals that cannot leave them', () => {
    expect(sql("do $$ begin perform f({{v}}, '{{v}}'); end $$", { v: "a'b" })).toEqual([
      "do $$ begin perform f('a''b', 'a''b'); end $$",
    ]);
    expect(() =>
      sql('do $$ begin perform f({{v}}); end $$', { v: 'a $$; drop table x; $$' }),
    ).toThrow(expect.objectContaining({ code: 'INPUT_UNSAFE' }));
  });

  test('comments stay comments', () => {
    expect(sql('select 1 -- {{v}}\n/* {{v}} */', { v: 'a\n*/ drop table x' })[0]).toBe(
      'select 1 -- a * / drop table x\n/* a * / drop table x */',
    );
  });

  test('a value that would grow into a word is refused', () => {
    for (const text of ['select col{{v}}', 'select {{v}}x', "select {{v}}'x'", 'select 1{{v}}'])
      expect(() => sql(text, { v: '2' }), text).toThrow(
        expect.objectContaining({ code: 'INPUT_UNSAFE' }),
      );
  });

  test('secrets are never in the text of a query that binds them', () => {
    const { text, masked } = resolveText(
      "select {{v}}, '{{v}}'",
      'sql',
      bound({ v: 'hush' }, true),
    );
    expect([text, masked]).toEqual(["select $1, 'hush'", "select $1, '***'"]);
  });
});

describe('http', () => {
  const http = (text: string, v: string): string => resolveText(text, 'http', bound({ v })).text;

  test('a value is encoded for where it stands', () => {
    const v = 'a b/"ü&=\n';
    expect(http('GET https://h/{{v}}?q={{v}}', v)).toBe(
      'GET https://h/a%20b%2F%22%C3%BC%26%3D%0A?q=a%20b%2F%22%C3%BC%26%3D%0A',
    );
    expect(
      http('POST https://h\nContent-Type: application/json\n\n{"a": "{{v}}", "b": {{v}}}', v),
    ).toBe(
      'POST https://h\nContent-Type: application/json\n\n{"a": "a b/\\"ü&=\\n", "b": "a b/\\"ü&=\\n"}',
    );
    expect(http('POST https://h\n\n{"n": {{v}}}', '42')).toBe('POST https://h\n\n{"n": 42}');
    expect(
      http('POST https://h\nContent-Type: application/x-www-form-urlencoded\n\na={{v}}', 'x&y'),
    ).toBe('POST https://h\nContent-Type: application/x-www-form-urlencoded\n\na=x%26y');
    expect(http('POST https://h\nContent-Type: text/plain\n\n{{v}}', v)).toContain(`\n\n${v}`);
  });

  test('a value that would climb the path is refused', () => {
    expect(() => http('GET https://h/{{v}}/x', '..')).toThrow(/lead elsewhere/);
  });

  test('a base URL begins the URL as it is', () => {
    expect(http('GET {{v}}/users', 'https://api.example:8443/v1')).toBe(
      'GET https://api.example:8443/v1/users',
    );
    expect(http('{{v}}/users', 'https://api.example')).toBe('https://api.example/users');
  });

  test.each([
    ['GET https://h\nX-A: {{v}}', 'a\r\nX-B: c'],
    ['GET https://h\n{{v}}: a', 'a: b'],
    ['GET {{v}}/x', 'https://h HTTP/1.1\r\nX: y'],
    ['GET {{v}}/x', 'file:///etc'],
    ['GET https://{{v}}/x', 'h/../evil'],
  ])('%j refuses %j', (text, v) => {
    expect(() => http(text, v)).toThrow(expect.objectContaining({ code: 'INPUT_UNSAFE' }));
  });
});

test('prose takes values as they are', () => {
  expect(
    resolveText('Deploy {{v}} to <host>', 'none', bound({ v: "it's", host: 'web' })).text,
  ).toBe("Deploy it's to web");
});
