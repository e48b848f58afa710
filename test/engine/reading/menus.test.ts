import { expect, test } from 'vitest';
import { isCollection } from '../../../src/engine/reading/collections.ts';
import { menuAmong, type Task } from '../../../src/engine/reading/menus.ts';
import { read } from '../../support/read.ts';

const tasks = (titles: readonly string[]): readonly Task[] =>
  titles.map((title) => ({ title, command: '' }));

/** Titles beside each other under another, and which of them are a menu. */
const BESIDE: readonly (readonly [string, readonly string[], readonly number[]])[] = [
  ['Useful commands', ['Look at the log', 'Restart', 'Drop the queue'], [0, 1, 2]],
  ['The pool', ['Start', 'Stop', 'Restart'], [0, 1, 2]],
  ['The pool', ['Restart', 'Look at the log', 'Stop', 'Delete all data'], [0, 2, 3]],
  ['The pool', ['Scaling up', 'Scaling down', 'Deleting the queue'], [0, 1, 2]],
  ['The pool', ['To start the stack:', 'To stop it:'], [0, 1]],
  ['The pool', ['Install', 'Configure', 'Start', 'Stop', 'Uninstall'], [2, 3, 4]],
  ['The pool', ['Enable the job', 'Disable the job'], [0, 1]],
  ['The pool', ['Switch to night mode', 'Switch to day mode', 'Return to normal mode'], [0, 1, 2]],
  ['Move it', ['Switch to the new branch', 'Switch to root'], []],
  ['The pool', ['Turn the lights on', 'Turn the lights off'], [0, 1]],
  ['Der Dienst', ['Starten', 'Stoppen', 'Neustart'], [0, 1, 2]],
  ['Le service', ['Démarrer le service', 'Arrêter le service'], [0, 1]],
  // What comes back to where it was has something to do in between, or is a restart.
  ['Move it', ['Stop the pool', 'Replace the disk', 'Start the pool'], []],
  ['Move it', ['Stop the pool', 'Start the pool'], []],
  ['Move it', ['Stop the pool', 'Upgrade the pool', 'Restart the pool'], []],
  ['Move it', ['Disable the alarm', 'Enable the alarm'], []],
  ['Move it', ['Create the table', 'Fill the table', 'Drop the table'], []],
  ['Move it', ['Start the new pool', 'Stop the old pool'], []],
  ['Move it', ['1. Start the pool', '2. Stop the pool'], []],
  ['Move it', ['Start the pool', 'Then stop the pool'], []],
  ['Common operations', ['Step 1: look', 'Step 2: restart'], []],
];

test.each(BESIDE)('below "%s", of %j these are a menu: %j', (over, titles, picked) => {
  expect([...menuAmong(tasks(titles), over)].toSorted()).toEqual(picked);
});

test('commands that undo each other tell a menu whatever their titles say', () => {
  const named = (command: string): Task => ({ title: 'X', command });
  const menu = ['up -d', 'down'].map((verb) => named(`docker compose ${verb}`));
  expect(menuAmong(menu, '').size).toBe(2);
  const switched = ['start', 'stop', 'restart'].map((verb) => named(`sudo systemctl ${verb} app`));
  expect(menuAmong(switched, '').size).toBe(3);
  const copied = ['dev', 'prod'].map((name) => named(`cp ${name}.yaml /etc/app.yaml`));
  expect(menuAmong(copied, '').size).toBe(2);
  const kept = ['a', 'b'].map((name) => named(`cp ${name}.conf /etc/app.d`));
  expect(menuAmong(kept, '').size).toBe(0);
  const two = ['start app', 'stop db'].map((verb) => named(`systemctl ${verb}`));
  expect(menuAmong(two, '').size).toBe(0);
});

test.each([
  ['Useful commands', true],
  ['Common operations', true],
  ['Cheat sheet', true],
  ['Service management', false],
  ['Service operations', true],
  ['Nützliche Befehle', true],
  ['Commandes utiles', true],
  ['常用命令', true],
  ['Run the commands', false],
  ['Post-install tasks', false],
  ['Operations', false],
  ['Scheduled operations', false],
])('"%s" names a collection to pick from: %s', (title, is) => {
  expect(isCollection(title)).toBe(is);
});

const fence = (script: string): string => `\`\`\`bash\n${script}\n\`\`\`\n`;

test.each([
  ['headings', `## Start\n\n${fence('svc start')}\n## Stop\n\n${fence('svc stop')}`, 2],
  ['labels', `**Start:**\n\n${fence('svc start')}\n**Stop:**\n\n${fence('svc stop')}`, 2],
  ['sentences', `To start it:\n\n${fence('svc start')}\nTo stop it:\n\n${fence('svc stop')}`, 2],
  ['comments of one fence', fence('# Start\nsvc start\n\n# Stop\nsvc stop'), 2],
])('%s that undo each other are alternatives', async (_what, text, count) => {
  const { steps } = await read(`# The pool\n\n${text}`);
  const said = steps.flatMap(({ condition, parts }) => [
    ...(condition ? [condition] : []),
    ...parts.flatMap((part) => part.condition ?? []),
  ]);
  expect(said.map(({ text: words }) => words.replace(/^To | it$/g, '').toLowerCase())).toEqual([
    'start',
    'stop',
  ]);
  expect(new Set(said.map(({ group }) => group)).size).toBe(1);
  expect(said.length).toBe(count);
});

test('what only reads is no choice of a menu', async () => {
  const text = `# P\n\n## Useful commands\n\n${fence('# Look\nuptime\n\n# Restart\nsystemctl restart app\n\n# Wipe\nrm -rf /srv/x')}`;
  const [step] = (await read(text)).steps;
  expect(step?.parts.map(({ condition }) => condition?.text)).toEqual([
    undefined,
    'Restart',
    'Wipe',
  ]);
});

test.each([
  ['systemctl start app\nsystemctl stop app', true],
  ['systemctl stop app\nsystemctl start app', false],
  ['systemctl start app\nsystemctl stop db', false],
  ['svc enable job # at night\nsvc disable job # by day', true],
  ['# Choose one\nsvc flush a\nsvc reload b', true],
  ['# Choose one\nsvc flush a', false],
  ['# Done in two passes\nsvc flush a\nsvc reload b', false],
])('in one fence %j is doubtful: %s', async (script, is) => {
  const [step] = (await read(`# P\n\n${fence(script)}`)).steps;
  expect(step?.doubtful !== undefined).toBe(is);
});
