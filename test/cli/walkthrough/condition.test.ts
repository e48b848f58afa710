import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const DOWN = `# Connection failure

1. Look at it:

   \`\`\`bash
   echo looked
   \`\`\`

2. Leave a mark:

   \`\`\`bash
   touch marked
   \`\`\`

3. If the database is down:

   \`\`\`bash
   touch restarted
   \`\`\`

   \`\`\`bash
   touch settled
   \`\`\`

4. Write it down:

   \`\`\`bash
   touch noted
   \`\`\`
`;

const SYSTEMS = `# Install

On Debian:

\`\`\`bash
touch deb
\`\`\`

On Red Hat:

\`\`\`bash
touch red
\`\`\`
`;

describe.concurrent('a condition at the terminal', () => {
  test('is never passed by running on; yes runs the step', async () => {
    const ada = sitDown({ runbook: DOWN });
    await ada.press('a');
    await ada.sees('Does this hold: If the database is down');
    expect(existsSync(path.join(ada.folder, 'marked'))).toBe(true);
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(false);
    await ada.press('y');
    await ada.sees('touch settled');
    await ada.press('r');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    // What was answered is not said again of each step under it.
    expect(ada.text()).not.toContain('only if');
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(true);
    expect(ada.eventsOf('condition.decided')).toMatchObject([{ holds: true, by: 'ada' }]);
  });

  test('does not apply, with a reason', async () => {
    const ada = sitDown({ runbook: DOWN });
    await ada.press('a');
    await ada.press('x');
    await ada.answer('it answers');
    await ada.press('r');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(false);
    expect(ada.eventsOf('condition.decided')).toMatchObject([{ holds: false, why: 'it answers' }]);
  });

  test('is asked with the values of this run, and so are the headings around it', async () => {
    const ada = sitDown({
      runbook:
        '---\ninputs: { replica: { default: db2 } }\n---\n\n# Fail over\n\n## Promote {{replica}}\n\nIf {{replica}} is in recovery, stop.\n\n```bash\necho one\n```\n\nIf {{replica}} is slow:\n\n```bash\necho two\n```\n\n## Look at {{replica}}\n\n- [ ] {{replica}} is fine\n- [ ] All is fine\n',
    });
    await ada.sees('The page says: If db2 is in recovery, stop.');
    await ada.press('y');
    await ada.sees('Does this hold: If db2 is slow');
    await ada.press('y');
    await ada.sees('Look at db2');
    // A key that is not offered draws nothing.
    ada.type('c');
    await ada.press(' ');
    await ada.shows('checklist  1 of 2');
    expect(ada.text().match(/checklist {2}\d of 2/g)).toHaveLength(1);
    await ada.press(' ');
    expect(await ada.ends()).toBe(0);
    expect(ada.text()).not.toContain('{{');
  });

  test('of alternatives one is chosen by its number', async () => {
    const ada = sitDown({ runbook: SYSTEMS });
    await ada.sees('At most one of these');
    await ada.press('2');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'deb'))).toBe(false);
    expect(existsSync(path.join(ada.folder, 'red'))).toBe(true);
  });

  test('in plain words', async () => {
    const ada = sitDown({ runbook: SYSTEMS, env: { HANDRAIL_PLAIN: '1' } });
    await ada.sees('At most one of these');
    await ada.answer('none');
    await ada.answer('this is Alpine');
    expect(await ada.ends()).toBe(0);
    expect(existsSync(path.join(ada.folder, 'deb'))).toBe(false);
    expect(existsSync(path.join(ada.folder, 'red'))).toBe(false);
  });
});
