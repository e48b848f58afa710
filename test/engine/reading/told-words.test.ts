import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const page = (words: string, command: string): string =>
  `# Drop it\n\n${words}\n\n\`\`\`bash\n${command}\n\`\`\`\n`;

async function doubtOf(words: string, command: string): Promise<string> {
  const { steps } = await read(page(words, command));
  return steps[0]?.doubtful?.or ?? '';
}

test.each([
  ['Replace `shop-db` with the name of your database.', 'dropdb shop-db'],
  ['Replace `shop-db` and `web1` with your own names.', 'dropdb -h web1 other'],
  [
    'Substitute your database for the example, where `shop-db` is the name of it.',
    'dropdb shop-db',
  ],
  ['Run this, where shop-db is the name of the database:', 'dropdb shop-db'],
  ['`shop-db` is only a placeholder.', 'dropdb shop-db'],
  ['`shop-db` must be replaced first.', 'dropdb shop-db'],
  ['Change `shop-db` to your database.', 'dropdb shop-db'],
  ['Ersetzen Sie `shop-db` durch Ihre Datenbank.', 'dropdb shop-db'],
  ['Remplacez `shop-db` par le nom de votre base.', 'dropdb shop-db'],
  ['Sustituya `shop-db` por su base de datos.', 'dropdb shop-db'],
  ['Substitua `shop-db` pelo nome do seu banco.', 'dropdb shop-db'],
  ['Sostituire `shop-db` con il nome del database.', 'dropdb shop-db'],
  ['Vervang `shop-db` door uw database.', 'dropdb shop-db'],
  ['Zamień `shop-db` na nazwę bazy.', 'dropdb shop-db'],
  ['Ersätt `shop-db` med din databas.', 'dropdb shop-db'],
  ['Замените `shop-db` на имя вашей базы.', 'dropdb shop-db'],
  ['请将 `shop-db` 替换为你的数据库。', 'dropdb shop-db'],
  ['`shop-db` をデータベース名に置き換えてください。', 'dropdb shop-db'],
  ['`shop-db`를 데이터베이스 이름으로 바꾸세요.', 'dropdb shop-db'],
])('%s: no command with that word is run on nobody’s yes', async (words, command) => {
  expect(await doubtOf(words, command)).toMatch(/^line 3 says that `\S+` in it is to be replaced$/);
});

test.each([
  ['Replace `old.conf` with `new.conf`.', 'cp new.conf old.conf'],
  ['Replace the disk with the spare one.', 'mdadm /dev/md0 --add /dev/sdb'],
  ['Replace `shop-db` with the name of your database.', 'dropdb my-shop-db-2'],
  ['Replace it with your own.', 'echo it'],
  ['Restart `web1` by your own means.', 'ssh web1 uptime'],
])('%s: nothing of the command is told to be replaced', async (words, command) => {
  expect(await doubtOf(words, command)).toBe('');
});

test('what is asked for already is not doubtful too', async () => {
  const { steps } = await read(page('Replace `<db>` with your database.', 'dropdb <db>'));
  expect(steps[0]?.doubtful).toBeUndefined();
  expect(steps[0]?.inputs).toEqual(['db']);
});

test.each([
  ['# Replace 4711 with the number of the process\nkill -9 4711', true],
  ['kill -9 4711   # replace 4711 with the PID of the worker', true],
  ['# Replace nginx.conf with the new one\ncp new.conf nginx.conf', false],
  ['# Replace 4711 with the number of the process\nkill -9 "$PID"', false],
])('a comment of the fence says it as well: %j (%s)', async (script, expected) => {
  expect((await doubtOf('Stop it:', script)) !== '').toBe(expected);
});

test.each([
  ['stackctl update [--state STATE] [--force]', true],
  ['stackctl update [-n NAME]', true],
  ['[ -f x ] && rm x', false],
  ['echo "use [-v] to see more"', false],
  ['[[ -n "$a" ]] && ls', false],
])('an option in brackets says what may be given: %s (%s)', async (script, expected) => {
  expect((await doubtOf('Update it:', script)).includes('may be given')).toBe(expected);
});
