import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../../src/engine/model/step-condition.ts';
import { LANGUAGES } from '../../../../src/engine/reading/languages/all.ts';
import { markReader } from '../../../../src/engine/reading/marks/mark-reader.ts';
import { SAID } from '../../../support/gate-sentences.ts';
import { read } from '../../../support/read.ts';

const fence = (name: string): string => `\`\`\`bash\nrm -rf /srv/${name}\n\`\`\``;

/** A page whose first section ends with these words. */
const page = (words: string, more = ''): string =>
  `# Rebuild a replica\n\n## Check the rows\n\n${fence('lock')}\n\n${words}\n\n## Rebuild the data\n\nThe old data goes.\n\n${fence('a')}\n\n${fence('b')}\n\n## Start the service\n\n${fence('c')}\n${more}`;

async function conditionsOf(markdown: string): Promise<readonly string[]> {
  const { steps } = await read(markdown);
  return steps.map(({ condition }) =>
    chainOf(condition)
      .map(({ text }) => text)
      .join('|'),
  );
}

/** What lets a reader go on only if something holds, and the words that are asked. */
const GATES: readonly (readonly [string, string])[] = [
  [
    'If no row is returned, the replica is intact. Continue with the rebuild, otherwise stop here.',
    'If no row is returned, the replica is intact. Continue with the rebuild, otherwise stop here.',
  ],
  ['Proceed only if no row is returned.', 'Proceed only if no row is returned.'],
  ['The count is shown. Only continue when it is 0.', 'Only continue when it is 0.'],
  ['Do not go on unless the count is 0.', 'Do not go on unless the count is 0.'],
  ['Never proceed unless a backup exists.', 'Never proceed unless a backup exists.'],
  [
    'If the count is 0, continue with the next section; otherwise stop.',
    'If the count is 0, continue with the next section; otherwise stop.',
  ],
  [
    'If the count is 0, carry on. Otherwise, abort.',
    'If the count is 0, carry on. Otherwise, abort.',
  ],
  ['If rows are returned, stop here. Otherwise, continue.', 'If rows are returned, stop here.'],
  ['If the replica lags, stop.', 'If the replica lags, stop.'],
  ['Abort if any row is returned.', 'Abort if any row is returned.'],
];

/** What only leads on, jumps, tells what a program does, or stops. */
const NO_GATES: readonly string[] = [
  'If that fails, see section 4.',
  'Continue with the next step.',
  'If the count is 0, all is well.',
  'If all went well, continue with the next section.',
  'Do not proceed until the job is done.',
  'The script will only continue if the count is 0.',
  'The job stops; otherwise it goes on.',
  'Once it is done, go on with the rebuild.',
  'If that fails, stop and call the team.',
  'If everything works, you are done.',
];

describe('a gate', () => {
  test.each(GATES)('"%s" stands before everything below it in a runbook', async (words, asked) => {
    expect(await conditionsOf(page(words))).toEqual(['', asked, asked, asked]);
  });

  test('of a manual holds up what the next section does, and no further', async () => {
    const asked = 'Proceed only if no row is returned.';
    const text = `---\nkind: manual\n---\n\n${page(asked)}`;
    expect(await conditionsOf(text)).toEqual(['', asked, asked, '']);
  });

  test.each(NO_GATES)('"%s" is none', async (words) => {
    expect(await conditionsOf(page(words))).toEqual(['', '', '', '']);
  });

  test('is one condition for all that it holds up', async () => {
    const { steps } = await read(page('Proceed only if no row is returned.'));
    expect(new Set(steps.flatMap(({ condition }) => condition?.id ?? [])).size).toBe(1);
  });

  test('between steps of a manual holds up the rest of its section alone', async () => {
    const text = `---\nkind: manual\n---\n\n# P\n\n## One\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n${fence('b')}\n\nThen:\n\n${fence('c')}\n\n### More\n\n${fence('e')}\n\n## Two\n\n${fence('d')}\n`;
    const asked = 'Only continue if it is gone.';
    expect(await conditionsOf(text)).toEqual(['', asked, asked, asked, '']);
  });

  test.each([
    ['a label', '**Abort if any row is returned.**'],
    ['a heading', '### Abort if any row is returned.'],
    ['a warning', '> **Warning:** Abort if any row is returned.'],
  ])('as %s is no case in which to do what is below it', async (_as, words) => {
    const { steps } = await read(`# P\n\n## One\n\n${words}\n\n${fence('a')}\n`);
    expect(steps.map(({ condition }) => condition?.gate)).toEqual(['unless']);
  });

  test('in a list holds up the items behind it', async () => {
    const text = `# P\n\n1. Look:\n\n   ${fence('a').replaceAll('\n', '\n   ')}\n\n   Proceed only if it is empty.\n\n2. Delete:\n\n   ${fence('b').replaceAll('\n', '\n   ')}\n`;
    expect(await conditionsOf(text)).toEqual(['', 'Proceed only if it is empty.']);
  });

  test('leads past a rollback and past what has a condition of its own', async () => {
    const text = `# P\n\n## One\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n## If it is not gone\n\n${fence('b')}\n\n## Two\n\n${fence('d')}\n`;
    expect(await conditionsOf(text)).toEqual([
      '',
      'If it is not gone',
      'Only continue if it is gone.',
    ]);
  });

  test('that shows by a command what it asks for leaves that command alone', async () => {
    const look = '```bash\ncat /srv/lag\n```';
    const words = 'Check the lag, and stop if it is above 10 seconds.';
    const text = `# P\n\n1. ${words}\n\n   ${look.replaceAll('\n', '\n   ')}\n\n2. Go:\n\n   ${fence('b').replaceAll('\n', '\n   ')}\n`;
    expect(await conditionsOf(text)).toEqual(['', words]);
  });

  test('in a comment holds up the parts behind it, and the next fences', async () => {
    const parts =
      '```bash\n# Make it\ntouch a\n\n# Abort if it is empty\ntouch b\n\n# Then\ntouch c\n```';
    const { steps } = await read(`# P\n\n${parts}\n`);
    expect(steps[0]?.parts.map(({ condition }) => condition?.text)).toEqual([
      undefined,
      'Abort if it is empty',
      'Abort if it is empty',
    ]);
    const alone = `# P\n\n\`\`\`bash\n# Stop if this is not empty\ncat /srv/list\n\`\`\`\n\n${fence('b')}\n`;
    expect(await conditionsOf(alone)).toEqual(['', 'Stop if this is not empty']);
  });

  test('inside one of several ways ends with that', async () => {
    const text = `# P\n\n## Option A\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n${fence('e')}\n\n## Option B\n\n${fence('b')}\n\n## Clean up\n\n${fence('d')}\n`;
    const asked = 'Option A|Only continue if it is gone.';
    expect(await conditionsOf(text)).toEqual(['Option A', asked, 'Option B', '']);
  });

  test('below one of several ways holds up none of the others', async () => {
    const text = `# P\n\n## Option A\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n## Option B\n\n${fence('b')}\n\n## Clean up\n\n${fence('d')}\n`;
    expect(await conditionsOf(text)).toEqual(['Option A', 'Option B', '']);
  });

  test.each([
    [
      'Nur fortfahren, wenn keine Zeile erscheint.',
      'Die Daten werden gelöscht und dann neu aufgebaut.',
    ],
    [
      'Wenn keine Zeile erscheint, weiter mit dem nächsten Abschnitt, andernfalls abbrechen.',
      'Die Daten werden gelöscht und dann neu aufgebaut.',
    ],
    [
      'Ne continuez que si aucune ligne ne s’affiche.',
      'Les données sont supprimées et puis reconstruites sur le serveur.',
    ],
    [
      'Continúe solo si no aparece ninguna fila.',
      'Los datos se borran y después se crean de nuevo en el servidor.',
    ],
  ])('in another language: "%s"', async (words, around) => {
    const text = `# P\n\n${around}\n\n## A\n\n${fence('a')}\n\n${words}\n\n## B\n\n${around}\n\n${fence('b')}\n`;
    expect(await conditionsOf(text)).toEqual(['', words]);
  });

  test.each(SAID)('in %s says "%s": %s', (code, gate, words) => {
    const own = LANGUAGES.filter((language) => language.code === code);
    expect(markReader(own).gate(words)?.gate ?? 'none').toBe(gate);
  });

  test('has its words in every language', () => {
    const silent = LANGUAGES.filter(({ conditions }) => conditions.gates === undefined);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });
});

test.each([
  ['Look at it. If it is red, stop.', 'Look at it. If it is red, stop.'],
  ['0 rows: stop.', '0 rows: stop.'],
  ['2. If any row is returned, stop.', 'If any row is returned, stop.'],
])('"%s" is put to a person as "%s"', (words, shown) => {
  expect(markReader([]).gate(words)?.text).toBe(shown);
});

/** What leads to a fence, and words above it that leave the section out, or the page. */
const LEFT_OUT: readonly (readonly [lead: string, section: string, whole: string])[] = [
  ['Restart it', 'Skip this section on replicas.', 'Skip this page if the vendor was called.'],
  [
    'Restart the agent',
    'Please ignore everything below when the site is down.',
    'Ignore this runbook when the site is down.',
  ],
  [
    'Den Dienst neu starten',
    'Überspringen Sie diesen Abschnitt, wenn der Hersteller angerufen wurde.',
    'Überspringen Sie diese Seite, wenn der Hersteller angerufen wurde.',
  ],
  [
    'Redémarrez le service',
    'Ignorez cette section si le fournisseur a déjà été appelé.',
    'Ignorez cette page si le fournisseur a déjà été appelé.',
  ],
  [
    'Reinicie el servicio',
    'Omita esta sección si ya se llamó al proveedor.',
    'Omita esta página si ya se llamó al proveedor.',
  ],
  [
    'Reinicie o serviço',
    'Pule esta seção se o fornecedor já foi chamado.',
    'Pule esta página se o fornecedor já foi chamado.',
  ],
  [
    'Riavviare il servizio',
    'Saltare questa sezione se il fornitore è già stato chiamato.',
    'Saltare questa pagina se il fornitore è già stato chiamato.',
  ],
];

test.each(LEFT_OUT)(
  'above "%s:", "%s" holds for the section, and "%s" for the page',
  async (lead, section, whole) => {
    const within = (words: string): string =>
      `# ${lead}\n\n## A\n\n${words}\n\n${lead}:\n\n${fence('a')}\n\n## B\n\n${fence('b')}\n`;
    expect(await conditionsOf(within(section))).toEqual([section, '']);
    expect(await conditionsOf(within(whole))).toEqual([whole, whole]);
  },
);

test.each([
  ['Den Dienst neu starten', 'Diesen Abschnitt auf Replikas überspringen.', false],
  ['Den Dienst neu starten', 'Diesen Abschnitt bitte auf allen Replikas immer weglassen.', false],
  ['Den Dienst neu starten', 'Diese Anleitung auf Replikas nicht ausführen.', true],
  ['Den Dienst neu starten', 'Diese Anleitung bei Störungen überspringen.', true],
  ['De dienst herstarten', "Deze sectie op replica's overslaan.", false],
  ['De dienst herstarten', "Sla deze handleiding over op replica's.", true],
])('above "%s:", "%s" with its verb last or parted holds', async (lead, words, isPage) => {
  const within = `# ${lead}\n\n## A\n\n${words}\n\n${lead}:\n\n${fence('a')}\n\n## B\n\n${fence('b')}\n`;
  expect(await conditionsOf(within)).toEqual([words, isPage ? words : '']);
});
