import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../src/engine/model/step-condition.ts';
import { read } from '../../support/read.ts';

const fence = (command: string): string => `\`\`\`bash\n${command}\n\`\`\``;

/** Per step: the words of its conditions, from the outside in; `''` without any. */
async function conditionsOf(markdown: string): Promise<readonly string[]> {
  const { steps } = await read(markdown);
  return steps.map(({ condition }) =>
    chainOf(condition)
      .map(({ text }) => text)
      .join(' > '),
  );
}

/** Two titles, each over a command. */
const pair = (titles: readonly string[], commands: readonly string[], sign: string): string =>
  titles
    .map((title, at) => {
      const shown = sign === '##' ? `## ${title}` : sign === '**' ? `**${title}**` : `${title}:`;
      return `${shown}\n\n${fence(commands[at] ?? '')}\n`;
    })
    .join('\n');

const KINDS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['Small tables', 'Big tables'],
    ['repack --all', 'repack --all --jobs 4'],
  ],
  [
    ['EU', 'US'],
    ['roll-out --region eu-1 shop', 'roll-out --region us-2 shop'],
  ],
  [
    ['Green is active', 'Black is active'],
    ['point-to black', 'point-to green'],
  ],
  [
    ['Kleine Instanzen', 'Große Instanzen'],
    ['repack --all', 'repack --all --jobs=4'],
  ],
  [
    ['Small shop', 'Large shop'],
    ['size-it --workers 2', 'size-it --workers 20'],
  ],
  [
    ['Single host', 'Multi host'],
    ['size-it --mode single', 'size-it --mode multi'],
  ],
];

describe.each(['##', '**'])('neighbours under %s', (sign) => {
  test.each(KINDS)('%j are two kinds of which one is at hand', async (titles, commands) => {
    const page = `# Care\n\n${pair(titles, commands, sign)}`;
    expect(await conditionsOf(page)).toEqual(titles);
  });

  test.each([
    [
      ['Web servers', 'Mail servers'],
      ['play restart.yml --limit web', 'play restart.yml --limit mail'],
    ],
    [
      ['Web servers', 'Mail servers'],
      ['play restart.yml web', 'play restart.yml mail'],
    ],
    [
      ['Daily backups', 'Weekly backups'],
      ['keep --type a', 'keep --type b'],
    ],
    [
      ['Node 1', 'Node 2'],
      ['drain --node 1', 'drain --node 2'],
    ],
    [
      ['Frontend', 'Backend'],
      ['build --prefix front', 'build --prefix back'],
    ],
    [
      ['Look', 'Restart'],
      ['web-ctl --look', 'web-ctl --restart'],
    ],
  ])('%j are parts of one whole', async (titles, commands) => {
    const page = `# Care\n\n${pair(titles, commands, sign)}`;
    expect(await conditionsOf(page)).toEqual(['', '']);
  });
});

test.each([
  ['On the primary', 'On the replica'],
  ['Leader', 'Followers'],
  ['On the old primary:', 'On the new primary:'],
])('"%s" beside "%s" are places of which one is here', async (one, other) => {
  const page = `# Care\n\n${pair([one, other], ['touch a', 'touch b'], '##')}`;
  expect(await conditionsOf(page)).not.toContain('');
  const parts = `# Care\n\n${fence(`# ${one}\ntouch a\n# ${other}\ntouch b`)}\n`;
  const [step] = (await read(parts)).steps;
  expect(step?.parts.map(({ condition }) => condition !== undefined)).toEqual([true, true]);
});

test('a heading that ends with a symptom in brackets is a case', async () => {
  const page = `# Care\n\n## Look\n\n${fence('uptime')}\n\n## Fail over (primary down)\n\n${fence('touch a')}\n\n## Roll (2 min)\n\n${fence('touch b')}\n`;
  expect(await conditionsOf(page)).toEqual(['', 'Fail over (primary down)', '']);
});

test('both are done where the heading above says so', async () => {
  const titles = ['EU', 'US'];
  const commands = ['roll-out --region eu-1', 'roll-out --region us-2'];
  const page = `# Shop\n\n## Roll out to each region\n\n${pair(titles, commands, '**')}`;
  expect(await conditionsOf(page)).toEqual(['', '']);
});

test.each([
  'Run it on each host except the primary:',
  'Auf allen Rechnern außer dem ersten:',
  'Sur tous les serveurs sauf le premier :',
  'En todos los servidores excepto el primero:',
  'Em todos os servidores exceto o primeiro:',
  'Su tutti i server tranne il primo:',
  'Op alle servers behalve de eerste:',
  'Na wszystkich serwerach oprócz pierwszego:',
  'The old pool is still alive:',
  'For the real thing:',
  'For real:',
  'Only after approval:',
  'Is the queue empty? Then:',
  'For old clusters:',
  'With a proxy:',
  'Behind a load balancer, also run:',
  'Were it still mounted, unmount it:',
  'This is required when you use LDAP:',
  'Everyone except the pilots:',
  'Users of the old client must also:',
  'In the US:',
  'Known issue: a stuck lock',
  'Nice to have:',
  '(Prod) Tell the owner',
  'Der alte Verbund ist noch aktiv:',
  'L’ancien serveur est toujours actif :',
  'El nodo verde sigue activo:',
  'O nó antigo ainda está ativo:',
  'Il vecchio nodo è ancora attivo:',
  'De oude groep is nog actief:',
  'Den gamla noden är fortfarande aktiv:',
  'Stary węzeł jest nadal aktywny:',
])('"%s" asks whether that is so', async (lead) => {
  expect(await conditionsOf(`# Care\n\n${lead}\n\n${fence('touch a')}\n`)).not.toContain('');
});

test.each([
  'Run it on each host:',
  'Delete all files but the first:',
  'The way is simple:',
  'The pool is drained:',
  'The page is told:',
  'The config is here:',
  'Only after the copy has finished, drop it:',
  'Der Befehl ist einfach:',
  'For all clusters:',
  'With a text editor:',
  'This is what runs:',
  '(See below) Run it:',
  'La commande est la suivante :',
])('"%s" asks nothing', async (lead) => {
  expect(await conditionsOf(`# Care\n\n${lead}\n\n${fence('touch a')}\n`)).toEqual(['']);
});

test('a state over what only looks is what is to be seen', async () => {
  expect(await conditionsOf(`# Care\n\nThe pool is alive:\n\n${fence('uptime')}\n`)).toEqual(['']);
});

describe('what takes back the page', () => {
  const page = (title: string, first = 'Install the agent'): string =>
    `# The agent\n\n## ${first}\n\n${fence('touch a')}\n\n## ${title}\n\n${fence('rm a')}\n\n## Start it\n\n${fence('touch b')}\n`;

  test.each([
    'Uninstall',
    'Uninstalling the agent',
    'Removing it again',
    'Remove the agent',
    'Tear down',
    'Testing the rollback',
    'Deinstallation',
    'Désinstallation',
    'Desinstalar',
    'DANGER ZONE',
    'Gefahrenzone',
    'Abort',
    'Aborting the installation',
    'Cancel',
    'Abbruch',
    'Reset to factory settings',
    'Factory reset',
    'Reset everything',
    'Start over',
    'Only after a backup',
  ])('"%s" is not run on from what puts in place', async (title) => {
    expect(await conditionsOf(page(title))).toEqual(['', title, '']);
  });

  test.each([
    ['Remove the old agent', 'Install the agent'],
    ['Uninstall the agent', 'Drain the node'],
    ['Install the other agent', 'Uninstall the agent'],
    ['Remove the maintenance page', 'Create the backup'],
    ['Cancel the running jobs', 'Drain the node'],
    ['Reset to factory settings', 'Wipe the disk'],
    ['Cleaning up', 'Install the agent'],
  ])('"%s" behind "%s" is a part of the work', async (title, first) => {
    expect(await conditionsOf(page(title, first))).toEqual(['', '', '']);
  });

  test.each([
    ['Cleaning up', 'kubectl apply -f demo.yaml', 'kubectl delete -f demo.yaml'],
    ['Clean up', 'helm install shop ./shop', 'helm uninstall shop'],
    ['Aufräumen', 'terraform apply -auto-approve', 'terraform destroy -auto-approve'],
    ['Tidying up', 'sudo juju deploy agent', 'sudo juju destroy agent'],
  ])('"%s" over what undoes `%s` is asked for', async (title, put, taken) => {
    const ways = (first: string): string =>
      `# T\n\n## ${first}\n\n${fence(put)}\n\n## ${title}\n\n${fence(taken)}\n`;
    expect(await conditionsOf(ways('Install it'))).toEqual(['', title]);
    expect(await conditionsOf(ways('Try the copy'))).toEqual(['', '']);
  });

  test('"For the EU" beside "For the US" is for some', async () => {
    const titles = ['For the EU', 'For the US'];
    const shown = `# Shop\n\n${pair(titles, ['touch a', 'touch b'], ':')}`;
    expect(await conditionsOf(shown)).toEqual(titles);
  });

  test('a page of its own is what one opens it for', async () => {
    const alone = (title: string): string => `# ${title}\n\n${fence('rm a')}\n`;
    expect(await conditionsOf(alone('Uninstall the agent'))).toEqual(['']);
    expect(await conditionsOf(alone('Testing the rollback'))).toEqual(['']);
    expect(await conditionsOf(alone('Factory reset'))).toEqual(['']);
    expect(await conditionsOf(alone('Abort the migration'))).toEqual(['']);
  });
});

describe('"Do not run this on replicas"', () => {
  const said = 'Do not run this on replicas';

  test.each([
    ['over one fence', `Some words.\n\n${said}:\n\n${fence('touch a')}\n\nThen:\n\n`],
    ['below one', `Vacuum:\n\n${fence('touch a')}\n\n${said}.\n\nThen:\n\n`],
    ['in an item', `1. Vacuum. ${said}.\n\n   \`\`\`bash\n   touch a\n   \`\`\`\n\n2. Go on\n\n`],
    ['over a section', `## One\n\n${said}.\n\n${fence('touch a')}\n\n## Two\n\n`],
  ])('%s is about that alone', async (_, page) => {
    const conditions = await conditionsOf(`# Care\n\n${page}${fence('touch b')}\n`);
    expect(conditions.map((one) => one !== '')).toEqual([true, false]);
  });

  test('of the procedure it is about all of it', async () => {
    const page = `# Care\n\n${fence('touch a')}\n\nDo not run this procedure on replicas.\n\n${fence('touch b')}\n\n## More\n\n${fence('touch c')}\n`;
    const conditions = await conditionsOf(page);
    expect(conditions.map((one) => one !== '')).toEqual([false, true, true]);
  });

  test('is passed where it does not hold', async () => {
    const { steps } = await read(`# Care\n\nWords.\n\n${said}:\n\n${fence('touch a')}\n`);
    expect(steps[0]?.condition?.gate).toBe('unless');
  });
});

test('counted options of a list are alternatives, with or without a fence below', async () => {
  const { steps } = await read('# Restore\n\n1. Option 1 - Play the dump\n2. Option 2 - Copy it\n');
  const groups = steps.map(({ condition }) => condition?.group);
  expect(groups).toEqual([groups[0], groups[0]]);
  expect(groups[0]).toBeDefined();
});
