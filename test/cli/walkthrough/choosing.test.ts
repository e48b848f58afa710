import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const MANUAL = `# Operations

## Daily

### Look

\`\`\`bash
echo look
\`\`\`

## Emergencies

### Database down

\`\`\`bash
touch restarted-it
\`\`\`

### Cache down

\`\`\`bash
echo cache
\`\`\`
`;

describe.concurrent('the choosing screen', () => {
  test('of `handrail` alone has runbooks and procedures, filters them, and begins one', async () => {
    const ada = sitDown({ files: { 'ops.md': MANUAL }, args: [], rows: 40 });
    await ada.shows('EMERGENCY');
    await ada.shows(/Database down .* 1 step +1 write/);
    ada.type('cache');
    await ada.shows('filter: cache');
    ada.type('\r');
    await ada.sees('echo cache');
    await ada.press('\r');
    expect(await ada.ends()).toBe(0);
  });

  test('tells procedures of the same title apart, by the heading above them or by their line', async () => {
    const step = '```bash\necho x\n```\n';
    const page = `# Operations\n\n## Mail\n\n### Checklist\n\n${step}\n## Shop\n\n### Checklist\n\n${step}\n### Restart\n\n${step}\n### Restart\n\n${step}`;
    const ada = sitDown({ files: { 'ops.md': page }, args: [], rows: 40 });
    await ada.shows('Checklist (Mail)');
    await ada.shows('Checklist (Shop)');
    await ada.shows('Restart (line 19)');
    await ada.shows('Restart (line 25)');
    ada.type('\u0003');
    expect(await ada.ends()).toBe(5);
  });

  test('shows the page of what is pointed at before it begins', async () => {
    const ada = sitDown({ files: { 'ops.md': MANUAL }, args: ['run'], rows: 40 });
    await ada.shows('EMERGENCY');
    ada.type('look\t');
    await ada.shows('echo look');
    await ada.until(() => ada.raw().lastIndexOf('filter:') > ada.raw().lastIndexOf('echo look'));
    ada.type('\u0003');
    expect(await ada.ends()).toBe(5);
  });

  test('puts runs that wait first, and goes on with one', async () => {
    const ada = sitDown({ files: { 'ops.md': MANUAL }, args: ['run', 'ops.md#look'] });
    await ada.press('q');
    expect(await ada.ends()).toBe(5);
    const bob = sitDown({ folder: ada.folder, args: ['run', 'ops.md#cache-down'] });
    await bob.press('q');
    await bob.ends();
    const carol = sitDown({ folder: ada.folder, args: ['resume'], rows: 40 });
    await carol.shows('Which run goes on?');
    carol.type('\u001b[B\r');
    await carol.sees('Go on with Look, Operations?');
    await carol.press('r');
    await carol.sees('echo look');
    await carol.press('\r');
    expect(await carol.ends()).toBe(0);
    const dora = sitDown({ folder: ada.folder, args: [], rows: 40 });
    await dora.shows('WAITING');
    dora.type('\u0003');
    expect(await dora.ends()).toBe(5);
  });

  test('offers what an agent proposed, with its values, and takes it away when it was started', async () => {
    const page =
      '---\ninputs: { pool: {} }\n---\n\n# Pool\n\n## Restart\n\n```bash\necho "restart {{pool}}"\n```\n';
    const ada = sitDown({ files: { 'ops.md': page, 'note.txt': 'x' }, args: [], rows: 40 });
    await ada.shows('Pool');
    ada.type('\u0003');
    await ada.ends();
    const proposals = path.join(ada.folder, '.handrail', 'proposals');
    mkdirSync(proposals, { recursive: true });
    const target = `${path.join(ada.folder, 'ops.md')}#restart`;
    const at = new Date().toISOString();
    const left = {
      kind: 'proposal',
      id: 'p1',
      at,
      target,
      reason: 'it hangs \u001b[2J',
      steps: [{}],
    };
    writeFileSync(path.join(proposals, 'p1.json'), JSON.stringify(left));
    writeFileSync(path.join(proposals, 'p1.inputs.json'), '{"pool":"blue"}');
    writeFileSync(path.join(proposals, 'p2.json'), '{"kind":"else"}');
    const bob = sitDown({ folder: ada.folder, args: [], rows: 40 });
    await bob.shows('PROPOSED');
    await bob.shows('an agent asks for it: it hangs');
    bob.type('\r');
    await bob.sees('restart blue');
    await bob.press('\r');
    expect(await bob.ends()).toBe(0);
    expect(readdirSync(proposals)).toEqual(['p2.json']);
  });
});
