import { type Asked, needing } from '../../../text/needing.ts';

/** What a pack has to say of conditions; the rest is filled in by `conditionWordsOf`. */
export type SaidConditions = Pick<ConditionWords, 'opening' | 'optional' | 'options'> &
  Partial<ConditionWords>;

/** How one language says that something is to be done only if something holds. Lower case; a list is never complete. */
export interface ConditionWords {
  /** Open a sentence: "If the database is down". */
  readonly opening: readonly string[];
  /** Inside a sentence: "Fail over if the primary is gone". */
  readonly inner: readonly string[];
  /** A verb with a particle that looks like such a word ("starta om tjänsten"), from the beginning of a sentence. */
  readonly particle?: RegExp;
  /** Verbs that ask whether: "check if" states no condition. */
  readonly whether: readonly string[];
  /** "If needed": what may be done in any case is not held up by it. */
  readonly soft: readonly string[];
  /** "If all went well": says only that what came before is over. */
  readonly order: readonly string[];
  readonly optional: readonly string[];
  readonly otherwise: readonly string[];
  /** Open what takes the place of the thing before: "Or with yarn". */
  readonly or: readonly string[];
  /** Names of alternatives: "Option A". */
  readonly options: readonly string[];
  /** What is done in an emergency alone: "Emergency stop". */
  readonly emergency?: readonly string[];
  /** "When", which only says the order unless what follows has gone wrong. */
  readonly when?: readonly string[];
  /** Beginnings of words for what has gone wrong: "full", "fails", "not". */
  readonly trouble?: readonly string[];
  /** Verbs that open a condition without a word for it, by standing first: "Ist die Platte voll, …". */
  readonly first?: readonly string[];
  /** Endings of words that say "if" by themselves: "Disk doluysa". */
  readonly endings?: readonly string[];
  /** "At" in front of a state: "Bei voller Platte", "При отказе". Only the words next to it count. */
  readonly within?: readonly string[];
  readonly gates?: GateWords;
  readonly leaves?: LeavingOut;
  readonly only?: Restricting;
  /** "As long as": a condition wherever it stands. "While", which may only say the order, is one behind "only" (`only.after`). */
  readonly lasting?: readonly string[];
}

/** How a language says that something is done behind one thing alone, or where somebody agrees: "Nur nach einem Backup". */
export interface Restricting {
  /** "Only". */
  readonly words: readonly string[];
  /** What stands behind it, or with `apart` up to so many words later: "after", "during". */
  readonly after: readonly string[];
  readonly apart?: number;
  /** Beginnings of words for what is over by itself, as the step above is: that only says the order. */
  readonly over: readonly string[];
  /** Beginnings of words for what somebody gives: "approval". */
  readonly consent?: readonly string[];
  /** Say the same by saying that it is not done earlier: "not before". */
  readonly late?: readonly string[];
}

/** Whether a sentence says, in a language's words, that it is done only after something, or with somebody's consent. Linear. */
export function saysOnlyAfter(
  sentence: string,
  { only }: ConditionWords | SaidConditions,
): boolean {
  if (only === undefined || sentence.length > LONGEST_SENTENCE) return false;
  const known = restricting.get(only) ?? restrictingOf(only);
  restricting.set(only, known);
  if (known.consent?.test(sentence) === true) return true;
  const said = known.after.exec(sentence) ?? known.late?.exec(sentence) ?? null;
  if (said === null) return false;
  const [clause = ''] = sentence.slice(said.index + said[0].length).split(/[,;:：،؛]/u, 1);
  // "Only with --force can it be redone" names a means.
  if (FLAG.test(clause)) return false;
  return !known.over.test(only.apart === undefined ? clause : said[0] + clause);
}

const FLAG = /^ ?[`"“]?--?\p{L}/u;

const restricting = new Map<Restricting, ReturnType<typeof restrictingOf>>();

/** What loses its vowel in front of the next word: "qu'après l'accord". */
const ELIDED = "(?:\\p{L}{1,5}['’])?";

function restrictingOf({ words, after, apart = 0, over, consent, late }: Restricting): {
  readonly after: Asked;
  readonly over: Asked;
  readonly consent?: Asked;
  readonly late?: Asked;
} {
  const few = (most: number): string => `(?:[^\\s,;:：،؛]{1,30} ){0,${most}}`;
  const behind = `(?:${after.join('|')})(?![\\p{L}])`;
  const opens = `(?:^|(?<=[\\s(,]))(?:${words.join('|')}) ${few(apart)}${behind}`;
  const given = `^${few(2)}${ELIDED}${behind} ${few(2)}${ELIDED}(?:${(consent ?? []).join('|')})`;
  const not = `(?:^|(?<=[\\s(,]))(?:${(late ?? []).join('|')})(?![\\p{L}])`;
  return {
    after: needing(words, () => new RegExp(opens, 'iu'), true),
    over: needing(over, () => new RegExp(`(?<![\\p{L}])(?:${over.join('|')})`, 'iu'), true),
    ...(consent === undefined
      ? {}
      : { consent: needing(consent, () => new RegExp(given, 'iu'), true) }),
    ...(late === undefined ? {} : { late: needing(late, () => new RegExp(not, 'iu'), true) }),
  };
}

/** How a language says where something is left out: "Skip this on replicas", "Do not run this in production". */
export interface LeavingOut {
  /** Open such a sentence: "skip", "do not run". */
  readonly verbs: readonly string[];
  /** What is skipped: "this", "this step". Of anything else it is only said how it is done. */
  readonly objects: readonly string[];
  /** Stand behind what they speak of, in front of the place or the case: "on", "if". */
  readonly where: readonly string[];
  /** End such a sentence, where the verb stands there: "auf Replikaten überspringen". */
  readonly ends?: readonly string[];
  /** "Not", in front of the place where any verb stands at the end: "dies nicht auf Replikaten ausführen". */
  readonly not?: readonly string[];
}

const leaving = new Map<LeavingOut, Asked>();

/** Whether a sentence says, in a language's words, where something is left out. Linear. */
export function saysWhereNot(
  sentence: string,
  { leaves }: ConditionWords | SaidConditions,
): boolean {
  if (leaves === undefined || sentence.length > LONGEST_SENTENCE) return false;
  const known = leaving.get(leaves) ?? leavingOut(leaves);
  leaving.set(leaves, known);
  return known.test(sentence.replace(/^[^\p{L}]+/u, '').replaceAll('’', "'"));
}

const LONGEST_SENTENCE = 200;

function leavingOut({ verbs, objects, where, ends = [], not = [] }: LeavingOut): Asked {
  const any = (words: readonly string[]): string => `(?:${words.join('|')})(?![\\p{L}])`;
  const first = `${any(verbs)} ${any(objects)},? ${any(where)}`;
  const few = '(?:[^\\s,;:]{1,30} ){0,2}';
  const last = `(?:${any(objects)} ${few})?${any(where)} [^,;:]{1,60} ${any(ends)}[^\\p{L}]*$`;
  const never = `${any(objects)} ${few}${any(not)} ${any(where)} [^,;:]{1,80}$`;
  const all = [first, ...(ends.length === 0 ? [] : [last]), ...(not.length === 0 ? [] : [never])];
  return needing(
    [...verbs, ...ends, ...not],
    () => new RegExp(`^(?:${all.join('|')})`, 'iu'),
    true,
  );
}

/**
 * How a page lets its reader go on only if something holds. Verbs open a clause; marks between words do not count, and
 * `…` stands for a few words.
 */
export interface GateWords {
  readonly goOn: readonly string[];
  /** End the whole procedure. */
  readonly stop: readonly string[];
  /** "Do not continue". */
  readonly never?: readonly string[];
  readonly if: readonly string[];
  /** Stands for "if" behind "only": "only continue when". */
  readonly when?: readonly string[];
  readonly unless?: readonly string[];
  /** "Only", in front of a verb of going on. */
  readonly just?: readonly string[];
  /** "Only if", behind such a verb or at the beginning. */
  readonly onlyIf?: readonly string[];
  /** Whole openings that have another order. */
  readonly only?: readonly string[];
  /** Whole openings after which it is said where not: "this runbook is not for". */
  readonly not?: readonly string[];
  /** Words for not doing what the page is about: "do not run this procedure". */
  readonly refuse?: readonly string[];
  /** Words for leaving the section out that they stand in: "skip this section". */
  readonly leaveOut?: readonly string[];
  /** The same without an object, directly in front of "if": "do not run while". */
  readonly bare?: readonly string[];
  /** What is said of those, besides "if": "while". */
  readonly while?: readonly string[];
  /** Among those, small words for a place: "on". */
  readonly where?: readonly string[];
  /** Behind "do not run", or the verb itself: no procedure is named. */
  readonly this?: readonly string[];
  /** Behind "do not run this": a part of the page alone, "command". */
  readonly parts?: readonly string[];
  /** Answers a question before it: "if so". */
  readonly so?: readonly string[];
  /** Among `stop`: leave a program, where nothing is said that is stopped: "quit". */
  readonly leave?: readonly string[];
  /** Begin a clause without a mark in front: "if it is red then stop". */
  readonly begin?: readonly string[];
  /** What is stopped is all of it: "here", "the procedure". Stands before or behind the verb. */
  readonly objects?: readonly string[];
  readonly and?: readonly string[];
  /** Verbs that have their object in common with "stop and": "remove". */
  readonly shares?: readonly string[];
  /** Behind "if": what stops a run by itself, "that fails". */
  readonly byItself?: readonly string[];
  /** Lead past what stands between, in front of a name: "skip to". */
  readonly past?: readonly string[];
  /** Lead on to what is named: "go to". */
  readonly goTo?: readonly string[];
  /** Stand in front of the letter or number of a section. */
  readonly section?: readonly string[];
  /** Stand in front of the number of a step. */
  readonly step?: readonly string[];
  /** Nothing parts its words, or "if" is an ending: all of these are looked for anywhere in a sentence. */
  readonly loose?: true;
}

/** Phrases that stand in one string, parted by strokes. */
export const list = (text: string): readonly string[] => text.split('|');

/** Every verb with every object, in the order they are said in; `*` in the verb stands for the object. */
export const eachOf = (verbs: string, objects: string): readonly string[] =>
  list(verbs).flatMap((verb) =>
    list(objects).map((object) =>
      verb.includes('*') ? verb.replace('*', object) : `${verb} ${object}`,
    ),
  );

/** "There are two ways": what comes below is done in one of them. */
export const WAYS =
  /(?<![\p{L}])(?:(two|three|four|five|[2-5])|both|several|multiple|different|various|alternative|zwei|drei|mehrere|verschiedene|deux|trois|plusieurs|dos|tres|varias|duas|três|várias|due|tre|diversi|twee|drie|verschillende|dwa|trzy|två|två|tre|dva|tři|два|три|два|три|несколько|кілька|няколко|flera|olika|flere|forskjellige|forskellige|kilka|różne|několik|niekoľko|nekoliko|useita|több|birkaç|beberapa|nhiều|kelis|vairāki|mitu|diverses)(?: [\p{L}-]{1,20}){0,2} (?:ways?|methods?|approaches|possibilities|alternatives|variants|routes|wege|möglichkeiten|methoden|varianten|arten|façons|moyens|manières|méthodes|possibilités|formas|maneras|métodos|maneiras|modi|metodi|maniere|manieren|methodes|sposoby|metody|sätt|metoder|způsoby|způsobů|способа|способи|способов|варианта|варіанти|начина|начини|načina|spôsobov|sposobów|způsobů|tapaa|módja|yolu|cara|cách|būdai|veidi|viisi|maneres|måter|måder)(?![\p{L}])|(?<![\p{L}])(?:(?:use|choose|pick|do|run|follow|try|select|with) (?:only |exactly |just )?(?:one|either)(?: of)?(?: the| these)?|one of the following (?:ways|methods|options|procedures|commands|approaches)|eine der folgenden|l['’]une des|una de las|uma das)(?![\p{L}])/iu;

/** Languages written without spaces: what opens and what ends a conditional phrase there. */
export const UNSPACED_WORDS = {
  opening: list(
    '如果|若|仅当|只有当|只有|倘若|假如|假若|要是|最后手段|作为最后手段|万不得已|最後の手段|最終手段|최후의 수단|마지막 수단|최후 수단|万一|除非|もし|万が一|만약|만일|그렇지 않으면|그렇지 않은|否则|仅在|只在|仅限|仅对|そうでない場合|ถ้า|หาก|ในกรณี|เฉพาะเมื่อ|เฉพาะกรณี|มิฉะนั้น|ไม่เช่นนั้น',
  ),
  ending: list('的情况下|的话|場合|場合は|場合のみ|경우|경우에는|경우에만'),
  soft: list('必要|需要|필요|จำเป็น'),
  optional: list('可选|任意|선택 사항|ไม่บังคับ'),
  emergency: list(
    '紧急停止|紧急停机|紧急关闭|紧急重启|紧急回滚|紧急切换|緊急停止|緊急再起動|緊急切替|緊急切り替え|緊急ロールバック|긴급 정지|긴급 중지|긴급 재시작|긴급 롤백|긴급 전환|비상 정지|หยุดฉุกเฉิน|ปิดระบบฉุกเฉิน|รีสตาร์ทฉุกเฉิน',
  ),
  or: list('或者|または|あるいは|또는|หรือ'),
  options: list('方案|选项|方法|場面|场景|ケース|方法|パターン|옵션|방법|시나리오|ตัวเลือก|วิธีที่'),
} as const;

/**
 * What says "if" inside a phrase of Japanese, Korean, Chinese and Thai: a case, a thing that has gone wrong when it is told
 * so, a "not" with its ending, "only behind", somebody's consent. "When it has stopped", "after the backup" only say the order.
 */
const UNSPACED_IFS: readonly RegExp[] = [
  /場合(?:は|のみ|には|にのみ|に限り)|(?:で|に)のみ|に限り|(?:時|帯|間|後|中)(?:のみ|だけ)|경우(?:에만|에는|에|엔| )|에서만|(?:후|뒤|시|때|동안)에만/,
  /な(?:ければ(?![ない])|いなら|かったら|(?:い|かった)(?:とき|時|際)(?:に|は|のみ|だけ|、))|(?:않|없|못하|아니)(?:으면|다면|면|을 경우|는 경우|을 때)/,
  /(?:失敗|障害|故障|エラー|異常|満杯|いっぱい|枯渇|不足|停止し?て|ダウン|落ちて?|破損|壊れ|切れ|超え|超過|高い|高く|遅い|できな|消え|失われ|不能|喪失|逼迫|遅延|ハング|フリーズ|切断|タイムアウト|停電|災害|緊急)[^、。，,]{0,10}(?:(?:とき|時|際)(?:に|は|のみ|だけ|、|$)|[ただ]ら|なら|れば)/,
  /(?:실패|장애|오류|고장|가득|초과|다운|끊|손상|부족|지연|응답 없|멈추|느리|죽|에러|유실|손실|만료)[^,.、]{0,8}(?:면(?![가-힣])|시(?:에는|에|는)?(?![가-힣])|때(?![가-힣]))/,
  /(?:失败|故障|异常|报错|错误|满|不足|宕机|响应|不可用|无法|不能|卡住|崩溃|丢失|损坏|超时|超过|过高|中断|断开|泄漏|挂掉|不通|掉线)[^，。,]{0,6}(?:时(?!间)|情况下)/,
  /^(?:当|一旦)[^，。,]{1,40}(?:失败|故障|异常|报错|错误|满|不足|宕机|不可用|无法|卡住|崩溃|丢失|损坏|超时|超过|过高|中断|断开)/,
  /(?:承認|許可|同意|了承)(?:を得|をもら|を取|があ|が下り|の上|後)|(?:승인|허가|동의)(?:을|를|이|가)? ?(?:받은|얻은|받고|후|뒤|하에)|(?:批准|同意|许可|授权|审批)[^，。,]{0,4}(?:之后|以后|后)|(?:方可|才能|才可以?)(?:执行|运行|进行|继续|操作|重启|删除|切换)/,
  /เฉพาะหลัง/,
  /^(?:เมื่อ|ตอนที่)[^,.]{1,20}(?:ล้มเหลว|ขัดข้อง|เต็ม|ผิดพลาด|ไม่ตอบสนอง|เสียหาย)/,
];

export const saysIfUnspaced = (said: string): boolean =>
  UNSPACED_IFS.some((one) => one.test(said.slice(0, LONGEST_SENTENCE)));

/**
 * Directly in front of a word that is "if" and "whether" in one, in languages that have one for both: what is written down
 * or decided is no condition. Further off it is one: "note the time if the service falls".
 */
const ASKS_DIRECTLY =
  /(?<![\p{L}])(?:décid(?:er|ez|e|ons)|not(?:er|ez|e|ons)|indiqu(?:er|ez|e|ons)|évalu(?:er|ez|e)|observ(?:er|ez|e)|examin(?:er|ez|e)|assurez-vous|anot(?:e|ar|a|ad|en)|apunt(?:e|ar|a|en)|decid(?:a|ir|e|an|i|ete|ere|iu|eix|eți)|indiqu(?:e|en)|indic(?:ar|a|ă|ați)|observ(?:e|ar|a)|evalú(?:e|a|en)|evaluar|examin(?:e|ar|a)|registre|registrar|avali(?:e|ar)|annot(?:a|are|ate)|valut(?:a|are|ate)|esamin(?:a|are|ate)|indic(?:are|ate)|not(?:ați|ează)|stabil(?:ește|iți)|hotărâ(?:ți|ște)|anot(?:eu|i)|determineu|indiqueu|noteu|noter|notér|vurder|avgjør|afgør|bestem|notera|bedöm|besluta|nóta|αποφασίστε|σημειώστε|σημείωσε|αποφάσισε)(?: (?:aussi|también|anche|também|și|també|også|också|ensuite|luego|poi|depois|apoi))? ?$/iu;

export const asksDirectly = (clause: string): boolean => ASKS_DIRECTLY.test(clause.slice(-80));

/** Stands for no word at all, so that a list may be empty. */
const NONE: readonly string[] = ['\u0000'];

/** The condition words of a language, with nothing where its pack says nothing. */
export function conditionWordsOf({
  conditions,
  phrases,
}: {
  readonly conditions: SaidConditions;
  readonly phrases: { readonly if: readonly string[] };
}): ConditionWords {
  const { lasting = [], opening, inner = phrases.if, only } = conditions;
  const onlyLasting = (only?.words ?? []).flatMap((word) => lasting.map((one) => `${word} ${one}`));
  return {
    whether: NONE,
    soft: NONE,
    order: NONE,
    otherwise: NONE,
    or: NONE,
    ...conditions,
    opening: [...opening, ...lasting, ...onlyLasting],
    inner: [...inner, ...lasting],
  };
}
