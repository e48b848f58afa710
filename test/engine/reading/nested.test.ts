import { expect, test } from 'vitest';
import { isShown, isTemplate, looksLikeRunbook } from '../../../src/engine/reading/nested.ts';

const RECORD = [
  '## 恢复操作记录',
  '**操作时间**: 2026-02-15 14:30:00',
  '**操作人员**: 张三',
  '**恢复范围**: projects表',
  '1. 14:30 - 备份当前数据库',
  '2. 14:40 - 执行恢复',
];
const HANDOVER = [
  '# Übergabe',
  '- Übergeben am: 30.12.2025 18:00',
  '- Übergeben von: Anna Schmidt',
  '- Übernommen von: Jonas Weber',
  '## Offen',
  '- [ ] nichts',
  '- [ ] anderes (was):',
];
const REQUEST = [
  '## Änderungsantrag #YYYYMMDD-XXX',
  '**Datum:** YYYY-MM-DD **Von:** [Name]',
  '### Beschreibung',
  '[Ausführliche Beschreibung, was geändert wird und warum das nötig ist]',
  '### Betroffen',
  '- [ ] Compose',
  '- [ ] Nginx',
  '- [ ] Sonstiges: [angeben]',
  '### Prüfung',
  '[wie die Änderung geprüft wird]',
];
const KOREAN = [
  '# 절차: [장애 유형]',
  '- [ ] 로그: [에러 패턴]',
  '- [ ] 알림: [이름]',
  '[영향받는 서비스]',
];
const RUNBOOK = [
  '# Restart',
  '**Severity**: P1',
  '- [ ] Stop the worker',
  '- [ ] Drain the queue',
  '- [ ] Start the worker',
  '```bash',
  'systemctl start worker',
  '```',
];

test.each([
  ['Record', RECORD],
  ['Handover', HANDOVER],
  ['Antrag stellen', REQUEST],
  ['작성', KOREAN],
])('a record of fields with their values is a form: %s', (above, content) => {
  expect([looksLikeRunbook(content), isTemplate(content, above)]).toEqual([true, true]);
});

test.each([
  'Vorlage',
  'Modèle de rapport',
  'Plantilla',
  'テンプレート',
  '恢复操作记录模板',
  '보고서 양식',
])('what is called a template in any language is one: %s', (above) => {
  expect(isTemplate(['# Report', '1. Write what happened', '2. Send it'], above)).toBe(true);
});

test('a runbook with brackets that are code or links is none', () => {
  const content = [
    ...RUNBOOK,
    '- [ ] See [the notes](a.md)',
    '- [ ] Read [notes][n]',
    'if [ -f a ]; then rm "${x[index]}"; fi',
    'ls [a-z]*',
  ];
  expect(isTemplate(content, 'Example')).toBe(false);
});

test('a runbook with a field is none', () => {
  expect([looksLikeRunbook(RUNBOOK), isTemplate(RUNBOOK, 'Example')]).toEqual([true, false]);
});

test.each([
  ['This will create a page that should look like this:', true],
  ['The command writes a file that contains the following:', true],
  ['Create the runbook of the shift:', false],
  ['Work through this page:', false],
])('a page that a program writes is shown and not worked off: %s', (above, shown) => {
  expect(isShown(above)).toBe(shown);
});
