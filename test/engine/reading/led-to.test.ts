import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fence = (command: string): string => `\`\`\`bash\n${command}\n\`\`\``;
const sections = (titles: readonly string[]): string =>
  titles.map((title, at) => `## ${title}\n\n${fence(`./do.sh ${at}`)}\n`).join('\n');

/** Per command: whether it is asked for. */
async function asked(said: string, titles: readonly string[]): Promise<readonly boolean[]> {
  const { steps } = await read(`# Care of the brokers\n\n${said}\n\n${sections(titles)}`);
  return steps.flatMap(({ type, condition }) =>
    type === 'shell' ? [condition !== undefined] : [],
  );
}

describe('a section to which a condition leads is asked before', () => {
  test.each<[said: string, titles: readonly string[], expected: readonly boolean[]]>([
    [
      'If the broker is new, continue with "Join"; if it was only stopped, continue with "Start again".',
      ['Join', 'Start again'],
      [true, true],
    ],
    ['- For 5.x, follow section A.\n- For 6.x, follow section B.', ['A', 'B'], [true, true]],
    [
      'If the backlog is above 900, do the drain below; otherwise skip to Restart.',
      ['Drain', 'Restart'],
      [true, false],
    ],
    [
      'If it is full, go to [Free space](#free-space); if it is gone, go [here](#replace).',
      ['Free space', 'Replace'],
      [true, true],
    ],
    [
      'Follow "Elect" when the leader is gone, else follow "Report".',
      ['Elect', 'Report'],
      [true, true],
    ],
    ['- **Disk full**: follow [Free space](#free-space)', ['Free space', 'Report'], [true, false]],
    ['Is the disk full? Go to «Free space».', ['Free space', 'Report'], [true, false]],
    ['Only if the disk is full do you need section "Clean".', ['Clean', 'Report'], [true, false]],
    [
      'Sections "Drain" and "Fence" are only for a lost broker.',
      ['Drain', 'Fence', 'Report'],
      [true, true, false],
    ],
    ['Sections 1 and 2 are not needed on replicas.', ['1. A', '2. B', '3. C'], [true, true, false]],
    ['The steps in "Purge" apply only to old clusters.', ['Purge', 'End'], [true, false]],
    ['You need the "Rebuild" section only after a crash.', ['Rebuild', 'End'], [true, false]],
    [
      'Wenn der Broker ersetzt wurde, weiter mit „Beitritt“.',
      ['Beitritt', 'Bericht'],
      [true, false],
    ],
  ])('%s', async (said, titles, expected) => {
    expect(await asked(said, titles)).toEqual(expected);
  });
});

describe('in any language a title in the sentence is enough, by its own words or its number', () => {
  test.each([
    ['Als de node vervangen is, ga verder met Toetreding.', 'Toetreding'],
    ['Als de node vervangen is, volg dan sectie 2.', '2. Toetreding'],
    ['Se il nodo è stato sostituito, continuare con Ingresso.', 'Ingresso'],
    ['Se o nó foi substituído, siga para Entrada.', 'Entrada'],
    ['Jeśli węzeł został wymieniony, przejdź do sekcji Dołączenie.', 'Dołączenie'],
    ['Если узел был заменён, перейдите к разделу 2.', '2. Подключение'],
    ['Om noden har bytts ut, fortsätt med Anslutning.', 'Anslutning'],
    ['Pokud byl uzel vyměněn, pokračujte částí Připojení.', 'Připojení'],
    ['Düğüm değiştirildiyse Katılım bölümüne geçin.', 'Katılım'],
    ['ノードを交換した場合は、「参加手順」に進んでください。', '参加手順'],
    ['如果更换了节点，请转到第2节。', '2. 加入集群'],
    ['노드를 교체한 경우 클러스터 참가로 이동하십시오.', '클러스터 참가'],
    ['إذا تم استبدال العقدة، انتقل إلى الانضمام.', 'الانضمام'],
    ['Wenn der Knoten ersetzt wurde, mit Beitritt weitermachen.', 'Beitritt'],
  ])('%s', async (said, title) => {
    const first = title.startsWith('2') ? '1. A' : 'A';
    expect(await asked(said, [first, title, 'Z'])).toEqual([false, true, false]);
  });

  test.each([
    ['Als Toetreding faalt, bel de eigenaar.', 'Toetreding'],
    ['Jeśli sieć jest wolna, Dołączenie trwa dziesięć minut.', 'Dołączenie'],
    ['Wenn der Knoten nicht antwortet, ist der Beitritt gescheitert.', 'Beitritt'],
    ['Prima di continuare con Ingresso, fare un backup.', 'Ingresso'],
    ['参加手順に進んでください。', '参加手順'],
    ['Als de schijf vol is, stop knoop 2.', '2. Toetreding'],
  ])('but not: %s', async (said, title) => {
    const first = title.startsWith('2') ? '1. A' : 'A';
    expect(await asked(said, [first, title, 'Z'])).toEqual([false, false, false]);
  });
});

describe('a name that nothing leads to in one case alone asks for nothing', () => {
  test.each([
    'Continue with "Drain".',
    'Once the copy is complete, continue with "Drain".',
    'If Drain hangs, call the owner.',
    'Call the owner if "Drain" hangs.',
    'If you have questions, ask in the channel. Continue with "Drain".',
    'If the backup is missing, make one before "Drain".',
    'If all is well, continue with "Drain".',
    'For details, see "Drain".',
    'If unsure, ask the owner before you run "Drain".',
    'When you try to open it from the Drain, you might see an error.',
  ])('%s', async (said) => {
    expect(await asked(said, ['Drain'])).toEqual([false]);
  });
});

describe('what a reader may skip is asked before all that stands in between', () => {
  test('up to a section', async () => {
    const said = `If the database is healthy, skip to "Report".\n\n${fence('./first.sh')}`;
    expect(await asked(said, ['Repair', 'Report', 'End'])).toEqual([true, true, false, false]);
  });

  test('up to a step', async () => {
    const steps = [1, 2, 3, 4].map(
      (at) => `${at}. Do it:\n\n   ${fence(`./do.sh ${at}`).replaceAll('\n', '\n   ')}`,
    );
    const list = steps.with(1, '2. If the queue is empty, go to step 4.').join('\n\n');
    expect(await asked(list, [])).toEqual([false, true, false]);
  });

  test.each([
    ['If it is empty, go to 4.', true],
    ['If empty go to 4.', true],
    ['If the check fails go on with step 4', true],
    ['If it is empty go to step 4.', true],
    ['If it is empty, continue with 4 workers.', false],
    ['If you go to 4, tell the owner.', false],
  ])('nor has "step" or a comma to stand in it, among steps with numbers: %s', async (said, is) => {
    const step = (at: number): string =>
      `${at}. Do it:\n\n   ${fence(`./do.sh ${at}`).replaceAll('\n', '\n   ')}`;
    expect(await asked([step(1), `2. ${said}`, step(3), step(4)].join('\n\n'), [])).toEqual([
      false,
      is,
      false,
    ]);
  });

  test('and it is no reason to do the step that it stands above', async () => {
    const { steps } = await read(
      `# Care\n\nIf it is healthy, skip to "Report".\n\n${fence('./mend.sh')}\n\n## Report\n\n${fence('./tell.sh')}\n`,
    );
    expect(steps.map(({ condition }) => condition?.gate)).toEqual(['unless', undefined]);
  });
});
