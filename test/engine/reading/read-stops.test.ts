import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const STEP = '```bash\necho looked\n```';

const stopsOf = async (markdown: string): Promise<readonly string[]> =>
  (await read(markdown)).readings.map(({ title }) => title);

/** A page whose first two headings ask for something in words, and whose third has a step. */
const ASKING: readonly (readonly [language: string, one: string, two: string, text: string])[] = [
  ['English', 'Quiet the agent', 'The bank', 'Please call the bank and tell them why we are late.'],
  ['German', 'Der Agent', 'Die Bank', 'Öffnen Sie die Verwaltung und halten Sie den Agenten an.'],
  [
    'German bullets',
    'Der Agent',
    'Die Bank',
    '- Den Dienst auf der Replik anhalten\n- Das Team benachrichtigen',
  ],
  ['French', "L'agent", 'La banque', "Arrêtez l'agent sur le réplica et prévenez la banque."],
  ['Spanish', 'El agente', 'El banco', 'Detenga el agente en la réplica y avise al banco.'],
  ['Polish', 'Agent', 'Bank', '- Zatrzymaj agenta na replice\n- Powiadom bank i zespół'],
  ['Russian', 'Агент', 'Банк', 'Остановите агента на реплике и сообщите банку.'],
  ['Japanese', 'エージェント', '銀行', 'レプリカのエージェントを停止してください。'],
  ['Chinese', '代理程序', '银行', '请停止副本上的代理程序，并通知银行。'],
  ['Swedish', 'Agenten', 'Banken', '- Stoppa agenten på repliken\n- Meddela banken att vi är sena'],
  ['Turkish', 'Aracı', 'Banka', '- Aracıyı kopya üzerinde durdurun\n- Bankaya haber verin'],
];

describe('a heading that asks for something and has no step', () => {
  test.each(ASKING)('is a stop in %s', async (_language, one, two, text) => {
    const page = `# X\n\n## ${one}\n\n${text}\n\n## ${two}\n\n${text}\n\n## Z\n\n${STEP}\n`;
    expect(await stopsOf(page)).toEqual([one, two]);
  });

  test.each([
    ['Step 1', 'Step 2'],
    ['Schritt 1: Agent', 'Schritt 2: Bank'],
    ['Étape 1 – agent', 'Étape 2 – banque'],
    ['Paso 1', 'Paso 2'],
    ['Шаг 1', 'Шаг 2'],
    ['手順1 エージェント', '手順2 銀行'],
    ['步骤一', '步骤二'],
    // No pack knows this language: two headings beside each other count.
    ['Hatua 1 wakala', 'Hatua 2 benki'],
  ])('is a stop when it is counted: %s', async (one, two) => {
    const page = `# X\n\n## ${one}\n\nAgent, replica.\n\n## ${two}\n\nBank.\n\n## Z\n\n${STEP}\n`;
    expect(await stopsOf(page)).toEqual([one, two]);
  });
});

test.each([
  ['Impact', 'Reads get slower while one replica is away.'],
  ['Auswirkungen', 'Lesende Zugriffe sind langsamer, solange eine Replik fehlt.'],
  ['Hintergrund', 'Der Server steht in Berlin und die Datenbank läuft auf zwei Rechnern.'],
  ['Ansprechpartner', '- Bereitschaft: Anna Schmidt\n- Leitung: Jan Weber'],
  ['Contexte', 'Le serveur est à Paris et la base de données est répliquée.'],
  ['概要', 'サーバーは東京にあります。データベースは二台です。'],
  ['Причины', 'Причина в том, что на диске нет места.'],
  ['Tier 1', 'The storefront is in this tier.'],
])('what a heading tells is no stop: %s', async (title, text) => {
  const page = `# X\n\n## ${title}\n\n${text}\n\n## Z\n\n${STEP}\n`;
  expect(await stopsOf(page)).toEqual([]);
});

describe('a heading that is counted among steps and holds none', () => {
  const leftOut = async (markdown: string): Promise<readonly number[]> =>
    (await read(markdown)).diagnostics
      .filter(({ rule, message }) => rule === 'left-out' && message.includes('counted'))
      .map(({ line }) => line);

  test.each([
    ['## 1. Look', '## 2. Move'],
    ['## Step 1', '## Step 2'],
    ['## Schritt 1', '## Schritt 2'],
    ['## 步骤 1', '## 步骤 2'],
  ])('is said: %s, %s', async (one, two) => {
    const moved = 'Point the clients at the other host.';
    expect(await leftOut(`# X\n\n${one}\n\n${STEP}\n\n${two}\n\n${moved}\n`)).toEqual([9]);
    const diff = '```diff\n-old\n+new\n```';
    expect(await leftOut(`# X\n\n${one}\n\n${diff}\n\n${two}\n\n${STEP}\n`)).toEqual([3]);
  });

  test('is not where none of its row holds a step, nor where it counts nothing', async () => {
    const told = 'Please call the bank.';
    expect(
      await leftOut(`# X\n\n## 1. A\n\n${told}\n\n## 2. B\n\n${told}\n\n# Y\n\n${STEP}\n`),
    ).toEqual([]);
    expect(await leftOut(`# X\n\n## 1. A\n\n${STEP}\n\n## The bank\n\n${told}\n`)).toEqual([]);
  });
});
