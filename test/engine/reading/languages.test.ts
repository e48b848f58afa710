import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { languagesOf } from '../../../src/engine/reading/languages/find.ts';
import { PROBES } from '../../support/language-probes.ts';
import { stepsOf } from '../../support/read.ts';

/** Which items of a numbered list under a heading are steps, by their texts. */
async function told(heading: string, items: readonly string[]): Promise<readonly string[]> {
  const list = items.map((item, index) => `${index + 1}. ${item}`).join('\n');
  const steps = await stepsOf(`# ${heading}\n\n${list}\n`);
  return items.filter((_item, index) => steps.some((step) => step.startsWith(`${index + 3} `)));
}

describe.each(LANGUAGES.map((language) => [language.name, language] as const))(
  '%s',
  (_name, language) => {
    const { tells, states } = language.examples;

    test('has six examples of both kinds and is found from its own words', () => {
      expect([tells.length, states.length]).toEqual([6, 6]);
      expect(languagesOf([...tells, ...states].join('\n'))).toContain(language);
    });

    test.each(['Runbook', 'U'])('instructions are steps under %j', async (heading) => {
      expect(await told(heading, tells)).toEqual(tells);
    });

    test.each(['Notes', 'U'])(
      'facts, causes, people and questions are none under %j',
      async (heading) => {
        expect(await told(heading, states)).toEqual([]);
      },
    );
  },
);

test.each(PROBES)('other words of $code are told apart as well', async ({ tells, states }) => {
  for (const heading of ['Runbook', 'U']) expect(await told(heading, tells)).toEqual(tells);
  expect(await told('Notes', states)).toEqual([]);
});

test('every list of a page is read in its own language', async () => {
  const page =
    '# Playbook\n\n## Recovery\n\n1. Jumpstart the worker\n2. Bleed traffic off the pool\n\n## Herstel\n\n1. Herstart de server\n2. Controleer de logs\n\n## Återställning\n\n1. Starta om servern\n2. Kontrollera loggarna\n\n## Восстановление\n\nЧто мы знаем о системе:\n\n1. Сервер стоит в Москве\n2. Резервная копия делается ночью\n';
  expect((await stepsOf(page)).map((step) => step.split(' ')[0])).toEqual([
    '5',
    '6',
    '10',
    '11',
    '15',
    '16',
  ]);
});

test.each([
  ['Starte den Dienst neu:', 'Erwartete Ausgabe:', 'Beispielausgabe:'],
  ['Redémarrez le service :', 'Résultat attendu :', 'Exemple de sortie :'],
  ['Reinicie el servicio:', 'Salida esperada:', 'Ejemplo de salida:'],
  ['Перезапустите службу:', 'Ожидаемый вывод:', 'Пример вывода:'],
  ['サービスを再起動してください：', '期待される出力：', '出力例：'],
  ['重启服务：', '预期输出：', '输出示例：'],
])(
  'under %j, %j states what is put out, and %j only shows a shape',
  async (lead, expected, example) => {
    const page = (above: string): string =>
      `# Runbook\n\n${lead}\n\n\`\`\`bash\nsystemctl restart app\n\`\`\`\n\n${above}\n\n\`\`\`text\nactive since today\n\`\`\`\n`;
    const { read } = await import('../../support/read.ts');
    expect((await read(page(expected))).steps[0]?.expectation).toMatchObject({ advisory: false });
    expect((await read(page(example))).steps[0]?.expectation).toMatchObject({ advisory: true });
  },
);
