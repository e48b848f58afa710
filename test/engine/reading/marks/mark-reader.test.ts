import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../../src/engine/reading/languages/all.ts';
import { english } from '../../../../src/engine/reading/languages/english.ts';
import { commentBehind } from '../../../../src/engine/reading/marks/comment-marks.ts';
import { markReader } from '../../../../src/engine/reading/marks/mark-reader.ts';
import { read } from '../../../support/read.ts';

const { title } = markReader([english]);

describe('on an English page a condition is one in any language', () => {
  test.each([
    'Se il disco è pieno',
    'Solo se il database è giù',
    'Если диск заполнен',
    'Якщо диск повний',
    'Om disken är full',
    'Hvis disken er fuld',
    'Jos levy on täynnä',
    'Pokud je disk plný',
    'Ha a lemez megtelt',
    'Dacă discul este plin',
    'Ако дискът е пълен',
    'Αν ο δίσκος είναι γεμάτος',
    'Eğer disk doluysa',
    'Jika disk penuh',
    'إذا كان القرص ممتلئا',
    'Si el disco está lleno',
    'Se o disco estiver cheio',
    'Als de schijf vol is',
    'Jeśli dysk jest pełny',
    'Nur falls die Platte voll ist',
    'Nur wenn die Datenbank ausgefallen ist',
    'Si le disque est plein',
    '仅当数据库宕机时',
    'ディスクがいっぱいの場合',
  ])('%s', (sentence) => {
    expect(title(sentence)?.kind).toBe('if');
  });

  test.each(['Weg 1: Standby', 'Variante A', 'Opción 2: a mano', 'Sposób 1 – skrypt'])(
    '%s is a way',
    (heading) => {
      expect(title(heading)?.kind).toBe('option');
    },
  );

  test.each([
    'Als Administrator anmelden',
    'Install the OS',
    'Om nom nom',
    'Restart the database',
    'Da Vinci cluster',
    'Ha proxy',
    'Options',
    'Cases: what went wrong before',
    'Fixes',
  ])('%s is none', (sentence) => {
    expect(title(sentence)).toBeNull();
  });
});

test.each([
  ['systemctl restart web # only if dead', 'only if dead'],
  ['--force   # only if stuck', 'only if stuck'],
  ["echo '# no' # yes", 'yes'],
  ['DELETE FROM jobs; -- only if stale', 'only if stale'],
  ['DELETE FROM jobs; /* only if stale */', 'only if stale'],
  ['echo "a # b"', ''],
  ['curl https://db/#top', ''],
  ['tool --force', ''],
  ['# alone', ''],
])('behind %j stands %j', (line, comment) => {
  expect(commentBehind(line)).toBe(comment);
});

/** A reader for a page in one language. */
function inLanguage(code: string): (sentence: string) => string {
  const own = LANGUAGES.filter((one) => one.code === code);
  if (own.length === 0) throw new Error(`no language ${code}`);
  const reader = markReader([...own, english]);
  return (sentence) => reader.title(sentence)?.kind ?? '-';
}

describe('what is done only behind one thing, or with consent, is conditional in every language', () => {
  const restricting = LANGUAGES.flatMap(({ code, conditions: { only } }) =>
    only === undefined ? [] : [{ code, only }],
  );

  test('and nearly every pack has words for it', () => {
    expect(restricting.length).toBeGreaterThan(30);
  });

  test.each(restricting)('$code', ({ code, only: { words, after, over, consent = [] } }) => {
    const kind = inLanguage(code);
    for (const behind of after) {
      expect(kind(`Zzz ${words[0]} ${behind} xyz:`)).toBe('if');
      // What comes before is over by itself: that is the order of the page.
      expect(kind(`Zzz ${words[0]} ${behind} ${over[0]}zz:`)).not.toBe('if');
    }
    for (const given of consent) expect(kind(`${after[0]} ${given}:`)).toBe('if');
  });

  test.each([
    ['de', 'Erst nach Freigabe durch die Leitung löschen:'],
    ['de', 'Löschen Sie die Daten nur nach Rücksprache:'],
    ['ru', 'Выполнять только после резервного копирования:'],
    ['fi', 'Suorita vain varmuuskopion jälkeen:'],
    ['vi', 'Chỉ chạy sau khi đã sao lưu:'],
    ['pl', 'Dopiero po zgodzie kierownika uruchomić:'],
  ])('%s: %s', (code, sentence) => {
    expect(inLanguage(code)(sentence)).toBe('if');
  });
});

describe('a state that is wrong, a "not" with its ending and consent are conditions, and the order is none', () => {
  test.each([
    ['de', 'Bei voller Platte den Dienst neu starten:', 'Beim Start des Dienstes ausführen:'],
    ['ru', 'При переполнении диска очистите журналы:', 'При настройке сервера выполните:'],
    ['cs', 'Při plném disku restartujte službu:', 'Při spuštění proveďte:'],
    ['pl', 'Przy awarii dysku uruchom:', 'Przy użyciu skryptu uruchom:'],
    ['tr', 'Disk doluysa yeniden başlatın:', 'Kısa süre sonra başlatın:'],
    ['ja', 'ディスクが満杯のときは実行します:', 'バックアップが完了したら再起動します:'],
    ['ja', 'サービスが応答しなければ再起動します:', '必ず再起動しなければなりません:'],
    ['ja', '障害発生時は再起動します:', '起動時に次を実行します:'],
    ['ja', '責任者の許可を得た上で実行:', '設定を変更する際は次を実行します:'],
    ['ko', '서비스가 응답하지 않으면 재시작합니다:', '작업이 끝나면 재시작합니다:'],
    ['ko', '백업 후에만 실행하십시오:', '백업 후 재시작합니다:'],
    ['ko', '장애 시 재시작합니다:', '시작 시 다음을 실행합니다:'],
    ['zh', '磁盘满时，重启服务：', '启动时运行以下命令：'],
    ['zh', '须经领导同意后执行：', '备份完成后，重启服务：'],
    ['zh', '一旦主库宕机，重启服务：', '在不停机的情况下重启：'],
  ])('%s: %s / %s', (code, condition, order) => {
    expect(inLanguage(code)(condition)).toBe('if');
    expect(inLanguage(code)(order)).not.toBe('if');
  });
});

test.each(['Only while the batch is paused', 'only while nobody is logged in'])(
  'what is done "%s" is conditional below the words and below a comment',
  async (words) => {
    const { steps } = await read(
      `# A\n\n${words}:\n\n\`\`\`bash\nsystemctl stop x\n\`\`\`\n\n## B\n\n\`\`\`sql\n-- ${words}\nDELETE FROM job;\n\`\`\`\n`,
    );
    expect(steps.map(({ condition }) => condition?.text)).toEqual([words, words]);
  },
);

describe('what is done as long as something holds is conditional in every language', () => {
  const lasting = LANGUAGES.flatMap(({ code, conditions: { lasting: words = [], only } }) =>
    words.map((word) => ({ code, word, just: only?.words[0] ?? '' })),
  );

  test('and most packs have words for it, or for "while" behind "only"', () => {
    expect(new Set(lasting.map(({ code }) => code)).size).toBeGreaterThan(20);
  });

  test.each(lasting)('$code: $word', ({ code, word, just }) => {
    const kind = inLanguage(code);
    const glue = /['’]$/.test(word) ? '' : ' ';
    expect(kind(`${word}${glue}xyz:`)).toBe('if');
    expect(kind(`${just} ${word}${glue}xyz:`)).toBe('if');
    expect(kind(`Zzz ${word}${glue}xyz:`)).toBe('if');
  });

  test.each([
    'While the batch is paused:',
    'While the replica remains read-only, restart the worker:',
    'No sooner than the backup has been copied:',
    'With more than five errors:',
    'More than twenty stuck jobs:',
    'Restart it while the batch is paused:',
    'Restart the replica only while the primary remains healthy:',
    'At least three failed jobs:',
    'No more than 2 replicas left:',
    'Exactly one leader:',
    'Zero free slots:',
    'Dev environment only.',
    'The following applies to replicas only.',
    'These commands are for production only:',
    'Outside of business hours:',
    'At night:',
    'Versions before 4:',
    'On releases older than 2.3, also run:',
    'Given a healthy replica:',
    'Still red? Then:',
    'still down? reboot',
    'No leader:',
    'Bei mehr als drei Fehlern neu starten:',
    'Avec plus de trois erreurs, redémarrez:',
  ])('%s', (sentence) => {
    expect(title(sentence)?.kind).toBe('if');
  });

  test.each([
    'While the copy is running, restart the worker:',
    'While you wait, restart the worker:',
    'Restart it while the copy is running:',
    'Run this while the copy is in progress:',
    'Watch it while you are logged in:',
    'Only the following:',
    'At most five minutes:',
    'No changes are needed:',
    'No downtime:',
    'No reboot needed:',
    'Only these two commands:',
    'Up to 10 GB of logs are kept:',
    'While this is slow, it works:',
    'Use the console only.',
    'Run it once only.',
    'These are for reference only.',
    'The log is kept on the primary only.',
    'At night the job runs',
    'Nodes from the pool:',
    'Given the above:',
    'Ready? Then:',
    'Why? Then run:',
    'Repeat as long as it takes:',
    'Only with --force can it be redone:',
    'With more detail:',
    'Above the table:',
    'The same on the second node:',
  ])('%s is none', (sentence) => {
    expect(title(sentence)).toBeNull();
  });
});

/** Words that say of the next step alone when it is done, in a paragraph above the one that leads to it. */
describe('what stands by itself above a lead is asked before that step alone', () => {
  const above = (words: string, lead: string, more = ''): string =>
    `# ${lead}\n\n## A\n\n${words}\n\n${more}${lead}:\n\n\`\`\`bash\nrm -rf /srv/a\n\`\`\`\n\n\`\`\`bash\nrm -rf /srv/b\n\`\`\`\n\n## B\n\n\`\`\`bash\nrm -rf /srv/c\n\`\`\`\n`;

  test.each([
    ['Skip this step on replicas.', 'Restart the worker'],
    ['Do not run this step on replicas.', 'Restart the worker'],
    ['Only on edge nodes.', 'Restart the worker'],
    ['Optional.', 'Restart the worker'],
    ['Diesen Schritt bitte auf allen Replikas überspringen.', 'Den Dienst neu starten'],
    ['Dies nicht auf Replikas ausführen.', 'Den Dienst neu starten'],
    ["Deze stap op replica's overslaan.", 'De dienst herstarten'],
    ['Пропустите этот шаг на репликах.', 'Перезапустите службу'],
    ['Přeskočte tento krok na replikách.', 'Restartujte službu'],
    ['Hoppa över detta steg på repliker.', 'Starta om tjänsten'],
    ['Spring dette trin over på replikaer.', 'Genstart tjenesten'],
    ['Hopp over dette trinnet på replikaer.', 'Start tjenesten på nytt'],
  ])('%s', async (words, lead) => {
    for (const more of ['', 'It takes a minute.\n\n']) {
      const { steps } = await read(above(words, lead, more));
      expect(steps.map(({ condition }) => condition?.text)[0]).toBe(words);
      expect(steps.at(-1)?.condition).toBeUndefined();
    }
  });

  test('and directly in front of it', async () => {
    const { steps } = await read(above('', 'Skip this step on replicas. Restart the worker'));
    expect(steps[0]?.condition).toMatchObject({
      text: 'Skip this step on replicas.',
      gate: 'unless',
    });
  });
});

describe('another way to do all of it is a condition, whatever stands above', () => {
  const list =
    '1. Stop it:\n\n   ```bash\n   rm -rf /srv/a\n   ```\n2. Start it:\n\n   ```bash\n   touch /srv/a\n   ```\n';
  test.each([
    'Alternatively, run the script:',
    'The same as a script:',
    'All of it in one go:',
    'Here is a script that does all of it:',
    '**Alternative (script)**',
    'One-liner:',
  ])('%s', async (words) => {
    const { steps } = await read(
      `# Restart\n\n## Restart it\n\n${list}\n${words}\n\n\`\`\`bash\nrm -rf /srv/a\ntouch /srv/a\n\`\`\`\n`,
    );
    expect(steps.map(({ condition }) => condition === undefined)).toEqual([true, true, false]);
  });
});
