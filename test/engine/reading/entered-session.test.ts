import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { findingsOf, read } from '../../support/read.ts';

const fenced = (text: string, tag: string): string => `# X\n\n\`\`\`${tag}\n${text}\n\`\`\`\n`;
const typesOf = async (text: string, tag: string): Promise<readonly string[]> =>
  (await read(fenced(text, tag))).steps.map(({ type }) => type);

test.each([
  ['a host', 'ssh web-1\nsudo systemctl restart nginx\nexit', 1],
  ['a container of a cluster', 'kubectl exec -it web-0 \\\n  -- sh\nrm -rf /data/tmp', 1],
  ['a container', 'docker exec -it cache redis-cli\nFLUSHALL', 1],
  ['another user', '# become it\nsu - postgres\npsql -c "SELECT 1"', 2],
  ['root', 'sudo -i\napt-get update', 1],
  ['a store', 'export H=cache\nredis-cli -h "$H"\nCONFIG SET maxmemory 1gb', 2],
  ['another database than ours', 'mysql -u root -p\nSTOP SLAVE;', 1],
  ['a terminal of its own', 'tmux new -s import\n./import --all', 1],
  ['a language', 'python3 manage.py shell\nUser.objects.all().delete()', 1],
  ['root on a host', "ssh -t web-1 'sudo -i'\nsystemctl stop app", 1],
  ['a shell in a shell', 'bash -c "ssh db1"\nsystemctl stop app', 1],
  ['a pod to look into another', 'kubectl debug -it web-0 --image=x\nrm -rf /data/tmp', 1],
  ['an app that is hosted', 'heroku run bash\nrake db:migrate', 1],
])(
  'what stands below the opening of a session of %s is never run here',
  async (_of, text, line) => {
    for (const tag of ['bash', '']) {
      expect(await typesOf(text, tag)).toEqual(['manual']);
      expect(await findingsOf(fenced(text, tag))).toContain(`${line + 3} remote-session`);
    }
  },
);

test.each([
  ['$ ssh db1\nops@db1:~$ sudo reboot'],
  ['$ ssh db1\n$ sudo reboot'],
  ['# su - app\n# systemctl restart app'],
])('so it is behind prompts: %j', async (text) => {
  expect(await typesOf(text, 'console')).toEqual(['manual']);
});

test.each([
  ['the last line opens it', 'export HOST=web-1\nssh "$HOST"'],
  [
    'the next goes in by the same door',
    'docker exec -it cache redis-cli\n\n# Ping\ndocker exec cache redis-cli ping',
  ],
  ['the command stands on its line', "ssh web-1 'sudo reboot'\nuptime"],
  ['it is fed', "ssh web-1 <<'END'\nsudo reboot\nEND\nuptime"],
  ['there are several ways to open one', '# by name\nssh web-1\n# by address\nssh 192.0.2.7'],
  ['it may not be opened', 'if [ -n "$REMOTE" ]; then ssh web-1; fi\nuptime'],
  ['a script says so', '#!/bin/bash\nssh web-1\nuptime'],
])('a fence runs where %s', async (_when, text) => {
  expect(await typesOf(text, 'bash')).toEqual(['shell']);
});

test('without a person nothing of such a fence is carried out', async () => {
  const runbook = fenced('su - nobody-here\ntouch ./ran', 'bash');
  const { exitCode, files } = await handrail({ runbook });
  expect(exitCode).toBe(5);
  expect(files).not.toHaveProperty('ran');
});

test.each([
  ['Switch#show version\nSwitch(config)#hostname x'],
  ['switch> enable\nswitch# configure terminal'],
  ['enable\nconfigure terminal\ninterface GigabitEthernet0/1\nno shutdown\nend'],
  ['show running-config'],
  ['conf t\nvlan 10\nname office\nexit\nwrite memory'],
  ['configure\nset system host-name fw-1\ncommit'],
  ['PS C:\\> Restart-Service W3SVC'],
  ['C:\\Windows> net stop W3SVC'],
])(
  'what only the console of a device or of Windows knows is left to a person: %j',
  async (text) => {
    expect(await typesOf(text, 'bash')).toEqual(['manual']);
  },
);

test.each([
  ['ip address show'],
  ['show-config --all\nreload-all'],
  ['systemctl enable nginx\nsystemctl reload nginx'],
  ['git config x y\ngit commit -m z'],
])('commands of ours stay ours: %j', async (text) => {
  expect(await typesOf(text, 'bash')).toEqual(['shell']);
});

test('what a host says at login is nothing that is typed there', async () => {
  const login = '$ ssh db1\nLast login: Tue Nov 2 21:42:44 2021 from 192.0.2.5\n[ops@db1 ~]$';
  expect(await typesOf(login, 'console')).toEqual(['shell']);
  expect(await typesOf(`${login} reboot`, 'console')).toEqual(['manual']);
});

/** Whether each of these fences, one below the other in a page, may be meant for a session above it. */
async function meantFor(...texts: readonly string[]): Promise<readonly boolean[]> {
  const { steps } = await read(
    `# X\n\n${texts.map((text) => (/^[A-Z#]/.test(text) ? text : `\`\`\`bash\n${text}\n\`\`\``)).join('\n\n')}\n`,
  );
  return steps.map(({ doubtful }) => /opens a session with/.test(doubtful?.or ?? ''));
}

test.each([
  ['ssh web-1'],
  ['ssh -p 22 "ops@web-1"'],
  ['kubectl -n web exec -it web-0 -- bash'],
  ['docker exec -it web sh'],
  ['oc debug node/web-1'],
  ['oc rsh deploy/web'],
  ['sudo -i'],
  ['sudo su - postgres'],
  ['aws ssm start-session --target i-1'],
  ['gcloud compute ssh web-1'],
])('below `%s` nothing is run here on nobody’s yes, until it is left', async (opening) => {
  const fences = [opening, 'rm -rf /srv/cache', 'exit', 'uptime'];
  expect(await meantFor(...fences)).toEqual([false, true, false, false]);
});

test.each([
  ['another section begins', ['ssh web-1', '# Look', 'uptime']],
  ['the text says so', ['ssh web-1', 'On your own machine:', 'uptime']],
  ['another terminal is opened', ['ssh web-1', 'In a second terminal, run:', 'uptime']],
  ['the same door is used again', ['kubectl exec -it web -- sh', 'kubectl get pods', 'uptime']],
  ['the command stands on its line', ['ssh web-1 uptime', 'uptime']],
  ['it is a database’s', ['psql shop', 'uptime']],
  ['it is a terminal here', ['tmux new -s x', 'uptime']],
])('a fence is run here where %s', async (_why, texts) => {
  expect((await meantFor(...texts)).includes(true)).toBe(false);
});

test('numbered sections go on in the session of the first', async () => {
  expect(await meantFor('## 1. Log in', 'ssh web-1', '## 2. Restart', 'reboot')).toEqual([
    false,
    true,
  ]);
});

test('a tool of one’s own opens a session where the text says so', async () => {
  const fences = ['Get a shell with the homes:', 'opsctl exec homes', '# Next', 'ls'];
  expect(
    await meantFor('Get a shell with the homes:', 'opsctl exec homes', 'rm -rf /home/x'),
  ).toEqual([false, true]);
  expect(await meantFor(...fences)).toEqual([false, false]);
  expect(await meantFor('Run the job:', 'opsctl exec job', 'uptime')).toEqual([false, false]);
});

test.each([
  ["ssh db1 'psql shop' < dump.sql\nsystemctl start app"],
  ["cat dump.sql | ssh db1 'psql shop'\nsystemctl start app"],
  ["bash -c 'echo a | psql shop'\nsystemctl start app"],
  ["ssh web-1 'cd app && git pull'\nsystemctl start app"],
])('what is fed to it is no session: %j', async (text) => {
  expect(await typesOf(text, 'bash')).toEqual(['shell']);
});

test('here-documents of one tag end each at its own', async () => {
  const text = 'cat > a <<E\nrm x\nE\ncat > b <<E\nThis is told.\nE\ntouch c <<F\nF\n';
  expect(await typesOf(text, 'bash')).toEqual(['shell']);
  expect(await typesOf(`${'cat <<E\n'.repeat(20_000)}E`, 'bash')).toEqual(['shell']);
});

test('thousands of steps of one title are told apart', async () => {
  const fence = (name: string): string => `Do it:\n\n\`\`\`bash\ntouch ${name}\n\`\`\`\n`;
  const names = Array.from({ length: 4000 }, (_, at) => `f${at}`);
  const { steps } = await read(`# X\n\n${names.map(fence).join('\n')}`);
  expect(new Set(steps.map(({ title }) => title)).size).toBe(4000);
});
