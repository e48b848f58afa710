import { describe, expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

test.each([
  ['## 1.1 Recovery objectives\n\n1. Keep the queue short\n2. Answer tickets fast\n'],
  ['## Key Responsibilities\n\n**Night shift**\n1. Watch the boards\n2. Answer the phone\n'],
  ['## Our rollback principles\n\n1. **We own it.** Whoever ships it watches it.\n2. Ship small\n'],
  ['## Change history\n\n1. 2031-01-04: Add the matrix\n2. 2031-02-11: Rename the host\n'],
  ['## Annex\n\n1. v1.2 - Add the matrix\n2. v1.3 - Rename the host\n'],
  ['## Lessons learned\n\n1. Keep the keys in two places\n2. Test the alarm\n'],
  ['## Tips\n\n1. Certificates of the test site are not trusted.\n2. Rate limits reset weekly.\n'],
])('goals, duties, principles, tips and changes are no steps: %j', async (text) => {
  expect(await stepsOf(text)).toEqual([]);
});

test.each([
  ['## Symptom: the relay does not start', 'Restore the last bundle'],
  ['## If metrics look wrong', '**First:** Compare them with yesterday'],
  ['## Cause 2: full disk', 'Delete old archives'],
])('items under %j solve the problem that it names', async (heading, item) => {
  expect(await stepsOf(`${heading}\n\n1. ${item}\n2. Reload the relay\n`)).toHaveLength(2);
});

test('an arrow leads from what is wrong to what is to be done', async () => {
  expect(
    await stepsOf(
      '## Tuning\n\n1. Queue too long → Add a worker\n2. Budget too small → Increase it\n',
    ),
  ).toHaveLength(2);
});

test('an arrow between things tells nothing', async () => {
  expect(await stepsOf('## Flow\n\n1. Browser → gateway\n2. Gateway → store\n')).toEqual([]);
});

test.each([
  ['Dienst anhalten'],
  ['Warten, bis die Anzeige erlischt'],
  ['Im Menü abmelden und das Protokoll prüfen'],
  ['Öffnen Sie die Konsole'],
  ['Vérifier le journal'],
  ['Redémarrez le serveur'],
  ['Comprobar el espacio libre'],
  ['Reiniciar o servidor'],
  ['Verificare lo spazio libero'],
])('%j is an instruction in its language', async (text) => {
  expect(await stepsOf(`## X\n\n1. ${text}\n`)).toEqual([`3 manual ${text}`]);
});

test.each([
  ['Zertifikat abgelaufen'],
  ['Dashboard green'],
  ['Fichier de configuration absent'],
  ['Server a la carte'],
  ['Expired token'],
])('%j names a thing', async (text) => {
  expect(await stepsOf(`## X\n\n1. ${text}\n`)).toEqual([]);
});

test('an item whose untagged fence tells what to do is an instruction', async () => {
  expect(
    await stepsOf(
      '## Back out\n\n1. **Traffic**\n   ```\n   Open the console\n   Click "Stable"\n   ```\n\n2. **Reply code**\n   ```\n   HTTP 200\n   all good\n   ```\n',
    ),
  ).toEqual(['3 manual Traffic']);
});

test('a fence as far indented as nested items belongs to the last of them', async () => {
  expect(
    await stepsOf(
      '1. Prepare the host:\n\n    1. Mount the share\n\n    2. Start the agents\n\n    ```bash\n    systemctl start agents\n    ```\n\n2. Verify!\n',
    ),
  ).toEqual([
    '1 manual Prepare the host',
    '3 manual Mount the share',
    '7 shell Start the agents',
    '11 manual Verify!',
  ]);
});

test.each([
  [
    '## Who helps\n\n## Support\n\n1. Email: help@example.org\n2. Call: +1 555 0100\n3. Open an issue\n',
  ],
  [
    '## Uses\n\n1. **Queue Backend**: Jobs are stored here.\n2. **Cache**: Replies of the API.\n3. **Sessions**: Of users.\n4. **Rate Limiting**: Counts requests.\n',
  ],
])('whom to ask and what a thing is for are no steps: %j', async (text) => {
  expect(await stepsOf(text)).toEqual([]);
});

test('a goal stated above a list does not say what kind of list it is', async () => {
  expect(
    await stepsOf(
      '## Short-term fix\n\n**Objective**: Stable while the root cause is looked for\n\n1. **Adjust the limits** (if too low):\n   ```yaml\n   memory: 1Gi\n   ```\n2. **Enable swap**\n',
    ),
  ).toEqual(['5 manual Adjust the limits (if too low)', '9 manual Enable swap']);
});

test('a labelled command among instructions is one of them', async () => {
  expect(
    await stepsOf(
      '## System down\n\n1. **Check logs**: in the viewer\n2. **Database**: `mysqladmin ping`\n',
    ),
  ).toHaveLength(2);
});

test('items that lead through the pages of a console are instructions', async () => {
  expect(
    await stepsOf(
      'Or in the web dashboard:\n\n1. Go to: https://example.org/editor\n2. Table editor → `leads`\n3. Filter: `created` > yesterday\n',
    ),
  ).toHaveLength(3);
});

test.each([
  ['Eyeball the boards'],
  ['Rule out a broken cable'],
  ['Step down the leader'],
  ['Sanity check the totals'],
  ['Double check everything'],
  ['⚠️ **IMPORTANT:** Take a snapshot'],
  ['👉 `uptime -p` and note the days'],
  ['From the menu choose *Restore*'],
])('%j tells what to do', async (text) => {
  expect(await stepsOf(`## X\n\n1. ${text}\n`)).toHaveLength(1);
});

test.each([
  ['Level 1: whoever is on call'],
  ['Rule 1: the owner decides'],
  ['Step two'],
  ['**Local**: local machines'],
  ['From the menu it is easy to see'],
])('%j tells nothing to do', async (text) => {
  expect(await stepsOf(`## X\n\n1. ${text}\n`)).toEqual([]);
});

test('a sentence among instructions that says how a thing goes is none', async () => {
  expect(
    await stepsOf(
      '## Restore\n\n1. Load the tape\n2. Start the job\n3. The restore takes two hours\n4. Eject the tape\n5. Tell the owner\n',
    ),
  ).toHaveLength(4);
});

test('files of a project and what somebody says are no steps', async () => {
  const page =
    '# Refactoring\n\n1. `leads/migrations/0017_add.py`\n2. `leads/migrations/0018_move.py`\n\n## Messages\n\n1. "Hello, my name is Anna"\n2. "Count it up, please"\n\n## Commands\n\n1. `./scripts/backup.sh`\n2. `tools/check.sh`\n';
  expect((await stepsOf(page)).map((step) => step.split(' ')[0])).toEqual(['13', '14']);
});

test('what happens by itself, who is to be called and what a file does are no steps', async () => {
  const text = [
    '## Anmälan',
    '',
    '1. Öppna panelen',
    '2. Välj rollen',
    '3. Efter detta loggas du in automatiskt',
    '',
    '## Overzicht',
    '',
    '1. **copy-tapes.js** - Upload tapes naar de kluis',
    '2. **plan-tapes.js** - Plant de nachtelijke runs',
    '',
    '## Trực',
    '',
    '1. Báo cáo: Trần Minh, máy lẻ 12',
    '2. Kiểm tra: Lê Hoa, máy lẻ 14',
  ].join('\n');
  expect((await stepsOf(text)).map((step) => step.split(' ', 1)[0])).toEqual(['3', '4']);
});

test.each([
  ['Notmaßnahmen im Nebengebäude', 'Gjord-X alpha'],
  ['Katastrofåtgärder', 'Strypningen av kön'],
  ['Rampmaatregelen', 'Wachtrij afknijping'],
])('a heading of one long word is over what its last part says: %j', async (heading, item) => {
  const page =
    '\n\nDie Liste ist für den Notfall und nicht für den Alltag. Det är för att vi har det. Het is voor de nacht en niet voor de dag.';
  expect(await stepsOf(`# A${page}\n\n## ${heading}\n\n1. ${item}\n`)).toHaveLength(1);
});

test('a timed part of a runbook is done, whatever it is about', async () => {
  const list = '1. Kayıtlar yedeklenir.\n2. Kuyruk boşaltılır.\n3. Anahtar değiştirilir.\n';
  const text = `# Kenar Runbook\n\n## Akış\n\n### 2. Veri Güvenliği (15–40 dk)\n\n${list}`;
  expect(await stepsOf(text)).toHaveLength(3);
  const before = '1. Saat kontrol edilmiş olmalı\n2. Erişim kaydı yazılmış olmalı\n';
  expect(await stepsOf(`# Kenar Runbook\n\n## Ön Koşullar\n\n${before}`)).toEqual([]);
});

test('a ticked list of names is no checklist because a checklist stands around it', async () => {
  const text =
    '# Disaster procedures\n\n## Restore script\n\n- [x] **Script**: `restore.sh`\n- [x] **Mail**: on errors\n';
  expect(await stepsOf(text)).toEqual([]);
});

test('a list goes on below a line of text, though markdown takes its number for more of the text', async () => {
  const text = [
    '## Wiederanlauf',
    '',
    '1. Den Schieber öffnen',
    '',
    'Der Schieber steht links.',
    '2. Die Pumpe starten',
    '3. Den Druck ablesen',
    '',
    'Im Jahr wurde die Pumpe',
    '7. mal getauscht.',
  ].join('\n');
  expect((await stepsOf(text)).map((step) => step.split(' ', 1)[0])).toEqual(['3', '6', '7']);
});

test('criteria of success are states, in any language', async () => {
  const both = [
    '## Критерии успешного запуска\n\n1. **Насос**: `pumpctl status` показывает "on"\n2. **Дверь**: закрыта\n',
    '## Abnahme\n\nDie Pumpe ist erst dann abgenommen, wenn sie eine Nacht mit der neuen Leitung gelaufen ist.\n\nPflichtkriterien:\n\n1. Start erfolgreich\n2. Grundfunktion der Pumpe ok\n',
  ];
  for (const text of both) expect(await stepsOf(text)).toEqual([]);
});

test('what appears then is no step among those that make it appear', async () => {
  const text =
    '## Порядок запуска\n\n1. Нажмите кнопку\n2. Отобразится окно насоса\n3. Выберите режим\n';
  expect((await stepsOf(text)).map((step) => step.split(' ', 1)[0])).toEqual(['3', '5']);
});

test.each([
  [
    '## Objectifs stratégiques\n\n1. **Vue** : Avoir une vue unique\n2. **Coûts** : Réduire les coûts\n',
  ],
  ['## Ziele\n\n1. Ausfälle verringern\n2. Kosten senken\n'],
  ['## 학습 포인트\n\n1. 별칭 설정을 확인하기\n2. 폴더를 정리하기\n'],
])('goals and lessons of other languages are no steps either: %j', async (text) => {
  expect(await stepsOf(text)).toEqual([]);
});

test.each([
  ['Message template:\n\n'],
  ['**Customer e-mail template**:\n\n'],
  ['Draft of the announcement:\n\n'],
  [':::{note}\nStatus page message text:\n\n'],
  ['```{note}\nMessage template:\n\n'],
  ['## Outage notification template\n\n'],
])('what a message tells its readers to do is no step: %j', async (lead) => {
  const end = lead.startsWith(':::') ? ':::\n' : lead.startsWith('`') ? '```\n' : '';
  const text = `# Tell them\n\n${lead}1. Restart your client\n2. Contact support\n${end}`;
  expect(await stepsOf(text)).toEqual([]);
});

test.each([['## Update the message template'], ['Fill in the message template:']])(
  'what to do with a message is steps: %j',
  async (lead) => {
    expect(await stepsOf(`# T\n\n${lead}\n\n1. Open the file\n2. Save the file\n`)).toHaveLength(2);
  },
);

test('a heading that tells what to do with a goal is over steps', async () => {
  expect(await stepsOf('## Ziel ändern\n\n1. Datei öffnen\n2. Adresse eintragen\n')).toHaveLength(
    2,
  );
});

test.each([
  ['The output should hold the address. For example:'],
  ['Die Ausgabe sollte die Adresse enthalten. Zum Beispiel:'],
])('what stands under %j is what the sentence before says', async (lead) => {
  const text = `# U\n\n\`\`\`\nip a\n\`\`\`\n\n${lead}\n\n\`\`\`\ninet 10.2.2.2/24\n\`\`\`\n`;
  expect(await stepsOf(text)).toHaveLength(1);
});

test('what a sentence above says of a tool takes no step away; what it says of the list does', async () => {
  const list = '1. Open the tool from the menu\n2. Select the area\n3. Save the picture\n';
  const under = async (sentence: string): Promise<number> =>
    (await stepsOf(`# Pictures\n\n${sentence}\n\n${list}`)).length;
  expect(await under('The desktop includes a tool that can save a part of the screen.')).toBe(3);
  expect(await under('This script will:')).toBe(0);
});

test.each([
  ['There are several ways to mount it:', 'Mounting via the setup', 'Mounting via the console'],
  ['Il y a plusieurs moyens de le monter :', 'Montage par le menu', 'Montage par la console'],
  ['Istnieje kilka sposobów:', 'Montowanie przez menu', 'Montowanie przez konsolę'],
])('the names of ways are no steps: %s', async (lead, ...ways) => {
  const list = ways.map((way, at) => `${at + 1}. ${way}`).join('\n');
  expect(await stepsOf(`# Image\n\n${lead}\n\n${list}\n`)).toEqual([]);
});

test('names under principles are none, though what explains them is said in verbs', async () => {
  const items =
    '1. **初動** - 五分以内に状況を確認\n2. **共有** - 随時チャットで報告\n3. **分析** - 復旧後に原因を記録\n';
  expect(await stepsOf(`# 運用\n\n## 対応の原則\n\n${items}`)).toEqual([]);
});

test('a short list is in the language of its page, whatever else its words may be of', async () => {
  const page =
    '# Gruppi\n\nI gruppi permettono di definire i livelli di accesso per chi usa i servizi.\n\n## Invitare un cliente\n\n1. Clicca sul pulsante Aggiungi nel gruppo\n2. Seleziona Invita account\n3. Scegli il gruppo\n4. Inserisci la mail\n5. Clicca su Invita\n';
  expect(await stepsOf(page)).toHaveLength(5);
});

test('in Chinese the place may stand before the verb with nothing between them', async () => {
  const items = ['在管理面板中停止服务', '在列表里选择备份', '在页面上点击恢复'];
  const list = items.map((item, at) => `${at + 1}. ${item}`).join('\n');
  expect(await stepsOf(`# 注意\n\n${list}\n`)).toHaveLength(3);
});

test('what a folder holds is put out, and is no command', async () => {
  const page =
    '# Look\n\nLook at the folder, these should be there:\n\n```\naction.d jail.conf filter.d paths.conf\nmain.conf jail.d\n```\n';
  expect((await stepsOf(page)).filter((step) => step.includes(' shell '))).toEqual([]);
});

const numbered = (items: readonly string[]): string =>
  `# Runbook\n\n${items.map((item, at) => `${at + 1}. ${item}`).join('\n')}\n`;

test.each([
  [['start - starts the service', 'stop - stops the service', 'reload - reads the file again']],
  [['Shard: a slice of the data', 'Lease: the right to write', 'Backup — a copy of the shard']],
  [['`--force` - overrides the lock', '`--wait` - waits for the lock to be free']],
  [['**Build** - compiles the sources', '**Deploy** - copies the image to the hosts']],
  [['run.sh - starts the importer', 'plan.yaml - settings of the importer']],
  [
    [
      'Starten - startet den Dienst',
      'Stoppen - hält den Dienst an',
      'Sperre – das Recht zu schreiben',
    ],
  ],
  [
    [
      'Iniciar - inicia el servicio',
      'Detener - detiene el servicio',
      'Nodo – una máquina del grupo',
    ],
  ],
  [['Uruchom - uruchamia usługę', 'Zatrzymaj - zatrzymuje usługę', 'Węzeł – maszyna w grupie']],
  [['启动 - 用于启动服务的选项', '停止 - 用于停止服务的选项']],
])('a list of names with what they mean has no step: %j', async (items) => {
  expect(await stepsOf(numbered(items))).toEqual([]);
});

test.each([
  [['Restart the server - it takes a minute', 'Check the log - look for errors']],
  [['Stop the primary: `systemctl stop db`', 'Promote the replica: `db promote`']],
  [['**Stop** - stop the primary', '**Promote** - promote the replica']],
  [['Server neu starten – dauert eine Minute', 'Protokoll prüfen – auf Fehler achten']],
  [['`systemctl stop db` - stops the database', '`systemctl start db` - starts it again']],
])('what is said behind an instruction leaves it one: %j', async (items) => {
  expect(await stepsOf(numbered(items))).toHaveLength(items.length);
});

test.each([
  ['**Advantages / Disadvantages**'],
  ['## Pros and cons'],
  ['## Vorteile'],
  ['## 优缺点'],
])('ticks under %j weigh something, and nothing is to be done', async (above) => {
  const list = '- [x] Simple\n- [ ] Needs a public address\n';
  expect(await stepsOf(`# U\n\n${above}\n\n${list}`)).toEqual([]);
  expect(await stepsOf(`# U\n\n## Before the change\n\n${list}`)).toHaveLength(2);
});

test('how something can be done is said above what is to be done', async () => {
  const lead = 'This operation can be done without taking the board out:';
  const items =
    '1. Connect the board with a cable\n2. Log in to the console\n3. Upload the image\n';
  expect(await stepsOf(`# Firmware\n\n${lead}\n\n${items}`)).toHaveLength(3);
});

test.each(['See also', 'Further reading', 'References', 'Related pages'])(
  'what is told to be read below "%s" is no step, and said to be left out',
  async (heading) => {
    const links = '1. Read [this](https://example.com)\n2. Check the [docs](./b.md) for more';
    const { steps, diagnostics } = await read(
      `# U\n\n\`\`\`bash\nmake\n\`\`\`\n\n## ${heading}\n\n${links}\n`,
    );
    expect(steps.map(({ type }) => type)).toEqual(['shell']);
    expect(diagnostics.map(({ rule, line }) => `${rule} ${line}`)).toEqual([
      'left-out 9',
      'left-out 10',
    ]);
  },
);

test('what comes next may have a link in it and is to be done', async () => {
  expect(
    await stepsOf('## Next steps\n\n1. Open a ticket in [the tracker](https://example.com)\n'),
  ).toHaveLength(1);
});

const inProcedure = async (items: readonly string[]): Promise<number> => {
  const list = items.map((item, at) => `${at + 1}. ${item}`).join('\n');
  return (await stepsOf(`# U\n\n## Recovery\n\n${list}\n`)).length;
};

test('what must be done with a thing is an instruction, and how a thing must be is none', async () => {
  const due = [
    'The server should be restarted',
    'The log is to be checked',
    'The cache must be cleared',
    'All clients need to be informed',
    'The pool has to be rebuilt',
    'The alarm should then be switched off',
    'Old backups are to be deleted',
  ];
  expect(await inProcedure(due)).toBe(due.length);
  const states = [
    'The light should be green',
    'The list should be empty',
    'It should be started',
    'You should be redirected to the dashboard',
    'The cache is to the left of the door',
  ];
  expect(await inProcedure(states)).toBe(0);
});

test.each(['Question round', 'Reference import', 'Root cause analysis', 'Contact update'])(
  'a word in the singular before a noun only says of what kind it is: %s',
  async (heading) => {
    expect(
      await stepsOf(`# Runbook\n\n## ${heading}\n\n1. Ask everybody\n2. Write the answers down\n`),
    ).toHaveLength(2);
  },
);

test.each(['Open questions', 'References', 'Root causes', 'Contact list', 'Contacts'])(
  'the noun itself says what a list holds: %s',
  async (heading) => {
    expect(
      await stepsOf(`# Runbook\n\n## ${heading}\n\n1. Lack of space\n2. The team of Tom\n`),
    ).toEqual([]);
  },
);

test('a name over what is done there, some of it in verbs that nobody knows, is an instruction', async () => {
  const page =
    '# 应急\n\n**响应流程**:\n\n1. **通知相关方** (2分钟):\n   - 立即通知负责人\n2. **事后复盘** (24小时内):\n   - 编写故障报告\n   - 分析根本原因\n';
  expect(await stepsOf(page)).toHaveLength(2);
});

test.each(['[ ]', '[]', '[  ]', '[x]', '[X ]', '[ x ]'])(
  'a box that is written `%s` is the box of a task',
  async (box) => {
    const { steps } = await read(`# T\n\n- ${box} Close the gate\n- [ ] Drain the pond\n`);
    expect(steps.map(({ type, title }) => [type, title])).toEqual([
      ['checklist', 'Close the gate'],
      ['checklist', 'Drain the pond'],
    ]);
  },
);

test.each([
  ['(1)', '(2)'],
  ['a)', 'b)'],
  ['A.', 'B.'],
  ['4a.', '4b.'],
])('what is counted by %s and %s is named on both sides of a fence', async (one, two) => {
  const page = `# T\n\n${one} Stop the service:\n\n~~~bash\nuptime\n~~~\n\n${two} Tell the team\n`;
  const { diagnostics } = await read(page);
  expect(diagnostics.filter(({ rule }) => rule === 'left-out').map(({ line }) => line)).toEqual([
    9,
  ]);
});

describe('an item that counts on alone, behind fences', () => {
  const page = (item: string): string =>
    `# T\n\n## Do it\n\n1. Stop it\n\n~~~bash\ntrue\n~~~\n\n~~~bash\nfalse\n~~~\n\n${item}\n`;

  test.each(['2. Wait', '3. Wait', '3. Monitor', '2) Wait.', '3. Test', '3. Back to normal'])(
    '%s is a step',
    async (item) => {
      const { steps } = await read(page(item));
      expect(steps.at(-1)).toMatchObject({ type: 'manual', line: 15 });
    },
  );

  test.each(['2) is the number of the host', '3. means that it is down'])(
    '%s explains its number, and is nothing that was left out',
    async (item) => {
      const { steps, diagnostics } = await read(page(item));
      expect(steps.map(({ line }) => line)).toEqual([7, 11]);
      expect(diagnostics.filter(({ rule }) => rule === 'left-out')).toEqual([]);
    },
  );
});

test('steps under one heading are told apart by what they begin with, and keep their ids', async () => {
  const fence = (text: string): string => `~~~bash\n${text}\n~~~\n\n`;
  const page = `# T\n\n## Restart\n\n${fence('# Stop it\nsystemctl stop web')}${fence('set -e\nsystemctl restart web --force; true')}${fence('curl -fsS https://web.internal/a/very/long/address/of/it')}${fence('uptime | tail -1')}## Twice\n\n${fence('uptime')}${fence('uptime')}~~~bash title=Twice\ndate\n~~~\n\n## More\n\nStop all:\n\n${fence('stop all')}${fence('date')}`;
  const { steps } = await read(page);
  expect(steps.map(({ id, title }) => [id, title])).toEqual([
    ['restart/stop-it', 'Stop it'],
    ['restart/restart', 'Restart: systemctl restart web --force …'],
    ['restart/restart-2', 'Restart: curl -fsS …'],
    ['restart/restart-3', 'Restart: uptime …'],
    ['twice/twice', 'Twice'],
    ['twice/twice-2', 'Twice'],
    ['twice/twice-3', 'Twice'],
    ['more/stop-all', 'Stop all'],
    ['more/stop-all-2', 'Stop all: date'],
  ]);
});

test.each([
  ['停止服务 / Stop the service', '备份数据库 / Back up the database'],
  ['サービスを停止する / Stop the service', 'データを確認する / Check the data'],
  ['Остановите службу / Stop the service', 'Проверьте данные / Check the data'],
])('an item in two scripts tells what either tells: %s', async (...items) => {
  const list = items.map((item, at) => `${at + 1}. ${item}`).join('\n');
  expect(await stepsOf(`# Steps\n\n${list}\n`)).toHaveLength(items.length);
});

test('what a page about an outage leaves to do is no step of a run', async () => {
  const items = '1. Add an alert for the disk\n2. Move the logs to their own volume\n';
  for (const heading of ['Action items', 'Follow-up', 'Corrective actions', 'Next steps'])
    expect(await stepsOf(`# Post-mortem: full disk\n\n## ${heading}\n\n${items}`)).toEqual([]);
  expect(await stepsOf(`# Full disk\n\n## Action items\n\n${items}`)).toHaveLength(2);
  expect(await stepsOf(`# Post-mortem drill\n\n## Recovery\n\n${items}`)).toHaveLength(2);
});

test('numbered paragraphs below questions and answers are none', async () => {
  const page = (heading: string) =>
    `# Manuale\n\n## ${heading}\n\n**1. Non vedo i dati aggiornati.**\n- Prova a fare logout.\n\n**2. Riavvia il servizio.**\n- Usa la console.\n`;
  expect(await stepsOf(page('Domande frequenti (FAQ)'))).toEqual([]);
  for (const heading of ['Procedura', 'Lisans Tanımlama'])
    expect(await stepsOf(page(heading))).not.toEqual([]);
});

test('who is responsible for what is no step, whatever the sentence between speaks of', async () => {
  const page =
    '# Segurança\n\n## Matriz de Responsabilidade\n\nA segurança da implantação é dividida entre os seguintes atores:\n\n1. **Fornecedor (do produto)**:\n   - Garantir a integridade dos pacotes.\n2. **Operador (do ambiente)**:\n   - Rotacionar as credenciais.\n';
  expect(await stepsOf(page)).toEqual([]);
});

test('a request in the form of a question is an instruction, and any other question among steps is said', async () => {
  const { steps, diagnostics } = await read(
    '# Restart\n\n## Steps\n\n1. Drain the queue.\n2. Could you restart the worker?\n3. Please would you tell the owners?\n4. Has the queue gone?\n5. Delete the lock.\n',
  );
  expect(steps.map(({ title }) => title)).toEqual([
    'Drain the queue',
    'Could you restart the worker?',
    'Please would you tell the owners?',
    'Delete the lock',
  ]);
  expect(diagnostics.filter(({ rule }) => rule === 'left-out').map(({ line }) => line)).toEqual([
    8,
  ]);
});

test('a list of questions is said nowhere', async () => {
  const { steps, diagnostics } = await read(
    '# Restart\n\n## Questions\n\n1. Is it red?\n2. Could you log in?\n3. Who is on call?\n',
  );
  expect([steps.length, diagnostics.filter(({ rule }) => rule === 'left-out')]).toEqual([0, []]);
});

test.each([
  ['Render creates the archive'],
  ['Vercel keeps deploying in parallel'],
  ['Grafana shows the new panel'],
  ['Message sent to the channel'],
  ['Backup created in the bucket'],
])('%j says what happens, and tells nobody to do it', async (text) => {
  expect(
    await stepsOf(`## Restore\n\n1. Open the console\n2. ${text}\n3. Start the relay\n`),
  ).toEqual(['3 manual Open the console', '5 manual Start the relay']);
});

test.each([
  ['Restart builds that hang'],
  ['Stop runs in the old region'],
  ['Check logs for errors'],
  ['Keep logged in to the console'],
])('%j begins with a verb, whatever the word behind it', async (text) => {
  expect(await stepsOf(`## Restore\n\n1. Open the console\n2. ${text}\n`)).toHaveLength(2);
});

test.each([
  ['# Anleitung', 'Bereitstellung', 'Zwei neue Rechner gleicher Größe'],
  ['# NEXT', 'Umzug', 'Neuer Rechner mit denselben Werten'],
])('a shape that all items have tells none of them apart: %j', async (heading, name, rest) => {
  const items = [
    'Isolieren**: Trennen Sie den Server vom Netz.',
    'Sichern**: Kopieren Sie die Daten.',
    `${name}**: ${rest}.`,
    'Anlauf**: Starten Sie die Dienste.',
    'Prüfung**: Öffnen Sie die Seite.',
  ];
  const list = items.map((item, at) => `${at + 1}. **${item}`).join('\n');
  expect(await stepsOf(`${heading}\n\n${list}\n`)).toHaveLength(items.length);
});

test.each([
  ['GitHub Actions akan otomatis:'],
  ['Skrypt automatycznie:'],
  ['O script automaticamente:'],
])('%j says what nobody has to do', async (lead) => {
  expect(await stepsOf(`## Run\n\n${lead}\n\n1. ✅ CI tests\n2. ✅ Notifikasi tim\n`)).toEqual([]);
});

test('what is only a blank to be filled in is no step, box or not, and that is said', async () => {
  const runbook = await read(
    '## Steps\n\n1. [확인 단계]\n2. Open the console\n\n- [ ] [access to the cluster]\n- [ ] Look\n',
  );
  expect(runbook.steps.map(({ title }) => title)).toEqual(['Open the console', 'Look']);
  expect(runbook.diagnostics.map(({ line }) => line)).toEqual([3, 6]);
});

test.each([['디스크가 가득 찼을 때'], ['ディスクがいっぱいのとき']])(
  '%j says when, and not what to do then',
  async (text) => {
    const open = /\p{Script=Hangul}/u.test(text) ? '서비스를 재시작한다' : 'サービスを再起動する';
    expect(await stepsOf(`# X\n\n1. ${open}\n2. ${text}\n`)).toEqual([`3 manual ${open}`]);
  },
);
