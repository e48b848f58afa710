import type { ConditionMark } from './condition-mark.ts';

/** What names a case by itself, in any language: "(Prod) …", "Rollback", "Emergency:", "Replicas only". `low` is in lower case. */
export function caseMark(sentence: string, low: string, text: string): ConditionMark | null {
  if (IN_BRACKETS.test(sentence)) return { kind: 'if', text };
  if (UNDOES.test(low) || UNDOES_ELSEWHERE.test(low)) return { kind: 'if', text, undoes: true };
  return EMERGENCY.test(low) || ONLY_THERE.test(low) || EXCEPT_THERE.test(low) || FOR_SOME.test(low)
    ? { kind: 'if', text }
    : null;
}

/** "(Prod) Page the owner", "[EU] Tell the regulator": where it is done stands in front. */
const IN_BRACKETS =
  /^\W{0,6}[([](?:prod|production|staging|stage|dev|test|qa|uat|on-?prem|cloud|aws|gcp|azure|linux|windows|macos|mac|debian|ubuntu|rhel|centos|primary|replica|standby|master|secondary|leader|eu|us|uk|emea|apac)(?: only)?[)\]] ?\p{L}/iu;

/** "(Production only)", "Replicas only:", "For v2 clusters", "For servers older than 2.0", "Before 2.0:": what some have and others have not. */
const FOR_SOME =
  /^(?!(?:read|write|append|view|check|list|dry|test|schema|data|for (?:reference|information|now)) )(?:[^\s()]+ ){1,4}only(?:[)\]:,]|$)|[([](?!read |write |append )[^()[\]]{1,60} only[)\]](?:[.:]?$|:)|^(?:(?:known|common|typical) )?(?:scenario|symptom|problem|issue|case|failure|error|bug|pitfall|gotcha)(?: [:–—-]|[:–—]) |^for (?:versions? |v)\d|^for (?:[^\s()]+ ){0,4}(?:older than|newer than|earlier than|later than|prior to|before) v?\d|^for (?:[^\s()]+ ){1,4}(?:and|or) (?:older|newer|earlier|later|below|above|up)(?![\p{L}-])|^(?:before|prior to|since|up to|until|starting with) (?:and including )?(?:version )?v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:[:,]|$)|^(?:from|as of|starting (?:with|from)) (?:version )?v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})? (?:on|onwards?|upwards?|and (?:later|newer|up|above))(?![\p{L}])|^for (?:versions? |v)?\d{1,4}(?:\.\d{1,4})?\.x(?![\p{L}\p{N}])/u;

/** What is done only when something went wrong: "Rollback:", "To undo the change, run:". */
const UNDOES =
  /^(?:(?:emergency |how to )?(?:roll-?back|roll back|rolling back|back-?out|back out|undo|revert)(?: (?:plan|procedure|steps?|instructions?|commands?))?(?:$|[^\p{L}\p{N}\s]*$|\s?[:–—(])|to (?:roll ?back|undo|revert|back out|back this out|(?:go|switch|fall|change) back|return to the (?:old|previous|former|original)|restore the (?:old|previous|former|original))(?![\p{L}-])|(?:going|switching|falling) back(?![\p{L}]))/u;
/** The same as a title of its own in other languages. */
const UNDOES_ELSEWHERE =
  /^(?:zurück zu[mr]? (?:alten|vorherigen|früheren|ursprünglichen|letzten)|zurückrollen|zurücksetzen auf |rückgängig|wiederherstellung des alten|retour (?:en )?arrière|revenir (?:en arrière|à l['’]ancien)|pour revenir (?:en arrière|à l['’]ancien)|volver atrás|vuelta atrás|marcha atrás|reversión|revertir|deshacer|voltar atrás|reverter|desfazer|tornare indietro|terugdraaien|återställ ändring|wycofanie zmian)(?![\p{L}])|^(?:切り戻し|ロールバック|元に戻す|回滚|回退|롤백)/u;
/** What is done in an emergency alone, as a whole title. */
const EMERGENCY =
  /^(?:(?:in (?:an |case of )?|for )?(?:an )?emergenc(?:y|ies)(?: (?:only|use only|procedure|steps|plan|actions?|measures?|commands?))?|nuclear option(?: \([^()]{1,80}\))?|(?:im )?notf(?:all|älle)(?:maßnahmen|plan)?|urgences?|emergencias?|emergências?|emergenz[ae]|noodgeval|nödläge|nødsituation(?:er)?|sytuacja awaryjna|danger(?:ous)? zone|(?:dangerous|destructive|irreversible) (?:commands?|operations?|actions?|steps?|procedures?)|gefahren(?:zone|bereich)|gefährliche (?:befehle|aktionen)|zone (?:de danger|dangereuse)|zona de (?:peligro|perigo)|zona (?:pericolosa|di pericolo)|gevarenzone|strefa (?:zagrożenia|niebezpieczna)|緊急時(?:の(?:対応|手順))?|非常時|紧急情况|緊急情況|비상시|긴급 상황)\s?[:：!.]?$/u;
/** "Sur le serveur secondaire uniquement", "En producción solamente". */
const ONLY_THERE =
  /^(?:sur|dans|pour|en|para|em|no|na|nos|nas|su|per|op|voor|auf|für|in|bei) (?:[^\s()]{1,30} ){1,5}(?:uniquement|seulement|solamente|únicamente|somente|apenas|soltanto)\s?[:：]?$/u;

/** "Run on every node except the master:", "Auf allen Knoten außer dem ersten": what runs is asked whether it is on one of those. */
const EXCEPT_THERE =
  /^(?:[\p{L}'’-]{1,20} ){0,4}(?:on|in|at|auf|in|sur|dans|en|em|su|in|op|na|we?|på) (?:all|any|every|each|alle[nm]?|jede[mrn]|tou(?:s|tes)|chaque|tod[oa]s|cada|tutt[ie]|ogni|elke?|wszystkich|każdym|alla) (?:[\p{L}\p{N}'’_-]{1,30} ){1,5}?(?:except|but|excluding|other than|apart from|besides|außer|ausgenommen|sauf|hormis|excepto|salvo|menos|exceto|tranne|eccetto|behalve|uitgezonderd|oprócz|poza|z wyjątkiem|utom) [^.;:：]{1,60}\s?[:：]$/iu;
