import { describe, expect, test } from 'vitest';
import { shellFacts } from '../../../../src/engine/shell/facts.ts';
import { SPELLINGS } from '../../../../src/engine/shell/spellings/all.ts';
import { EXAMPLES, SAMPLES } from '../../../../src/engine/shell/spellings/samples.ts';
import { handrail } from '../../../support/handrail.ts';

const spelled = (script: string): readonly string[] =>
  shellFacts(script).wildInputs.map(({ spelling }) => spelling);

describe.each([...SPELLINGS, EXAMPLES, ...SAMPLES])('$what', ({ finds, leaves }) => {
  test.each(Object.entries(finds))('%s has %s to be filled in', (script, spelling) => {
    expect(spelled(script)).toContain(spelling);
  });

  test.each(leaves)('%s means what it says', (script) => {
    expect(spelled(script)).toEqual([]);
  });
});

test('nothing of a step with one of them reaches a shell, whatever stands before it', async () => {
  const steps = [...SPELLINGS, EXAMPLES, ...SAMPLES].flatMap(({ finds }) => Object.keys(finds));
  const { exitCode, files } = await handrail({
    runbook: steps.map((step) => `# X\n\n\`\`\`bash\ntouch ran\n${step}\n\`\`\`\n`).join('\n'),
    args: ['run', '{file}', '--all', '--unattended'],
  });
  expect(exitCode).toBe(65);
  expect(Object.keys(files)).toEqual(['runbook.md']);
});

test('a value that is given stands in the place of the whole spelling, quoted', async () => {
  const { exitCode, stdout } = await handrail({
    runbook:
      '# X\n\n```bash\nbasename -a @@POD@@ «your host» #{unit} "{{ job }}" /path/to/data\n```\n',
    args: [
      ...['run', '{file}', '--all', '--unattended', '-i', 'POD=a b', '-i', 'your-host=$(id)'],
      ...['-i', 'unit=c', '-i', 'job=d', '-i', 'path/to/data=/srv'],
    ],
  });
  expect(stdout).toMatch(/a b\n.*\$\(id\)\n.*c\n.*d\n.*srv\n/);
  expect(exitCode).toBe(0);
});
