import { actIn, MOST_CHARACTERS, SMALL } from './acts.ts';

/**
 * Whether a title takes back what an earlier one, or the page, puts in place: "Uninstall" behind "Install", "Removing it
 * again" behind "Set up the agent". Nobody does both in one go. The word for it is built alike in many languages.
 */
export function takesBack(title: string, before: readonly string[]): boolean {
  const said = title.replace(/^[^\p{L}]+/u, '');
  const [act, object = ''] = [TAKES_BACK.exec(said)?.[0] ?? '', actIn(said)?.object ?? ''];
  const isAll = UNINSTALLS.test(said) || act !== '';
  // What most titles say is asked first: the others of a page are many.
  return (
    (isAll || (REMOVES.test(said) && object !== '' && sharesObject(object, before))) &&
    before.some((one) => PUTS_IN_PLACE.test(one) && !UNINSTALLS.test(one))
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
