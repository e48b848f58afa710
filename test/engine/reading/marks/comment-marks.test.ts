import { describe, expect, test } from 'vitest';
import { english } from '../../../../src/engine/reading/languages/english.ts';
import { remarkMark } from '../../../../src/engine/reading/marks/comment-marks.ts';
import { markReader } from '../../../../src/engine/reading/marks/mark-reader.ts';
import { read } from '../../../support/read.ts';

const marks = markReader([english]);
const HELD: Readonly<Record<string, string>> = {
  '# only on the primary\n# takes an hour\nsystemctl restart web': 'only on the primary',
  '# takes an hour\n# only on the primary\nsystemctl restart web': 'only on the primary',
  'for h in a b; do\n  # only if it is a replica\n  ssh $h reboot\ndone': 'only if it is a replica',
  'for h in a b; do\n  ssh $h reboot # only if it lags\ndone': 'only if it lags',
  'kubectl delete pod web \\\n  --force   # only if stuck': 'only if stuck',
  'SELECT 1;\nDELETE FROM jobs; -- only if it is stale': 'only if it is stale',
  '-- takes long\n-- only if it is stale\nDELETE FROM jobs;': 'only if it is stale',
  '/* only if it is stale */\nDELETE FROM jobs;': 'only if it is stale',
  'uptime\n# stop if it was up for a day\nreboot': 'stop if it was up for a day',
  'uptime\n# never run the next line\nreboot': 'never run the next line',
  'uptime\n# still down? reboot\nreboot': 'still down?',
  '# Option A\nreboot\n# Option B\n./restart.sh': 'Option A',
};
const FREE = [
  '# Restart it\n# and wait\nsystemctl restart web',
  '# if it is dead\nif ! systemctl is-active web; then systemctl restart web; fi',
  'if ! systemctl is-active web; then\n  # only if it is dead\n  systemctl restart web\nfi',
  'cat >/etc/web.conf <<EOF\n# only if it is a replica\nmode = 1\nEOF',
  'echo "# only if it is dead"',
  '# Sets the name of the host,\n# or its address\nhostname web1',
  '#!/bin/sh\n# only on the primary\nsystemctl restart web',
];

describe('a comment anywhere in a script says when that is to be done', () => {
  test.each(Object.entries(HELD))('%j', (text, said) => {
    expect(remarkMark(text, marks)?.text).toBe(said);
  });
  test.each(FREE)('%j is held up by nothing', (text) => {
    expect(remarkMark(text, marks)).toBeNull();
  });
});

test.each([
  '$ uptime\nup 3 days\n$ # only if it is dead\n$ systemctl restart web',
  '$ uptime\nup 3 days\n$ systemctl restart web # only if it is dead',
  '[root@db ~]# uptime\nup 3 days\n[root@db ~]# systemctl restart web # only if it is dead',
])('%j is a session that a comment holds up', async (session) => {
  const { steps } = await read(`# Fix\n\n\`\`\`console\n${session}\n\`\`\`\n`);
  expect(steps.map(({ condition }) => condition?.text)).toEqual(['only if it is dead']);
});

describe('a comment in the middle that names another machine is asked before what is done there', () => {
  const conditions = async (...lines: readonly string[]): Promise<readonly unknown[]> => {
    const { steps } = await read(`# A\n\n\`\`\`bash\n${lines.join('\n')}\n\`\`\`\n`);
    const [step] = steps;
    return step?.parts.length ? step.parts.map(({ condition }) => condition?.text) : ['none'];
  };

  test.each([
    '# on the replica:',
    '# Now on db2',
    '# then run on the standby:',
    '# Repeat the same on each replica',
    '# On web-01.example.com:',
    '# auf dem Standby:',
    '# sur la réplique :',
    '# en el servidor:',
  ])('%s', async (comment) => {
    const said = comment.replace(/^# /, '').replace(/ ?:$/, '');
    expect(await conditions('./stop.sh', comment, './a.sh')).toEqual([undefined, said]);
    // What comes behind it is done there too.
    expect(await conditions('# Stop', './stop.sh', comment, './a.sh', '# Start', './b.sh')).toEqual(
      [undefined, said, said],
    );
  });

  test.each(['# On success', '# on port 80', '# on startup:', '# on this host', '# on the fly:'])(
    'but not: %s',
    async (comment) => {
      expect(await conditions('./stop.sh', comment, './a.sh')).not.toContain(
        comment.replace(/^# /, '').replace(/:$/, ''),
      );
    },
  );

  test('the first comment says where the reader is', async () => {
    expect(await conditions('# on the replica:', './a.sh')).toEqual(['none']);
  });
});
