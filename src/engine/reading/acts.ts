/** What is done to something: "Stop the pool" is `stop` of `pool`. */
export interface Act {
  readonly verb: string;
  /** `''`: whatever is spoken of. */
  readonly object: string;
}

/** What a title says is done to what; `null`: it begins with no such word. */
export function actIn(title: string): Act | null {
  const words = title
    .slice(0, MOST_CHARACTERS)
    .toLowerCase()
    .split(/[^\p{L}\p{N}_-]+/u)
    .filter((word) => word !== '' && !SMALL.has(word));
  const [first = '', second = '', ...rest] = words;
  const stem = baseOf(first);
  const two = TWO_WORDS.get(`${stem} ${second}`);
  if (two !== undefined) return { verb: two, object: objectOf(rest) };
  const last = words.at(-1) ?? '';
  // "Switch to Shield mode" beside "Return to Portal mode": either is of the mode.
  if (/^(?:switch|change|return|set|go)$/.test(stem) && /^to (?:the )?\S/i.test(afterWord(title)))
    return words.length > 2 ? { verb: 'switch to', object: last } : null;
  const split = words.length > 2 ? TWO_WORDS.get(`${stem} ${last}`) : undefined;
  if (split !== undefined) return { verb: split, object: objectOf(words.slice(1, -1)) };
  const verb = WORDS.get(stem);
  return verb === undefined ? null : { verb, object: objectOf([second, ...rest]) };
}

/** Nobody needs more of a title. */
export const MOST_CHARACTERS = 80;

const afterWord = (title: string): string => title.trim().slice(title.trim().indexOf(' ') + 1);

const objectOf = (words: readonly string[]): string =>
  words
    .slice(0, 3)
    .map((word) => word.replace(/s$/, ''))
    .join(' ')
    .trim();

/** "restarting" is "restart", "scaling" is "scale", "stopping" is "stop". */
function baseOf(word: string): string {
  if (!word.endsWith('ing') || word.length < 6) return word;
  const stem = word.slice(0, -3);
  const forms = [stem, `${stem}e`, stem.slice(0, -1)];
  return (
    forms.find(
      (form) => WORDS.has(form) || [...TWO_WORDS.keys()].some((two) => two.startsWith(`${form} `)),
    ) ?? word
  );
}

/** What a command does to what: the first of its words that is such a verb, and all others but its options. */
export function actOfCommand(words: readonly string[]): Act | null {
  const said = words.filter((word) => word !== '' && !word.startsWith('-') && word !== 'sudo');
  const at = said.findIndex((word, place) => place > 0 && WORDS.has(word));
  const verb = WORDS.get(said[at] ?? '');
  if (verb === undefined || at > MOST_IN_FRONT) return null;
  return { verb, object: said.filter((_, place) => place !== at).join(' ') };
}

const MOST_IN_FRONT = 6;

/** Words that say it, by the verb that they are a form of. */
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    start:
      'start boot launch up starten starte starta démarrer démarrage iniciar arrancar avviare avvia uruchom uruchomić uruchomienie запустить запуск spustit',
    stop: 'stop halt shutdown down kill stoppen stoppa stopp beenden herunterfahren arrêter arrêt detener parar arrestare ferma fermare zatrzymaj zatrzymać zatrzymanie остановить остановка zastavit',
    restart:
      'restart reboot bounce neustart neustarten redémarrer redémarrage reiniciar reinicio riavviare riavvia herstarten herstart omstart restartuj restartovat перезапустить перезапуск',
    enable:
      'enable activate aktivieren activer habilitar activar ativar abilitare attivare włącz включить',
    disable:
      'disable deactivate deaktivieren désactiver deshabilitar desactivar desativar disabilitare disattivare wyłącz отключить',
    pause: 'pause suspend freeze',
    resume: 'resume unpause unfreeze continue',
    create: 'create new erstellen créer crear criar creare',
    add: 'add hinzufügen ajouter añadir adicionar aggiungere',
    delete:
      'delete remove drop destroy purge wipe erase uninstall rm del clear flush reset löschen entfernen supprimer eliminar borrar excluir apagar eliminare usuń удалить smazat',
    'scale up': 'upscale',
    'scale down': 'downscale',
    lock: 'lock',
    unlock: 'unlock',
    block: 'block ban',
    unblock: 'unblock unban',
    grant: 'grant',
    revoke: 'revoke',
    mount: 'mount',
    unmount: 'unmount umount',
    attach: 'attach',
    detach: 'detach',
    open: 'open',
    close: 'close',
    install: 'install',
    cordon: 'cordon',
    uncordon: 'uncordon',
    silence: 'silence mute',
    unsilence: 'unsilence unmute',
  }).flatMap(([verb, words]) => words.split(' ').map((word): [string, string] => [word, verb])),
);

/** Verbs of which a small word makes another: "scale up", "bring down", "turn off". */
const TWO_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'scale up': 'scale up',
    'scale down': 'scale down',
    'scale out': 'scale up',
    'scale in': 'scale down',
    'bring up': 'start',
    'bring down': 'stop',
    'spin up': 'start',
    'spin down': 'stop',
    'take down': 'stop',
    'tear down': 'delete',
    'shut down': 'stop',
    'turn on': 'switch on',
    'turn off': 'switch off',
    'switch on': 'switch on',
    'switch off': 'switch off',
  }),
);

/** Words that name nothing. */
export const SMALL: ReadonlySet<string> = new Set(
  'the a an your our its their all it them this that these those to how you can please der die das den le la les el los il lo de het'.split(
    ' ',
  ),
);
