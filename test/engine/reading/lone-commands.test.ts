import { expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

const leftOut = async (text: string): Promise<readonly number[]> =>
  (await read(text)).diagnostics.flatMap(({ rule, line }) => (rule === 'left-out' ? [line] : []));

test('bullets of a command each, below a sentence that asks for them, are worked off', async () => {
  const text =
    '# Publish\n\nAfter a release, publish the docs with:\n\n* `git checkout docs && git pull`\n* `git push origin docs`\n';
  expect(await stepsOf(text)).toEqual([
    '5 manual git checkout docs && git pull',
    '6 manual git push origin docs',
  ]);
});

test.each([
  ['# Useful\n\n- `kubectl get nodes`\n- `kubectl get pods -A`\n', [3]],
  ['# Look\n\nUse one of these:\n\n- `kubectl get nodes`\n- `docker ps -a`\n', [5, 6]],
  ['# Look\n\nRun any of:\n\n- `kubectl get nodes`\n- `docker ps -a`\n', [5]],
  ['# Paths\n\nEdit these:\n\n- `app.yaml`\n- `/etc/app`\n', []],
])(
  'bullets of commands that nobody asks for all of are no steps, and said to be none: %j',
  async (text, lines) => {
    expect(await stepsOf(text)).toEqual([]);
    expect(await leftOut(text)).toEqual(lines);
  },
);

test('an indented script of the project is said to be shown, and not run', async () => {
  expect(await leftOut('# Wiki\n\n## Stop\n\n    bin/rm\n')).toEqual([5]);
});

test.each([
  [
    '# 롤백\n\n## 문제 발생 시\n\n롤백이 실패하거나 문제가 지속되면:\n\n1. 담당자에게 즉시 연락\n2. 로그 확인\n',
  ],
  ['# 복구\n\n서버 상태가 나쁘면 이 단계를 수행:\n\n1. 로그 확인\n2. 서비스 재시작\n'],
])('a short word of a sign for what a page is about makes no goal of a list: %j', async (text) => {
  expect(await stepsOf(text)).toHaveLength(2);
});

test.each([
  [
    'A jobb felső sarokban található menüben válaszd az Add linket',
    'A felugró ablakban töltsd ki a mezőket',
    'Kattintsunk az Add gombra',
    'A kurzus alatt válasszuk a menüpontot',
  ],
])('Hungarian tells behind a place of several words: %j …', async (...items) => {
  const text = `# Lépések\n\n${items.map((item, at) => `${at + 1}. ${item}`).join('\n')}\n`;
  expect(await stepsOf(text)).toHaveLength(items.length);
});

test.each([
  'A jobb felső sarokban zöld gomb van',
  'A szerverben nagy lemez található',
  'A táblában a rekordok értéke nulla lesz',
])('Hungarian states behind a place: %j', async (item) => {
  expect(await stepsOf(`# Megjegyzések\n\n1. ${item}\n2. A lemez kicsi\n`)).toEqual([]);
});

test('a bold name among bold names that tell is one of them, whatever explains it', async () => {
  const items = [
    '**Sakin kalın** - Panik yapmayın',
    '**En son yedeği bulun** - Tarih ve saat önemli',
    '**Yeni bir test veritabanında deneyin** - Mümkünse',
    '**Değiştir modu ile geri yükleyin**',
    '**Verileri doğrulayın** - Kullanıcılar yerinde mi?',
    '**Sistem testleri yapın** - Giriş, ödeme vb.',
  ];
  const text = `# Kurtarma\n\n${items.map((item, at) => `${at + 1}. ${item}`).join('\n')}\n`;
  expect(await stepsOf(text)).toHaveLength(6);
});
