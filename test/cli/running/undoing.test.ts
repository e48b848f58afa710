import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

/** What the steps wrote down, in one line. */
const done = (folder: string): string => {
  const file = path.join(folder, 'done');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').join(', ') : '';
};

const page = (inputs: string, annotations: string, rollback: string): string =>
  `---\ninputs: ${inputs}\n---\n# Roll out\n\n## Go\n\n\`\`\`bash name=go ${annotations}\nfalse\n\`\`\`\n\n## Rollback\n\n\`\`\`bash ${rollback}\necho "back {{host}}" >> done\n\`\`\`\n`;

describe.concurrent('what a run comes to outside of its steps', () => {
  test.each([
    ['a value that only the rollback uses', '{ host: { default: web1 } }', '', 'back web1'],
    [
      'a list that only the rollback uses',
      '{ hosts: { default: [web1, web2] } }',
      'each="host in hosts"',
      'back web1, back web2',
    ],
  ])('has %s', async (_what, inputs, words, wanted) => {
    const cron = await handrail({ runbook: page(inputs, 'on-fail=rollback', words) });
    expect([cron.exitCode, done(cron.folder)]).toEqual([1, wanted]);

    const ada = sitDown({ runbook: page(inputs, '', words), args: ['run', '{file}#go'] });
    await ada.press('r', 'u');
    await ada.sees('Roll back with');
    ada.type('y\r');
    for (const _ of wanted.split(', ')) {
      await ada.sees('done by hand');
      await ada.press('r');
    }
    expect([await ada.ends(), done(ada.folder)]).toEqual([1, wanted]);
  });

  test('where a step leads on failure, too', async () => {
    const { exitCode, folder } = await handrail({
      runbook: page('{ host: { default: web1 } }', 'on-fail="goto #rollback"', ''),
    });
    expect([exitCode, done(folder)]).toEqual([1, 'back web1']);
  });

  test('refuses a run that would find the value missing only when it is needed', async () => {
    const { exitCode, stderr, stdout } = await handrail({
      runbook: page('{ host: {} }', 'on-fail=rollback', ''),
    });
    expect(exitCode).toBe(65);
    expect(`${stdout}${stderr}`).toContain('host');
  });

  test('a cleanup is done for each item of a list that a step has captured', async () => {
    const { exitCode, folder } = await handrail({
      runbook:
        '# T\n\n```bash capture=hosts\nprintf "a\\nb\\n"\n```\n\n```bash\nfalse\n```\n\n## Cleanup\n\n```bash each="host in hosts"\necho "tidy {{host}}" >> done\n```\n',
    });
    expect([exitCode, done(folder)]).toEqual([1, 'tidy a, tidy b']);
  });

  test('a cleanup that waits for approval makes no failed run a waiting one', async () => {
    const { exitCode, events } = await handrail({
      runbook:
        '# T\n\n```bash\nfalse\n```\n\n## Cleanup\n\n```bash\nrm -rf ./old\n```\n\n```bash\ntouch done\n```\n',
    });
    expect(exitCode).toBe(1);
    expect(events.find(({ type }) => type === 'run.finished')).toMatchObject({ outcome: 'failed' });
    expect(JSON.stringify(events)).toContain('was not done: it needs approval');
  });

  test('says which procedure a rollback undoes where it does not undo the step that failed', async () => {
    const ada = sitDown({
      runbook:
        '# Roll out\n\n## Deploy\n\n```bash\necho deployed\n```\n\n### Rollback\n\n```bash\necho back >> done\n```\n\n## Look\n\n```bash\nfalse\n```\n',
    });
    await ada.press('r', 'r');
    await ada.sees('roll back another procedure');
    await ada.press('u');
    await ada.choose('undoes "Deploy", not this step');
    await ada.sees('done by hand');
    await ada.press('r');
    expect([await ada.ends(), done(ada.folder)]).toEqual([1, 'back']);
  });

  // Which step's engine is lost, what is said of it, and what was carried out by the end.
  const back = 'back two, back one';
  test.each([
    ['back-two', '--done', 'one, two, back two, back one'],
    ['back-two', '--not-done', `one, two, back two, ${back}`],
    ['back-one', '--done', `one, two, ${back}`],
    ['back-one', '--not-done', `one, two, ${back}, back one`],
    ['two', '--not-done', `one, two, two, ${back}`],
  ])('is gone to its end when the engine is lost at %s, which is %s', async (at, word, wanted) => {
    const step = (name: string, says: string, rest = ''): string => {
      const lost = name === at ? '; echo half-way; sleep 0.3' : '';
      return `\`\`\`bash name=${name} effect=writes on-fail=rollback\necho "${says}" >> done${lost}${rest}\n\`\`\`\n\n`;
    };
    const runbook = `# Roll out\n\n## Go\n\n${step('one', 'one')}${step('two', 'two', '; false')}## Rollback\n\n${step('back-two', 'back two')}${step('back-one', 'back one')}`;
    const signalAt = { text: 'half-way', signal: 'SIGKILL' } as const;
    const { folder } = await handrail({ runbook, signalAt });
    const open = await handrail({ folder, args: ['resume', 'last', '--unattended'] });
    expect(open.exitCode).toBe(4);
    const ended = await handrail({
      folder,
      args: ['resume', 'last', '--unattended', word, 'last'],
    });
    expect([ended.exitCode, done(folder)]).toEqual([1, wanted]);
    expect(ended.stdout).toContain('Rolled back: #rollback');
  });
});
