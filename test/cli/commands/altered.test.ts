import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

test.each(['no event\n', '{"type":\n', '{"type":"note.added"}\n', '\u0000\u0001\n'])(
  'a run whose log begins with %j is altered, and all others are listed',
  async (begin) => {
    const first = await handrail({ runbook: '# A\n\n```bash\ntrue\n```\n' });
    const { folder } = first;
    const [garbled = ''] = first.runs;
    const log = path.join(garbled, 'log.jsonl');
    const rest = readFileSync(log, 'utf8').split('\n').slice(1);
    writeFileSync(log, begin);
    appendFileSync(log, rest.join('\n'));
    await handrail({ folder, args: ['run', 'runbook.md', '--unattended'] });
    for (const command of ['runs', 'list', 'status']) {
      const { exitCode, stdout } = await handrail({ folder, args: [command] });
      expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/altered: .*handrail verify/)]);
      const json = await handrail({ folder, args: [command, '--json'] });
      expect(JSON.parse(json.stdout).altered).toHaveLength(1);
    }
    const listed = await handrail({ folder, args: ['runs', '--json'] });
    expect(JSON.parse(listed.stdout).runs).toHaveLength(1);
  },
);
