import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findScheduled } from '../../../src/cli/schedules/find-scheduled.ts';

/** A folder of runbooks, each with one schedule and a procedure `nightly`. */
function folderOf(schedules: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-scheduled-'));
  for (const [name, schedule] of Object.entries(schedules)) {
    const front = schedule === '' ? '' : `---\nschedule:\n  - { ${schedule} }\n---\n`;
    writeFileSync(
      path.join(folder, name),
      `${front}# T\n\n## Nightly\n\n\`\`\`bash\ntrue\n\`\`\`\n`,
    );
  }
  return folder;
}

describe('the schedules of a folder', () => {
  test('are those that can be carried out; of any other it is said why, and no entry is made', async () => {
    const folder = folderOf({
      'a.md': 'procedure: nightly, cron: "1 2 * * *", timezone: UTC',
      'b.md': 'procedure: weekly, cron: "1 3 * * *", timezone: UTC',
      'c.md': 'cron: "1 4 * * *", timezone: Mars/Phobos',
      'd.md': '',
      'e.md': 'cron: "1 5 * * *", timezone: UTC',
    });
    const { entries, wrong, skipped } = await findScheduled(folder);
    expect(entries.map(({ name, cron, timezone }) => `${name} ${cron} ${timezone}`)).toEqual([
      'a-nightly 1 2 * * * UTC',
      'e 1 5 * * * UTC',
    ]);
    expect(wrong).toEqual([
      expect.stringMatching(
        /b\.md: there is no procedure `weekly`; `handrail show \S+b\.md` lists/,
      ),
      expect.stringMatching(/c\.md: `Mars\/Phobos` is no time zone/),
    ]);
    expect(skipped).toEqual([]);
  });

  test('are those of one file where it is named, and throw where it cannot be read', async () => {
    const folder = folderOf({ 'a.md': 'cron: "1 2 * * *"', 'b.md': 'cron: "1 3 * * *"' });
    const { entries } = await findScheduled(path.join(folder, 'b.md'));
    expect(entries.map(({ name }) => name)).toEqual(['b']);
    await expect(findScheduled(path.join(folder, 'gone.md'))).rejects.toThrow('gone.md');
  });
});
