import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../src/engine/model/step-condition.ts';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { markReader } from '../../../src/engine/reading/marks/mark-reader.ts';
import { read } from '../../support/read.ts';

const fence = (name: string): string => `\`\`\`bash\ntouch ${name}\n\`\`\``;

/** Per step: its condition's words from the outside in, `A|B` for parts; `''` without any. */
async function conditionsOf(markdown: string): Promise<readonly string[]> {
  const { steps } = await read(markdown);
  return steps.map(({ condition, parts }) =>
    [
      ...chainOf(condition).map(({ text }) => text),
      ...parts.flatMap((part) => (part.condition ? [part.condition.text] : [])),
    ].join('|'),
  );
}

/** How many groups of alternatives there are, and how many there are in the largest. */
async function alternativesOf(markdown: string): Promise<readonly number[]> {
  const { steps } = await read(markdown);
  const all = steps.flatMap(({ condition, parts }) => [
    ...chainOf(condition),
    ...parts.flatMap((part) => part.condition ?? []),
  ]);
  const groups = Map.groupBy(
    all.filter(({ group }) => group !== undefined),
    ({ group }) => group,
  );
  return [...groups.values()].map((members) => new Set(members.map(({ id }) => id)).size);
}

/** An item with a fence under these words is conditional, or not. */
const CONDITIONAL: readonly string[] = [
  'You can also do it by hand:',
  'In a case you want to run them by hand, use:',
  'In the case that a replica is lost:',
  'In cases where the disk is full:',
  'Only after all partners have confirmed, revoke the old key:',
  'Once the board has finally approved it, roll out:',
  'Tear down the sandbox when you no longer need it:',
  'Nuclear option (all sessions are lost):',
  'To go back to the old certificate:',
  'To switch back to blue:',
  'To switch back:',
  'For MySQL:',
  'Emergency:',
  'The same can be done with psql:',
  'Manually:',
  'As an alternative, run:',
  'As a fallback, use the old pool:',
  'In the unlikely event of a split brain:',
  'With a full disk, delete logs:',
  'You may need to restart the agent:',
  'Occasionally, a restart is required:',
  'After a crash, clean the lock:',
  'During an outage, switch over:',
  'To recover from a failed upgrade:',
  'To abort:',
  'You might also want to restart the agent:',
  'Restart the agent — not needed on replicas:',
  'Stop the transfers (as needed)',
  'Delete the old archives, as needed:',
  'After 7 days without errors, drop the old table:',
  'After 3+ weeks, delete the copy:',
  'Once a replica falls behind by more than 1 GB, rebuild it:',
  'All nodes must be drained before proceeding:',
  'When the index is in read-only mode, unlock it:',
  'When running on AWS:',
  'One-time setup (skip if done):',
  'Not needed on replicas:',
  'Required for major releases:',
  'Only do this on staging:',
  'At your discretion:',
  'Yes:',
  'Restart the agent. Only on replicas.',
  'Restart the agent. Only do this on the primary.',
  'Restart the agent. Not needed on version 3.',
  'Restart the agent. Skip this on replicas.',
  'Restart the agent. This step is optional.',
  'Restart the agent. This is only needed when the file changed.',
  'Drop the old index. You can skip this if it is small.',
  'Drop the old index. Do not do this in production.',
  'Skip when the database is managed:',
  'For a full reset:',
  'After approval from the owner:',
  'For customers with SSO enabled:',
  'Where the cluster has more than one zone:',
  'In extreme cases, delete the volume:',
  'Restart it by hand or, on Kubernetes:',
  'Is the queue empty? If not:',
  'Is the queue empty? Otherwise:',
  'If the database is down:',
  'Only if the above failed, flush the cache:',
  'Unless the primary is back, promote the replica:',
  'In case of a full disk, delete the old logs:',
  'Should the agent hang, kill it:',
  'Fail over to the replica if the primary is unrecoverable',
  'Restart the queue (if necessary)',
  'Restart it, but only if it hangs:',
  '(Optional) Warm the cache',
  'Optional: warm the cache',
  'As a last resort, rebuild the index:',
  'On Debian, install the client:',
  'Whenever the queue is stuck, restart the worker:',
  'Assuming the primary is gone, promote the replica:',
  'Except on the primary, restart the agent:',
  'Upon failure, restore the dump:',
  'In that case, kill the session:',
  '(Production only) Tell the load balancer:',
  'Replicas only: restart the agent',
  'Clean up (staging only)',
  'For v2 clusters, migrate the index:',
  'For clusters older than 2.0, migrate the index:',
  'Restart the agent, but not on the primary:',
  'Restart the agent only when the owner asks:',
  'When the disk is full, delete the old archives:',
  'When replication has broken, promote the replica:',
  'When pods are stuck in Terminating, delete them:',
  'Kill the worker when it hangs',
  'Restart it when the queue is too long:',
  'Where the node is a master, drain it first:',
  'If that fails, drop the replica:',
  'Failing that, reboot the node:',
  'Restart nginx (only on the edge nodes): it is quick',
  '(Only needed after a new kernel) Reboot the node:',
  'Still broken? Rebuild the node:',
  'Did the job fail? Start it again:',
  'When the primary cannot be recovered, promote the replica:',
  'When the node has not become ready, drain it:',
  'Where replication lag persists, rebuild the replica:',
  'On the primary only, run:',
  'For PostgreSQL 14 and older:',
  'Not on production: wipe the data',
  'Never on the primary: reboot it',
  'Plan B: rebuild it',
  'Workaround 1: restart it',
  'En cas d’échec, restaurez :',
  "En cas d'échec, restaurez :",
  'Uniquement sur le primaire, purgez le cache :',
  'Solo en el primario, reinicie el servicio:',
  'Apenas no primário, reinicie o serviço:',
  'Alleen op de primaire server, herstart de dienst:',
  'Только на основном сервере:',
  '위 방법이 실패한 경우에만 캐시를 삭제합니다:',
  '그렇지 않으면 노드를 재시작합니다:',
  'データベースが停止している場合は再起動します：',
  '当磁盘已满时，删除旧日志：',
  '仅在主库上执行：',
  'Wenn die Datenbank nicht läuft:',
  'Falls der Dienst hängt, starten Sie ihn neu:',
  'Si la base est arrêtée :',
  'En caso de fallo, reinicie el servicio:',
  'Se o serviço estiver parado:',
  'Se il servizio è fermo:',
  'Als de database niet draait:',
  'Jeśli baza danych nie działa:',
  'Om databasen är nere:',
  'Если база данных недоступна:',
  '如果数据库已停止：',
  'データベースが停止している場合：',
];

const PLAIN: readonly string[] = [
  'Once you have confirmed the plan, apply it:',
  'To go to the old folder:',
  'For the record:',
  'Where the file is stored:',
  'After any permission change:',
  'For all hosts:',
  'Restart the agent. Only then does it read the file.',
  'Restart the agent. It is only a matter of seconds.',
  'Restart the agent. If it is slow, that is expected.',
  'Emergency contacts are in the list; store them:',
  'Run the script, which exits with 1 if it fails:',
  'Restart the agent so that it reads the file if it changed:',
  'Install the plugin (required for the console):',
  'After 5 minutes, look at the log:',
  'Once the old node is down, start the new one:',
  'Run this by hand on each node:',
  'On the bastion:',
  'With the token, log in:',
  'To drain the node, run:',
  'During the window, run:',
  'You also need to restart the agent:',
  'Or so:',
  'Restart the failed pods:',
  'Clear the full disk:',
  'Check if the service is running:',
  'Verify whether the replica lags, and see if it catches up:',
  'Once it has finished, restart the agent:',
  'After the restart, look at the log:',
  'When the restart is done, look at the log:',
  'When the queue is empty, stop the worker:',
  'When the replica has caught up, switch over:',
  'When there are no errors, go on:',
  'When prompted for a password, type it:',
  'Look at the log when the pods are ready:',
  'Write down where the dumps are kept:',
  'Is the service up? ',
  'When the prompt returns, go on:',
  'Create the folder if needed:',
  'Install jq if it is necessary:',
  'If everything worked, open the gate:',
  'Make sure the disk is not full',
  'Tell the team what was done (who, when, and if known why) in the channel:',
  'Look at the options of the tool:',
  'For each cluster, restart the agent:',
  'For version control, tag the release:',
  'Read only: look at the list',
  'For reference only, look at the list:',
  'Plan a maintenance window:',
  'Plan the release:',
  'Fix the permissions:',
  'When the node has recovered, go on:',
  'Prüfen Sie, ob die Datenbank läuft:',
  'Vérifiez si le service répond :',
  'Compruebe si el servicio responde:',
];

/** Words around an item, so that its language can be told. */
const AROUND: Readonly<Record<string, string>> = {
  de: 'Die Datenbank ist nicht erreichbar und der Dienst wird mit dem Skript von der Bereitschaft gestartet.',
  fr: 'Le service est arrêté et les alertes sont dans le canal avec une copie pour la base du client.',
  es: 'El servicio no responde y las alertas se envían al canal con una copia para el equipo de la base.',
  pt: 'O serviço não responde e os alertas são enviados para o canal com uma cópia para a equipe do banco.',
  it: 'Il servizio non risponde e gli avvisi sono inviati al canale con una copia per la squadra del database.',
  nl: 'De dienst is niet bereikbaar en het team wordt met een bericht van de wacht op de hoogte gebracht.',
  pl: 'Usługa nie odpowiada i to jest powód do alarmu, po tym się nie da zalogować na serwer oraz do bazy.',
  sv: 'Tjänsten är inte uppe och det är ett larm som har kommit till jouren med en kopia för teamet på plats.',
};

function pageOf(words: string): string {
  const around = Object.values(AROUND).map((text) => ({
    text,
    page: `# P\n\n${text}\n\n1. ${words}\n\n   ${fence('x').replaceAll('\n', '\n   ')}\n`,
  }));
  const own: Readonly<Record<string, string>> = {
    Wenn: 'de',
    Falls: 'de',
    Prüfen: 'de',
    Si: 'fr',
    Vérifiez: 'fr',
    Uniquement: 'fr',
    Solo: 'es',
    Apenas: 'pt',
    Alleen: 'nl',
    En: 'es',
    Compruebe: 'es',
    Als: 'nl',
    Jeśli: 'pl',
    Om: 'sv',
  };
  const code = words.startsWith('Se il')
    ? 'it'
    : words.startsWith('En cas d')
      ? 'fr'
      : words.startsWith('Se o')
        ? 'pt'
        : own[words.split(' ')[0] ?? ''];
  const found = around.find(({ text }) => code !== undefined && text === AROUND[code]);
  return found?.page ?? `# P\n\n1. ${words}\n\n   ${fence('x').replaceAll('\n', '\n   ')}\n`;
}

describe('a condition is found in a step’s own words', () => {
  test.each(CONDITIONAL)('%s', async (words) => {
    const [condition] = await conditionsOf(pageOf(words));
    expect(condition).not.toBe('');
  });

  test.each(PLAIN)('and not in: %s', async (words) => {
    expect(await conditionsOf(pageOf(words))).toEqual(['']);
  });
});

describe('a condition stands above', () => {
  test('in a heading, for all under it', async () => {
    const page = `# Ops\n\n## If it is corrupted\n\n${fence('a')}\n\n### Then\n\n${fence('b')}\n\n## Look\n\n${fence('c')}\n`;
    expect(await conditionsOf(page)).toEqual(['If it is corrupted', 'If it is corrupted', '']);
  });

  test('in a label, until the next one', async () => {
    const page = `# Ops\n\n**If the disk is full**:\n\n${fence('a')}\n\nAnd then:\n\n${fence('b')}\n\n**Afterwards**:\n\n${fence('c')}\n`;
    expect(await conditionsOf(page)).toEqual(['If the disk is full', 'If the disk is full', '']);
  });

  test('in a sentence, until the next one', async () => {
    const page = `# Ops\n\nThe pod may hang. If it does, kill it:\n\n${fence('a')}\n\n${fence('b')}\n\nLook at the log:\n\n${fence('c')}\n`;
    expect(await conditionsOf(page)).toEqual(['If it does, kill it', 'If it does, kill it', '']);
  });

  test('in a sentence that shows first what is to be recognised', async () => {
    const page = `# Ops\n\nIf you see this error:\n\n\`\`\`text\nNo space left on device\n\`\`\`\n\nRemove the old files:\n\n${fence('a')}\n\nLook at the disk:\n\n${fence('b')}\n`;
    expect(await conditionsOf(page)).toEqual(['If you see this error', '']);
  });

  test('within another', async () => {
    const page = `# Ops\n\n## If the primary is lost\n\nOn Debian:\n\n${fence('a')}\n`;
    expect(await conditionsOf(page)).toEqual(['If the primary is lost|On Debian']);
  });

  test('but a sentence that only tells what happens is none', async () => {
    const page = `# Ops\n\nIf a script sets a value this will be recorded in the log.\n\n${fence('a')}\n`;
    expect(await conditionsOf(page)).toEqual(['']);
  });
});

describe('alternatives are one group', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'methods',
      `# C\n\nMethod A - the good one\n\n${fence('a')}\n\nMethod B - the other\n\n${fence('b')}\n`,
      ['Method A - the good one', 'Method B - the other'],
    ],
    [
      'options',
      `# C\n\n### Option 1: soft\n\n${fence('a')}\n\n### Option 2: hard\n\n${fence('b')}\n`,
      ['Option 1: soft', 'Option 2: hard'],
    ],
    [
      'systems',
      `# C\n\nOn Debian or Ubuntu:\n\n${fence('a')}\n\nOn RHEL:\n\n${fence('b')}\n`,
      ['On Debian or Ubuntu', 'On RHEL'],
    ],
    [
      'names of systems alone',
      `# C\n\n### macOS\n\n${fence('a')}\n\n### Windows (PowerShell)\n\n${fence('b')}\n`,
      ['macOS', 'Windows (PowerShell)'],
    ],
    [
      'the other way',
      `# C\n\nInstall it with npm:\n\n${fence('a')}\n\nOr with yarn:\n\n${fence('b')}\n`,
      ['Install it with npm', 'Or with yarn'],
    ],
    [
      'otherwise',
      `# C\n\nIf it answers:\n\n${fence('a')}\n\nOtherwise:\n\n${fence('b')}\n`,
      ['If it answers', 'Otherwise'],
    ],
    [
      'scenarios',
      `# C\n\n## Scenario 1: disk full\n\n${fence('a')}\n\n## Scenario 2: database down\n\n${fence('b')}\n`,
      ['Scenario 1: disk full', 'Scenario 2: database down'],
    ],
    [
      'items',
      `# C\n\n1. Option A: restart it\n\n   ${fence('a').replaceAll('\n', '\n   ')}\n\n2. Option B: rebuild it\n\n   ${fence('b').replaceAll('\n', '\n   ')}\n`,
      ['Option A: restart it', 'Option B: rebuild it'],
    ],
    [
      'ways to restore',
      '# C\n\n```bash\n# Restore the latest backup\n./restore latest\n\n# Restore a specific date\n./restore 2025-01-01\n\n# List\n./list\n```\n',
      ['Restore the latest backup|Restore a specific date'],
    ],
    [
      'parts of a fence',
      '# C\n\n```bash\n# Option A: the latest\ntouch a\n\n# Option B: by date\ntouch b\n```\n',
      ['Option A: the latest|Option B: by date'],
    ],
    [
      'parts behind "or"',
      '# C\n\n```bash\napt-get install -y jq\n# or on Red Hat\nyum install -y jq\n```\n',
      ['apt-get install -y jq|or on Red Hat'],
    ],
    [
      'parts of SQL',
      '# C\n\n```sql\n-- Option 1: soft\nUPDATE a SET b = 1;\n\n-- Option 2: hard\nDELETE FROM a;\n```\n',
      ['Option 1: soft|Option 2: hard'],
    ],
  ])('%s', async (_, page, words) => {
    expect(await conditionsOf(page)).toEqual(words);
    expect(await alternativesOf(page)).toEqual([2]);
  });

  test.each<[string, string, readonly string[]]>([
    [
      'headings below "There are two ways", and no more of them',
      `# C\n\nThere are two ways to do it.\n\n## Soft\n\n${fence('a')}\n\n## Hard\n\n${fence('b')}\n\n## Look\n\n${fence('c')}\n`,
      ['Soft', 'Hard', ''],
    ],
    [
      'labels below "Choose one of"',
      `# C\n\nChoose one of these:\n\n**Soft**\n\n${fence('a')}\n\n**Hard**\n\n${fence('b')}\n`,
      ['Soft', 'Hard'],
    ],
    [
      'items below "two ways"',
      `# C\n\nThere are two ways to empty it:\n\n1. Stop the queue and wait\n2. Kill the queue\n`,
      ['Stop the queue and wait', 'Kill the queue'],
    ],
    [
      'fences below "Use one of"',
      `# C\n\nUse one of these:\n\n${fence('a')}\n\n${fence('b')}\n\nThen look:\n\n${fence('c')}\n`,
      ['touch a', 'touch b', ''],
    ],
    [
      'tabs, whatever their titles, but not what comes after them',
      `# C\n\n=== "Blue"\n\n    ${fence('a').replaceAll('\n', '\n    ')}\n\n=== "Green"\n\n    ${fence('b').replaceAll('\n', '\n    ')}\n\n${fence('c')}\n`,
      ['Blue', 'Green', ''],
    ],
    [
      'tabs of directives',
      `# C\n\n::::{tab-set}\n:::{tab-item} Blue\n${fence('a')}\n:::\n:::{tab-item} Green\n${fence('b')}\n:::\n::::\n\n${fence('c')}\n`,
      ['Blue', 'Green', ''],
    ],
  ])('%s', async (_, page, words) => {
    expect(await conditionsOf(page)).toEqual(words);
    expect(await alternativesOf(page)).toEqual([2]);
  });

  test('tabs of things that follow each other are none', async () => {
    const page = `# C\n\n=== "Step 1"\n\n    ${fence('a').replaceAll('\n', '\n    ')}\n\n=== "Step 2"\n\n    ${fence('b').replaceAll('\n', '\n    ')}\n`;
    expect(await conditionsOf(page)).toEqual(['', '']);
  });

  test('either, or: what stands before them is none', async () => {
    const page = `# C\n\n${fence('a')}\n\nEither restart it:\n\n${fence('b')}\n\nor rebuild it:\n\n${fence('c')}\n`;
    expect(await conditionsOf(page)).toEqual(['', 'Either restart it', 'or rebuild it']);
  });

  test('what comes after them is none', async () => {
    const page = `# C\n\nWith npm:\n\n${fence('a')}\n\nOr with yarn:\n\n${fence('b')}\n\nThen start it:\n\n${fence('c')}\n`;
    expect((await conditionsOf(page)).at(-1)).toBe('');
  });

  test('things to restore one after the other are none', async () => {
    const page = `# C\n\nRestore the database:\n\n${fence('a')}\n\nRestore the files:\n\n${fence('b')}\n`;
    expect(await conditionsOf(page)).toEqual(['', '']);
  });
});

describe('titles beside each other that only name what some have and others have not', () => {
  test.each<readonly [one: string, other: string, groups: number]>([
    ['On staging:', 'Production:', 0],
    ['AWS', 'GCP', 0],
    ['On-premises', 'Azure', 0],
    ['PostgreSQL 12', 'PostgreSQL 13', 1],
    ['MySQL 5.7 and older', 'MySQL 8', 1],
    ['v1.x', 'v2.x', 1],
  ])('%s and %s', async (one, other, groups) => {
    for (const page of [besides('## ', one, other), besides('', `**${one}**`, `**${other}**`)]) {
      expect((await conditionsOf(page)).every((said) => said !== '')).toBe(true);
      expect(await alternativesOf(page)).toHaveLength(groups);
    }
  });

  test.each<readonly [one: string, other: string]>([
    ['1. Staging', '2. Production'],
    ['Ring 0', 'Ring 1'],
    ['Pool 1', 'Pool 2'],
    ['Deploy to staging', 'Deploy to production'],
    ['Node 2', 'Node 3'],
    ['Shard 2', 'Shard 3'],
    ['Upgrade 12', 'Upgrade 13'],
    ['Staging', 'Check the result'],
    ['The API', 'The worker'],
  ])('and not %s and %s', async (one, other) => {
    expect(await conditionsOf(besides('## ', one, other))).toEqual(['', '']);
  });
});

const besides = (mark: string, one: string, other: string): string =>
  `# Rotate the key\n\n${mark}${one}\n\n${fence('a')}\n\n${mark}${other}\n\n${fence('b')}\n`;

test.each([
  'Skip this on replicas:',
  'Restart it. Skip this step on replicas.',
  'Restart it (not needed on replicas):',
  'Not on the primary:',
])('what says where not is asked for as what a reader goes on from: %s', async (words) => {
  const { steps } = await read(`# Ops\n\n${words}\n\n${fence('a')}\n`);
  expect(steps.map(({ condition }) => condition?.gate)).toEqual(['unless']);
});

describe('a title says it', () => {
  test.each(['Emergency', 'Emergency procedure', 'Nuclear option', 'Alternative: grow the disk'])(
    '"%s", with nothing like it beside it',
    async (title) => {
      const text = `# P\n\n${fence('a')}\n\n## ${title}\n\n${fence('b')}\n`;
      expect(await conditionsOf(text)).toEqual(['', title]);
    },
  );

  test('of what is wrong, below "Troubleshooting"', async () => {
    const text = `# P\n\n${fence('a')}\n\n## Troubleshooting\n\n### Node stays NotReady\n\n${fence('b')}\n`;
    expect(await conditionsOf(text)).toEqual(['', 'Node stays NotReady']);
  });

  test.each([
    ['de', 'Notfall', true],
    ['de', 'Zurück zum alten Stand', true],
    ['de', 'Zurück zum Menü', false],
    ['de', 'Bei Problemen:', true],
    ['de', 'Spool leeren (nur wenn die Platte voll ist)', true],
    ['fr', 'Urgence', true],
    ['fr', 'Retour arrière', true],
    ['fr', 'Sur le serveur secondaire uniquement :', true],
    ['fr', 'Retour des utilisateurs', false],
    ['es', 'Emergencia', true],
    ['es', 'Volver atrás', true],
    ['pt', 'Emergência', true],
    ['pt', 'Voltar atrás', true],
    ['it', 'Emergenza', true],
    ['ja', '緊急時', true],
    ['ja', '切り戻し', true],
    ['zh', '回滚', true],
    ['en', 'Emergency access', false],
    ['en', 'Restart the pool (as root if asked), then look', false],
  ])('in %s: "%s" %s', (code, title, is) => {
    const own = LANGUAGES.filter((language) => language.code === code);
    expect(markReader(own).title(title) !== null).toBe(is);
  });
});

test('a condition of a page that may be in one of two languages is found in either', async () => {
  const text = `# Riavvio del proxy\n\nNon eseguire questa procedura se il nodo è primario.\n\nFermare il servizio:\n\n${fence('a')}\n\nSe la porta è ancora occupata, terminare il processo:\n\n${fence('b')}\n\nAvviare il servizio:\n\n${fence('c')}\n`;
  const gate = 'Non eseguire questa procedura se il nodo è primario.';
  expect(await conditionsOf(text)).toEqual([
    gate,
    `${gate}|Se la porta è ancora occupata, terminare il processo`,
    gate,
  ]);
});

const MIXED = {
  de: [
    'Die Datenbank ist nicht erreichbar und der Dienst wird mit dem Skript von der Bereitschaft gestartet.',
    'Wenn die primäre Datenbank nicht antwortet, befördern Sie die Replik:',
    'Nur fortfahren, wenn keine Zeile erscheint.',
  ],
  es: [
    'El servicio no responde y las alertas se envían al canal con una copia para el equipo de la base.',
    'Si el disco está lleno, borre los registros:',
    'Continúe solo si no aparece ninguna fila.',
  ],
  en: [
    'The database is kept on two hosts, and the service is started by the engineer with the script.',
    'If the primary does not answer, promote the replica:',
    'Only continue if no row is returned.',
  ],
} as const;

test.each([
  ['de', 'en'],
  ['en', 'de'],
  ['es', 'de'],
  ['en', 'es'],
] as const)('a page in %s with a section in %s has the conditions of both', async (page, own) => {
  const [about, lead, gate] = MIXED[own];
  const text = `# X\n\n${MIXED[page].join('\n\n')}\n\n## Y\n\n${about}\n\n${lead}\n\n${fence('a')}\n\n${gate}\n\n${fence('b')}\n`;
  const said = await conditionsOf(text);
  expect(said.map((words) => words.split('|').at(-1))).toEqual([lead.slice(0, -1), gate]);
});

describe('a row of a table of commands says it', () => {
  const table = (head: string, row: string): string =>
    `# P\n\nRun these commands in order:\n\n| Step | Command |${head}\n|---|---|${head && '---|'}\n| Look | \`touch a\` |${head && ' always |'}\n${row}\n`;

  test.each([
    ['in its name', table('', '| Only on lb2 | `touch b` |'), 'Only on lb2'],
    ['in a column', table(' When |', '| Copy | `touch b` | lb2 is behind |'), 'lb2 is behind'],
    ['nowhere', table('', '| Copy to lb2 | `touch b` |'), ''],
  ])('%s', async (_where, text, said) => {
    expect(await conditionsOf(text)).toEqual(['', said]);
  });
});

describe('what undoes is done only when something went wrong', () => {
  test.each([
    '**Rollback:**',
    'Rollback:',
    'To roll back:',
    'To undo the change, run:',
    'Back out:',
  ])('below %s', async (words) => {
    const [first, second] = await conditionsOf(
      `# C\n\n${fence('a')}\n\n${words}\n\n${fence('b')}\n`,
    );
    expect(first).toBe('');
    expect(second).not.toBe('');
  });

  test('as a part of a fence', async () => {
    const page = '# C\n\n```bash\n# Migrate\n./migrate up\n# Rollback\n./migrate down\n```\n';
    expect(await conditionsOf(page)).toEqual(['Rollback']);
  });

  test('and not below a heading that is carried out after a failure only', async () => {
    const page = `# C\n\n${fence('a')}\n\n## Rollback\n\nTo roll back:\n\n${fence('b')}\n`;
    expect(await conditionsOf(page)).toEqual(['', '']);
  });

  test('and not where a step tells to', async () => {
    const page = `# C\n\n1. Revert the temporary setting\n2. Undo the freeze of the queue\n`;
    expect(await conditionsOf(page)).toEqual(['', '']);
  });
});

describe('a comment says it', () => {
  test.each<[string, string, string]>([
    ['behind the only command', 'reboot # if needed', 'if needed'],
    [
      'behind one of them',
      'touch a\nreboot   # only if the kernel is new\ntouch b',
      'only if the kernel is new',
    ],
    ['above all of them', '# or, if it hangs\nkill -9 4242', 'or, if it hangs'],
    ['above one of them', 'touch a\n# If it hangs\nkill -9 4242', 'If it hangs'],
  ])('%s', async (_, script, words) => {
    expect(await conditionsOf(`# C\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toEqual([words]);
  });

  test.each(['touch a # if it hangs, press Ctrl-C', 'touch a # the folder', 'echo "# if needed"'])(
    'and not in: %s',
    async (script) => {
      expect(await conditionsOf(`# C\n\n\`\`\`bash\n${script}\n\`\`\`\n`)).toEqual(['']);
    },
  );

  test('only the command in front of it is held back', async () => {
    const [step] = (await read('# C\n\n```bash\ntouch a\nreboot # if needed\ntouch b\n```\n'))
      .steps;
    expect(step?.parts.map(({ text, condition }) => [text, condition?.text ?? ''])).toEqual([
      ['touch a', ''],
      ['reboot # if needed', 'if needed'],
      ['touch b', ''],
    ]);
  });
});

test('what has gone wrong is a condition as a heading below "Troubleshooting"', async () => {
  const page = `# Ops\n\n## Troubleshooting\n\n### Pods are evicted\n\n${fence('a')}\n\n### Logs\n\n${fence('b')}\n\n## Disk is full\n\n${fence('c')}\n`;
  expect(await conditionsOf(page)).toEqual(['Pods are evicted', '', 'Disk is full']);
});

test('cases that are counted below "Troubleshooting" are conditions all of them', async () => {
  const cases = ['1) Disk is full', '2) Nginx does not start', '3) Odd answers'];
  const page = `# Troubleshooting\n\n## Known cases\n\n${cases.map((title, at) => `### ${title}\n\n${fence(`x${at}`)}\n`).join('\n')}`;
  expect(await conditionsOf(page)).toEqual(cases);
});

test('a fence that stands unindented behind an item has the condition of the item', async () => {
  const page = `# Ops\n\n1. Drain it\n2. Optional: keep the logs\n\n${fence('a')}\n`;
  expect(await conditionsOf(page)).toEqual(['', 'Optional: keep the logs']);
});

test('a condition that is code already is none', async () => {
  const page =
    '# C\n\n```bash\n# If the socket is stale, remove it\nif [ -S x ]; then rm x; fi\n# Start\ntouch y\n```\n';
  expect(await conditionsOf(page)).toEqual(['']);
});

test('what stands under the same words carries the same id, which edits elsewhere leave alone', async () => {
  const page = `# Ops\n\n## If it hangs\n\n${fence('a')}\n\n${fence('b')}\n`;
  const [one, other] = (await read(page)).steps;
  expect(one?.condition?.id).toBe(other?.condition?.id);
  const [moved] = (await read(`Words above.\n\n${page}`)).steps;
  expect(moved?.condition?.id).toBe(one?.condition?.id);
});

const STEPS_OF: Readonly<Record<string, string>> = {
  de: 'Die Datenbank läuft auf dem Server und wird von der Anwendung für alle Aufträge verwendet.',
  fr: 'La base de données est utilisée par les services. Ouvrez les journaux avec les équipes.',
  es: 'La base de datos se utiliza en los servicios. Abra los registros con los equipos para que todo funcione.',
  pt: 'A base de dados é usada pelos serviços. Abra os registos com as equipas. Não há mais nada para fazer.',
  it: 'Il database è utilizzato dai servizi. Aprire i log con gli altri della squadra. Non ci sono altre cose da fare.',
  nl: 'De database wordt gebruikt door de diensten. Er is niets anders dat gedaan moet worden met het team.',
  sv: 'Databasen används av tjänsterna och finns på servern. Det är inte mer att göra för den som är här.',
};

test.each([
  ['de', 'Ist die Platte voll, löschen Sie die alten Protokolle:', true],
  ['de', 'Schlägt das fehl, starten Sie den Dienst neu:', true],
  ['de', 'Starten Sie den Dienst, und prüfen Sie ihn:', false],
  ['fr', 'Lorsque le disque est plein, supprimez les journaux :', true],
  ['fr', 'Lorsque la restauration est terminée, redémarrez :', false],
  ['es', 'Cuando el servicio no responde, reinícielo:', true],
  ['es', 'Cuando termine la copia, reinicie:', false],
  ['pt', 'Quando o disco estiver cheio, apague os registos:', true],
  ['pt', 'Quando a cópia terminar, reinicie:', false],
  ['it', 'Quando il disco è pieno, eliminare i log:', true],
  ['it', 'Quando la copia è finita, riavviare:', false],
  ['nl', 'Wanneer de schijf vol is, verwijder de logs:', true],
  ['nl', 'Is de schijf vol, verwijder dan de logs:', true],
  ['nl', 'Wanneer de kopie klaar is, start de dienst:', false],
  ['sv', 'När disken är full, ta bort loggarna:', true],
  ['sv', 'När kopian är klar, starta tjänsten:', false],
])('%s: "%s" is a condition: %s', async (language, lead, expected) => {
  const page = `# X\n\n${STEPS_OF[language]}\n\n## Y\n\n${lead}\n\n${fence('b')}\n`;
  expect((await conditionsOf(page)).map((said) => said !== '')).toEqual([expected]);
});

test.each([
  ['## Disk full', true],
  ['## Queue stuck', true],
  ['## Scale down', false],
  ['## Too many connections', true],
  ['## Pods not starting', true],
  ['## API returns 502', true],
  ['**Replication lagging:**', true],
  ['## High availability', false],
  ['## Stuck jobs cleanup', false],
  ['## Dead letter queue', false],
  ['## Take the node down', false],
  ['## High traffic response', false],
  ['## Write it down', false],
  ['## Scale the workers down', false],
  ['## Shut the node down', false],
  ['## Slow down', false],
  ['## Backup is down', true],
])('"%s" on any page is a symptom: %s', async (title, expected) => {
  const page = `# Queue\n\n## Daily check\n\n${fence('a')}\n\n${title}\n\n${fence('b')}\n`;
  expect((await conditionsOf(page)).map((said) => said !== '')).toEqual([false, expected]);
});

test.each([
  ['Using Homebrew', 'With Docker', [2]],
  ['Restore the latest backup', 'Restore a specific date', [2]],
  ['Recover a single node', 'Recover the whole cluster', [2]],
  ['Restore a specific index from a snapshot', 'Restore all indices from a snapshot', [2]],
  ['Restore the uploads', 'Restore a specific date', [2]],
  ['Restore the database from the latest backup', 'Restore the uploads', []],
  ['Restore the latest full backup', 'Restore each incremental backup', []],
  ['Check the pods', 'Alternative setup', []],
  ['Setup', 'Alternative setup', [2]],
  ['Restart the pods', 'Alternative method', [2]],
  ['Import the full schema', 'Import the seed data', []],
  ['Revert the latest migration', 'Revert the deployment', []],
  ['Test the whole restoration', 'Validate all parts after the restoration', []],
  ['Perform a full restore', 'Perform a partial restore', [2]],
])('"%s" beside "%s": alternatives of %j', async (one, other, expected) => {
  for (const mark of ['## ', '**'])
    expect(
      await alternativesOf(
        `# X\n\n${mark === '**' ? '## Y\n\n' : ''}${mark}${one}${mark === '**' ? ':**' : ''}\n\n${fence('a')}\n\n${mark}${other}${mark === '**' ? ':**' : ''}\n\n${fence('b')}\n`,
      ),
    ).toEqual(expected);
});

test.each([
  ['labels', '**For Acme Cloud:**\n\nA\n\n**For a Local Server:**\n\nB', false],
  ['labels', '**For Acme Cloud:**\n\nA\n\n**For Local Servers:**\n\nB', true],
  ['headings', '## For clusters on 1.x\n\nA\n\n## For clusters on 2.x\n\nB', true],
  ['one of them', '**For Acme Cloud:**\n\nA\n\n**Afterwards:**\n\nB', false],
])('%s that each say for whom: each is asked about (%#)', async (_what, text, conditional) => {
  const page = `# Ops\n\n${text.replace('A\n', `${fence('a')}\n`).replace(/B$/, fence('b'))}\n`;
  expect((await conditionsOf(page)).every((words) => words !== '')).toBe(conditional);
});

test.each([
  [
    'de',
    'Notabschaltung',
    'Die Pumpe und der Dienst sind für den Betrieb von der Leitung bestellt.',
  ],
  ['fr', 'Arrêt d’urgence', 'La pompe est dans la cave et les agents sont avec vous pour la nuit.'],
  ['es', 'Parada de emergencia', 'La bomba está en el sótano y los agentes son de la casa.'],
  ['ru', 'Аварийная остановка', 'Насос стоит в подвале, и это не для всех.'],
  ['sv', 'Nödstopp', 'Pumpen är i källaren och det är inte för alla.'],
  ['zh', '紧急停止', '水泵在地下室，只有值班人员可以进入。'],
  ['ja', '緊急停止', 'ポンプは地下室にあります。'],
  ['ko', '긴급 정지', '펌프는 지하실에 있습니다.'],
])('in %s what is headed "%s" is done in an emergency alone', async (_code, heading, about) => {
  const found = await conditionsOf(`# A\n\n${about}\n\n## ${heading}\n\n${fence('stop')}\n`);
  expect(found).toEqual([heading]);
});

test.each([
  [
    '# Pool',
    'If the queue is full, stop the intake:',
    'If no worker answers, drain it:',
    'If not, mark it:',
  ],
  [
    '# Servicio',
    'Si la cola está llena, deténgala:',
    'Si no responde el servicio, reinícielo:',
    'Si no, avise al equipo:',
  ],
  [
    '# Dienst',
    'Wenn die Platte voll ist, leeren:',
    'Wenn nicht alle Pods laufen, neu starten:',
    'Wenn nicht, melden:',
  ],
])('%s: what begins like the other case and goes on is a case of its own', async (...lines) => {
  const [head, ...cases] = lines;
  const fences = cases.map((said, at) => `${said}\n\n\`\`\`bash\ntouch ${at}\n\`\`\`\n`);
  const { steps } = await read(`${head}\n\n${fences.join('\n')}`);
  const [full, own, other] = steps.map(({ condition }) => condition);
  expect(full?.group).toBeUndefined();
  expect(own).toMatchObject({ text: expect.stringContaining(cases[1]?.slice(0, -1) ?? '') });
  expect(other).toMatchObject({ group: own?.group ?? 'none' });
});

test.each([
  'Restore (if needed)',
  'Restart the queue (if necessary)',
  'Restore if it is down',
  'Optional: warm the cache',
  'Scenario A: the cluster answers',
  'Clean up (staging only)',
  'Restore',
])('the heading "%s" holds up the same, however its author counts', async (title) => {
  const heldUp = async (heading: string): Promise<boolean> => {
    const { steps } = await read(
      `# T\n\n## Look\n\n~~~bash\ndf\n~~~\n\n## ${heading}\n\n~~~bash\nrm -r a\n~~~\n`,
    );
    return steps.at(-1)?.condition !== undefined;
  };
  const expected = await heldUp(title);
  for (const counter of ['3. ', '3) ', 'Step 3: ', '3.1 ', '2.3. '])
    expect([counter, await heldUp(counter + title)]).toEqual([counter, expected]);
});

test.each([
  ['ar', 'كبديل'],
  ['bg', 'Като алтернатива'],
  ['ca', 'Com a alternativa'],
  ['cs', 'Jako alternativa'],
  ['de', 'Als Alternative'],
  ['en', 'As an alternative'],
  ['es', 'Como alternativa'],
  ['fr', 'En alternative'],
  ['hr', 'Kao alternativa'],
  ['it', 'Come alternativa'],
  ['lt', 'Alternatyviai'],
  ['lv', 'Alternatīvi'],
  ['pl', 'Jako alternatywa'],
  ['pt', 'Como alternativa'],
  ['ru', 'В качестве альтернативы'],
  ['sk', 'Ako alternatíva'],
  ['sl', 'Kot alternativa'],
  ['sr', 'Као алтернатива'],
  ['sv', 'Som alternativ'],
  ['uk', 'Як альтернатива'],
])('the other way is told as one in `%s`: %s', (code, words) => {
  const own = LANGUAGES.filter((language) => language.code === code);
  const reader = markReader(own);
  expect(reader.title(words)?.kind).toBe('or');
  expect(reader.title(`${words}:`)?.kind).toBe('or');
});

test.each([
  ['Starta om tjänsten.', false],
  ['Starta om nginx på servern.', false],
  ['Läs om filen och kontrollera loggen.', false],
  ['Starta om kön är tom.', true],
  ['Starta om tjänsten om den hänger.', true],
  ['Starta tjänsten om köerna växer.', true],
])('a particle of a verb is no word for a condition: %s', async (item, holdsUp) => {
  const { steps } = await read(
    `# Drift\n\n## Åtgärder\n\n1. Stoppa tjänsten på servern.\n2. ${item}\n`,
  );
  expect(steps[1]?.condition !== undefined).toBe(holdsUp);
});

test.each([
  ['en', 'Not before the owner has agreed, drop the volume', true],
  ['en', 'Had the failover failed, restore the dump', true],
  ['en', 'With more than 5 errors, restart the worker', true],
  ['en', 'Over 80 %: add a disk', true],
  ['en', 'Only with a second person, wipe it', true],
  ['en', 'In less than 5 minutes, the service is back', false],
  ['en', 'Not before step 3 is finished: start it', false],
  ['en', 'More than one node: look at each', false],
  ['en', 'With the backup in place, restart the worker', false],
  ['de', 'Nicht vor der Freigabe durch den Kunden einspielen', true],
  ['de', 'Bei mehr als 5 Fehlern den Dienst neu starten', true],
  ['de', 'Wäre das Umschalten gescheitert, zurückspielen', true],
  ['de', 'Nicht vor Abschluss des Abgleichs starten', false],
  ['fr', "Ne lancer qu'après accord du responsable", true],
  ['fr', "Après l'accord du client, lancer la purge", true],
  ['fr', 'À plus de 5 erreurs, redémarrer le service', true],
  ['fr', "Pas avant l'accord du client", true],
  ['es', 'No antes de la aprobación, borrar el volumen', true],
  ['es', 'Con más de 5 errores, reiniciar el servicio', true],
  ['it', 'Non prima del consenso, svuotare la coda', true],
  ['pt', 'Com mais de 5 erros, reiniciar o serviço', true],
  ['nl', 'Bij meer dan 5 fouten, herstart de dienst', true],
  ['sv', 'Inte före godkännandet: töm kön', true],
  ['pl', 'Przy więcej niż 5 błędach, zrestartować usługę', true],
  ['cs', 'Ne dříve než schválí vlastník: smazat svazek', true],
  ['ru', 'Не раньше согласования: удалить том', true],
  ['uk', 'Не раніше згоди власника: видалити том', true],
])(
  'what has to come first, or how much it has to be, is a condition in `%s`: %s',
  (code, words, is) => {
    const reader = markReader(LANGUAGES.filter((language) => language.code === code));
    expect(reader.title(words)?.kind).toBe(is ? 'if' : undefined);
  },
);

test('one of several ways that comes to stopping is no gate over what follows', async () => {
  const way = (name: string, said: string, file: string): string =>
    `Option ${name}: ${said}\n\n\`\`\`bash\ntouch ${file}\n\`\`\`\n\n`;
  const { steps } = await read(
    `# R\n\n${way('A', 'restart it', 'a')}${way('B', 'give up', 'b')}Tell the team:\n\n\`\`\`bash\ntouch told\n\`\`\`\n`,
  );
  const [one, other, told] = steps.map(({ condition }) => condition);
  expect(one?.group).toBeDefined();
  expect(other?.group).toBe(one?.group);
  expect(told).toBeUndefined();
});
