import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const one = (text: string, annotation = ''): string =>
  `# One\n\n${annotation}\n\`\`\`bash\n${text}\n\`\`\`\n`;
const OWN_TERMINAL = '<!-- handrail: interactive -->';

/** A pager as small as one can be: another screen, drawn by pages, and the old one left as it was. */
const PAGER = `page() { printf '\\033[H\\033[2J'; sed -n "$1,$(($1 + 20))p" long.txt; printf ':'; }
printf '\\033[?1049h'; at=1; page 1
while IFS= read -rsn1 key; do case $key in ' ') at=$((at + 21)); page "$at" ;; q) break ;; esac; done
printf '\\033[?1049l'
`;

/** An editor that knows one line and the size of its window. */
const EDITOR = `printf '\\033[?1049h\\033[H\\033[2J"note.txt"\\n'; trap told=1 WINCH; line=
while IFS= read -rsn1 key; do [[ $key == '' ]] && break; line+=$key; printf %s "$key"; done
echo "$line" > note.txt; until [[ $told ]]; do sleep 0.05; done; printf '\\033[?1049l'
`;

function outputOf(person: Person): string {
  const [ended] = person.eventsOf('step.finished');
  return readFileSync(path.join(person.runFolder(), ended?.output?.path ?? ''), 'utf8');
}

describe.concurrent('a step that talks to the person', () => {
  test('reads an answer, and is recorded as a terminal session beside its output', async () => {
    const ada = sitDown({ runbook: one('read -rp "Your name? " n; echo "Hello $n"') });
    await ada.press('r');
    await ada.sees('Your name?');
    ada.type('Ada\r');
    await ada.sees('Hello Ada');
    expect(await ada.ends()).toBe(0);
    const [ended] = ada.eventsOf('step.finished');
    const cast = ended?.attachments?.find((file) => file.path.endsWith('.cast'));
    const lines = readFileSync(path.join(ada.runFolder(), cast?.path ?? ''), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ version: 2, width: 80, height: 24 });
    expect(
      lines
        .slice(1)
        .map(([, , text]) => text)
        .join(''),
    ).toContain('Hello Ada');
    expect(outputOf(ada)).toContain('Hello Ada');
  });

  test('asks from within a script: every prompt is seen, and what is hidden stays so', async () => {
    const ada = sitDown({
      runbook: one('./ask.sh'),
      files: {
        'ask.sh':
          '#!/bin/bash\nread -r -p "Really deploy? " a\nread -r -s -p "Password: " p; echo\necho "answer=$a, $(printf %s "$p" | wc -c) letters"\n',
      },
      through: 'chmod +x ask.sh; exec "$@"',
    });
    await ada.press('r');
    await ada.sees('Really deploy?');
    ada.type('yes\r');
    await ada.sees('Password:');
    ada.type('opensesame\r');
    await ada.sees('answer=yes, 10 letters');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('opensesame');
    expect(outputOf(ada)).toContain('Really deploy? yes\r\n');
  });

  test('shows its progress in place, and the record has what was left of it', async () => {
    const ada = sitDown({
      runbook: one(
        "for i in 10 50 99; do printf 'copy: %3d%%\\r' $i; done; printf 'copy: done\\n'",
      ),
    });
    await ada.press('r');
    await ada.sees('  | copy: done');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('50%');
    expect(outputOf(ada)).toContain(' 50%');
    const record = readFileSync(path.join(ada.runFolder(), 'run.md'), 'utf8');
    expect(record).toContain('> copy: done\n');
    expect(record).not.toMatch(/> copy: +50%/);
  });

  test('pages through a text on a screen of its own, and leaves the old one as it was', async () => {
    const ada = sitDown({
      runbook: one('seq -f "line %g" 200 > long.txt; bash pager.sh; echo paged', OWN_TERMINAL),
      files: { 'pager.sh': PAGER },
    });
    await ada.press('r');
    await ada.sees('line 20');
    ada.type(' ');
    await ada.sees('line 40');
    ada.type('q');
    await ada.sees('paged');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('DONE');
  });

  test('edits in a full-screen editor, and is told of a new window size', async () => {
    const ada = sitDown({
      runbook: one('bash editor.sh; stty size', OWN_TERMINAL),
      files: { 'editor.sh': EDITOR },
      columns: 90,
      rows: 30,
    });
    await ada.press('r');
    await ada.sees('"note.txt"');
    ada.resize(70, 20);
    ada.type('hello from an editor');
    await ada.sees('hello from an editor');
    ada.type('\r');
    await ada.sees('20 70');
    expect(await ada.ends()).toBe(0);
    expect(readFileSync(path.join(ada.folder, 'note.txt'), 'utf8')).toBe('hello from an editor\n');
  });

  test('hears Ctrl-C itself; the second one within 2 s stops it', async () => {
    const ada = sitDown({
      runbook: one(
        "trap 'echo heard' INT; echo up; while :; do sleep 0.1 || :; done",
        OWN_TERMINAL,
      ),
    });
    await ada.press('r');
    await ada.sees('up');
    ada.type('\u0003');
    await ada.sees('heard');
    ada.type('\u0003');
    await ada.sees('CANCELLED');
    await ada.press('x');
    expect(await ada.ends()).toBe(1);
  });

  test('asks for a password on /dev/tty without a terminal of its own', async () => {
    const ada = sitDown({
      runbook: one('sh ./ask.sh', '<!-- handrail: interactive=false -->'),
      files: {
        'ask.sh':
          'printf "[sudo] password: " > /dev/tty; stty -echo < /dev/tty; read -r p < /dev/tty; stty echo < /dev/tty; echo > /dev/tty\n[ -t 1 ] || echo "stdout is a pipe, got $(printf %s "$p" | wc -c)"\n',
      },
    });
    await ada.press('r');
    await ada.sees('[sudo] password:');
    await new Promise((resolve) => setTimeout(resolve, 1300));
    ada.type('opensesame\r');
    await ada.sees('  | stdout is a pipe, got 10');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('[sudo] password:');
    expect(ada.text()).not.toContain('opensesame');
    expect(outputOf(ada)).toBe('stdout is a pipe, got 10\n');
  });
});

describe.concurrent('output', () => {
  test('of 10 MB streams, and Ctrl-C is heard in the middle of it', async () => {
    const ada = sitDown({
      runbook: one('head -c 10000000 /dev/zero | tr "\\\\0" "a" | fold -w 99; echo; echo all'),
      columns: 120,
      scrollback: 500,
    });
    await ada.press('r');
    await ada.sees('  | all');
    expect(await ada.ends()).toBe(0);
    expect(outputOf(ada).length).toBeGreaterThan(10_000_000);
    const bob = sitDown({ runbook: one('yes "no end"'), scrollback: 500 });
    await bob.press('r');
    await bob.sees('  | no end');
    bob.type('\u0003');
    await bob.sees('CANCELLED');
    await bob.press('x');
    expect(await bob.ends()).toBe(1);
  });

  test('and a runbook cannot drive the terminal', async () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u001b[H\u001b]52;c;b3duZWQ=\u0007\u001b[?1049h';
    const ada = sitDown({
      runbook: `# T ${hostile}\n\nLead ${hostile} text\n\n\`\`\`bash\necho '${hostile}x'; printf '\\033[2J\\033[H\\033]0;owned\\007\\033[?1049h'; echo y\n\`\`\`\n`,
    });
    await ada.press('r');
    await ada.sees('DONE');
    expect(await ada.ends()).toBe(0);
    for (const each of ['\u001b]0', '\u001b]52']) expect(ada.raw()).not.toContain(each);
    expect(ada.raw().lastIndexOf('\u001b[?1049l')).toBeGreaterThan(
      ada.raw().lastIndexOf('\u001b[?1049h'),
    );
    expect(ada.text()).toContain('Lead');
  });

  test('of a step with the terminal cannot reach the clipboard or the title, nor leave modes on', async () => {
    const ada = sitDown({
      runbook: one(
        "printf '\\033]52;c;b3duZWQ=\\007\\033]0;owned\\007\\033[?1049h\\033[?1003h\\033[?25lin'; echo side",
        OWN_TERMINAL,
      ),
    });
    await ada.press('r');
    await ada.sees('DONE');
    expect(await ada.ends()).toBe(0);
    for (const each of ['\u001b]0;', '\u001b]52;']) expect(ada.raw()).not.toContain(each);
    const back = ['\u001b[?1049l', '\u001b[?1003l', '\u001b[?25h'].map((each) =>
      ada.raw().lastIndexOf(each),
    );
    expect(back.every((at) => at > ada.raw().indexOf('\u001b[?25l'))).toBe(true);
  });
});

test('a long silent step says so', async () => {
  const ada = sitDown({
    runbook: one('sleep 11; echo up'),
    args: ['run', '{file}', '--all', '--plain'],
  });
  const bob = sitDown({ runbook: one('sleep 2; echo up') });
  await Promise.all([
    ada.answer('').then(() => ada.sees('Still running, 1')),
    bob.press('r').then(() => bob.sees('no output yet')),
  ]);
  expect(await ada.ends()).toBe(0);
  expect(await bob.ends()).toBe(0);
  expect(bob.text()).not.toContain('no output yet');
  expect(existsSync(ada.runFolder())).toBe(true);
});

describe.concurrent('a step whose output comes through pipes', () => {
  const ASKS = one(
    'printf "Which host? " >&2; host=$(head -n 1); echo "$host"; cat > rest.txt',
    '<!-- handrail: capture=answer -->',
  );

  test('can be typed to once it is quiet: i begins a line, Ctrl-D ends its input', async () => {
    const ada = sitDown({ runbook: ASKS });
    await ada.press('r');
    await ada.sees('i types to it');
    expect(ada.text()).toContain('Which host?');
    ada.type('xi');
    await ada.sees('to its input:');
    ada.type('db3\u007f2\r');
    await ada.sees('> db2');
    ada.type('i');
    await ada.shows(/to its input: *$/m);
    ada.type('\u0004');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('step.finished')).toMatchObject([
      { outcome: 'passed', facts: { typed: '1 line' } },
    ]);
    expect(ada.text()).toContain('| db2');
  });

  test('is told the end of its input by Ctrl-D, as it says', async () => {
    const ada = sitDown({ runbook: one('cat; echo over', '<!-- handrail: capture=answer -->') });
    await ada.press('r');
    await ada.sees('Ctrl-D ends its input');
    ada.type('\u0004');
    await ada.sees('| over');
    expect(await ada.ends()).toBe(0);
  });

  test('has no input where nobody could be told that it waits for some', async () => {
    const ada = sitDown({
      runbook: one('cat; echo over', '<!-- handrail: capture=answer -->'),
      args: ['run', '{file}', '--all', '--plain'],
    });
    await ada.answer('run');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('over');
  });

  test('is ended by Ctrl-C while it listens', async () => {
    const ada = sitDown({ runbook: ASKS });
    await ada.press('r');
    await ada.sees('i types to it');
    ada.type('\u0003');
    await ada.sees('FAILED');
    await ada.press('x');
    expect(await ada.ends()).not.toBe(0);
    expect(ada.eventsOf('step.finished')).toMatchObject([{ outcome: 'cancelled' }]);
  });

  test('asks at the terminal itself, for a password, without handrail reading a key of it', async () => {
    const ada = sitDown({
      runbook: one('bash ask.sh', '<!-- handrail: capture=answer -->'),
      files: {
        'ask.sh':
          "sleep 6; printf 'Password: ' > /dev/tty; exec 9</dev/tty; sleep 2; IFS= read -rs -u 9 word; echo got:${#word}",
      },
    });
    await ada.press('r');
    await ada.sees('Password:');
    // It has noticed that the process asks, and reads no key any more.
    await ada.until(() => {
      const last = ada.lines().findLast((line) => line !== '') ?? '';
      return /^running .*quiet/.test(last);
    });
    ada.type('itsme\r');
    await ada.sees('got:5');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('itsme');
  });
});
