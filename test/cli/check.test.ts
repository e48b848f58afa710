import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';

const PAGE =
  '---\ninputs: { version: { default: 1 } }\nreview: { by: 2020-01-01, owner: Ada }\n---\n# T\n\n```bash retries=3 timout=4\necho {{verison}} {{ version }}\n```\n\n1. [Go](other.md#nosuch)\n2. [Here](other.md#there)\n\n<!-- handrail: allow=free-varable -->\n```bash\ntrue\n```\n';

describe('check', () => {
  test('says where in the line it is, and what was meant', async () => {
    const { stdout } = await handrail({
      runbook: PAGE,
      files: { 'other.md': '# There\n\n- [ ] Look\n' },
      args: ['check', 'runbook.md'],
    });
    const found = stdout.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '));
    expect(found.filter((line) => /^runbook/.test(line) && !line.includes('info'))).toEqual([
      'runbook.md:1:1: warning overdue-review',
      'runbook.md:7:19: error unknown-annotation',
      'runbook.md:8:6: warning near-input',
      'runbook.md:11:17: warning broken-link',
      'runbook.md:15:1: warning annotation',
    ]);
    expect(stdout).toContain('by Ada was due on 2020-01-01');
    expect(stdout).toContain('Did you mean `{{version}}`?');
    expect(stdout).toContain('Did you mean `free-variable`?');
  });

  test('judges what a link gives to a page of another folder, and says what it lacks', async () => {
    const link = (words: string, part: string): string =>
      `<!-- handrail: ${words} -->\n1. [Go](parts/turn.md#${part})\n\nText.\n\n`;
    const { stdout } = await handrail({
      files: {
        'page.md': `# T\n\n${[
          link('with.hots=db1', 'off'),
          link('with.host=db1 with.wait=soon', 'off'),
          link('with.host=db1 with.wait=3', 'off'),
          link('tag=a', 'off'),
          link('tag=a', 'on'),
        ].join('')}`,
        'parts/turn.md':
          '---\ninputs: { host: {}, wait: { type: number, default: 3 } }\n---\n# Turn\n\n## Off\n\n```bash\necho {{host}}\n```\n\n## On\n\n```bash\necho {{wait}}\n```\n',
      },
      args: ['check', 'page.md'],
    });
    const found = stdout.split('\n').filter((line) => /broken-link|unbound-input/.test(line));
    expect(
      found.map((line) =>
        line
          .split(/: |\. /)
          .slice(0, 3)
          .join(': '),
      ),
    ).toEqual([
      'page.md:4:1: error broken-link: The annotation `with` is wrong',
      'page.md:4:1: info unbound-input: `parts/turn.md` needs a value for `{{host}}`',
      'page.md:9:1: error broken-link: The annotation `with` is wrong',
      'page.md:19:1: info unbound-input: `parts/turn.md` needs a value for `{{host}}`',
    ]);
    expect(stdout).toContain('Did you mean `with.host`?');
    expect(stdout).toContain('does not take `soon` for `wait`: it is no number');
  });

  describe('finds what means nothing', () => {
    const full = (word: string): string =>
      `---\ninputs: { version: { default: 1 }, items: { default: [a] } }\n---\n# T\n\n<!-- one -->\n\`\`\`bash name=one each="item in items"\necho {{item}} {{version}}\n\`\`\`\n\n\`\`\`bash ${word}\necho two\n\`\`\`\n`;
    const little = (word: string): string =>
      `# T\n\n\`\`\`bash ${word}\necho one\n\`\`\`\n\n\`\`\`bash ${word}\necho two\n\`\`\`\n`;
    const wrong = [
      [full, 'env.MODE={{verison}}', 'Did you mean `{{version}}`?'],
      [full, 'cwd=/tmp/{{verison}}', 'Did you mean `{{version}}`?'],
      [full, 'host=web-{{verison}}', 'Did you mean `{{version}}`?'],
      [full, 'in=container:{{verison}}', 'Did you mean `{{version}}`?'],
      [full, 'until={{verison}}', 'Did you mean `{{version}}`?'],
      [full, 'title="Ship {{verison}}"', 'Did you mean `{{version}}`?'],
      [full, 'host={{item}}', 'only in a step that says `each="item in …"`'],
      [full, 'in=docker:web', '`container:NAME` or `pod:NAMESPACE/NAME`'],
      [full, 'in=pod:web', '`container:NAME` or `pod:NAMESPACE/NAME`'],
      [full, 'env.MODE', 'The annotation `env.MODE` is wrong: it has no value'],
      [full, 'on_fail=stop', 'Write `on-fail=stop`'],
      [full, 'onFail=banana', 'Write `on-fail=continue`'],
      [full, 'retry=7', 'Write `retries=7`'],
      [full, 'name=one', 'names the step of line 7 too'],
      [little, 'in=docker:web', '`container:NAME` or `pod:NAMESPACE/NAME`'],
      [little, 'name=one', 'names the step of line 3 too'],
    ] as const;
    const nameOf = (place: number): string => `page-${place}.md`;
    const found = new Map<string, string>();
    // One call for all pages: what is said of a page is said behind its name.
    beforeAll(async () => {
      const files = Object.fromEntries(
        wrong.map(([page, word], place) => [nameOf(place), page(word)]),
      );
      const { stdout } = await handrail({ files, args: ['check', '.', '--json'] });
      for (const { path: file, diagnostics } of JSON.parse(stdout).files)
        for (const { message, hint } of diagnostics)
          found.set(file, `${found.get(file) ?? ''}${message} ${hint}\n`);
    });

    test.each(wrong.map(([page, word, said], place) => [word, page.name, said, nameOf(place)]))(
      'in %s, on a page that is %s',
      (_word, _page, said, file) => expect(found.get(file)).toContain(said),
    );
  });

  test('leaves values in words of a step in peace, where they are known', async () => {
    const runbook = `---\ninputs: { version: { default: 1 }, hosts: { default: [a] } }\n---\n# T\n\n\`\`\`bash name=one each="h in hosts" host={{h}} env.V={{version}}\necho one\n\`\`\`\n\n\`\`\`bash name=two in=pod:shop/web-{{version}}\necho two\n\`\`\`\n`;
    const { stdout } = await handrail({ runbook, args: ['check', 'runbook.md'] });
    expect(stdout).toContain('0 errors, 0 warnings');
  });

  test('names the ids that are others than at a commit', async () => {
    const runbook = '# T\n\n## One\n\n```bash\necho one\n```\n\n## Two\n\n```bash\necho two\n```\n';
    const { folder } = await handrail({ runbook, args: ['check', 'runbook.md'] });
    const git = (...words: string[]): string =>
      execFileSync('git', ['-c', 'user.email=a@b', '-c', 'user.name=x', ...words], {
        cwd: folder,
        encoding: 'utf8',
      });
    git('init', '--quiet');
    git('add', 'runbook.md');
    git('commit', '--quiet', '--message', 'one');
    writeFileSync(path.join(folder, 'runbook.md'), runbook.replace('## One', '## First'));
    const args = ['check', 'runbook.md', '--changed-since', 'HEAD'];
    const { stdout } = await handrail({ folder, args });
    expect(stdout.match(/changed-id: .*/g)).toEqual([
      'changed-id: The step `one/one` of HEAD is `first/first` now: its history, tests and `--from` go by the old id. Write `name=one/one` on it to keep the old one, or see that nothing names it.',
    ]);
    const wrong = await handrail({ folder, args: [...args.slice(0, 3), 'nosuch'] });
    expect([wrong.exitCode, wrong.stderr]).toEqual([
      64,
      expect.stringContaining('no commit, branch or tag `nosuch`'),
    ]);
  });

  test.each([
    ['and is committed', 'git mv page.md "new folder/prüfen.md"; edit; git commit -qam two'],
    ['and is in the index', 'git mv page.md "new folder/prüfen.md"; edit'],
    ['and git knows nothing of it', 'mv page.md "new folder/prüfen.md"; edit'],
    [
      'and is rewritten a commit later',
      'git mv page.md "new folder/prüfen.md"; edit; git commit -qam two; rewrite; git commit -qam three',
    ],
    [
      'twice',
      'git mv page.md other.md; git commit -qm two; git mv other.md "new folder/prüfen.md"; edit; git commit -qam 3',
    ],
  ])('compares with a commit also where the page was moved since, %s', async (_, moved) => {
    const steps = ['One', 'Two', 'Three'].map(
      (name) => `## ${name}\n\n\`\`\`bash\nls /${name}\n\`\`\`\n`,
    );
    const files = {
      'page.md': `# Page\n\n${steps.join('\n')}`,
      'index.md': '# Index\n\nOf all.\n',
    };
    const { folder } = await handrail({ files, args: ['list'] });
    const script = `set -e
      edit() { sed -i 's/^## Two/## Second/' new*/*.md; }
      rewrite() { { cat new*/*.md; yes 'A line that nobody knew before.' | head -n 60; } > x; mv x new*/*.md; }
      git init -q; git config user.email a@example.net; git config user.name Ana
      mkdir 'new folder'; git add page.md index.md; git commit -qm one; git tag first
      ${moved}`;
    execFileSync('bash', ['-c', script], { cwd: folder });
    const { stdout } = await handrail({
      folder,
      args: ['check', 'new folder/prüfen.md', '--changed-since', 'first'],
    });
    expect(stdout.match(/changed-id: The step .* now/g)).toEqual([
      'changed-id: The step `two/two` of first is `second/second` now',
    ]);
    const { stdout: other } = await handrail({
      folder,
      args: ['check', 'index.md', '--changed-since', 'first'],
    });
    expect(other).not.toContain('changed-id');
  });

  test('looks again whenever the file changes', async () => {
    const place = await handrail({
      runbook: '# T\n\n```bash\ntrue\n```\n',
      args: ['check', 'runbook.md'],
    });
    const watching = handrail({
      folder: place.folder,
      args: ['check', 'runbook.md', '--watch'],
      signalAt: { text: 'unknown-annotation', signal: 'SIGINT' },
    });
    const timer = setInterval(
      () =>
        writeFileSync(
          path.join(place.folder, 'runbook.md'),
          `# T ${Math.random()}\n\n\`\`\`bash timout=4\ntrue\n\`\`\`\n`,
        ),
      500,
    );
    const { exitCode, stdout } = await watching;
    clearInterval(timer);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('unknown-annotation');
  });
});

test('a file of tests is checked as one, and a runbook named to list is listed', async () => {
  const files = {
    'release.md': '# Release\n\n```bash\necho out\n```\n',
    'release.test.yaml': 'tests:\n  - name: it goes out\n    comands: {}\n',
  };
  const checked = await handrail({ files, args: ['check', 'release.test.yaml'] });
  expect(checked.exitCode).toBe(65);
  expect(checked.stdout).toContain('did you mean `commands`?');
  const listed = await handrail({ files, args: ['list', 'release.md'] });
  expect(listed.stdout).toContain('Release');
});

test('the copies of pages that runs keep in a folder beside them are no runbooks', async () => {
  const files = {
    'release.md': '# Release\n\n```bash\necho out\n```\n',
    'runs/own.md': '# Own\n\n```bash\ntrue\n```\n',
  };
  const { folder, exitCode } = await handrail({
    files,
    args: ['run', 'release.md', '--unattended', '--state', 'kept'],
  });
  expect(exitCode).toBe(0);
  const { stdout } = await handrail({ folder, args: ['list', '.'] });
  expect(stdout).toContain('release.md');
  expect(stdout).toContain('own.md');
  expect(stdout).not.toContain('kept');
});
