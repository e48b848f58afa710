import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startPostgres } from './postgres.ts';
import { closeTerminals, sitDown } from './terminal.ts';

/** A handrail as somebody installed it. */
export interface Installed {
  readonly program: readonly [string, ...string[]];
  /** Where it is called. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command as it was installed; what it printed. */
export function called(
  { program: [file, ...first], folder, env }: Installed,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(file, [...first, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HANDRAIL_HOME: path.join(folder, 'state'), ...env, ...more },
  });
}

/** What has to work wherever handrail is installed, and however. */
export function smokeTests(installed: () => Installed): void {
  const call = (args: readonly string[], env?: Readonly<Record<string, string>>): string =>
    called(installed(), args, env);

  afterAll(closeTerminals);

  test('from there a runbook runs, its record is sound, and its site is built', () => {
    const { folder } = installed();
    writeFileSync(
      path.join(folder, 'hello.md'),
      '# Hello\n\nSay it:\n\n```bash\necho "hello there"\n```\n\n- [ ] Somebody heard it\n',
    );
    expect(call(['show', 'hello.md'])).toContain('Say it');
    expect(() => call(['run', 'hello.md', '--unattended'])).toThrow(/waiting/i);
    expect(call(['verify', 'last'])).toMatch(/sound/);
    call(['site', 'build', '.', '--out', 'pages']);
    expect(readFileSync(path.join(folder, 'pages/hello.html'), 'utf8')).toContain('hello there');
    const search = readdirSync(path.join(folder, 'pages'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(path.join(folder, 'pages', name), 'utf8'));
    expect(search.filter((text) => text.startsWith('/*! minisearch'))).toHaveLength(1);
  });

  test('from there a person is walked through, each step at a terminal of its own', async () => {
    const { program, env } = installed();
    const ada = sitDown({
      runbook: '# Look\n\n```bash\ntest -t 1 && echo "a terminal it is"\n```\n',
      through: `shift 2; exec ${program.map((word) => `'${word}'`).join(' ')} "$@"`,
      ...(env === undefined ? {} : { env }),
    });
    await ada.press('r');
    await ada.sees('a terminal it is');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('run.finished')).toMatchObject([{ outcome: 'passed' }]);
  });

  test('from there SQL runs', async () => {
    const { folder } = installed();
    const server = await startPostgres();
    try {
      writeFileSync(
        path.join(folder, 'look.md'),
        '---\nconnections: { default: { url: $DATABASE_URL } }\n---\n# Look\n\n```sql\nSELECT 41 + 1 AS answer;\n```\n',
      );
      const printed = call(['run', 'look.md', '--unattended'], { DATABASE_URL: server.url });
      expect(printed).toContain('42');
    } finally {
      await server.stop();
    }
  });
}
