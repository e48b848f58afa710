import { describe, expect, test } from 'vitest';
import { chainOf } from '../../../src/engine/model/step-condition.ts';
import { markReader } from '../../../src/engine/reading/condition-marks.ts';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { SAID } from '../../support/gate-sentences.ts';
import { read } from '../../support/read.ts';

const fence = (name: string): string => `\`\`\`bash\nrm -rf /srv/${name}\n\`\`\``;

/** A page whose first section ends with these words. */
const page = (words: string, more = ''): string =>
  `# Rebuild a replica\n\n## Check the rows\n\n${fence('lock')}\n\n${words}\n\n## Rebuild the data\n\nThe old data goes.\n\n${fence('a')}\n\n${fence('b')}\n\n## Start the service\n\n${fence('c')}\n${more}`;

async function conditionsOf(markdown: string): Promise<readonly string[]> {
  const { steps } = await read(markdown);
  return steps.map(({ condition }) =>
    chainOf(condition)
      .map(({ text }) => text)
      .join('|'),
  );
}

/** What lets a reader go on only if something holds, and the words that are asked. */
const GATES: readonly (readonly [string, string])[] = [
  [
    'If no row is returned, the replica is intact. Continue with the rebuild, otherwise stop here.',
    'If no row is returned, the replica is intact. Continue with the rebuild, otherwise stop here.',
  ],
  ['Proceed only if no row is returned.', 'Proceed only if no row is returned.'],
  ['The count is shown. Only continue when it is 0.', 'Only continue when it is 0.'],
  ['Do not go on unless the count is 0.', 'Do not go on unless the count is 0.'],
  ['Never proceed unless a backup exists.', 'Never proceed unless a backup exists.'],
  [
    'If the count is 0, continue with the next section; otherwise stop.',
    'If the count is 0, continue with the next section; otherwise stop.',
  ],
  [
    'If the count is 0, carry on. Otherwise, abort.',
    'If the count is 0, carry on. Otherwise, abort.',
  ],
  ['If rows are returned, stop here. Otherwise, continue.', 'If rows are returned, stop here.'],
  ['If the replica lags, stop.', 'If the replica lags, stop.'],
  ['Abort if any row is returned.', 'Abort if any row is returned.'],
];

/** What only leads on, jumps, tells what a program does, or stops. */
const NO_GATES: readonly string[] = [
  'If that fails, see section 4.',
  'Continue with the next step.',
  'If the count is 0, all is well.',
  'If all went well, continue with the next section.',
  'Do not proceed until the job is done.',
  'The script will only continue if the count is 0.',
  'The job stops; otherwise it goes on.',
  'Once it is done, go on with the rebuild.',
  'If that fails, stop and call the team.',
  'If everything works, you are done.',
];

/** Sentences by language: where a reader goes on if they hold, stops there, or neither. */
const SAID: readonly (readonly [string, 'if' | 'unless' | 'none', string])[] = [
  ['en', 'unless', 'If the replica lags, stop.'],
  ['en', 'unless', 'Do not proceed if the queue is not empty.'],
  ['en', 'unless', 'Abort if any row is returned.'],
  ['en', 'unless', 'Stop here if the count is not 0.'],
  ['en', 'unless', 'If the replica lags, stop here and call the DBA.'],
  ['en', 'unless', 'If any check is red, abort the deployment.'],
  ['en', 'unless', 'Check the lag and stop if it is above 10 seconds.'],
  ['en', 'unless', 'If you see errors, do not continue.'],
  ['en', 'unless', 'If the count is greater than zero: STOP.'],
  ['en', 'unless', "Don't proceed with the upgrade if pods are pending."],
  ['en', 'unless', 'When the replica is lagging, abort.'],
  [
    'en',
    'unless',
    'If the certificate is still valid for more than 30 days, there is nothing to do.',
  ],
  ['en', 'unless', 'If the version already matches, you are done.'],
  ['en', 'unless', 'Warning: if the backup is missing, do not go any further.'],
  ['en', 'if', 'Stop unless the backup exists.'],
  ['en', 'if', 'Do not go on unless the count is 0.'],
  ['en', 'if', 'Abort the upgrade unless the backup exists.'],
  ['en', 'if', 'Only proceed with the upgrade if the backup exists.'],
  ['en', 'if', 'Proceed with the next step only when all pods are ready.'],
  ['en', 'if', 'The count must be 0; otherwise stop.'],
  ['en', 'if', 'The count must be 0. Otherwise, abort.'],
  ['en', 'if', 'Is the count 0? If not, stop.'],
  ['en', 'if', 'If the backup exists, carry on; otherwise abort.'],
  ['en', 'unless', 'Stop when the lag exceeds 10 seconds.'],
  ['en', 'unless', 'Abort the rollout when the checksum does not match.'],
  ['en', 'unless', 'Do not run this while a deployment is in progress.'],
  ['en', 'unless', 'Never run this procedure if the cluster is degraded.'],
  ['en', 'unless', "Don't run this on a Friday if nobody is on call."],
  ['en', 'unless', 'If the count is not 0 then stop.'],
  ['en', 'unless', 'If the count is not 0 you must stop.'],
  ['en', 'unless', 'If the count is not 0, you should not continue.'],
  ['en', 'unless', 'You should not continue if the count is not 0.'],
  ['en', 'unless', 'If the disk is healthy, you can stop here.'],
  ['en', 'unless', "If the disk is healthy, there's nothing to do."],
  ['en', 'unless', 'If a node is down, postpone the upgrade and tell the team.'],
  ['en', 'unless', 'If the answer is 500, do not go to the next step.'],
  ['en', 'unless', 'Is replication broken? If so, stop.'],
  ['en', 'unless', 'Replication broken? Stop.'],
  ['en', 'unless', 'On any error, stop here and page the DBA.'],
  ['en', 'unless', 'Do not continue with less than 10 GB free.'],
  ['en', 'if', 'Do not continue without a fresh backup.'],
  ['en', 'if', 'Proceed only with approval from the change board.'],
  ['en', 'none', 'If the pods crash or do not start up in time, the data moves.'],
  ['en', 'none', 'If the pods crash and do not start, look at the log.'],
  ['en', 'none', 'If the editor opens, save the file and quit.'],
  ['en', 'none', 'If a session is still open, exit.'],
  ['en', 'unless', 'If it says "not yet due" you\'re done.'],
  ['en', 'unless', 'Read the plan. If it removes what you need, do not apply it.'],
  ['en', 'unless', 'Do not run while a backup is running.'],
  ['en', 'unless', 'Abort when any pod is Pending.'],
  ['de', 'unless', 'Nicht ausführen, solange die Warteschlange voll ist.'],
  ['en', 'none', 'Do not run the script if the replica is behind.'],
  ['en', 'none', 'If the port is still in use, stop the process.'],
  ['it', 'none', 'Se la porta è occupata, terminare il processo.'],
  ['es', 'none', 'Si el puerto está ocupado, detenga el proceso.'],
  ['de', 'none', 'Wenn der Port belegt ist, den Prozess beenden.'],
  ['en', 'unless', 'If the port is still in use, abort the process.'],
  ['en', 'none', 'If needed, stop.'],
  ['en', 'none', 'Stop when the count reaches 10.'],
  ['en', 'none', 'Do not run this command if the replica is behind.'],
  ['en', 'none', 'Which node is it? Look at the list.'],
  ['en', 'none', 'Wait until it is idle. Stop.'],
  ['en', 'none', 'If the service is running, stop it.'],
  ['en', 'none', 'If the service is running, stop the service.'],
  ['en', 'none', 'If that fails, stop and call the team.'],
  ['en', 'none', 'If pods are stuck, delete them.'],
  ['en', 'none', 'The job aborts if the count is 0.'],
  ['en', 'none', 'The script will only continue if the count is 0.'],
  ['en', 'none', 'Do not proceed until the job is done.'],
  ['en', 'none', 'If all went well, continue with the next section.'],
  ['en', 'none', 'Cancel the query if it blocks others.'],
  ['en', 'none', 'Stop the old pods if they are still running.'],
  ['en', 'none', 'If prompted, enter the password.'],
  ['de', 'unless', 'Wenn die Replik hinterherhängt, abbrechen.'],
  ['de', 'unless', 'Falls Zeilen erscheinen, brechen Sie den Vorgang ab.'],
  ['de', 'unless', 'Hier abbrechen, wenn die Anzahl nicht 0 ist.'],
  ['de', 'unless', 'Nicht fortfahren, wenn die Warteschlange nicht leer ist.'],
  ['de', 'unless', 'Fahren Sie nicht fort, wenn die Warteschlange nicht leer ist.'],
  ['de', 'unless', 'Sollte die Prüfung fehlschlagen, nicht fortfahren.'],
  ['de', 'unless', 'Wenn die Replik hinterherhängt, den Vorgang abbrechen.'],
  ['de', 'if', 'Nur fortfahren, wenn keine Zeile erscheint.'],
  ['de', 'if', 'Fahren Sie nur dann fort, wenn das Backup vorhanden ist.'],
  ['de', 'unless', 'Führen Sie diese Prozedur nicht aus, wenn ein Backup läuft.'],
  ['de', 'unless', 'Diese Schritte nicht ausführen, während ein Deployment läuft.'],
  ['de', 'unless', 'Ist die Replik defekt? Wenn ja, abbrechen.'],
  ['fr', 'unless', 'Ne lancez pas cette procédure pendant une sauvegarde.'],
  ['es', 'unless', 'No ejecute este procedimiento mientras haya un despliegue en curso.'],
  ['pt', 'unless', 'Não execute este procedimento se o cluster estiver degradado.'],
  ['it', 'unless', 'Non eseguire questa procedura se il cluster è degradato.'],
  ['ja', 'unless', 'クラスタが劣化している場合はこの手順を実行しないでください。'],
  ['de', 'none', 'Wenn der Dienst noch läuft, den Dienst stoppen.'],
  ['de', 'none', 'Falls nötig, den Dienst anhalten.'],
  ['fr', 'unless', 'Si la réplique est en retard, arrêtez-vous.'],
  ['fr', 'unless', 'Ne continuez pas si la file n’est pas vide.'],
  ['fr', 'unless', "Si des lignes s'affichent, arrêtez la procédure."],
  ['fr', 'if', 'Ne continuez que si aucune ligne ne s’affiche.'],
  ['fr', 'none', 'Si le service tourne encore, arrêtez le service.'],
  ['es', 'unless', 'Si la réplica está atrasada, deténgase.'],
  ['es', 'unless', 'No continúe si la cola no está vacía.'],
  ['es', 'if', 'Continúe solo si no aparece ninguna fila.'],
  ['es', 'if', 'No continúe a menos que exista la copia.'],
  ['es', 'none', 'Si el servicio sigue activo, detenga el servicio.'],
  ['pt', 'unless', 'Se a réplica estiver atrasada, pare.'],
  ['pt', 'unless', 'Não prossiga se a fila não estiver vazia.'],
  ['pt', 'if', 'Prossiga somente se o backup existir.'],
  ['pt', 'if', 'Só continue se não aparecer nenhuma linha.'],
  ['it', 'unless', 'Se la replica è in ritardo, fermarsi.'],
  ['it', 'unless', 'Non procedere se la coda non è vuota.'],
  ['it', 'if', 'Proseguire solo se il backup esiste.'],
  ['nl', 'unless', 'Als de replica achterloopt, stop.'],
  ['nl', 'unless', 'Ga niet verder als de wachtrij niet leeg is.'],
  ['nl', 'unless', 'Als er rijen verschijnen, breek de procedure af.'],
  ['nl', 'if', 'Ga alleen verder als de back-up bestaat.'],
  ['pl', 'unless', 'Jeśli replika jest opóźniona, przerwij.'],
  ['pl', 'unless', 'Nie kontynuuj, jeśli kolejka nie jest pusta.'],
  ['pl', 'if', 'Kontynuuj tylko wtedy, gdy kopia istnieje.'],
  ['sv', 'unless', 'Om repliken släpar efter, avbryt.'],
  ['sv', 'unless', 'Fortsätt inte om kön inte är tom.'],
  ['sv', 'if', 'Fortsätt endast om säkerhetskopian finns.'],
  ['da', 'unless', 'Hvis replikaen halter bagefter, så stop.'],
  ['da', 'unless', 'Fortsæt ikke, hvis køen ikke er tom.'],
  ['da', 'if', 'Fortsæt kun, hvis sikkerhedskopien findes.'],
  ['nb', 'unless', 'Hvis replikaen henger etter, avbryt.'],
  ['nb', 'unless', 'Ikke fortsett hvis køen ikke er tom.'],
  ['nb', 'if', 'Fortsett bare hvis sikkerhetskopien finnes.'],
  ['cs', 'unless', 'Pokud je replika pozadu, zastavte.'],
  ['cs', 'unless', 'Nepokračujte, pokud fronta není prázdná.'],
  ['cs', 'if', 'Pokračujte pouze, pokud záloha existuje.'],
  ['ru', 'unless', 'Если реплика отстаёт, остановитесь.'],
  ['ru', 'unless', 'Не продолжайте, если очередь не пуста.'],
  ['ru', 'if', 'Продолжайте только если копия существует.'],
  ['uk', 'unless', 'Якщо репліка відстає, зупиніться.'],
  ['uk', 'unless', 'Не продовжуйте, якщо черга не порожня.'],
  ['uk', 'if', 'Продовжуйте лише якщо копія існує.'],
  ['ro', 'unless', 'Dacă replica este în urmă, opriți-vă.'],
  ['ro', 'unless', 'Nu continuați dacă coada nu este goală.'],
  ['ro', 'if', 'Continuați doar dacă există copia.'],
  ['fi', 'unless', 'Jos replika on jäljessä, keskeytä.'],
  ['fi', 'unless', 'Älä jatka, jos jono ei ole tyhjä.'],
  ['fi', 'if', 'Jatka vain, jos varmuuskopio on olemassa.'],
  ['hu', 'unless', 'Ha a replika lemaradt, álljon meg.'],
  ['hu', 'unless', 'Ne folytassa, ha a sor nem üres.'],
  ['hu', 'if', 'Csak akkor folytassa, ha van mentés.'],
  ['el', 'unless', 'Αν το αντίγραφο καθυστερεί, σταματήστε.'],
  ['el', 'unless', 'Μην συνεχίσετε αν η ουρά δεν είναι άδεια.'],
  ['el', 'if', 'Συνεχίστε μόνο αν υπάρχει αντίγραφο.'],
  ['tr', 'unless', 'Kuyruk boş değilse devam etmeyin.'],
  ['tr', 'unless', 'Kopya geride kalıyorsa durun.'],
  ['tr', 'if', 'Yalnızca yedek varsa devam edin.'],
  ['ja', 'unless', 'レプリカが遅延している場合は中止してください。'],
  ['ja', 'unless', 'キューが空でない場合は続行しないでください。'],
  ['ja', 'if', 'バックアップが存在する場合のみ続行してください。'],
  ['zh', 'unless', '如果副本延迟，请停止。'],
  ['zh', 'unless', '如果队列不为空，请勿继续。'],
  ['zh', 'if', '仅当备份存在时才继续。'],
  ['ko', 'unless', '복제가 지연되면 중단하세요.'],
  ['ko', 'unless', '큐가 비어 있지 않으면 진행하지 마세요.'],
  ['ko', 'if', '백업이 있는 경우에만 계속하세요.'],
  ['zh', 'none', '如果服务正在运行，请停止服务。'],
  ['ja', 'none', 'サービスが動いている場合はサービスを停止してください。'],
  ['id', 'unless', 'Jika replika tertinggal, berhenti.'],
  ['vi', 'unless', 'Nếu bản sao bị trễ, hãy dừng lại.'],
  ['en', 'none', 'Rollback: Stop and remove the containers.'],
  ['en', 'none', 'If the pods hang, stop and remove the container.'],
];

describe('a gate', () => {
  test.each(GATES)('"%s" stands before everything below it in a runbook', async (words, asked) => {
    expect(await conditionsOf(page(words))).toEqual(['', asked, asked, asked]);
  });

  test('of a manual holds up what the next section does, and no further', async () => {
    const asked = 'Proceed only if no row is returned.';
    const text = `---\nkind: manual\n---\n\n${page(asked)}`;
    expect(await conditionsOf(text)).toEqual(['', asked, asked, '']);
  });

  test.each(NO_GATES)('"%s" is none', async (words) => {
    expect(await conditionsOf(page(words))).toEqual(['', '', '', '']);
  });

  test('is one condition for all that it holds up', async () => {
    const { steps } = await read(page('Proceed only if no row is returned.'));
    expect(new Set(steps.flatMap(({ condition }) => condition?.id ?? [])).size).toBe(1);
  });

  test('between steps of a manual holds up the rest of its section alone', async () => {
    const text = `---\nkind: manual\n---\n\n# P\n\n## One\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n${fence('b')}\n\nThen:\n\n${fence('c')}\n\n### More\n\n${fence('e')}\n\n## Two\n\n${fence('d')}\n`;
    const asked = 'Only continue if it is gone.';
    expect(await conditionsOf(text)).toEqual(['', asked, asked, asked, '']);
  });

  test.each([
    ['a label', '**Abort if any row is returned.**'],
    ['a heading', '### Abort if any row is returned.'],
    ['a warning', '> **Warning:** Abort if any row is returned.'],
  ])('as %s is no case in which to do what is below it', async (_as, words) => {
    const { steps } = await read(`# P\n\n## One\n\n${words}\n\n${fence('a')}\n`);
    expect(steps.map(({ condition }) => condition?.gate)).toEqual(['unless']);
  });

  test('in a list holds up the items behind it', async () => {
    const text = `# P\n\n1. Look:\n\n   ${fence('a').replaceAll('\n', '\n   ')}\n\n   Proceed only if it is empty.\n\n2. Delete:\n\n   ${fence('b').replaceAll('\n', '\n   ')}\n`;
    expect(await conditionsOf(text)).toEqual(['', 'Proceed only if it is empty.']);
  });

  test('leads past a rollback and past what has a condition of its own', async () => {
    const text = `# P\n\n## One\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n## If it is not gone\n\n${fence('b')}\n\n## Two\n\n${fence('d')}\n`;
    expect(await conditionsOf(text)).toEqual([
      '',
      'If it is not gone',
      'Only continue if it is gone.',
    ]);
  });

  test('that shows by a command what it asks for leaves that command alone', async () => {
    const look = '```bash\ncat /srv/lag\n```';
    const words = 'Check the lag, and stop if it is above 10 seconds.';
    const text = `# P\n\n1. ${words}\n\n   ${look.replaceAll('\n', '\n   ')}\n\n2. Go:\n\n   ${fence('b').replaceAll('\n', '\n   ')}\n`;
    expect(await conditionsOf(text)).toEqual(['', words]);
  });

  test('in a comment holds up the parts behind it, and the next fences', async () => {
    const parts =
      '```bash\n# Make it\ntouch a\n\n# Abort if it is empty\ntouch b\n\n# Then\ntouch c\n```';
    const { steps } = await read(`# P\n\n${parts}\n`);
    expect(steps[0]?.parts.map(({ condition }) => condition?.text)).toEqual([
      undefined,
      'Abort if it is empty',
      'Abort if it is empty',
    ]);
    const alone = `# P\n\n\`\`\`bash\n# Stop if this is not empty\ncat /srv/list\n\`\`\`\n\n${fence('b')}\n`;
    expect(await conditionsOf(alone)).toEqual(['', 'Stop if this is not empty']);
  });

  test('inside one of several ways ends with that', async () => {
    const text = `# P\n\n## Option A\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n${fence('e')}\n\n## Option B\n\n${fence('b')}\n\n## Clean up\n\n${fence('d')}\n`;
    const asked = 'Option A|Only continue if it is gone.';
    expect(await conditionsOf(text)).toEqual(['Option A', asked, 'Option B', '']);
  });

  test('below one of several ways holds up none of the others', async () => {
    const text = `# P\n\n## Option A\n\n${fence('a')}\n\nOnly continue if it is gone.\n\n## Option B\n\n${fence('b')}\n\n## Clean up\n\n${fence('d')}\n`;
    expect(await conditionsOf(text)).toEqual(['Option A', 'Option B', '']);
  });

  test.each([
    [
      'Nur fortfahren, wenn keine Zeile erscheint.',
      'Die Daten werden gelöscht und dann neu aufgebaut.',
    ],
    [
      'Wenn keine Zeile erscheint, weiter mit dem nächsten Abschnitt, andernfalls abbrechen.',
      'Die Daten werden gelöscht und dann neu aufgebaut.',
    ],
    [
      'Ne continuez que si aucune ligne ne s’affiche.',
      'Les données sont supprimées et puis reconstruites sur le serveur.',
    ],
    [
      'Continúe solo si no aparece ninguna fila.',
      'Los datos se borran y después se crean de nuevo en el servidor.',
    ],
  ])('in another language: "%s"', async (words, around) => {
    const text = `# P\n\n${around}\n\n## A\n\n${fence('a')}\n\n${words}\n\n## B\n\n${around}\n\n${fence('b')}\n`;
    expect(await conditionsOf(text)).toEqual(['', words]);
  });

  test.each(SAID)('in %s says "%s": %s', (code, gate, words) => {
    const own = LANGUAGES.filter((language) => language.code === code);
    expect(markReader(own).gate(words)?.gate ?? 'none').toBe(gate);
  });

  test('has its words in every language', () => {
    const silent = LANGUAGES.filter(({ conditions }) => conditions.gates === undefined);
    expect(silent.map(({ code }) => code)).toEqual([]);
  });
});
