import { describe, expect, test } from 'vitest';
import { commentBehind, markReader } from '../../../src/engine/reading/condition-marks.ts';
import { english } from '../../../src/engine/reading/languages/english.ts';

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
