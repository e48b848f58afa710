import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { languagesOf, languagesOfPage } from '../../../src/engine/reading/languages/find.ts';
import type { Language } from '../../../src/engine/reading/languages/language.ts';
import { tongueOf } from '../../../src/engine/reading/languages/tongues.ts';
import { markReader } from '../../../src/engine/reading/marks/mark-reader.ts';
import { SAID } from '../../support/gate-sentences.ts';
import { DUTIES, LOOKALIKES, OVERVIEWS } from '../../support/language-duties.ts';
import { FORMS, OTHER_LISTS, STRANGE } from '../../support/language-forms.ts';
import { MIXED, PROBES } from '../../support/language-probes.ts';
import { RESULTS } from '../../support/language-results.ts';
import { stepsOf } from '../../support/read.ts';

/** What the reader makes of sentences, as ones of the languages. */
const verdictsOf = (sentences: readonly string[], languages: readonly Language[]) =>
  sentences.map((sentence) => {
    const marks = markReader(languages);
    const said = languages.slice(0, 1).map((language) => tongueOf(language).say(sentence));
    return {
      tells: said.some(({ tells }) => tells >= 1.4),
      states: said.some(({ states }) => states),
      conditional: marks.title(sentence)?.kind,
      gate: marks.gate(sentence)?.gate,
    };
  });

test('no language has a letter of its own that ASCII has: a plain text is asked for none', () => {
  const ascii = String.fromCharCode(...Array(128).keys());
  const own = LANGUAGES.filter(({ letters }) =>
    new RegExp(letters?.source ?? '(?!)', 'iu').test(ascii),
  );
  expect(own.map(({ code }) => code)).toEqual([]);
});

const SHORT_PAGE = 3;

/** Every few sentences of a list that follow one another. */
const shortPages = (sentences: readonly string[]): readonly (readonly string[])[] =>
  sentences.slice(SHORT_PAGE - 1).map((_sentence, at) => sentences.slice(at, at + SHORT_PAGE));

/** Which items of a numbered list under a heading are steps, by their texts. */
async function told(heading: string, items: readonly string[]): Promise<readonly string[]> {
  const list = items.map((item, index) => `${index + 1}. ${item}`).join('\n');
  const steps = await stepsOf(`# ${heading}\n\n${list}\n`);
  return items.filter((_item, index) => steps.some((step) => step.startsWith(`${index + 3} `)));
}

describe.each(LANGUAGES.map((language) => [language.name, language] as const))(
  '%s',
  (_name, language) => {
    const { tells, states } = language.examples;

    test('has six examples of both kinds and is found from its own words', () => {
      expect([tells.length, states.length]).toEqual([6, 6]);
      expect(languagesOf([...tells, ...states].join('\n'))).toContain(language);
    });

    test('is told from its neighbours by three sentences, or says the same as they do', () => {
      const gates = SAID.filter(([code]) => code === language.code).map(([, , words]) => words);
      for (const page of [tells, states, gates].flatMap(shortPages)) {
        const { guesses } = languagesOfPage(page.join('\n'));
        if (guesses[0] !== language)
          expect([guesses[0]?.code, verdictsOf(page, guesses)], page.join(' / ')).toEqual([
            guesses[0]?.code,
            verdictsOf(page, [language]),
          ]);
      }
    });

    test.each(['Runbook', 'U'])('instructions are steps under %j', async (heading) => {
      expect(await told(heading, tells)).toEqual(tells);
    });

    test.each(['Notes', 'U'])(
      'facts, causes, people and questions are none under %j',
      async (heading) => {
        expect(await told(heading, states)).toEqual([]);
      },
    );
  },
);

test.each(PROBES)('other words of $code are told apart as well', async ({ tells, states }) => {
  for (const heading of ['Runbook', 'U']) expect(await told(heading, tells)).toEqual(tells);
  expect(await told('Notes', states)).toEqual([]);
});

test.each(FORMS)('every form of an instruction of $code is one', async (form) => {
  for (const heading of [...form.steps, 'U'])
    expect(await told(heading, form.tells)).toEqual(form.tells);
  for (const heading of [...form.facts, 'U']) expect(await told(heading, form.states)).toEqual([]);
});

test.each(OTHER_LISTS)('other lists of $code are steps or none', async (list) => {
  for (const heading of [list.steps, 'U'])
    expect(await told(heading, list.tells)).toEqual(list.tells);
  for (const heading of [list.facts, 'U']) expect(await told(heading, list.states)).toEqual([]);
});

test.each(MIXED)('in $code facts among instructions are told apart', async ({ tells, states }) => {
  const mixed = tells.flatMap((item, at) => [item, states[at] ?? '']);
  for (const heading of ['Runbook', 'U']) expect(await told(heading, mixed)).toEqual(tells);
});

test.each(RESULTS)(
  'in $code what will be seen then is no step among steps',
  async ({ code, comes }) => {
    const pack = LANGUAGES.find((language) => language.code === code);
    const known = PROBES.find((probe) => probe.code === code)?.tells ?? pack?.examples.tells ?? [];
    const tells = comes.map((_comes, at) => known[at % known.length] ?? '');
    const mixed = comes.flatMap((item, at) => [tells[at] ?? '', item]);
    for (const heading of ['Runbook', 'U']) expect(await told(heading, mixed)).toEqual(tells);
  },
);

test('every language says what will be seen', () => {
  expect(RESULTS.map(({ code }) => code).toSorted()).toEqual(
    LANGUAGES.map(({ code }) => code).toSorted(),
  );
});

test('a statement that says in its next sentence what to do is a step among steps', async () => {
  const items = ['Reproduce it', 'The trace names the template. Fix it in the folder', 'Push it'];
  expect(await told('U', items)).toEqual(items);
  expect(await told('U', ['Push it', 'The trace names the template', 'Tell the team'])).toEqual([
    'Push it',
    'Tell the team',
  ]);
});

test.each([
  ['Γιατί αργεί η ουρά;', 'Πού γράφει ο κόμβος;'],
  ['أين تكتب العقدة؟', 'لماذا تأخر الطابور؟'],
])('a question ends in the mark of its script: %j', async (...questions) => {
  expect(await told('Runbook', questions)).toEqual([]);
});

test.each([
  ['ru', 'В окне настроек нажмите «Обновить»', 'В списке отобразятся данные: имена, адреса'],
  ['uk', 'У вікні налаштувань натисніть «Оновити»', 'У списку з’являться дані: імена, адреси'],
  ['fr', 'Dans le menu latéral choisissez la console', 'Dans le menu latéral se trouve la console'],
  ['sv', 'I menyn välj konsolen', 'I menyn finns konsolen'],
  ['pt', 'No menu lateral clique em Console', 'No menu lateral fica o console'],
])('in %s the place stands first, and behind it what to do there', async (_code, tells, states) => {
  expect(await told('U', [tells, states])).toEqual([tells]);
});

test.each([
  ['fr', 'Pour vider la file, ouvrez le volet des nœuds, qui sont listés'],
  ['es', 'Para vaciar la cola, abra el panel, donde están los nodos'],
  ['it', 'Nel campo Nodo immettere il nome al quale sono collegate le code'],
  ['cs', 'V poli Uzel vyberte řádek, pro který má být fronta vyprázdněna'],
  ['cs', 'V poli Stav, vyberte Dokončeno'],
  ['ru', 'Чтобы очистить очередь, увеличьте предел, который задан узлом'],
  ['sv', 'Under Mina noder: kön söker du efter och markerar noden'],
  ['nl', 'In het venster Knooppunten kiest u de rij die leeg is'],
  ['de', 'Auf der Seite Knoten wählen Sie die Zeile aus, die leer ist'],
])('in %s what it is for, or where, may stand first: %j', async (code, told_) => {
  const tells = LANGUAGES.find((language) => language.code === code)?.examples.tells ?? [];
  expect(await told('U', [...tells.slice(0, 2), told_])).toContain(told_);
});

test('a page that is half translated has lists of two languages', async () => {
  const items = [
    'Insert the card into the console',
    'Нажмите кнопку (Home) для вызова меню',
    'Zet je console aan',
    'Press the red key to go on',
    'Если проверка прошла, откроется консоль',
    'Copy everything to the root of the card',
  ];
  expect(await told('U', items)).toEqual(items.filter((item) => !item.startsWith('Если')));
});

test('what will be seen may lead over to what to do', async () => {
  const items = ['Open the card', 'You should see two folders, delete the one with odd letters'];
  expect(await told('U', items)).toEqual(items);
});

test('names in Latin letters make no Korean list an English one', async () => {
  const items = ['루트의 `vercel.json` 삭제', '"Root Directory" 옵션 활성화', 'Build Command 확인'];
  const page = `# 문제 해결\n\n배포가 실패하는 문제와 해결 방법을 정리했습니다.\n\n- **해결**:\n${items
    .map((item, at) => `    ${at + 1}. ${item}`)
    .join('\n')}\n`;
  expect(await stepsOf(page)).toHaveLength(3);
});

test('in Chinese a verb follows an adverb of manner, known or not', async () => {
  const items = ['检查负载', '逐步减少实例', '保留两个副本'];
  expect(await told('注意事项', items)).toEqual(items);
  expect(await told('注意事项', ['缓存保留五分钟', '副本逐步减少了'])).toEqual([]);
});

test.each([
  ['da', ['Rens skærmen på pulten', 'Husk at lukke døren'], ['Skærmen blinker rødt']],
  ['nb', ['Rens skjermen på pulten', 'Husk å låse døren'], ['Døren står åpen']],
  ['sv', ['Vid strömavbrott, byt till reserven'], ['Skärmen blinkar rött']],
  [
    'pl',
    ['W razie przeciążenia odłącz zapasowy węzeł'],
    ['W razie przeciążenia węzeł zapasowy przejmuje ruch'],
  ],
  ['cs', ['Při přetížení odpojte záložní uzel'], ['Při přetížení převezme provoz záloha']],
  [
    'uk',
    ['У разі перевантаження вимкніть запасний вузол'],
    ['Запасний вузол приймає навантаження'],
  ],
  [
    'ru',
    ['При перегрузке отключите запасной узел'],
    ['При перегрузке запасной узел принимает трафик'],
  ],
])(
  'in %s a verb is seen by the object behind it, or behind a circumstance',
  async (_code, tells, states) => {
    expect(await told('U', tells)).toEqual(tells);
    expect(await told('U', states)).toEqual([]);
  },
);

test.each(STRANGE)('a list of steps in an unknown language ($code) is steps', async ({ tells }) => {
  expect(await told('Procedure', tells)).toEqual(tells);
});

test.each([
  [
    'hr',
    [
      'Ograničite uvoz na deset redaka',
      'Smanjivanje serije na pola',
      'Odjavite staru grupu',
      'Pozovite vlasnika na razgovor',
    ],
  ],
  [
    'sl',
    [
      'Omejite uvoz na deset vrstic',
      'Prepolovitev paketa',
      'Odjavite staro skupino',
      'Povabite lastnika na klic',
    ],
  ],
])('half of a list of one form is a list of it (%s)', async (_code, tells) => {
  expect(await told('U', tells)).toEqual(tells);
});

test('a procedure may be told in the passive, a list of facts may not', async () => {
  const list = (items: readonly string[]): string =>
    items.map((item, at) => `${at + 1}. ${item}`).join('\n');
  const tr = [
    '`docs/plan.yaml` üzerinden etkilenen liste çıkarılır.',
    'Ölçüm panosu kontrol edilir.',
    'Yedek sunucuya yüklenir.',
  ];
  const de = [
    'Der Dienst wird angehalten.',
    'Das Abbild wird eingespielt.',
    'Die Anwender werden verständigt.',
  ];
  expect(await told('Adımlar', tr)).toEqual(tr);
  expect(await told('Vorgehen', de)).toEqual(de);
  expect(await told('Notlar', tr)).toEqual([]);
  const part = await stepsOf(
    `# Kılavuz\n\n## Adımlar\n\n### 4. Kuyruk eşitlemesi (20 dk)\n\n${list(tr)}\n`,
  );
  expect(part).toHaveLength(3);
});

test.each(DUTIES)('what must be done with a thing is to be done (%s)', async (_code, items) => {
  expect(await told('Runbook', items)).toEqual(items);
});

test.each(LOOKALIKES)('a statement may begin as an instruction does (%s)', async (_code, items) => {
  expect(await told('Notes', items)).toEqual([]);
});

test.each(OVERVIEWS)(
  'what a page says that it is about is not to be done: %s',
  async (lead, items) => {
    const list = items.map((item, index) => `${index + 1}. ${item}`).join('\n');
    expect(await stepsOf(`# Runbook\n\n## Intro\n\n${lead}\n\n${list}\n`)).toEqual([]);
  },
);

test('a place by its ending may stand before the verb', async () => {
  const hu = ['A menüben válassza a „Másolat” pontot', 'Húzza ki a tápegységet', 'Lépjen be'];
  const fi = ['Valikosta valitse ”Kopio”', 'Irrota virtalähde', 'Odota hetki'];
  expect(await told('Runbook', hu)).toEqual(hu);
  expect(await told('Runbook', fi)).toEqual(fi);
});

test('ticks before all that somebody is asked to make sure of are no marks of what is done', async () => {
  const items = ['✅ 备份当前数据', '✅ 在测试环境先执行验证', '✅ 通知相关人员'];
  const list = items.map((item, index) => `${index + 1}. ${item}`).join('\n');
  expect(await stepsOf(`# 恢复\n\n在执行恢复前，请务必：\n\n${list}\n`)).toHaveLength(3);
});

test('what is ticked off, or what a program does, is told and not to be done', async () => {
  const done = ['✅ Backup automatically', '✅ Indexes added', '✅ Containers restarted'];
  expect(await told('Summary of the release', done)).toEqual([]);
  expect(await told('U', ['✅ Base components', '⏳ System of themes'])).toEqual([]);
  expect(await stepsOf('# 迁移\n\n现在你可以:\n\n1. 使用新的数据库\n2. 正常运行服务\n')).toEqual(
    [],
  );
  expect(
    await stepsOf('# Obnova\n\nSkript provede:\n\n1. Vytvoří zálohu\n2. Rozbalí archiv\n'),
  ).toEqual([]);
});

test('every list of a page is read in its own language', async () => {
  const page =
    '# Playbook\n\n## Recovery\n\n1. Jumpstart the worker\n2. Bleed traffic off the pool\n\n## Herstel\n\n1. Herstart de server\n2. Controleer de logs\n\n## Återställning\n\n1. Starta om servern\n2. Kontrollera loggarna\n\n## Восстановление\n\nЧто мы знаем о системе:\n\n1. Сервер стоит в Москве\n2. Резервная копия делается ночью\n';
  expect((await stepsOf(page)).map((step) => step.split(' ')[0])).toEqual([
    '5',
    '6',
    '10',
    '11',
    '15',
    '16',
  ]);
});

test.each([
  ['Starte den Dienst neu:', 'Erwartete Ausgabe:', 'Beispielausgabe:'],
  ['Redémarrez le service :', 'Résultat attendu :', 'Exemple de sortie :'],
  ['Reinicie el servicio:', 'Salida esperada:', 'Ejemplo de salida:'],
  ['Перезапустите службу:', 'Ожидаемый вывод:', 'Пример вывода:'],
  ['サービスを再起動してください：', '期待される出力：', '出力例：'],
  ['重启服务：', '预期输出：', '输出示例：'],
])(
  'under %j, %j states what is put out, and %j only shows a shape',
  async (lead, expected, example) => {
    const page = (above: string): string =>
      `# Runbook\n\n${lead}\n\n\`\`\`bash\nsystemctl restart app\n\`\`\`\n\n${above}\n\n\`\`\`text\nactive since today\n\`\`\`\n`;
    const { read } = await import('../../support/read.ts');
    expect((await read(page(expected))).steps[0]?.expectation).toMatchObject({ advisory: false });
    expect((await read(page(example))).steps[0]?.expectation).toMatchObject({ advisory: true });
  },
);

test.each([
  ['sv', ['Öppna konsolen', 'Ange koden som visas i fönstret', 'Spara nyckeln']],
  ['da', ['Åbn konsollen', 'Indtast koden, som vises i vinduet', 'Gem nøglen']],
  ['nb', ['Åpne konsollen', 'Skriv inn koden som vises i vinduet', 'Lagre nøkkelen']],
  [
    'ko',
    [
      '콘솔을 여세요',
      'www.example.com도 추가할지 물으면 **예**를 선택하세요. (자동으로 설정됩니다.)',
    ],
  ],
  ['tr', ['Konsolu açın', '`Actions` sekmesini seçin', '`Continue` öğesini seçin']],
])(
  'what is seen, happens or is called so beside is nothing that the item says: %s',
  async (_code, items) => {
    expect(await told('U', items)).toEqual(items);
  },
);

const PRESSED = [
  ['pl', ['**Kliknij:** Dalej', '**Wybierz:** Zapisz wszystko', 'Zatrzymaj replikę']],
  ['cs', ['**Klikněte:** Další', '**Vyberte:** Uložit vše', 'Zastavte repliku']],
  ['es', ['**Pulse:** Siguiente', '**Elija:** Guardar todo', 'Detenga la réplica']],
  ['ru', ['**Нажмите:** Далее', '**Выберите:** Сохранить всё', 'Остановите реплику']],
  ['uk', ['**Натисніть:** Далі', '**Виберіть:** Зберегти все', 'Зупиніть репліку']],
  ['hu', ['**Kattintson:** Tovább', '**Válassza:** Mindent ment', 'Állítsa le a replikát']],
] as const;

test.each(PRESSED)(
  'a verb in bold and the button behind it are an instruction: %s',
  async (_code, items) => {
    for (const heading of ['Runbook', 'U']) expect(await told(heading, items)).toEqual(items);
  },
);

test.each([
  ['pl', ['Lider: Anna Nowak', '**Replika:** Drugi węzeł', '**Limit:** Pięćdziesiąt gigabajtów']],
  ['cs', ['**Vedoucí:** Jana Malá', '**Replika:** Druhý uzel', '**Kvóta:** Padesát gigabajtů']],
])('a name in bold and what it is are none: %s', async (_code, items) => {
  expect(await told('Notes', items)).toEqual([]);
});

const RECURRING: Readonly<Record<string, string>> = {
  en: 'Every night the leader changes',
  de: 'Jede Nacht wechselt der Anführer',
  fr: 'Chaque nuit le meneur change',
  es: 'Cada noche cambia el líder',
  pt: 'Toda noite muda o líder',
  it: 'Ogni notte cambia il leader',
  nl: 'Elke nacht wisselt de leider',
  pl: 'Co noc zmienia się lider',
  sv: 'Varje natt byter ledaren',
  da: 'Hver nat skifter lederen',
  nb: 'Hver natt bytter lederen',
  cs: 'Každou noc se mění vedoucí',
  ru: 'Каждую ночь меняется лидер',
  uk: 'Щоночі змінюється лідер',
  fi: 'Joka yö johtaja vaihtuu',
  tr: 'Her gece lider değişir',
  ro: 'În fiecare noapte liderul este altul',
  hu: 'Minden éjjel vált a vezető',
  ja: '毎晩リーダーが替わる',
  ko: '매일 밤 리더가 바뀐다',
  zh: '每晚轮换主节点',
};

test.each(
  LANGUAGES.filter(({ code }) => code in RECURRING).map((each) => [each.code, each] as const),
)(
  'what happens again and again is told nobody to do among instructions: %s',
  async (code, { examples, recurs }) => {
    const said = RECURRING[code] ?? '';
    expect(recurs?.test(said.toLowerCase())).toBe(true);
    const items = [examples.tells[0] ?? '', said, examples.tells[1] ?? '', examples.tells[2] ?? ''];
    expect(await told('Runbook', items)).not.toContain(said);
  },
);

test.each([
  ['ko', ['**클릭:** 다음', '**선택:** 서버 A'], '**재시작:** 매일 밤'],
  ['zh', ['**点击：** 下一步', '**选择：** 服务器 A'], '**负责人：** 王小明'],
  ['tr', ['**Tıklayın:** İleri', '**Seçin:** Sunucu A'], '**Sorumlu:** Ayşe'],
  ['en', ['**Click:** Next', '**Restart:** the worker'], '**Restart:** Nightly'],
])(
  'a button behind a verb in bold is pressed, and a time or a person is not: %s',
  async (code, items, other) => {
    const headings: Readonly<Record<string, string>> = {
      ko: '절차',
      zh: '操作步骤',
      tr: 'Adımlar',
      en: 'Steps',
    };
    expect(await told(headings[code] ?? '', [...items, other])).toEqual(items);
  },
);

test.each([['zh', ['停止服务', '启动服务'], ['钥匙串挂在前台', '该方案可以扩展']]])(
  'where a thing is and what it can do are told nobody to do: %s',
  async (_code, items, others) => {
    expect(await told('操作步骤', [items[0] ?? '', ...others, items[1] ?? ''])).toEqual(items);
  },
);
