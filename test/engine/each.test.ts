import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemIds, itemsOf, parseEach, withoutItem } from '../../src/engine/model/each.ts';
import { md, workplace } from '../support/engine.ts';
import { read } from '../support/read.ts';

const errorsOf = async (page: string): Promise<string> =>
  (await read(md(page))).diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ message, hint = '' }) => `${message} ${hint}`)
    .join('\n');

describe('the items of a list', () => {
  test.each([
    ['web1 web2', ['web1', 'web2']],
    ['web1, web2,web3', ['web1', 'web2', 'web3']],
    ['a b\nc d\n', ['a b', 'c d']],
    ['["a b","c"]', ['a b', 'c']],
    ['[1,2]', ['1', '2']],
    ['one', ['one']],
    ['one one two', ['one', 'two']],
    ['  ', []],
    ['', []],
  ])('%j', (value, items) => {
    expect(itemsOf(value)).toEqual(items);
  });

  test('have ids that are theirs alone, and lead back to the step', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), (items) => {
        const ids = itemIds('deploy/restart', items);
        expect(new Set(ids).size).toBe(items.length);
        for (const id of ids) expect(withoutItem(id)).toBe('deploy/restart');
      }),
    );
  });

  test.each(['host', 'in hosts', 'host of hosts', 'host in', '1 in hosts', 'a b in hosts'])(
    'each="%s" is refused',
    async (said) => {
      expect(parseEach(said)).toBeUndefined();
      expect(
        await errorsOf(
          `---\ninputs: { hosts: { default: a } }\n---\n\n\`\`\`bash each="${said}"\ntrue\n\`\`\`\n`,
        ),
      ).toContain('host in hosts');
    },
  );
});

describe('a step that is done for each item', () => {
  const page = (fence: string, more = ''): string =>
    `---\ninputs: { hosts: { default: [web1, web2, web3] } }\n---\n\n# T\n\n${fence}\n\n${more}`;
  const restart =
    '~~~bash name=restart each="host in hosts"\necho "{{host}} $host" >> done; test {{host}} != web2 || test -e go\n~~~';
  const done = (folder: string): string =>
    existsSync(`${folder}/done`) ? readFileSync(`${folder}/done`, 'utf8') : '';

  test('of a linked runbook holds under the condition of the link', async () => {
    const place = workplace({
      'ops.md':
        '---\ninputs: { who: {}, environment: { default: staging } }\n---\n\n# T\n\n<!-- handrail: when="environment = production" -->\n1. [Sub](sub.md)\n\n<!-- handrail: with.who=Ada -->\n2. [Greet](#greet)\n\n## Greet\n\n~~~bash name=greet\necho {{who}} >> greeted\n~~~\n',
      'sub.md':
        '---\ninputs: { environment: { default: staging } }\n---\n# Sub\n\n~~~bash name=sub when="environment in staging, production"\ntrue\n~~~\n',
    });
    const ran = await place.run('ops.md', { request: { inputs: { who: 'Bo' } } });
    expect(Object.values(ran.steps)).toEqual(['skipped', 'passed', 'passed']);
    expect(readFileSync(`${place.folder}/greeted`, 'utf8')).toBe('Ada\nBo\n');
  });

  test('is done for the items that `--step` names, and for no other', async () => {
    const place = workplace(page(restart));
    const request = { steps: ['restart~web3', 'restart~web1'] };
    const ran = await place.run('ops.md', { request });
    expect(ran.steps).toEqual({ 'restart~web1': 'passed', 'restart~web3': 'passed' });
    expect(done(place.folder)).toBe('web1 web1\nweb3 web3\n');
    const wrong = { steps: ['restart~web9'] };
    await expect(place.run('ops.md', { request: wrong })).rejects.toMatchObject({
      code: 'STEP_NOT_FOUND',
    });
  });

  test('is a step of its own for each, in its order, in the record too', async () => {
    const place = workplace(page(restart));
    writeFileSync(`${place.folder}/go`, '');
    const { steps, exitCode, report } = await place.run();
    expect(exitCode).toBe(0);
    expect(steps).toEqual({
      'restart~web1': 'passed',
      'restart~web2': 'passed',
      'restart~web3': 'passed',
    });
    expect(report.steps.map(({ title }) => title.split(': ').at(-1))).toEqual([
      'web1',
      'web2',
      'web3',
    ]);
    expect(done(place.folder)).toBe('web1 web1\nweb2 web2\nweb3 web3\n');
  });

  test('goes on at the item that is open, also when the page was edited since', async () => {
    const place = workplace(page(restart));
    expect((await place.run()).steps).toMatchObject({
      'restart~web1': 'passed',
      'restart~web2': 'failed',
    });
    writeFileSync(`${place.folder}/go`, '');
    writeFileSync(
      `${place.folder}/ops.md`,
      page(restart).replace('# T', '# Another title\n\nMore words.'),
    );
    expect((await place.resume()).exitCode).toBe(0);
    expect(done(place.folder)).toBe('web1 web1\nweb2 web2\nweb2 web2\nweb3 web3\n');
  });

  test('may go through what a step before captures, and stays so over a resume', async () => {
    const place = workplace(
      page(
        '~~~bash capture=found\nprintf "a b\\nc\\n"\n~~~\n\n~~~bash name=see each="one in found"\necho "{{one}}" >> done; test "$one" != c || test -e go\n~~~',
      ),
    );
    const first = await place.run();
    expect(first.steps).toMatchObject({ 'see~a-b': 'passed', 'see~c': 'failed' });
    writeFileSync(`${place.folder}/go`, '');
    const second = await place.resume();
    expect(second.exitCode).toBe(0);
    expect(Object.keys(second.steps)).toEqual(['t/t', 'see~a-b', 'see~c']);
    expect(done(place.folder)).toBe('a b\nc\nc\n');
  });

  test('whose own process was killed is unknown for that item alone', async () => {
    const place = workplace(
      page(
        '~~~bash name=see effect=writes each="one in hosts"\necho "{{one}}" >> done; test "$one" != web2 || test -e go || kill -9 $$\n~~~',
      ),
    );
    expect((await place.run()).steps).toMatchObject({
      'see~web1': 'passed',
      'see~web2': 'unknown',
    });
    expect((await place.resume()).exitCode).toBe(4);
    writeFileSync(`${place.folder}/go`, '');
    const end = await place.resume(null, {
      resume: { words: [{ step: 'see~web2', outcome: 'done' }] },
    });
    expect(end.exitCode).toBe(0);
    expect(done(place.folder)).toBe('web1\nweb2\nweb3\n');
  });

  test('of an empty list is skipped with the reason, and passes', async () => {
    const place = workplace(page(restart));
    const { exitCode, report } = await place.run('ops.md', { request: { inputs: { hosts: '' } } });
    expect(exitCode).toBe(0);
    expect(report.steps.map(({ outcome, why }) => [outcome, why])).toEqual([
      ['skipped', '`hosts` is empty: there is nothing to do it for'],
    ]);
  });

  test('asks a person for each, by its name', async () => {
    const asked: string[] = [];
    const place = workplace(
      page('<!-- handrail: each="host in hosts" -->\n- [ ] Tell the owner of {{host}}'),
    );
    const { exitCode } = await place.run('ops.md', {
      operator: {
        async decide({ planned }) {
          asked.push(planned.step.title);
          return { do: 'confirm' };
        },
      },
    });
    expect(exitCode).toBe(0);
    expect(asked).toEqual(['web1', 'web2', 'web3'].map((host) => `Tell the owner of ${host}`));
  });

  test('is probed for its own item', async () => {
    const place = workplace(page(`${restart}\n\n~~~bash verify\ngrep -q {{host}} done\n~~~`));
    writeFileSync(`${place.folder}/go`, '');
    writeFileSync(`${place.folder}/done`, 'web2\n');
    expect((await place.run()).steps).toMatchObject({
      'restart~web1': 'passed',
      'restart~web2': 'skipped',
      'restart~web3': 'passed',
    });
  });

  test('takes any value as data', async () => {
    const items = ['$(touch pwned)', "a'b", '`id`', '-rf', 'x;y', '"q"'];
    const place = workplace(
      page('~~~bash each="one in hosts"\nprintf "%s\\n" {{one}} >> done\n~~~'),
    );
    await place.run('ops.md', { request: { inputs: { hosts: items.join('\n') } } });
    expect(done(place.folder).split('\n').slice(0, -1)).toEqual(items);
    expect(existsSync(`${place.folder}/pwned`)).toBe(false);
  });

  test.each([
    ['~~~bash each="host in hsts"\ntrue\n~~~', 'Did you mean `hosts`?'],
    ['~~~bash each="host in nowhere"\ntrue\n~~~', 'inputs: { nowhere: { default: [a, b] } }'],
    ['~~~bash each="hosts in hosts"\ntrue\n~~~', 'another meaning'],
    ['~~~bash each="PATH in hosts"\ntrue\n~~~', 'another meaning'],
    ['~~~bash each="host in hosts" capture=x\ntrue\n~~~', 'Capture in a step of its own'],
    [`${restart}\n\n~~~bash\necho {{host}}\n~~~`, 'has a value only in a step that says'],
    ['~~~bash with.a=1\ntrue\n~~~', 'stands at commands'],
    ['~~~bash procedure-timeout=1m\ntrue\n~~~', 'at a heading'],
  ])('%j is an error', async (fence, says) => {
    expect(await errorsOf(page(fence))).toContain(says);
  });
});

describe('a link that gives values', () => {
  const linked =
    '---\ninputs: { database: { choices: [orders, users, shop] }, into: { default: /tmp } }\n---\n\n# Back up\n\n~~~bash\necho "{{database}} {{into}}" >> done\n~~~\n';
  const page = (comment: string): string =>
    `---\ninputs: { place: { default: east } }\n---\n\n# Nightly\n\n<!-- handrail: ${comment} -->\n1. [Orders](backup.md#back-up)\n\n<!-- handrail: with.database=users -->\n2. [Users](backup.md#back-up)\n`;
  const run = async (comment: string) => {
    const place = workplace({ 'ops.md': page(comment), 'backup.md': linked });
    const end = await place.run();
    return {
      ...end,
      said: existsSync(`${place.folder}/done`) ? readFileSync(`${place.folder}/done`, 'utf8') : '',
    };
  };

  test('each runs with its own', async () => {
    const end = await run('with.database=orders with.into="/srv/{{place}} x"');
    expect([end.exitCode, end.said]).toEqual([0, 'orders /srv/east x\nusers /tmp\n']);
  });

  test('a value that the input does not take is refused before the first step, with those it takes', async () => {
    const end = await run('with.database=nosuch');
    expect([end.exitCode, end.said]).toEqual([65, '']);
    expect(JSON.stringify(end.report.findings)).toContain(
      'it is none of `orders`, `users`, `shop`',
    );
  });

  test('a name that is no input is refused before the first step, with the nearest', async () => {
    const end = await run('with.databse=orders');
    expect([end.exitCode, end.said]).toEqual([65, '']);
    expect(JSON.stringify(end.report.findings)).toContain('Did you mean `database`?');
  });
});

describe('a procedure that may take only so long', () => {
  const page = (limit: string): string =>
    `<!-- handrail: procedure-timeout=${limit} -->\n# Deploy\n\n~~~bash\nsleep 0.2\n~~~\n\n## Inner\n\n~~~bash\nsleep 30\n~~~\n\n# After\n\n~~~bash\ntrue\n~~~\n`;

  test('ends the step that is running when its time is over, and says whose time it was', async () => {
    const { steps, exitCode, why } = await workplace(page('1s')).run();
    expect(Object.values(steps)).toEqual(['passed', 'timed-out', null]);
    expect([exitCode, why]).toEqual([
      1,
      expect.stringContaining('the time of its procedure `deploy` is over'),
    ]);
  });

  test('leaves what is quicker alone', async () => {
    const { exitCode } = await workplace(page('60s').replace('sleep 30', 'true')).run();
    expect(exitCode).toBe(0);
  });
});
