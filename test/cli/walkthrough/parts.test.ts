import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, type Person, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const PAGE = `# Pump

\`\`\`bash
# Open the valve
echo open >> done

# Start the pump
echo start >> done
test -e power

# Close the bypass
echo close >> done
\`\`\`

\`\`\`bash
echo "the pump runs"
\`\`\`
`;

const carriedOut = ({ folder }: Person): string =>
  readFileSync(path.join(folder, 'done'), 'utf8').trim().replaceAll('\n', ' ');

describe.concurrent('a fence of several parts, one by one', () => {
  test('a part that failed and then passes is behind: the next one is offered', async () => {
    const ada = sitDown({ runbook: PAGE });
    await ada.press('r');
    await ada.sees('run part 2');
    await ada.press('r');
    await ada.sees('retry part 2');
    writeFileSync(path.join(ada.folder, 'power'), '');
    await ada.press('r');
    await ada.sees('run part 3');
    await ada.press('r');
    await ada.sees('the pump runs');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(carriedOut(ada)).toBe('open start start close');
  });

  const TOGETHER = PAGE.replaceAll(/echo (\w+) >> done/g, 'echo $1').replace(
    'echo close\n```\n',
    'echo close\n```\n\nExpected output:\n\n```text\nopen\nstart\nclose\n```\n\nIf it sticks, call 4711.\n\nThen run:\n',
  );

  test('what the page expects is what all of them print, however they came about', async () => {
    const ada = sitDown({ runbook: TOGETHER });
    await ada.press('r');
    await ada.sees('run part 2');
    await ada.press('r');
    const card = await ada.sees('retry part 2');
    expect(card).toContain('the page says behind it');
    expect(card).toContain('If it sticks, call 4711.');
    expect(card).not.toContain('Then run:');
    writeFileSync(path.join(ada.folder, 'power'), '');
    await ada.press('r');
    await ada.sees('run part 3');
    await ada.press('r');
    await ada.sees('the pump runs');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
  });

  test('the last one shows what all of them should have printed and did not', async () => {
    const ada = sitDown({
      runbook: TOGETHER.replace('test -e power\n', '').replace('text\nopen', 'text\nshut'),
    });
    await ada.press('r');
    await ada.sees('run part 2');
    await ada.press('r');
    await ada.sees('run part 3');
    await ada.press('r');
    const card = await ada.sees('retry part 3');
    expect(card).toMatch(/-\s+shut/);
    expect(card).toMatch(/\+\s+open/);
    expect(card).not.toContain('expect this from now on');
  });

  test('goes on at the next line of a part that failed, then with the next part', async () => {
    const ada = sitDown({
      runbook: PAGE.replace('test -e power', 'test -e power\necho on >> done'),
    });
    await ada.press('r', 'r');
    await ada.sees('go on at line');
    await ada.press('c');
    await ada.sees('run part 3');
    await ada.press('r');
    await ada.sees('the pump runs');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(carriedOut(ada)).toBe('open start on close');
  });

  test('a part that is left out is no try, and the summary says so, and what was edited', async () => {
    const ada = sitDown({
      runbook: PAGE.replace('# Start the pump', '# If you are on site, start the pump'),
      files: { 'editor.sh': '#!/bin/sh\necho false > "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
      columns: 120,
    });
    await ada.press('r');
    await ada.sees('Does this hold');
    await ada.press('x');
    await ada.answer('it runs');
    await ada.sees(/start the pump \(left\s+out\)/);
    await ada.press('e');
    await ada.sees('Run this instead?');
    ada.type('y\r');
    await ada.answer('it is stuck');
    await ada.sees(/tries +1\n/);
    await ada.press('3');
    await ada.sees('the pump runs');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toMatch(/Pump: .*ms +try 2 +edited +part 2 left out/);
  });

  test('edits the part that failed, and runs no other with it', async () => {
    const ada = sitDown({
      runbook: PAGE,
      files: { 'editor.sh': '#!/bin/sh\ncat "$1" > seen; echo "echo by-hand >> done" > "$1"\n' },
      env: { VISUAL: 'sh ./editor.sh' },
    });
    await ada.press('r', 'r');
    await ada.sees('FAILED');
    await ada.press('e');
    await ada.sees('Run this instead?');
    ada.type('y\r');
    await ada.answer('the switch is stuck');
    await ada.sees('run part 3');
    await ada.press('r');
    await ada.sees('the pump runs');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(carriedOut(ada)).toBe('open start by-hand close');
    expect(readFileSync(path.join(ada.folder, 'seen'), 'utf8')).not.toContain('valve');
  });

  test('the last part run first leaves the others to be run', async () => {
    const ada = sitDown({ runbook: PAGE });
    await ada.press('3');
    await ada.sees('run part 1');
    await ada.press('r');
    await ada.sees('run part 2');
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
    expect(carriedOut(ada)).toBe('close open');
    expect(ada.text()).toContain('2 not reached');
  });

  test('a resume runs no part again that is behind', async () => {
    const ada = sitDown({ runbook: PAGE, files: { power: '' } });
    await ada.press('r', 'r');
    await ada.sees('run part 3');
    ada.signal('SIGKILL');
    await ada.ends();
    const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'] });
    await bob.press('r');
    await bob.sees('run part 3');
    await bob.press('r');
    await bob.sees('the pump runs');
    await bob.press('r');
    expect(await bob.ends()).toBe(0);
    expect(carriedOut(bob)).toBe('open start close');
  });

  test('a part under way when the engine was lost is asked about alone: the parts behind it are left', async () => {
    const slow = PAGE.replace('test -e power', 'sleep 60');
    const ada = sitDown({ runbook: slow });
    await ada.press('r', 'r');
    await ada.sees('part 2 of 3');
    await ada.until(() => carriedOut(ada) === 'open start');
    ada.signal('SIGKILL');
    await ada.ends();
    const bob = sitDown({ folder: ada.folder, args: ['resume', 'last'] });
    const asked = await bob.sees('UNKNOWN');
    expect(asked).toContain('part 2 of 3');
    await bob.press('d');
    await bob.answer('saw it start');
    await bob.sees('run part 3');
    await bob.press('r');
    await bob.sees('the pump runs');
    await bob.press('r');
    expect(await bob.ends()).toBe(0);
    expect(carriedOut(bob)).toBe('open start close');
  });

  test('parts of a text that was edited since begin anew', async () => {
    const ada = sitDown({ runbook: PAGE });
    await ada.press('r');
    await ada.sees('run part 2');
    await ada.press('q');
    await ada.ends();
    const edited = PAGE.replace('echo open', 'echo wide-open');
    const bob = sitDown({
      folder: ada.folder,
      runbook: edited,
      args: ['resume', 'last', '--force'],
    });
    await bob.sees('run part 1');
    await bob.press('q');
    expect(await bob.ends()).toBe(5);
  });

  test('wants the target of a part that destroys, and of no part that reads', async () => {
    const ada = sitDown({
      runbook: `# Tidy

\`\`\`bash
# What is there
ls -d old

# Remove it
rm -r old

# Is it gone?
ls -d old || echo gone
\`\`\`
`,
    });
    mkdirSync(path.join(ada.folder, 'old'));
    await ada.sees('run part 1 (Enter)');
    await ada.press('\r');
    await ada.sees('run part 2 (asks for its target)');
    await ada.press('r');
    await ada.sees('It destroys. Type old to run it');
    await ada.answer('old');
    await ada.sees('run part 3 (Enter)');
    await ada.press('\r');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).toContain('gone');
  });

  test('wants the target of the whole fence where it is run whole', async () => {
    const ada = sitDown({
      runbook: '# Tidy\n\n```bash\n# Look\nls\n\n# Remove it\nrm -rf old\n```\n',
    });
    await ada.press('w');
    await ada.sees('It destroys. Type old to run it');
    await ada.answer('no');
    await ada.sees('Not run');
    await ada.press('q');
    await ada.ends();
  });
});
