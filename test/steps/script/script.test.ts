import { describe, expect, test } from 'vitest';
import { workplace } from '../../support/engine.ts';
import { read, stepsOf } from '../../support/read.ts';

const fence = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n\n`;

describe('a fence of another language', () => {
  test.each([
    ['python run', 'print(1)', 'python3'],
    ['js run', 'console.log(1)', 'node'],
    ['ruby interpreter="ruby -w"', 'puts 1', 'ruby -w'],
    ['powershell run', 'Get-Date', 'pwsh -NoProfile -File'],
    ['python', '#!/usr/bin/env python3\nprint(1)', ''],
  ])('%j is a step', async (info, text, interpreter) => {
    const { steps } = await read(`# Look at it\n\n${fence(info, text)}`);
    expect(steps).toMatchObject([
      { type: 'script', title: 'Look at it', effect: 'writes', body: { interpreter } },
    ]);
  });

  test('is shown where nothing says to run it', async () => {
    expect(await stepsOf(fence('python', 'print(1)'))).toEqual([]);
    expect(await stepsOf(fence('python run=false', '#!/usr/bin/env python3\nprint(1)'))).toEqual(
      [],
    );
  });

  test('sees the exported environment, and leaves its own: python and node', async () => {
    const page = [
      '# Hand on\n\n',
      fence('bash name=a', 'export SAID=bash; hidden=1'),
      fence(
        'python run name=b',
        'import os\nos.environ["SAID"] += " python"\nprint(os.environ.get("hidden"))',
      ),
      fence('js run name=c', 'process.env.SAID += " node";\nconsole.log(process.argv.length);'),
      fence('bash name=d', 'printf "%s %s" "$SAID" "$hidden" > said'),
    ].join('');
    const { run, folder } = workplace(page);
    const done = await run();
    expect([done.outcome, done.exitCode]).toEqual(['passed', 0]);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(`${folder}/said`, 'utf8')).toBe('bash python node 1');
  });

  test('fails with the exit code of its program', async () => {
    const { run } = workplace(`# Fail\n\n${fence('python run', 'raise SystemExit(7)')}`);
    const done = await run();
    expect(done.outcome).toBe('failed');
    const ended = done.events.find((event) => event.type === 'step.finished');
    expect(ended).toMatchObject({ exitCode: 7 });
  });

  test('gets inputs by `env.NAME=`, never filled into its code', async () => {
    const head = '---\ninputs: { version: { default: "1.2" } }\n---\n\n# Say\n\n';
    const good = workplace(
      head +
        fence(
          'python run env.VERSION={{version}}',
          'import os\nassert os.environ["VERSION"] == "1.2"',
        ),
    );
    expect((await good.run()).outcome).toBe('passed');
    const bad = workplace(head + fence('python run', 'print("{{version}}")'));
    expect((await bad.run()).outcome).not.toBe('passed');
  });
});
