import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type SshHosts, sshHosts } from '../../../support/ssh-hosts.ts';
import { closeTerminals, type Person, sitDown } from '../../../support/terminal.ts';

/* A person at a terminal, whose step runs on another host at a terminal there. */
let hosts: SshHosts;
beforeAll(async () => {
  hosts = await sshHosts('db1');
});
afterEach(closeTerminals);
afterAll(() => hosts.close());

const at = (script: string, more = ''): Person =>
  sitDown({
    runbook: `# One\n\n\`\`\`bash host=db1 interactive\n${script}\n\`\`\`\n${more}`,
    env: { PATH: `${hosts.bin}:${process.env['PATH']}` },
  });
const isGone = (file: string): boolean => {
  try {
    process.kill(Number(hosts.read('db1', file)), 0);
    return false;
  } catch {
    return true;
  }
};

test('a password that a program there asks for on its terminal, as sudo does, is typed there and kept nowhere', async () => {
  hosts.login('db1', { greeting: 'Welcome to db1\r\n' });
  const ada = at(
    'printf "[sudo] password for ops: " >/dev/tty; stty -echo </dev/tty; read -r p </dev/tty; stty echo </dev/tty; echo; test -t 0 && echo "got ${#p} letters"; kept=yes',
    '\n```bash host=db1 interactive\necho "kept: $kept"\n```\n',
  );
  await ada.press('r');
  // The step's own text says so too: what is typed before it is asked for is echoed, as in any terminal.
  await ada.sees(/^\[sudo\] password for ops:/m);
  ada.type('hunter2secret\r');
  await ada.sees('got 13 letters');
  await ada.press('r');
  await ada.sees('kept: yes');
  expect(await ada.ends()).toBe(0);
  expect(ada.text()).not.toContain('hunter2secret');
  expect(ada.text()).not.toContain('handrail-mark');
  const { readFileSync } = await import('node:fs');
  for (const { output } of ada.eventsOf('step.finished')) {
    const text = readFileSync(path.join(ada.runFolder(), output?.path ?? ''), 'utf8');
    expect(text).not.toMatch(/hunter2secret|Welcome|handrail-mark/);
  }
  hosts.login('db1', {});
});

test('Ctrl-C ends what runs there, with all that it started', async () => {
  const ada = at('echo $$ >me; sleep 300 & echo $! >child; echo up; wait');
  await ada.press('r');
  await ada.sees('up');
  ada.type('\u0003');
  await ada.sees(/CANCELLED|FAILED/);
  await ada.press('x');
  await ada.ends();
  await expect.poll(() => isGone('me') && isGone('child')).toBe(true);
});

test('a line that is cut ends what runs at the terminal there: nobody takes it for done', async () => {
  const ada = at('echo $$ >cut; echo up; sleep 300; echo x >> done');
  await ada.press('r');
  await ada.sees('up');
  hosts.cut('db1');
  await ada.sees(/UNKNOWN|unknown/);
  await expect.poll(() => isGone('cut')).toBe(true);
  expect(hosts.read('db1', 'done')).toBe('');
});
