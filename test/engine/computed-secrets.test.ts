import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
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
  (name, file) => `${name}=(first-of-two "$(cat ${file})"); ${name}=\${${name}[1]}`,
];

/** The ways in which it may be printed. */
const PRINTED: readonly ((name: string) => string)[] = [
  (name) => `printf '%s\\n' "$${name}"`,
  (name) => `printf '%s\\n' "$${name}" | base64`,
  (name) => `printf '%q\\n' "$${name}"`,
  (name) => `declare -p ${name}`,
  (name) => `COPY="Bearer $${name}"; printf '%s\\n' "$COPY" >&2`,
  (name) => `printf %s "$${name}" | xxd -p`,
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
    { numRuns: 6, examples: [['API_KEY', `q"it's $5\\ now"q`, at(COMPUTED, 0), [...PRINTED]]] },
  );
}, 120_000);

test('what prints before and after a command that sets a secret is as it would be without', async () => {
  const text = `API_KEY=abc-$((40 + 2))-def
false || echo "status $?"
true one two; echo "last $_"
true | false | true || echo "pipes \${PIPESTATUS[*]}"
count=0; for one in 1 2 3; do ((count += one)); done; echo "count $count"
trap 'echo "bye $?"' EXIT
(exit 3) || echo "three $?"
`;
  const { stdout, exitCode } = await handrail({ runbook: `# T\n\n\`\`\`bash\n${text}\`\`\`\n` });
  expect(exitCode, stdout).toBe(0);
  const own = execFileSync('bash', ['-c', text]).toString();
  for (const line of own.trim().split('\n')) expect(stdout).toContain(`| ${line}\n`);
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
