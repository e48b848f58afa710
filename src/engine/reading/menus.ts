import type { ShellCommand } from '../model/shell-facts.ts';
import { type Told, titleOf } from './alternatives.ts';
import { isCollection } from './collections.ts';
import type { ConditionMark } from './marks/condition-mark.ts';
import { isScenario } from './marks/scenarios.ts';

/** One task among those beside it. */
export interface Task {
  readonly title: string;
  /** What it begins with: its first command; `''` where none is known. */
  readonly command: string;
}

/** Tells those of some titles that are a menu: `commands` are what they begin with. */
export function tellMenu<
  One extends { readonly text: string; readonly mark: ConditionMark | null },
>(family: readonly One[], commands: readonly string[], over: string, tell: Told<One>): void {
  // What has a condition of its own ("Rollback") is told apart already.
  const tasks = family.map(({ text, mark }, at) =>
    mark === null ? { title: text, command: commands[at] ?? '' } : { title: '', command: '' },
  );
  const picked = menuAmong(tasks, over);
  const group = {};
  for (const [at, one] of family.entries()) {
    const text = titleOf(one.text);
    if (picked.has(at) && one.mark === null)
      tell(one, { kind: 'option', text, sparesReads: true }, group);
  }
  if (!FOR_EACH.test(over))
    for (const at of kindsAmong(tasks)) {
      const one = family[at];
      if (one !== undefined) tell(one, { kind: 'if', text: titleOf(one.text) }, null);
    }
}

/** The text above has all of them done. */
const FOR_EACH = /(?<![\p{L}])(?:each|every|all|both|in turn|one after|one by one)(?![\p{L}])/iu;

/**
 * Indices of neighbours that name two kinds of one thing, of which the reader has one: "Small databases" beside "Large
 * databases", "EU" beside "US", "Blue is live" beside "Green is live". Their titles differ in one word, and their commands
 * in nothing but options. What is counted, or done by the clock, is done in turn. Linear.
 */
function kindsAmong(tasks: readonly Task[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, task] of tasks.entries()) {
    const before = tasks[at - 1];
    if (before !== undefined && areKinds(before, task)) found.add(at - 1).add(at);
  }
  return found;
}

function areKinds(one: Task, other: Task): boolean {
  if (one.command === '' || other.command === '' || one.command === other.command) return false;
  const words = wordsIn(one.title);
  const others = wordsIn(other.title);
  const apart = words.flatMap((word, at) => (word === others[at] ? [] : [at]));
  const [place = 0] = apart;
  if (words.length !== others.length || apart.length !== 1) return false;
  const differing = [words[place] ?? '', others[place] ?? ''];
  if (differing.some((word) => COUNTED.test(word))) return false;
  const isState = [one, other].every(({ title }) => isScenario(title));
  if (isState) return one.command.split(' ', 1)[0] === other.command.split(' ', 1)[0];
  if (!differInOptions(one.command, other.command)) return false;
  if (words.length === 1) return differing.every((word) => /^\p{Lu}{2,4}$/u.test(word));
  // "Web servers" over `--limit web` and "Mail servers" over `--limit mail` are two of a whole.
  const isNamed = (word: string, { command }: Task): boolean =>
    command.toLowerCase().includes(word.toLowerCase().slice(0, 4));
  const isSized = differing.every((word) => SIZED.test(word));
  const isKind =
    place < words.length - 1 && (isSized || /(?:[^s]s|en)$/iu.test(words.at(-1) ?? ''));
  return (
    isKind && (isSized || !differing.some((word, at) => isNamed(word, at === 0 ? one : other)))
  );
}

const wordsIn = (title: string): readonly string[] =>
  title.slice(0, MOST_CHARACTERS).match(/[\p{L}\p{N}-]+/gu) ?? [];

/** "Small site" beside "Large site": nobody's is both. */
const SIZED =
  /^(?:tiny|small|medium|mid|large|big|huge|single|multi|multiple|standalone|clustered|klein\p{L}{0,2}|groß\p{L}{0,2}|mittler\p{L}{1,2}|einzeln\p{L}{1,2}|petite?s?|grande?s?|moyen(?:ne)?s?|pequeñ[oa]s?|median[oa]s?|pequen[oa]s?|piccol[oaei]|medi[oa]|grandi|kleine?|grote?|liten|lilla|stora?|mał[yae]|duż[yae])$/iu;

const COUNTED =
  /\d|^\p{L}$|^(?:first|second|third|next|last|hourly|daily|nightly|weekly|monthly|quarterly|yearly|annual|morning|evening|before|after|old|new|täglich\p{L}{0,2}|wöchentlich\p{L}{0,2}|monatlich\p{L}{0,2})$/iu;

/** Whether two commands do the same to the same, with other options or other values of them. */
function differInOptions(one: string, other: string): boolean {
  const [first, second] = [wordsOfCommand(one), wordsOfCommand(other)];
  const isIn = (words: readonly string[], all: readonly string[]): boolean =>
    words.every((word) => all.includes(word));
  return isIn(first.free, second.all) && isIn(second.free, first.all);
}

/** The words of a command that are no options; `free`: those that are no option's value either. */
function wordsOfCommand(command: string): {
  readonly free: readonly string[];
  readonly all: readonly string[];
} {
  const words = command.split(/\s+/).slice(0, MOST_COMMANDS);
  const isOption = (word = ''): boolean => word.startsWith('-');
  const all = words.filter((word) => !isOption(word));
  return { all, free: words.filter((word, at) => !isOption(word) && !isOption(words[at - 1])) };
}

/**
 * Whether a title takes back what an earlier one, or the page, puts in place: "Uninstall" behind "Install", "Removing it
 * again" behind "Set up the agent". Nobody does both in one go. The word for it is built alike in many languages.
 */
export function takesBack(title: string, before: readonly string[]): boolean {
  const said = title.replace(/^[^\p{L}]+/u, '');
  const [act, object = ''] = [TAKES_BACK.exec(said)?.[0] ?? '', actIn(said)?.object ?? ''];
  const isAll = UNINSTALLS.test(said) || act !== '';
  return (
    before.some((one) => PUTS_IN_PLACE.test(one) && !UNINSTALLS.test(one)) &&
    (isAll || (REMOVES.test(said) && object !== '' && sharesObject(object, before)))
  );
}

const sharesObject = (object: string, before: readonly string[]): boolean =>
  before.some((one) => {
    const put = actIn(one.replace(/^[^\p{L}]+/u, ''))?.object ?? '';
    return put !== '' && put === object;
  });

const UNINSTALLS =
  /^(?:how to )?(?:un|de|dé|dés|des|dis|av|od)[- ]?[iï]nstal\p{L}{0,12}(?![\p{L}])/iu;
const TAKES_BACK =
  /^(?:how to )?(?:(?:remov(?:e|ing)|delet(?:e|ing)|get(?:ting)? rid of|tak(?:e|ing)) (?:it|them|all of it|everything)(?: down| away| off)?(?: again)?|removal|tear(?:ing)?[- ]?(?:it |everything )?down|tear-?down|undeploy(?:ing|ment)?|deprovision(?:ing)?|decommission(?:ing)?)(?: (?:it|again|everything|all of it))?\W{0,3}$/iu;
const REMOVES = /^(?:how to )?(?:remov(?:e|ing)|delet(?:e|ing)|uninstall(?:ing)?)(?![\p{L}])/iu;
const PUTS_IN_PLACE =
  /(?<![\p{L}])(?:instal(?!led)\p{L}{0,12}|set(?:ting)?[ -]?up|deploy(?:ing|ment)?|provision(?:ing)?|creat(?:e|ing)|einricht\p{L}{1,4}|bereitstell\p{L}{1,4}|aufsetzen|get(?:ting)? started|quick[ -]?start)(?![\p{L}])/iu;

/**
 * "Cleaning up" over what takes away again what the page installs: `kubectl delete -f demo.yaml` behind `kubectl apply -f
 * demo.yaml`. What was only needed on the way is cleaned up by whoever carries out the page.
 */
export const cleansAway = (
  title: string,
  before: readonly string[],
  commands: () => { readonly below: string; readonly above: readonly string[] },
): boolean => {
  if (!CLEANS.test(title) || !before.some((one) => INSTALLS.test(one))) return false;
  const { below, above } = commands();
  return above.some((one) => isUndoneBy(one, below));
};

function isUndoneBy(one: string, other: string): boolean {
  const [first, then] = [one, other].map((each) =>
    each.split(/\s+/).filter((word) => word !== '' && word !== 'sudo'),
  ) as [string[], string[]];
  const place = then.findIndex((word) => TAKES_AWAY.test(word));
  if (place < 1 || first[0] !== then[0] || !first.some((word) => PUTS.test(word))) return false;
  const objects = then.filter(
    (word, at) =>
      at > 0 && at !== place && !word.startsWith('-') && !first.slice(0, 2).includes(word),
  );
  return objects.length === 0 || objects.some((word) => first.includes(word));
}

const CLEANS =
  /^[^\p{L}]{0,6}(?:\d{1,2}[.):] )?(?:(?:clean(?:ing)?|tidy(?:ing)?)[- ]?(?:it |things |everything )?up|clean-?up|aufräumen|nettoyage|nettoyer|limpieza|limpiar|limpeza|limpar|pulizia|opruimen|städa|sprzątanie|очистка|後片付け|クリーンアップ|清理|정리)(?![\p{L}])/iu;
const INSTALLS =
  /(?<![\p{L}])(?:instal(?!led)\p{L}{0,12}|set(?:ting)?[ -]?up|deploy(?:ing|ment)?|provision(?:ing)?|einricht\p{L}{1,4}|bereitstell\p{L}{1,4}|aufsetzen|get(?:ting)? started|quick[ -]?start)(?![\p{L}])/iu;
const PUTS = /^(?:apply|create|install|up|run|add|deploy|start|enable|upgrade)$/;
const TAKES_AWAY =
  /^(?:delete|uninstall|remove|autoremove|purge|destroy|down|rm|drop|undeploy|disable)$/;

/**
 * Whether a title, below or behind others, ends what they do halfway, or throws away all that they did: "Abort", "Cancel the
 * upgrade" on a page that upgrades, "Reset to factory settings". Nobody does both in one go.
 */
export function callsOff(title: string, before: readonly string[]): boolean {
  const said = title
    .replace(/^[^\p{L}\p{N}]+|^\d{1,2}(?:\.\d{1,2})?[.):]? /u, '')
    .slice(0, MOST_CHARACTERS);
  if (before.length === 0) return false;
  if (STARTS_OVER.test(said))
    return !before.some((one) => STARTS_OVER.test(one) || RESETS.test(one));
  const [, objects] = CALLS_OFF.exec(said) ?? [];
  if (objects === undefined) return false;
  const words = objects.toLowerCase().match(/\p{L}{3,30}/gu) ?? [];
  const about = words.filter((word) => !SMALL.has(word));
  if (about.length === 0) return true;
  return about.some((word) => before.some((one) => one.toLowerCase().includes(word.slice(0, 6))));
}

const CALLS_OFF =
  /^(?:how to )?(?:abort(?:ing)?|cancel(?:l?ing|lation)?|call(?:ing)? (?:it )?off|bail(?:ing)? out|interrupt(?:ing)?|abbruch|abbrechen|abandonner|annuler|annulation|abortar|cancelar|cancelación|cancelamento|annullare|annullamento|interrompere|interrompre|interrumpir|interromper|afbreken|annuleren|avbryt|afbryd|przerwanie|przerwij|anulowanie|прервать|прерывание|отмена|перервати|zrušení|中止|中断|キャンセル|取消|취소|중단)((?: (?:of )?[\p{L}’'-]{1,20}){0,4})[^\p{L}]{0,3}$/iu;
const STARTS_OVER =
  /^(?:how to )?(?:(?:perform|do|doing|performing|run|make) )?(?:(?:a |the )?(?:factory|hard|full|complete)[- ]reset|reset(?:ting)? (?:(?:it|them|everything|all|(?:the|your|an?) [\p{L}-]{1,20}(?: [\p{L}-]{1,20})?) )?to (?:the |its |their )?(?:factory|default|initial|original)|reset(?:ting)? everything|restor(?:e|ing) (?:the |its )?(?:factory|default) (?:settings|defaults|configuration|state)|(?:start|begin)(?:ing|ning)? (?:over|afresh|from scratch|all over)|(?:wip(?:e|ing)|eras(?:e|ing)|delet(?:e|ing)|destroy(?:ing)?) everything|(?:auf )?werkseinstellungen|restablecer (?:la |los |de )?(?:valores|configuración|ajustes)|valores de fábrica|retour aux paramètres d['’]usine|réinitialisation (?:complète|d['’]usine|totale)|ripristino (?:di fabbrica|delle impostazioni)|fabrieksinstellingen|fabriksåterställning|przywracanie ustawień fabrycznych|сброс до заводских|初期化|恢复出厂|공장 초기화)(?![\p{L}])/iu;
/** A page about resetting resets. */
const RESETS = /(?<![\p{L}])(?:reset|wip(?:e|ing)|eras|factory|werkseinst|start(?:ing)? over)/iu;

/** What is done to something: "Stop the pool" is `stop` of `pool`. */
interface Act {
  readonly verb: string;
  /** `''`: whatever is spoken of. */
  readonly object: string;
}

/**
 * Indices of the tasks that stand beside each other as in a menu, of which one is picked: all below "Useful commands",
 * else those that undo each other ("Start", "Stop") with what switches or destroys beside them. A procedure stops,
 * works and starts again: there what undoes has something to do in between, or restarts. Empty: it is no menu. Linear.
 */
export function menuAmong(tasks: readonly Task[], over: string): ReadonlySet<number> {
  const all = tasks.map((_, at) => at);
  if (tasks.length < 2 || tasks.some(({ title }) => IN_TURN.test(title))) return new Set();
  if (isCollection(over)) return new Set(all);
  const readings = [
    tasks.map(({ title }) => actIn(title)),
    tasks.map(({ command }) => actOfCommand(command.split(/\s+/))),
  ];
  const overwritten = overwrittenIn(tasks);
  const opposed = new Set([...readings.flatMap((acts) => [...opposedIn(acts)]), ...overwritten]);
  if (opposed.size === 0) return opposed;
  const joining = all.filter((at) => readings.some((acts) => JOINS.has(acts[at]?.verb ?? '')));
  return new Set([...opposed, ...joining]);
}

/** The words of commands that undo each other in one script, as "`start` and `stop`"; `''`: none do. Linear. */
export function undoneIn(commands: readonly ShellCommand[]): string {
  if (commands.length > MOST_COMMANDS || commands.some(({ conditional }) => conditional)) return '';
  const acts = commands.map(({ name, args }) => actOfCommand([name, ...args]));
  const [one, other] = [...opposedIn(acts)].toSorted((first, then) => first - then);
  if (one === undefined || other === undefined) return '';
  return `\`${acts[one]?.verb}\` and \`${acts[other]?.verb}\``;
}

const MOST_COMMANDS = 200;

/**
 * Indices of acts that undo each other where nothing is done in between, and of a stop somewhere behind a restart of the
 * same: "Stop it", "Upgrade it", "Restart it" is a procedure.
 */
function opposedIn(acts: readonly (Act | null)[]): ReadonlySet<number> {
  const found = new Set<number>();
  const restarts = new Map<string, number>();
  let last: Act = NOTHING;
  for (const [at, act] of acts.entries()) {
    if (act === null) {
      last = NOTHING;
      continue;
    }
    const object = act.object === '' ? last.object : act.object;
    const isSame = last.object === object || last.object === '';
    if (isSame && UNDONE_BY.get(last.verb)?.includes(act.verb) === true) found.add(at - 1).add(at);
    const restarted = act.verb === 'stop' ? restarts.get(object) : undefined;
    if (restarted !== undefined) found.add(restarted).add(at);
    if (act.verb === 'restart') restarts.set(object, at);
    last = { verb: act.verb, object };
  }
  return found;
}

const NOTHING: Act = { verb: '', object: '' };

/** Indices of tasks that put one file after the other in the same place: "cp dev.yaml app.yaml", "cp prod.yaml app.yaml". */
function overwrittenIn(tasks: readonly Task[]): ReadonlySet<number> {
  const found = new Set<number>();
  let before = '';
  for (const [at, { command }] of tasks.entries()) {
    const words = command.split(/\s+/).filter((word) => word !== 'sudo' && !word.startsWith('-'));
    const last = words.at(-1) ?? '';
    const file = last.slice(last.lastIndexOf('/') + 1);
    const isCopy = words.length === 3 && /^(?:cp|ln|mv|install|scp|rsync)$/.test(words[0] ?? '');
    const target = isCopy && /\.[a-z]\w{0,9}$/.test(file) && !file.endsWith('.d') ? last : '';
    if (target !== '' && target === before) found.add(at - 1).add(at);
    before = target;
  }
  return found;
}

/** What takes back the first, where it comes at once behind it. "Stop" and then "start" is a restart, and none. */
const UNDONE_BY: ReadonlyMap<string, readonly string[]> = new Map([
  ['start', ['stop']],
  ['enable', ['disable']],
  ['pause', ['resume']],
  ['scale up', ['scale down']],
  ['create', ['delete']],
  ['add', ['delete']],
  ['lock', ['unlock']],
  ['block', ['unblock']],
  ['grant', ['revoke']],
  ['mount', ['unmount']],
  ['attach', ['detach']],
  ['open', ['close']],
  ['install', ['delete']],
  ['cordon', ['uncordon']],
  ['silence', ['unsilence']],
  ['switch on', ['switch off']],
  ['switch to', ['switch to']],
]);

/** What joins a menu that is one already: it switches something, or does away with it. */
const JOINS: ReadonlySet<string> = new Set([
  'start',
  'stop',
  'restart',
  'enable',
  'disable',
  'pause',
  'resume',
  'scale up',
  'scale down',
  'switch on',
  'switch off',
  'switch to',
  'delete',
]);

/** One comes after the other. */
const IN_TURN =
  /^\W{0,4}(?:\d{1,2}[.):]|step|phase|stage|first|then|next|now|finally|lastly|afterwards?|again|before|after|once|when|wait)(?![\p{L}])|(?<![\p{L}])(?:again|back)(?![\p{L}])/iu;

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

const SMALL: ReadonlySet<string> = new Set(
  'the a an your our its their all it them this that these those to how you can please der die das den le la les el los il lo de het'.split(
    ' ',
  ),
);

/** What a title says is done to what; `null`: it begins with no such word. */
function actIn(title: string): Act | null {
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

const MOST_CHARACTERS = 80;

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
function actOfCommand(words: readonly string[]): Act | null {
  const said = words.filter((word) => word !== '' && !word.startsWith('-') && word !== 'sudo');
  const at = said.findIndex((word, place) => place > 0 && WORDS.has(word));
  const verb = WORDS.get(said[at] ?? '');
  if (verb === undefined || at > MOST_IN_FRONT) return null;
  return { verb, object: said.filter((_, place) => place !== at).join(' ') };
}

const MOST_IN_FRONT = 6;
