import { describe, expect, test } from 'vitest';
import { findingsOf, read, stepOf, stepsOf } from '../support/read.ts';

describe('procedures', () => {
  test('have slugs as on GitHub, repeated ones with -1, and a trail', async () => {
    const { procedures } = await read('# Guide\n## Checks\n### Disk\n## Checks\n### Über uns\n');
    expect(procedures.map(({ id }) => id)).toEqual([
      'guide',
      'checks',
      'disk',
      'checks-1',
      'über-uns',
    ]);
    expect(procedures[2]?.trail).toEqual(['Guide', 'Checks', 'Disk']);
    expect(procedures.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 6],
      [2, 3],
      [3, 3],
      [4, 6],
      [5, 6],
    ]);
  });

  test.each([
    ['Quick look (5 minutes)', { budgetMs: 300_000 }],
    ['Stabilise (15-60 minutes)', { budgetMs: 3_600_000 }],
    ['Outage (P1 - 1 Hour Response)', { budgetMs: 3_600_000, severity: 'P1' }],
    ['Evening round (18:30)', { timeOfDay: '18:30' }],
    ['Start of day (9:00 am)', { timeOfDay: '09:00' }],
    ['SEV-2 handling', { severity: 'P2' }],
    ['Prerequisites', { role: 'prerequisites' }],
    ['Pre-deployment', { role: 'prerequisites' }],
    ['Post-deployment checks', { role: 'verification' }],
    ['Rollback plan', { role: 'rollback' }],
    ['Step 7. Cleanup', { role: 'cleanup' }],
    ['Post-mortem', { role: null }],
    ['Notes (see below)', { role: null, budgetMs: null, timeOfDay: null, severity: null }],
  ])('a heading %j says %j', async (heading, facts) => {
    const { procedures } = await read(`## ${heading}\n`);
    expect(procedures[0]).toMatchObject(facts);
  });
});

describe('fences', () => {
  test('a shell fence is a step with its text as written', async () => {
    const step = await stepOf(
      "# T\n\nLook:\n\n```bash\n  docker ps --format '{{.Names}}'  \n\n```\n",
    );
    expect(step).toMatchObject({
      type: 'shell',
      line: 5,
      endLine: 8,
      textLine: 6,
      title: 'Look',
      language: 'bash',
    });
    expect(step.text).toBe("  docker ps --format '{{.Names}}'  \n");
  });

  test('a fence in a list item loses the indentation of the item and takes its text as title', async () => {
    const step = await stepOf(
      '# T\n\n1. Restart the pool:\n\n   ```bash\n   if true; then\n     echo\n   fi\n   ```\n',
    );
    expect(step.text).toBe('if true; then\n  echo\nfi');
    expect(step.title).toBe('Restart the pool');
  });

  test('a fence whose lines stand left of their list item stays one fence', async () => {
    const { steps } = await read(
      '1. One:\n   ```bash\necho a\necho b\n   ```\n2. Two:\n   ```bash\n   echo c\n```\n3. Call the owner\n',
    );
    expect(steps.map(({ type, text }) => [type, text])).toEqual([
      ['shell', 'echo a\necho b'],
      ['shell', 'echo c'],
      ['manual', 'Call the owner'],
    ]);
  });

  test('an unindented fence between numbered items belongs to the item above', async () => {
    expect(
      await stepsOf('1. Look at the load:\n\n```bash\nuptime\n```\n\n2. Call the owner\n'),
    ).toEqual(['3 shell Look at the load', '7 manual Call the owner']);
  });

  test('configuration, source and diagrams are references', async () => {
    const { steps, references } = await read(
      '```yaml\na: 1\n```\n\n```python\nprint(1)\n```\n\n```mermaid\ngraph TB\n```\n\n```promql\nup == 0\n```\n',
    );
    expect(steps).toEqual([]);
    expect(references.map(({ language }) => language)).toEqual([
      'yaml',
      'python',
      'mermaid',
      'promql',
    ]);
  });

  test.each([
    ['an environment listing', 'APP_PORT=3000\nAPP_MODE=live'],
    ['crontab lines', '# nightly\n0 3 * * * /usr/bin/backup\n@daily /usr/bin/prune'],
    ['hosts entries', '10.0.0.7 registry.internal'],
    ['log configuration', '/var/log/app/*.log {\n  daily\n  rotate 7\n  compress\n}'],
    ['alias definitions', 'alias k=kubectl\nalias kg="kubectl get"'],
    ['data', '{\n  "a": 1\n}'],
    ['data', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a'],
    ['no command', 'Server refused the connection, try again later.'],
  ])('a shell fence that holds %s is a reference, and said to be mistagged', async (what, text) => {
    const { steps, references, diagnostics } = await read(`\`\`\`bash\n${text}\n\`\`\`\n`);
    expect(steps).toEqual([]);
    expect(references[0]?.why).toContain(what);
    expect(diagnostics.map(({ rule }) => rule)).toContain('mistagged');
  });

  test('assignments that a later fence uses are a step', async () => {
    const used = '```bash\nGROUP=demo\n```\n\nThen:\n\n```bash\naz group show -n $GROUP\n```\n';
    expect((await read(used)).steps.map(({ type }) => type)).toEqual(['shell', 'shell']);
  });

  test('SQL in a shell fence is sql, and its comments are comments', async () => {
    const step = await stepOf(
      '```bash\n# Who is there?\nSELECT usename FROM pg_stat_activity;\n```\n',
    );
    expect(step.type).toBe('sql');
    expect(step.text).toBe('-- Who is there?\nSELECT usename FROM pg_stat_activity;');
  });

  test('comments alone, and numbered sentences, are for a person', async () => {
    expect(await stepsOf('## Backup\n\n```bash\n# Look at the backup page\n```\n')).toEqual([
      '3 manual Look at the backup page',
    ]);
    expect(
      (await stepOf('```bash\n# Then:\n1. Call the owner\n2. Wait for an answer\n```\n')).type,
    ).toBe('manual');
  });

  test('a script that is to be kept in a file is not run', async () => {
    const { steps } = await read(
      'Create `/usr/local/bin/job.sh`:\n\n```sh\n#!/bin/sh\ntouch x\n```\n\nRun the script:\n\n```sh\n#!/bin/sh\ntouch y\n```\n',
    );
    expect(steps.map(({ text }) => text)).toEqual(['#!/bin/sh\ntouch y']);
  });

  test.each([
    'Do not run this:',
    'Never do:',
    'Avoid using these commands:',
    'What not to do:',
    'The wrong way:',
    'An example of a bad call:',
  ])('what is forbidden is not run: %s', async (lead) => {
    expect((await read(`${lead}\n\n\`\`\`sh\ntouch x\n\`\`\`\n`)).steps).toEqual([]);
  });

  test.each(['Do not use `kill`, but run:', 'Never run it as root. Run:', 'Avoid downtime:'])(
    'what takes the place of the forbidden is run: %s',
    async (lead) => {
      const { steps } = await read(`${lead}\n\n\`\`\`sh\ntouch x\n\`\`\`\n`);
      expect(steps.map(({ text }) => text)).toEqual(['touch x']);
    },
  );

  test('what the log will contain is not run', async () => {
    const { steps } = await read('The log will contain:\n\n```\nrm -f x\n```\n');
    expect(steps.filter(({ type }) => type === 'shell')).toEqual([]);
  });

  test('functions alone run nothing', async () => {
    const { steps, diagnostics } = await read(
      '```bash\ngo_on() {\n  echo a\n}\nalias g=go_on\n```\n',
    );
    expect(steps).toEqual([]);
    expect(diagnostics.map(({ rule }) => rule)).toContain('runs-nothing');
  });

  test.each([
    ['kubectl get pods\nkubectl get nodes', true],
    ['./deploy.sh --fast', true],
    ['sudo systemctl restart nginx', true],
    ['export A=$(whoami)-test\ngcloud projects create $A', true],
    ['Total: 18\nPassed: 13', false],
    ['make sure that the server is up', false],
    ['2026-01-02 10:00:00 postgres LOG: started', false],
    ['├── src\n└── test', false],
    ['When\tElapsed', false],
    ['tags:\n  nofailover: true', false],
    ['name = web\nport = 80', false],
  ])('an untagged fence %j reads as commands: %s', async (text, commands) => {
    const { steps } = await read(`\`\`\`\n${text}\n\`\`\`\n`);
    expect(steps.map(({ type, inferred }) => [type, inferred])).toEqual(
      commands ? [['shell', true]] : [],
    );
  });

  test('an unknown program is taken for one where the text asks to run it', async () => {
    expect((await stepOf('To list all of them, run:\n\n```\nstackctl list\n```\n')).inferred).toBe(
      true,
    );
    expect((await stepOf('Some words.\n\n```\nstackctl list\n```\n')).inferred).toBe(true);
    expect((await read('Some words.\n\n```\nweb running\n```\n')).steps).toEqual([]);
  });

  test.each(['---\ninfer: true\n---\n', '<!-- handrail: infer -->\n\n'])(
    'what the runbook lets be inferred is no longer doubtful: %j',
    async (head) => {
      expect((await stepOf(`${head}# T\n\n\`\`\`\nuptime\n\`\`\`\n`)).inferred).toBe(false);
    },
  );

  test('a MyST directive is its language, without its options', async () => {
    const step = await stepOf('```{code-block} bash\n:linenos:\n\nuptime\n```\n');
    expect(step).toMatchObject({ type: 'shell', text: 'uptime', textLine: 4, language: 'bash' });
  });

  test('fences in comments do not exist, and <pre> is read as an untagged fence', async () => {
    expect((await read('<!--\n```bash\nrm -rf /\n```\n-->\n')).steps).toEqual([]);
    const step = await stepOf('<pre class="terminal">\n$ uptime &gt; load.txt\n</pre>\n');
    expect(step).toMatchObject({
      type: 'shell',
      inferred: true,
      text: '\nuptime > load.txt'.trim(),
    });
  });

  test('slash commands of a chat are for a person', async () => {
    expect((await stepOf('Ask the bot in Slack:\n\n```\n/deploy status web\n```\n')).type).toBe(
      'manual',
    );
  });
});

describe('transcripts', () => {
  test('prompted lines are commands, the others what they put out', async () => {
    const step = await stepOf(
      '```console\n$ kubectl get pods \\\n>   -A\nNAME   READY\nweb    1/1\n$ false\n[1]\n```\n',
    );
    expect(step.text).toBe('kubectl get pods \\\n  -A\n\n\nfalse');
    expect(step.body).toEqual({
      transcript: [
        {
          line: 0,
          command: 'kubectl get pods \\\n  -A',
          output: 'NAME   READY\nweb    1/1',
          exitCode: null,
        },
        { line: 4, command: 'false', output: '', exitCode: 1 },
      ],
    });
    expect(step.expectation).toMatchObject({ match: 'text', advisory: false });
    expect(step.expectation?.text.split('\n')).toEqual([
      '$ kubectl get pods \\',
      '>   -A',
      'NAME   READY',
      'web    1/1',
      '$ false',
      '[1]',
    ]);
  });

  test.each([
    ['bash', 'ops@web-1:~$ uptime'],
    ['', '[root@web-1 etc]# uptime'],
    ['sh', 'sh-4.4# uptime'],
    ['bash', 'laptop $ uptime'],
    ['console', '# uptime\n 10:00 up 1 day'],
    ['', '$ uptime'],
  ])('a fence %j with the prompt of %j runs without it', async (language, text) => {
    const step = await stepOf(`\`\`\`${language}\n${text}\n\`\`\`\n`);
    expect(step.text.trim()).toBe('uptime');
  });

  test('a comment is no prompt', async () => {
    const step = await stepOf('```bash\n# uptime of all\nuptime\n```\n');
    expect(step.text).toBe('# uptime of all\nuptime');
  });

  test('a command with an open quote goes on to its end', async () => {
    const step = await stepOf('```\n$ cf update web \\\n  --reason "first \\\nsecond"\n```\n');
    expect(step.text).toBe('cf update web \\\n  --reason "first \\\nsecond"');
  });
});

describe('expected output', () => {
  test.each([
    'Expected output:',
    '**Expected Response**:',
    'You should see:',
    'The command prints:',
  ])('a fence under %j is what the step above must put out', async (lead) => {
    const { steps, references } = await read(
      `\`\`\`bash\nuptime\n\`\`\`\n\n${lead}\n\n\`\`\`\nup 3 days\n\`\`\`\n`,
    );
    expect(steps.map(({ expectation }) => expectation)).toEqual([
      { line: 7, match: 'text', text: 'up 3 days', advisory: false },
    ]);
    expect(references).toHaveLength(1);
  });

  test('JSON is compared by shape, and a fence directly below needs no words', async () => {
    const { steps } = await read(
      '```bash\ncurl -s localhost/health\n```\n```json\n{"status": "ok"}\n```\n',
    );
    expect(steps[0]?.expectation).toMatchObject({ match: 'state', text: '{"status": "ok"}' });
  });

  test('commands under a sentence that asks to run them stay commands', async () => {
    const { steps } = await read(
      '```bash\nuptime\n```\n\nRun the following and look at the output:\n\n```bash\n$ df -h\n```\n',
    );
    expect(steps).toHaveLength(2);
  });

  test('a comment that says what should come wants output that contains it', async () => {
    const step = await stepOf('```bash\nssh-check\n# Should output: SSH OK\n```\n');
    expect(step.expectation).toEqual({
      line: 3,
      match: 'text',
      text: 'SSH OK',
      regex: 'SSH OK',
      advisory: false,
    });
  });

  test('the similarity comments of Innovation Engine are read, near misses told of', async () => {
    const { steps } = await read(
      '```bash\nuptime\n```\n\n<!-- expected_similarity="up \\d+" -->\n\n```text\nup 3\n```\n',
    );
    expect(steps[0]?.expectation).toMatchObject({ regex: 'up \\d+' });
    expect(await findingsOf('```bash\nuptime\n```\n\n<!-- expected_results="x" -->\n')).toEqual([
      '5 expectation-near-miss',
    ]);
  });

  test('a sample of an error is no expectation', async () => {
    const { steps, references } = await read(
      'If you see errors like this:\n\n```\nError: lock is held\n```\n',
    );
    expect(steps).toEqual([]);
    expect(references).toHaveLength(1);
  });
});

describe('items', () => {
  test('task items are checklist steps, nested and numbered ones too', async () => {
    expect(await stepsOf('- [ ] One\n  - [x] Two\n1. [ ] Three\n\n### [ ] Four\n')).toEqual([
      '1 checklist One',
      '2 checklist Two',
      '3 checklist Three',
      '5 checklist Four',
    ]);
  });

  test('the fence of a task item is the step', async () => {
    expect(
      await stepsOf('- [ ] Restart it:\n  ```bash\n  pm2 restart web\n  ```\n- [ ] Watch it\n'),
    ).toEqual(['2 shell Restart it', '5 checklist Watch it']);
  });

  test('a legend and a list of ticked topics are no checklists', async () => {
    expect(await stepsOf('- [ ] = not looked at\n- [x] = done\n')).toEqual([]);
    expect(await stepsOf('## What is new\n\n- [x] Dark mode\n- [x] Search\n')).toEqual([]);
    expect(
      await stepsOf('## Prerequisites\n\n- [x] Backups current\n- [x] Team informed\n'),
    ).toHaveLength(2);
  });

  test.each([
    'Check the load of the database',
    'Please restart the pool',
    'If the restart fails, escalate to the owner',
    'If database issue: Switch to the replica',
    'On the replica, stop the agent',
    '**STOP ALL WRITES** to the database',
    '**DO NOT PANIC** - Document everything',
    '**Assess impact**: Determine who is affected',
    '**Detection**: Acknowledge the alert',
    'You should now rotate the keys',
    'Make sure that nobody is logged in',
    'Step 2: Drain the node',
    'Live-migrate the machine',
    'Stop/start the service',
    'Database: restart the primary',
    '`systemctl restart web`',
    'kubectl rollout restart deployment/web',
    'Вызовите дежурного инженера',
  ])('%j tells a person what to do', async (text) => {
    expect((await stepOf(`## Recovery\n\n1. ${text}\n`)).type).toBe('manual');
  });

  test.each([
    ['Contents', '[Checks](#checks)'],
    ['Contacts', '**Primary**: Team lead'],
    ['Severities', '**P0 (Critical)**: Complete outage of the shop'],
    ['Common causes', 'Too few workers → Wait and retry'],
    ['Questions', 'Do we know who did it?'],
    ['Open points', 'Are the backups complete?'],
    ['Metrics', '**Application metrics**:'],
    ['Access', 'Access to the production cluster'],
    ['How it works', 'The agent checks its cache'],
    ['Tests', 'Write-Protection Test: writes are blocked'],
    ['Resolution', 'Restarted the pool'],
  ])('under %j, %j is no step', async (heading, text) => {
    expect(await stepsOf(`## ${heading}\n\n1. ${text}\n`)).toEqual([]);
  });

  test('what a script does by itself is no list of steps', async () => {
    expect(
      await stepsOf('## Deploy\n\nThis script will:\n\n1. Build the image\n2. Push the image\n'),
    ).toEqual([]);
    expect(
      await stepsOf('## Deploy\n\nDo the following:\n\n1. Build the image\n2. Push the image\n'),
    ).toHaveLength(2);
  });

  test('a few words among instructions are one too', async () => {
    const text =
      '## Recovery\n\n1. Stop the queue\n2. Restore the backup\n3. Smoke test\n4. Start the queue\n';
    expect(await stepsOf(text)).toHaveLength(4);
  });

  test('an item that leads to instructions by a condition is one', async () => {
    const text =
      '## Recovery\n\n1. If the power failed:\n   - Check the cables\n   - Replace the supply\n';
    expect(await stepsOf(text)).toEqual(['3 manual If the power failed']);
  });

  test('bullets, prose and quotes are context', async () => {
    expect(
      await stepsOf('## Recovery\n\n- Restart it\n\nRestart it.\n\n> 1. Restart it\n'),
    ).toEqual([]);
  });

  test('a reference in an item leaves the item an instruction', async () => {
    const { steps, references } = await read(
      '1. Enable limits:\n   ```typescript\n   limit(30);\n   ```\n',
    );
    expect(steps.map(({ type }) => type)).toEqual(['manual']);
    expect(references).toHaveLength(1);
  });

  test('bold numbers are instructions, or titles of the fence below', async () => {
    expect(
      await stepsOf(
        '**1.** Create the bucket\n\n**2. Upload it**\n\n```bash\naws s3 cp a s3://b\n```\n',
      ),
    ).toEqual(['1 manual Create the bucket', '5 shell Upload it']);
  });

  test('an item that is only a link to a runbook is run in its place', async () => {
    const { steps } = await read(
      '1. [Back up](ops/backup.md#nightly)\n2. Restart the pool\n3. Call the owner\n',
    );
    expect(steps[0]).toMatchObject({
      type: 'runbook',
      body: { path: 'ops/backup.md', procedure: 'nightly' },
    });
  });

  test('placeholders in angle brackets stay in the text', async () => {
    expect((await stepOf('1. Describe node <node-name> and look for pressure\n')).title).toContain(
      '<node-name>',
    );
  });
});

describe('threshold tables', () => {
  const table = (row: string) =>
    `| Metric | Warning | Critical | Check Command |\n|---|---|---|---|\n${row}\n`;

  test('a row with a command is a step; a dash gives no verdict', async () => {
    const step = await stepOf(table('| Users | - | > 9 | `who -q` |'));
    expect(step).toMatchObject({
      type: 'threshold',
      line: 3,
      title: 'Users',
      text: 'who -q',
      body: { metric: 'Users', warning: '', critical: '> 9', command: 'who -q' },
    });
  });

  test('a pipe in inline code does not split the cell', async () => {
    const markdown = table('| Memory | > 80% | > 95% | `free -m | grep Mem` |');
    expect((await stepOf(markdown)).text).toBe('free -m | grep Mem');
    expect(await findingsOf(markdown)).toContain('3 split-cell');
  });

  test('a table that explains commands is context', async () => {
    expect(await stepsOf('| Command | Purpose |\n|---|---|\n| `ls` | lists |\n')).toEqual([]);
  });
});

describe('nested runbooks', () => {
  const nested =
    '# Manual\n\n## Books\n\n```markdown\n## Outage\n\n1. Look:\n   ```bash\n   uptime\n   ```\n\n2. Call the owner\n```\n\n## After\n\n```bash\ndf -h\n```\n';

  test('a fence inside a markdown fence belongs to the nested runbook', async () => {
    const { steps, procedures, diagnostics } = await read(nested);
    expect(steps.map(({ line, type, procedure }) => [line, type, procedure])).toEqual([
      [9, 'shell', 'outage'],
      [13, 'manual', 'outage'],
      [18, 'shell', 'after'],
    ]);
    expect(procedures.map(({ id, nested: inside }) => [id, inside])).toEqual([
      ['manual', false],
      ['books', false],
      ['outage', true],
      ['after', false],
    ]);
    expect(procedures[2]?.trail).toEqual(['Manual', 'Books', 'Outage']);
    expect(diagnostics.map(({ rule, line }) => [rule, line])).toEqual([['nested-fence', 5]]);
  });

  test('a fence that is longer than those in it is right as it is', async () => {
    expect(
      await findingsOf(
        nested.replace('```markdown', '````markdown').replace('owner\n```', 'owner\n````'),
      ),
    ).toEqual([]);
  });

  test('a template to fill in is a reference', async () => {
    const { steps, references } = await read(
      '## Report template\n\n```markdown\n# Incident [Number]\n\n**Date**: [Date]\n**Owner**: [Name]\n\n1. Describe what happened\n```\n',
    );
    expect(steps).toEqual([]);
    expect(references).toHaveLength(1);
  });
});

describe('unclosed fences', () => {
  test.each(['```bash\ntrue', '- x\n  ~~~~sh\n  true', '1. Do it:\n\n   ```sh\n   true'])(
    'reach the end of the text, whether a newline ends it or not: %j',
    async (text) => {
      const seen = async (one: string) =>
        (await read(one)).steps.map(({ text: own }) => own.trim());
      expect(await seen(`# A\n\n${text}`)).toEqual(await seen(`# A\n\n${text}\n`));
      expect(await seen(`# A\n\n${text}`)).toContain('true');
    },
  );

  test('are errors, and what follows is still read', async () => {
    const { steps, diagnostics } = await read(
      '## A\n\n```bash\nuptime\n\n## B\n\n1. Call the owner\n',
    );
    expect(diagnostics).toMatchObject([{ rule: 'unclosed-fence', severity: 'error', line: 3 }]);
    expect(steps.map(({ line, procedure }) => [line, procedure])).toEqual([
      [3, 'a'],
      [8, 'b'],
    ]);
  });

  test('are noticed by the fence that opens in them', async () => {
    const { diagnostics, steps } = await read(
      '## A\n\n```bash\nuptime\n\n## B\n\n```bash\ndf\n```\n',
    );
    expect(diagnostics).toMatchObject([{ rule: 'unclosed-fence', severity: 'error', line: 3 }]);
    expect(steps.map(({ text }) => text)).toEqual(['uptime', 'df']);
  });

  test('may have a broken end', async () => {
    const { steps, diagnostics } = await read(
      '1. One\n   ```bash\n   uptime\n   ``\n2. Call the owner\n',
    );
    expect(diagnostics).toMatchObject([{ rule: 'unclosed-fence', line: 2 }]);
    expect(steps.map(({ type }) => type)).toEqual(['shell', 'manual']);
  });
});

describe('titles and ids', () => {
  test('a title is the item, the label, the sentence above, the first comment or the heading', async () => {
    expect(
      await stepsOf(
        '## Proc\n\n```bash\nuptime\n```\n\n**Disk check**:\n```bash\ndf\n```\n\nCheck the memory:\n\n```bash\nfree\n```\n\n## Other\n\n```bash\n# Who is there\nwho\n```\n',
      ),
    ).toEqual([
      '3 shell Proc',
      '8 shell Disk check',
      '14 shell Check the memory',
      '20 shell Who is there',
    ]);
  });

  test('ids are the name, else procedure and title, and stay when something else changes', async () => {
    const text =
      '## Proc\n\nA:\n\n```bash\nuptime\n```\n\nA:\n\n```bash\nfree\n```\n\n```bash name=disk\ndf\n```\n';
    const before = (await read(text)).steps.map(({ id }) => id);
    expect(before).toEqual(['proc/a', 'proc/a-2', 'disk']);
    const after = (await read(`## New\n\n1. Call the owner\n\n${text}`)).steps.map(({ id }) => id);
    expect(after.slice(1)).toEqual(before);
  });

  test('comment groups are parts, scripts are whole', async () => {
    const step = await stepOf(
      '```bash\n# Stop\nsystemctl stop a\n\n# Start\nsystemctl start a\n```\n',
    );
    expect(step.parts).toEqual([
      { title: 'Stop', line: 2, endLine: 3, text: '# Stop\nsystemctl stop a' },
      { title: 'Start', line: 5, endLine: 6, text: '# Start\nsystemctl start a' },
    ]);
    expect((await stepOf('```bash\n#!/bin/bash\n# Stop\na\n\n# Start\nb\n```\n')).parts).toEqual(
      [],
    );
  });

  test('labels group what stands under them', async () => {
    const { steps } = await read(
      '## A\n\n**Immediate actions (5 minutes)**:\n1. Call the owner\n\n**Later**:\n1. Write it down\n',
    );
    expect(steps.map(({ label }) => label)).toEqual(['Immediate actions (5 minutes)', 'Later']);
  });
});

describe('annotations', () => {
  test.each([
    [
      '```bash name=restart timeout=30s retries=3 confirm title="Restart it"',
      { name: 'restart', timeout: 30_000, retries: 3, confirm: true, title: 'Restart it' },
    ],
    ['```sh {"name":"restart","interactive":"false"}', { name: 'restart', interactive: false }],
    [
      '```sh { name=restart excludeFromRunAll=true category=db }',
      { name: 'restart', unattended: 'skip', tag: 'db' },
    ],
    ['```bash env.MODE=fast env.LEVEL=2', { env: { MODE: 'fast', LEVEL: '2' } }],
    ['```bash title="Terminal" showLineNumbers {4} .no-copy', {}],
    ['```bash exit=0,3 on-fail=continue', { exit: [0, 3], 'on-fail': 'continue' }],
  ])('%j', async (opening, annotations) => {
    const { steps, diagnostics } = await read(`${opening}\nuptime\n\`\`\`\n`);
    expect(steps[0]?.annotations).toEqual(annotations);
    expect(diagnostics).toEqual([]);
  });

  test('a comment annotates the block below it, a heading its steps', async () => {
    const { steps } = await read(
      '<!-- handrail: timeout=5m -->\n## A\n\n<!-- handrail: effect=reads -->\n```bash\nmake\n```\n\n<!-- handrail: unattended=skip -->\n- [ ] Look\n\n## B\n\n```bash\nmake\n```\n',
    );
    expect(steps.map(({ annotations }) => annotations)).toEqual([
      { timeout: 300_000, effect: 'reads' },
      { timeout: 300_000, unattended: 'skip' },
      {},
    ]);
    expect(steps[0]?.effect).toBe('reads');
  });

  test('defaults of the frontmatter hold where nothing else is said', async () => {
    const { steps } = await read(
      '---\ndefaults: { timeout: 1m, retries: 2 }\n---\n\n```bash timeout=2m\nmake\n```\n',
    );
    expect(steps[0]?.annotations).toEqual({ timeout: 120_000, retries: 2 });
  });

  test('ignore takes a block, an item or a procedure out', async () => {
    const { steps, references } = await read(
      '<!-- handrail: ignore -->\n```bash\na\n```\n\n<!-- handrail: ignore -->\n1. Call the owner\n\n<!-- handrail: ignore -->\n## Old\n\n```bash\nb\n```\n\n### Deeper\n\n```bash\nc\n```\n',
    );
    expect(steps).toEqual([]);
    expect(references.map(({ why }) => why)).toEqual(Array(3).fill('taken out by `ignore`'));
  });

  test('a wrong value and an unknown key are told of, with the nearest name', async () => {
    const { diagnostics } = await read(
      '<!-- handrail: timout=5m effect=maybe -->\n```bash\nmake\n```\n',
    );
    expect(diagnostics.map(({ rule, severity, hint }) => [rule, severity, hint])).toEqual([
      [
        'unknown-annotation',
        'error',
        'Did you mean `timeout`? See `handrail help annotations timeout`.',
      ],
      [
        'annotation',
        'error',
        'effect takes `none`, `reads`, `writes` or `destroys`; see `handrail help annotations effect`.',
      ],
    ]);
  });

  test('a probe names the step before it', async () => {
    const { steps } = await read(
      '```bash name=up\nmake up\n```\n\nThen\n\n```bash verify\nmake status\n```\n',
    );
    expect(steps[1]?.probes).toBe('up');
  });
});

describe('frontmatter', () => {
  test('every wrong field is one error with its line and the nearest name', async () => {
    const { diagnostics } = await read(
      '---\ninputs:\n  version:\n    descripton: What\nowners: me\nrequires: 5\nkind: runbook\n---\n# A\n',
    );
    expect(
      diagnostics.map(({ rule, severity, line, hint }) => [rule, severity, line, hint]),
    ).toEqual([
      ['frontmatter', 'error', 4, 'Write: description: What'],
      ['frontmatter', 'error', 5, 'Did you mean `owner`? Write: owner: me'],
      [
        'frontmatter',
        'error',
        6,
        'Write: requires: { commands: [bash], env: [PATH], files: [/bin] } See `handrail help frontmatter requires`.',
      ],
    ]);
  });

  test('frontmatter of other tools is left in peace', async () => {
    const { diagnostics, title } = await read(
      '---\nlayout: page\nweight: 20\nkind: Alert\nsidebar_position: 3\ntitle: Mine\n---\n# A\n',
    );
    expect(diagnostics).toEqual([]);
    expect(title).toBe('Mine');
  });

  test('ours may stand under one key', async () => {
    const { frontmatter, diagnostics } = await read(
      '---\nlayout: page\nhandrail:\n  kind: runbook\n  timeot: 5m\n---\n# A\n',
    );
    expect(frontmatter).toEqual({ kind: 'runbook' });
    expect(diagnostics).toMatchObject([{ line: 5, severity: 'error' }]);
  });

  test('declared inputs are found where they are used', async () => {
    const { inputs, steps } = await read(
      "---\ninputs: { version: { default: '1' }, token: { secret: true } }\n---\n```bash\ndeploy {{version}} '{{.Names}}' {{token}}\n```\n",
    );
    expect(inputs).toMatchObject([
      { name: 'version', declared: true, lines: [5], bound: 'default', secret: false },
      { name: 'token', declared: true, lines: [5], bound: null, secret: true },
    ]);
    expect(steps[0]?.inputs).toEqual(['version', 'token']);
  });
});

describe('annotations of lists', () => {
  test('what is said of an item holds for its fence, and a list is taken out whole', async () => {
    const { steps } = await read(
      '<!-- handrail: timeout=5s -->\n1. Look:\n   ```bash\n   uptime\n   ```\n\nText\n\n<!-- handrail: ignore -->\n- [ ] One\n- [ ] Two\n  - [ ] Three\n',
    );
    expect(steps.map(({ type, annotations }) => [type, annotations])).toEqual([
      ['shell', { timeout: 5000 }],
    ]);
  });
});

describe('kinds', () => {
  const under = (...names: readonly string[]): string =>
    names.map((name) => `## ${name}\n\n- [ ] Look\n`).join('\n');

  test.each([
    ['manual', `# Operations\n\n${under('Mornings', 'Deployments', 'Backups')}`],
    ['manual', `# Shop\n\n${under('Mornings', 'Deployments', 'Backups', 'Certificates')}`],
    [
      'runbook',
      `# Shop is down\n\n${under('Diagnosis', 'Mitigation', 'Escalation', 'Verification', 'Rollback')}`,
    ],
    [
      'runbook',
      `# Renew it\n\n${under('1. Order', '2. Install', '3. Reload', '4. Check', '5. Tell')}`,
    ],
    ['runbook', '- [ ] Look\n'],
    [
      'runbook',
      `---\nkind: runbook\n---\n# Operations\n\n${under('Mornings', 'Backups', 'Nights')}`,
    ],
  ])('a %s by its headings: %j', async (kind, text) => {
    expect((await read(text)).kind).toBe(kind);
  });
});
