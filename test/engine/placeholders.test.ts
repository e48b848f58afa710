import { expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

test.each([
  ['glued to a word', "git tag 'v<version>'; touch ran", 'version'],
  ['named like an element', 'cat <source> > <dest>; touch ran', 'source'],
  ['a version to be chosen', 'touch ran vX.Y.Z', 'X.Y.Z'],
  ['a date to be written', 'touch ran dump_YYYYMMDD', 'YYYYMMDD'],
  ['a host of the documentation', 'touch ran; ssh root@db.example.com reboot', 'db.example.com'],
  ['half of it bound', 'touch ran; echo <name> "<Other>"', 'Other'],
])('nothing of a step with a placeholder reaches a shell: %s', async (_what, script, name) => {
  const { exitCode, stdout, files } = await handrail({
    runbook: `# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`,
    args: ['run', '{file}', '--all', '--unattended', ...(name === 'Other' ? ['-i', 'name=a'] : [])],
  });
  expect(exitCode).toBe(65);
  expect(stdout).toContain(`Nothing gives input \`${name}\` a value`);
  expect(Object.keys(files)).toEqual(['runbook.md']);
});

test('a shell variable of an input’s name has its value, whether it is declared or captured', async () => {
  const { exitCode, stdout } = await handrail({
    runbook: [
      '---\ninputs: { folder: { default: notes } }\n---\n# X\n',
      '```bash capture=current\necho 1.2\n```\n',
      '```bash\necho "[$folder][{{folder}}][$current][{{current}}]"\n```\n',
    ].join('\n'),
  });
  expect(stdout).toContain('[notes][notes][1.2][1.2]');
  expect(exitCode).toBe(0);
});

test('a free variable that a value is given for has it', async () => {
  const { stdout } = await handrail({
    runbook: '# X\n\n```bash\necho "[$TARGET_DIR]"\n```\n',
    args: ['run', '{file}', '--all', '--unattended', '-i', 'TARGET_DIR=/srv'],
  });
  expect(stdout).toContain('[/srv]');
});

test.each([
  ['it is set', 'echo "to ${NS:-your-namespace}"', { NS: 'shop' }, 0],
  ['it is not set', 'echo "to ${NS:-your-namespace}"', {}, 65],
  ['it is empty', 'echo "to ${NS:-your-namespace}"', { NS: '' }, 65],
  ['the step sets it anew', 'NS=; echo "to ${NS:-your-namespace}"', { NS: 'shop' }, 65],
  [
    'the placeholder stands elsewhere too',
    'echo "to ${NS:-your-namespace}"; kubectl -n your-namespace get pods',
    { NS: 'shop' },
    65,
  ],
])('the default of a variable needs a value where %s', async (_what, script, env, expected) => {
  const { exitCode, stdout } = await handrail({
    runbook: `# X\n\n\`\`\`bash\n${script}\n\`\`\`\n`,
    args: ['run', '{file}', '--all', '--unattended'],
    env,
  });
  expect(exitCode).toBe(expected);
  expect(stdout).toContain(
    expected === 0 ? 'to shop' : 'Nothing gives input `your-namespace` a value',
  );
});
