import { expect, test } from 'vitest';
import { findingsOf, stepsOf as linesOf, read } from '../../support/read.ts';

const fence = '```bash\ntouch a\n```';

/** Per language: words that tell it, what skips, what refuses, what only shows, and a sentence behind another. */
const LANGUAGES = [
  {
    page: 'Der Dienst wird jeden Monat gewartet, und das ist nicht schwer.',
    skips: ['Auf Kopien überspringen:', 'Diesen Schritt auf Kopien auslassen:'],
    refuses: 'Führen Sie dies nicht auf Kopien aus.',
    shows: 'Das macht das Skript:',
    only: 'Den Agenten neu starten. Nur auf den Kopien.',
  },
  {
    page: 'Le service est arrêté chaque mois pour la maintenance, et les clients le savent.',
    skips: ['Ignorez cette étape sur les copies :', 'Sauter cette étape si le disque est neuf :'],
    refuses: 'N’exécutez pas ceci sur les copies.',
    shows: 'Voici ce que fait le script :',
    only: 'Redémarrez l’agent. Uniquement sur les copies.',
  },
  {
    page: 'El servicio se detiene cada mes para el mantenimiento, y los clientes lo saben.',
    skips: ['Omita este paso en las copias:', 'Salte este paso si el disco es nuevo:'],
    refuses: 'No ejecute esto en las copias.',
    shows: 'Esto es lo que hace el script:',
    only: 'Reinicie el agente. Solo en las copias.',
  },
  {
    page: 'O serviço é parado todos os meses para manutenção, e os clientes não sabem disso.',
    skips: ['Pule esta etapa nas cópias:', 'Omita esta etapa se o disco for novo:'],
    refuses: 'Não execute isto nas cópias.',
    shows: 'Isto é o que o script faz:',
    only: 'Reinicie o agente. Apenas nas cópias.',
  },
  {
    page: 'Il servizio viene fermato ogni mese per la manutenzione, e i clienti lo sanno.',
    skips: ['Saltare questo passaggio sulle copie:', 'Salta questo passaggio se il disco è nuovo:'],
    refuses: 'Non eseguire questo sulle copie.',
    shows: 'Ecco cosa fa lo script:',
    only: 'Riavviare l’agente. Solo sulle copie.',
  },
  {
    page: 'De dienst wordt elke maand gestopt voor het onderhoud, en dat is niet moeilijk.',
    skips: ['Sla deze stap over op kopieën:', 'Op kopieën overslaan:'],
    refuses: 'Voer dit niet uit op kopieën.',
    shows: 'Dit is wat het script doet:',
    only: 'Herstart de agent. Alleen op de kopieën.',
  },
  {
    page: 'Usługa jest zatrzymywana co miesiąc i nie jest to trudne, ale trzeba uważać.',
    skips: ['Pomiń ten krok na kopiach:', 'Pomiń ten krok, jeśli dysk jest nowy:'],
    refuses: 'Nie uruchamiaj tego na kopiach.',
    shows: 'Oto co robi skrypt:',
    only: 'Uruchom ponownie agenta. Tylko na kopiach.',
  },
] as const;

const stepsOf = async (page: string, lead: string) =>
  (await read(`# A\n\n${page}\n\nX.\n\n${lead}\n\n${fence}\n`)).steps;

test.each(
  LANGUAGES.flatMap(({ page, skips, refuses }) =>
    [...skips, refuses].map((lead) => ({ page, lead })),
  ),
)('"$lead" says where it is left out', async ({ page, lead }) => {
  const [step] = await stepsOf(page, lead);
  expect(step?.condition?.gate).toBe('unless');
});

test.each(LANGUAGES)('"$only" is a condition', async ({ page, only }) => {
  const [step] = await stepsOf(page, only);
  expect(step?.condition?.text).toMatch(/[.:]$/);
  expect(step?.condition?.gate).toBeUndefined();
});

test.each(LANGUAGES)('what stands under "$shows" is doubtful', async ({ page, shows }) => {
  const [step] = await stepsOf(page, shows);
  expect(step?.doubtful?.or).toContain('what something else does');
});

test.each([
  ['Der Dienst wird jeden Monat gewartet, und das ist nicht schwer.', 'Das Skript ausführen:'],
  ['Le service est arrêté chaque mois, et les clients le savent.', 'Passez à la suite :'],
  [
    'De dienst wordt elke maand gestopt, en dat is niet moeilijk.',
    'Voer deze opdracht uit op de server:',
  ],
  [
    'Der Dienst wird jeden Monat gewartet, und das ist nicht schwer.',
    'Die Warnungen im Log überspringen:',
  ],
  [
    'Le service est arrêté chaque mois, et les clients le savent.',
    'Ignorez les avis dans le journal :',
  ],
])('in "%s", "%s" asks nothing', async (page, lead) => {
  const steps = await stepsOf(page, lead);
  expect(steps.map(({ condition, doubtful }) => [condition, doubtful])).toEqual([
    [undefined, undefined],
  ]);
});

test.each([
  ['## Quaxeln\n\n1. Full disk in slot four\n2. Quiet night\n', 2],
  ['## Φυσιολογικά\n\n1. Άδειασμα της ουράς\n2. Κλείσιμο του διακόπτη\n', 2],
  ['## P\n\n**1)** Power the node down.\n\n**2)** Disk 4 out, the new one in.\n', 1],
  ['## P\n\n**5** – Done with all of it\n', 1],
  ['## Components\n\n1. Full disk\n2. Quiet night\n', 0],
  ['## FAQ\n\n**1.** Who is it?\n', 0],
])(
  'what is counted below words that nobody knows is a step, or said to be none: %j',
  async (text, count) => {
    expect((await findingsOf(text)).filter((one) => one.endsWith(' left-out'))).toHaveLength(count);
  },
);

test.each([
  'See also',
  'Siehe auch',
  'Nächste Schritte',
  'Voir aussi',
  'Prochaines étapes',
  'Véase también',
  'Ver também',
  'Vedi anche',
  'Zie ook',
  'Se även',
  'Zobacz też',
  'Viz také',
  'Смотрите также',
  'Див. також',
  '関連ドキュメント',
  '相关文档',
  '참고 자료',
])('the runbooks below "%s" are not run, and that is said', async (heading) => {
  const text = `# P\n\n1. [Backup](backup.md)\n\n## ${heading}\n\n1. [Release](release.md)\n- [Monitor](monitor.md)\n`;
  expect(await linesOf(text)).toEqual(['3 runbook Backup']);
  expect(await findingsOf(text)).toEqual(expect.arrayContaining(['7 left-out', '8 left-out']));
});

test.each([
  ['```\n# systemctl restart web\n```\n', 1],
  ['```\n# systemctl restart web\nactive\n```\n', 1],
  ['```\n# The address of the host\n```\n', 0],
  ['```text\nPS C:\\\\Users\\\\ada> Restart-Service W3SVC\n```\n', 1],
  ['```\nshop> db.stock.drop()\n{ ok: 1 }\n```\n', 1],
  ['```\n> a quotation\n```\n', 0],
  ['<table><tr><td>1</td><td><code>systemctl restart web</code></td></tr></table>\n', 1],
  ['<table><tr><td>1</td><td><code>port</code></td></tr></table>\n', 0],
  [
    '| Check | Expected | If not |\n|---|---|---|\n| `uptime` | `up` | `systemctl restart web` |\n',
    1,
  ],
  ['| Check | Expected | Owner |\n|---|---|---|\n| `uptime` | `up` | `ada` |\n', 0],
])(
  'a session, a table of HTML or a second command of a row that is not run is said to be so: %j',
  async (text, count) => {
    const found = await findingsOf(`# Mend the web\n\n## Steps\n\n${text}`);
    expect(found.filter((one) => one.endsWith(' left-out'))).toHaveLength(count);
  },
);
