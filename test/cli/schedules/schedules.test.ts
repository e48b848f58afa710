import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crontab } from '../../../src/cli/schedules/crontab.ts';
import { passedOver, type Share } from '../../../src/cli/schedules/find-scheduled.ts';
import type { Scheduled } from '../../../src/cli/schedules/scheduled.ts';
import { onCalendar, systemdUnits } from '../../../src/cli/schedules/systemd.ts';
import { shellWord } from '../../../src/text/shell-word.ts';

const call = {
  program: ['/usr/bin/node', '/opt/handrail/handrail.js'],
  state: '/var/lib/handrail',
};
const nightly: Scheduled = {
  name: 'nightly-backup',
  path: '/srv/run books/nightly.md',
  title: 'Nightly backup',
  procedure: 'nightly-backup',
  cron: '30 2 * * 1-5',
  host: null,
  timezone: 'Europe/Zagreb',
  inputs: { keep: '7 days' },
};

describe('a crontab', () => {
  test('names the zone, the time, and one quoted command that says nothing on success', () => {
    expect(
      crontab([nightly], call, () => undefined)
        .split('\n')
        .filter((line) => line && !line.startsWith('#')),
    ).toEqual([
      'CRON_TZ=Europe/Zagreb',
      "30 2 * * 1-5 /usr/bin/node /opt/handrail/handrail.js run '/srv/run books/nightly.md#nightly-backup' --unattended --quiet --state /var/lib/handrail --input 'keep=7 days'",
    ]);
  });

  test('leaves out, by name, what a percent sign would end, and nothing else', () => {
    const wrong: string[] = [];
    const text = crontab([{ ...nightly, path: '/srv/100%.md' }, nightly], call, (why) =>
      wrong.push(why),
    );
    expect(wrong).toEqual([expect.stringContaining('/srv/100%.md')]);
    expect(text.match(/^30 2 .*nightly\.md/gm)).toHaveLength(1);
    expect(text).not.toContain('100%');
  });

  test('quotes any word so that a shell reads it back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        (word) => {
          const { stdout } = spawnSync('bash', ['-c', `printf '%s' ${shellWord(word)}`], {
            encoding: 'utf8',
          });
          return stdout === word;
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('systemd units', () => {
  test('come as service, timer and a failure template', () => {
    const units = systemdUnits([nightly], call);
    expect(units.map((unit) => unit.name)).toEqual([
      'handrail-nightly-backup.service',
      'handrail-nightly-backup.timer',
      'handrail-failed@.service',
    ]);
    expect(units[1]?.content).toContain(
      'OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:30:00 Europe/Zagreb',
    );
    expect(units[0]?.content).toContain('"/srv/run books/nightly.md#nightly-backup"');
  });

  test('double what systemd would expand', () => {
    const [service] = systemdUnits([{ ...nightly, inputs: { rate: '5% of $HOME' } }], call);
    expect(service?.content).toContain('"rate=5%% of $$HOME"');
  });

  test('say cron\'s "either day fits" as two calendars', () => {
    expect(onCalendar('0 6 1,15 * mon', 'UTC')).toEqual([
      '*-*-01,15 06:00:00 UTC',
      'Mon *-*-* 06:00:00 UTC',
    ]);
  });
});

test('of runbooks that share a lock, each is named that another due in the same minute makes go by', () => {
  const page = (path: string, cron: string, lock: Share['lock'], host: string | null = null) => ({
    ...nightly,
    path,
    cron,
    lock,
    host,
  });
  const one = page('/a.md', '0 3 * * *', { name: 'disk' });
  const said = (...others: readonly Share[]): readonly number[] => [
    passedOver([one, ...others]).length,
    passedOver([one, ...others].toReversed()).length,
  ];
  expect(said(page('/b.md', '*/30 3 * * *', { name: 'disk', policy: 'skip' }))).toEqual([1, 1]);
  expect(said(page('/b.md', '0 3 * * *', { name: 'disk', policy: 'fail' }))).toEqual([1, 1]);
  // Each waits for the other, or they never meet.
  expect(said(page('/b.md', '0 3 * * *', { name: 'disk' }))).toEqual([0, 0]);
  expect(said(page('/b.md', '0 3 * * *', { name: 'disk', policy: 'wait' }))).toEqual([0, 0]);
  expect(said(page('/b.md', '1 3 * * *', { name: 'disk', policy: 'skip' }))).toEqual([0, 0]);
  expect(said(page('/b.md', '0 3 * * *', { name: 'net', policy: 'skip' }))).toEqual([0, 0]);
  expect(said(page('/b.md', '0 3 * * *', { policy: 'skip' }))).toEqual([0, 0]);
  const there = { ...one, host: 'db1' };
  const skips = page('/b.md', '0 3 * * *', { name: 'disk', policy: 'skip' }, 'db2');
  expect(passedOver([there, skips])).toEqual([]);
  expect(passedOver([one, skips])[0]).toMatch(/`policy: skip` of \/b\.md makes it be skipped/);
});
