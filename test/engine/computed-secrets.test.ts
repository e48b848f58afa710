import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Done, workplace } from '../support/engine.ts';
import { handrail } from '../support/handrail.ts';

/** The ways in which a step may come by a secret that stands in the file `$1` of these texts. */
const COMPUTED: readonly ((name: string, file: string) => string)[] = [
  (name, file) => `${name}=$(cat ${file})`,
  (name, file) => `export ${name}=$(cat ${file})`,
  (name, file) => `declare -x ${name}; ${name}="$(<${file})"`,
  (name, file) => `IFS= read -rs ${name} < ${file}`,
  (name, file) => `printf -v ${name} %s "$(cat ${file})"`,
  (name, file) => `set -x; ${name}=$(cat ${file}); set +x`,
  (name, file) => `give() { ${name}=$(cat ${file}); printf '%s\\n' "$${name}"; }; give`,
  (name, file) => `set -x; printf -v ${name} %s "$(cat ${file})"; set +x`,
  (name, file) => `export "${name}=$(cat ${file})"`,
  (name, file) => `eval '${name}=$(cat ${file})'; export ${name}=$${name}`,
  (name, file) => `printf '%s=$(cat %s)' ${name} ${file} > given.sh; . ./given.sh`,
  (name, file) => `${name}=; ${name}+=$(cat ${file})`,
  (name, file) => `set -o xtrace; export "${name}=$(cat ${file})"; set +x`,
  (name, file) => `${name}=(first-of-two "$(cat ${file})"); ${name}=\${${name}[1]}`,
];

/** The ways in which it may be printed. */
const PRINTED: readonly ((name: string) => string)[] = [
  (name) => `printf '%s\\n' "$${name}"`,
  (name) => `printf '%s\\n' "$${name}" | base64`,
  (name) => `printf '%q\\n' "$${name}"`,
  (name) => `declare -p ${name}`,
  (name) => `COPY="Bearer $${name}"; printf '%s\\n' "$COPY" >&2`,
  (name) => `printf %s "$${name}" | od -An -tx1 -v | tr -d " \\n"`,
];

const secret = fc
  .string({
    unit: fc.constantFrom(...'abcdefgXYZ0123456789-_.!"$`\'\\ ;é\u0001'),
    minLength: 12,
    maxLength: 30,
  })
  .map((text) => `q${text}q`);

test('a secret that a step computes stands nowhere in the record, and is there again when it is given to a resume', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('API_KEY', 'DB_PASSWORD', 'deploy_token', 'MY_SECRET_2'),
      secret,
      fc.constantFrom(...COMPUTED),
      fc.shuffledSubarray([...PRINTED], { minLength: 3 }),
      async (name, value, computed, printed) => {
        const apart = mkdtempSync(path.join(tmpdir(), 'handrail-secret-'));
        const file = path.join(apart, 'value');
        writeFileSync(file, `${value}\n`);
        const shown = printed.map((print) => print(name)).join('\n');
        const runbook = `# T

\`\`\`bash
${computed(name, file)}
${shown}
\`\`\`

\`\`\`bash
${shown}
[[ -e ${apart}/go ]]
\`\`\`

\`\`\`bash
printf %s "$${name}" > ${apart}/then
${shown}
\`\`\`
`;
        const first = await handrail({ runbook });
        expect(first.exitCode, first.stdout).toBe(1);
        expectNowhere(value, first);
        const { folder } = first;
        writeFileSync(path.join(apart, 'go'), '');
        const args = ['resume', '--unattended'];
        const refused = await handrail({ folder, args });
        expect(refused.exitCode).toBe(64);
        expect(refused.stderr).toContain(`\`${name}\``);
        const second = await handrail({ folder, args, env: { [name]: value } });
        expect(second.exitCode, second.stdout + second.stderr).toBe(0);
        expect(readFileSync(path.join(apart, 'then'), 'utf8')).toBe(value);
        expectNowhere(value, second);
      },
    ),
    { numRuns: 8, examples: [['API_KEY', `q"it's $5\\ now"q`, at(COMPUTED, 0), [...PRINTED]]] },
  );
});

/** What a script can see of whoever listens to it; `API_KEY=…` stands before each. */
const SEEN: readonly string[] = [
  'false || echo "status $?"; true one two; echo "last $_"',
  'echo one two; echo "<$_>"; [[ a == a ]]; echo "<$_>"; cat <<X\n$? $_\nX',
  'true | false | true || echo "pipes ${PIPESTATUS[*]}"',
  'count=0; for one in 1 2 3; do ((count += one)); done; echo "count $count"',
  'trap \'echo "bye $?"\' EXIT\n(exit 3) || echo "three $?"',
  'exec 2>&-\necho hi\ntrue\necho there',
  'ulimit -n 5\necho hi',
  'shopt -s extdebug\nf() { echo "$BASH_ARGC $1"; }\nf a\nexec 2>&-\nf b',
  'trap \'echo "D $BASH_COMMAND"\' DEBUG\nf() { echo two; }\nf\ntrap - DEBUG\nf',
  "g() { echo g; }\ntrap 'echo back' RETURN\ng",
  'echo "$SHELLOPTS"; set -o | grep functrace',
  'trap \'echo "E $? $LINENO $BASH_COMMAND"\' ERR\nf() { false; return 0; }\nf || true\necho said\nf',
  'exec 3<<<"line"\nread -r word <&3; echo "$word"\n{ echo a >&3; } 3>&1',
  'set -u\nunset API_KEY\necho still; echo "${API_KEY-none}"',
  'IFS=:; x=a:b:c; for one in $x; do echo "$one"; done; [[ a1 =~ ([0-9]) ]]; echo "${BASH_REMATCH[1]}"',
  'coproc cat\necho there >&"${COPROC[1]}"\nread -r back <&"${COPROC[0]}"; echo "$back"',
];

test.each(SEEN)('a step that sets a secret runs as it would without: %s', async (text) => {
  const page = (name: string): string =>
    `# T\n\n\`\`\`bash\n${name}=abc-def-012\n${text.replaceAll('API_KEY', name)}\n\`\`\`\n`;
  const [heard, plain] = await Promise.all(
    ['API_KEY', 'API_KEX'].map((name) => workplace(page(name)).run()),
  );
  const said = (done: Done | undefined): readonly string[] =>
    ['stdout', 'stderr'].map((stream) => {
      const chunks = (done?.events ?? []).flatMap((event) =>
        event.type === 'step.output' && event.stream === stream ? [event.chunk] : [],
      );
      return Buffer.concat(chunks).toString().replaceAll('API_KEX', 'API_KEY');
    });
  expect(said(heard)).toEqual(said(plain));
  expect(said(plain).join('')).not.toBe('');
  expect(heard?.exitCode).toBe(plain?.exitCode);
});

test('a loop is heard by a comparison a command: nothing is opened and nothing told twice', async () => {
  const { stdout, exitCode } = await handrail({
    runbook: `# T

\`\`\`bash
f() { local TOKEN=q-secret-of-f; :; }
API_KEY=abc-def-012
f; f
before=$(cat /proc/$$/io | awk '/^sysc/ { sum += $2 } END { print sum }')
for i in {1..2000}; do f; done
after=$(cat /proc/$$/io | awk '/^sysc/ { sum += $2 } END { print sum }')
echo "wrote $((after - before < 100))"
\`\`\`
`,
  });
  expect(exitCode, stdout).toBe(0);
  expect(stdout).toContain('wrote 1');
});

function expectNowhere(
  value: string,
  { folder, stdout, stderr }: { folder: string; stdout: string; stderr: string },
): void {
  const state = execFileSync('bash', ['-c', 'cat $(find .handrail -type f)'], { cwd: folder });
  const forms = [value, Buffer.from(value).toString('base64').slice(0, 16)];
  for (const form of forms)
    for (const text of [state.toString(), stdout, stderr]) expect(text).not.toContain(form);
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}

test.each([
  ['an input', '{ secret: true, env: THING }', 'GREETING', 'x {{thing}}', { THING: 'abc-def-012' }],
  ['an input with no place of its own', '{ secret: true }', 'GREETING', 'x {{thing}}', {}],
  ['what stands on the page', '{ default: no }', 'API_TOKEN', 'abc-def-012', {}],
])(
  'a resume never goes on with nothing in the place of a secret that only a variable holds: %s',
  async (_what, declared, name, value, env) => {
    const runbook = `---\ninputs: { thing: ${declared} }\n---\n\n# T\n\n\`\`\`bash\nexport OTHER_TOKEN=q-secret-of-f ${name}="${value}"\n\`\`\`\n\n\`\`\`bash\nprintf %s "$OTHER_TOKEN, $${name}" > seen\n[[ -e go ]]\n\`\`\`\n`;
    const isGiven = value.includes('{{') && !('THING' in env);
    const args = isGiven ? ['--input', 'thing=abc-def-012'] : [];
    const first = await handrail({
      runbook,
      env,
      args: ['run', '{file}', '--unattended', ...args],
    });
    const { folder } = first;
    const seen = (): string => readFileSync(path.join(folder, 'seen'), 'utf8');
    const wanted = `q-secret-of-f, ${value.replace('{{thing}}', 'abc-def-012')}`;
    expect([first.exitCode, seen()]).toEqual([1, wanted]);
    writeFileSync(path.join(folder, 'go'), '');
    const page = path.join(folder, 'runbook.md');
    // Other words above leave the steps as they are; what is taken from the page is not there any more.
    const taken = value.includes('{{') ? runbook : runbook.replace('abc-def-012', 'none');
    writeFileSync(page, taken.replace('# T\n', '# T\n\nMore words.\n'));
    const refused = await handrail({ folder, args: ['resume', '--unattended'] });
    expect([refused.exitCode, seen()]).toEqual([name === 'GREETING' ? 65 : 64, wanted]);
    expect(refused.stderr).toContain('was not resumed, and is as it was');
    writeFileSync(page, runbook.replace('# T\n', '# T\n\nMore words.\n'));
    const second = await handrail({ folder, env, args: ['resume', '--unattended', ...args] });
    expect([second.exitCode, second.stderr, seen()]).toEqual([0, '', wanted]);
  },
);
