import type { Language } from './language.ts';

/** How one language says that something is to be done only if something holds. Lower case; a list is never complete. */
export interface ConditionWords {
  /** Open a sentence: "If the database is down". */
  readonly opening: readonly string[];
  /** Inside a sentence: "Fail over if the primary is gone". */
  readonly inner: readonly string[];
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
  /** "When", which only says the order unless what follows has gone wrong. */
  readonly when?: readonly string[];
  /** Beginnings of words for what has gone wrong: "full", "fails", "not". */
  readonly trouble?: readonly string[];
  /** Verbs that open a condition without a word for it, by standing first: "Ist die Platte voll, …". */
  readonly first?: readonly string[];
}

const list = (text: string): readonly string[] => text.split('|');

/** By language code. English stands beside any other. */
const CONDITION_WORDS: Readonly<Record<string, ConditionWords>> = {
  en: {
    opening: list(
      'if|only if|only when|only in case|only after a failed|unless|in case|in the event|should the|should it|should this|should that|should you|should any|provided that|as a last resort|last resort|failing that|failing this|if all else fails|only needed|only necessary|only required|only applies|only applicable|needed only|required only|necessary only|applies only|applicable only|only for|only on|only in|when in doubt|whenever|assuming|supposing|provided the|provided you|provided there|provided no|provided it|except on|except in|not on|not in|not for|never on|never in|depending on|on failure|upon failure|on error|upon error|in that case|in this case|in such a case|in such cases|in an emergency|in emergencies|for emergencies|in the unlikely event|in the rare event|in the unlikely case|given that|break glass|break-glass|in some cases|in rare cases|in certain cases|in most cases|worst case|in the worst case|were this to|were that to|were it to',
    ),
    inner: list(
      'if|unless|in case|in the event|provided that|as a last resort|last resort|only when|only on|only in|only for|but not on|but not in|except on|except in',
    ),
    whether: list(
      'check|checks|checking|see|sees|verify|verifying|determine|determines|confirm|confirms|find out|test|tests|know|ask|asks|decide|ensure|make sure|validate|tell|tells|wonder|look|inspect|understand|identify|assess|evaluate|monitor|note|say|says|report|reports|show|shows|investigate|review|establish|clarify|indicate|indicates|detect|discover|learn|figure out|double-check|question',
    ),
    soft: list(
      'needed|necessary|required|applicable|possible|available|any|desired|appropriate|relevant|present|need be|you like|you wish|it helps|so desired|still needed|still necessary',
    ),
    order: list(
      'all goes well|all went well|all is well|everything worked|everything works|everything went well|everything goes well|everything is ok|everything is okay|everything is fine|everything looks good|everything checks out|all looks good|all of this worked|all of the above|the above succeeded|the above worked|the above succeeds|successful|this worked|this works|that worked|this succeeds|that succeeds',
    ),
    optional: list('optional|optionally'),
    otherwise: list('otherwise|else|if not|if no|if so|if yes'),
    or: list(
      'or|alternatively|alternative|another way|another option|another method|a second way|instead of this|or else|as an alternative|as alternative|instead,|manual alternative|manual method|manual way|the manual way|the hard way|as a fallback|fallback',
    ),
    options: list(
      'option|method|alternative|approach|variant|scenario|case|possibility|choice|way|plan|solution|workaround|strategy|route|fix|remedy',
    ),
  },
  de: {
    opening: list(
      'wenn|falls|nur wenn|nur falls|sofern|nur sofern|im falle|im fall|sollte|sollten|es sei denn|im notfall|nur bei|nur auf|nur für',
    ),
    inner: list('wenn|falls|sofern|es sei denn|im notfall'),
    whether: list('prüfen|prüfe'),
    soft: list(
      'nötig|notwendig|erforderlich|möglich|vorhanden|gewünscht|zutreffend|es nötig ist|es erforderlich ist',
    ),
    order: list('alles gut|alles geklappt|alles funktioniert|alles in ordnung|das geklappt'),
    optional: list('optional|wahlweise'),
    otherwise: list('andernfalls|sonst|ansonsten|wenn nicht|falls nicht'),
    or: list('oder|alternativ'),
    options: list('option|variante|methode|möglichkeit|szenario|fall|alternative|weg|lösung|plan'),
    first: list(
      'ist|sind|war|waren|wurde|wurden|wird|werden|läuft|schlägt|bleibt|hängt|fehlt|fehlen|hilft|reicht|kommt|gibt es|startet|antwortet|tritt|meldet|zeigt|liegt|steht|hat|haben|kann|können|lässt|funktioniert|funktionieren|klappt|geht|erscheint|überschreitet|übersteigt|steigt|sinkt|muss|müssen|besteht|bestehen|scheitert|bricht',
    ),
  },
  fr: {
    opening: list(
      "si|s'il|s’il|s'ils|s’ils|seulement si|uniquement si|en cas de|en cas d'|en cas d’|au cas où|dans le cas où|sauf si|en dernier recours|seulement en cas|uniquement sur|uniquement pour|uniquement en|seulement sur|seulement pour",
    ),
    inner: list(
      "si|s'il|s’il|uniquement si|seulement si|en cas de|en cas d'|en cas d’|au cas où|sauf si|en dernier recours",
    ),
    whether: list(
      'vérifier|vérifiez|voir|voyez|regarder|regardez|contrôler|contrôlez|savoir|déterminer|déterminez|demander|demandez|confirmer|confirmez|tester|testez',
    ),
    soft: list('nécessaire|besoin|possible|applicable|souhaité|il y a lieu|disponible|requis'),
    order: list("tout s'est bien passé|tout s’est bien passé|tout va bien|tout fonctionne"),
    optional: list('facultatif|facultatifs|optionnel|optionnelle|en option|facultativement'),
    otherwise: list('sinon|autrement|dans le cas contraire'),
    or: list('ou|ou bien|alternativement|autre possibilité|autre méthode'),
    options: list('option|méthode|variante|scénario|cas|possibilité|alternative|solution'),
    when: list("lorsque|lorsqu'|lorsqu’|quand"),
    trouble: list(
      "ne |n’|n'|plein|satur|échou|panne|bloqu|inaccessible|injoignable|indisponible|corromp|manqu|erreur|trop |dépass|perdu|cass|lent|expir|hors |plant|tomb|mort|endommag|compromis",
    ),
  },
  es: {
    opening: list(
      'si|solo si|sólo si|solamente si|únicamente si|en caso de|en caso de que|en el caso|salvo que|a menos que|como último recurso|solo en|sólo en|solamente en|únicamente en|solo para|sólo para|solamente para|únicamente para',
    ),
    inner: list('si|solo si|sólo si|en caso de|salvo que|a menos que|como último recurso'),
    whether: list(
      'compruebe|comprobar|comprueba|verifique|verificar|verifica|revise|revisar|revisa|ver|vea|confirme|confirmar|determine|determinar|averigüe|averiguar|pregunte|preguntar|mire|mirar|saber',
    ),
    soft: list(
      'es necesario|fuera necesario|hace falta|procede|es posible|corresponde|se requiere|aplica|lo desea',
    ),
    order: list('todo va bien|todo fue bien|todo salió bien|todo funciona|todo está bien'),
    optional: list('opcional|opcionalmente'),
    otherwise: list('si no|de lo contrario|en caso contrario'),
    or: list('o|o bien|alternativamente|otra opción'),
    options: list('opción|método|alternativa|escenario|caso|variante|posibilidad|solución'),
    when: list('cuando'),
    trouble: list(
      'no |nunca |llen|fall|caíd|cae|bloque|inaccesible|inalcanzable|indisponible|corromp|corrupt|error|super|exced|perdid|lent|rot|dañad|agotad|vencid|caducad|expirad|colgad|comprometid|falt|demasiad',
    ),
  },
  pt: {
    opening: list(
      'se|só se|somente se|apenas se|caso|em caso de|no caso de|a menos que|exceto se|salvo se|como último recurso|somente em|somente no|somente na|somente para|apenas em|apenas no|apenas na|apenas para|só em|só no|só na|só para',
    ),
    inner: list('se|só se|somente se|apenas se|caso|em caso de|a menos que|exceto se'),
    whether: list(
      'verifique|verificar|confira|conferir|ver|veja|confirme|confirmar|determine|determinar|pergunte|perguntar|teste|testar|saber',
    ),
    soft: list('necessário|preciso|possível|aplicável|for necessário|for preciso|desejado|houver'),
    order: list('tudo correu bem|tudo deu certo|tudo funcionou|tudo estiver certo'),
    optional: list('opcional|opcionalmente'),
    otherwise: list('senão|caso contrário|do contrário|se não'),
    or: list('ou|alternativamente|outra opção'),
    options: list('opção|método|alternativa|cenário|caso|variante|possibilidade|solução'),
    when: list('quando'),
    trouble: list(
      'não |nunca |chei|falh|caiu|caíd|trav|bloque|inacessível|indisponível|corromp|corrupt|erro|exced|ultrapass|perdid|lent|quebrad|danificad|esgotad|vencid|expirad|parad|comprometid|falt|demais',
    ),
  },
  it: {
    opening: list(
      'se|solo se|soltanto se|in caso di|nel caso|qualora|a meno che|come ultima risorsa|salvo se|solo su|solo sul|solo sulla|solo per|solo in|solo nel|soltanto su|soltanto sul|soltanto per',
    ),
    inner: list('se|solo se|in caso di|nel caso|qualora|a meno che|come ultima risorsa'),
    whether: list(
      'verificare|verifica|verificate|controllare|controlla|controllate|vedere|vedi|confermare|conferma|determinare|chiedere|chiedi|sapere',
    ),
    soft: list('necessario|occorre|possibile|serve|applicabile|richiesto|desiderato'),
    order: list('tutto è andato bene|tutto va bene|tutto funziona'),
    optional: list('opzionale|facoltativo|opzionalmente'),
    otherwise: list('altrimenti|in caso contrario|se no'),
    or: list('o|oppure|in alternativa'),
    options: list('opzione|metodo|alternativa|scenario|caso|variante|possibilità|soluzione'),
    when: list('quando'),
    trouble: list(
      'non |mai |pien|fallisc|fallit|giù|blocc|irraggiungibil|indisponibil|corrott|error|super|ecced|pers|lent|rott|danneggiat|esaurit|scadut|compromess|manc|tropp',
    ),
  },
  nl: {
    opening: list(
      'als|indien|alleen als|alleen indien|mocht|tenzij|in geval van|ingeval|wanneer het niet|in noodgevallen|alleen op|alleen bij|alleen voor|alleen in',
    ),
    inner: list('als|indien|tenzij|in geval van|ingeval|in noodgevallen'),
    whether: list('controleer|controleren'),
    soft: list(
      'nodig|noodzakelijk|vereist|mogelijk|van toepassing|gewenst|dat nodig is|het nodig is',
    ),
    order: list('alles goed gaat|alles goed ging|alles werkt|alles in orde is'),
    optional: list('optioneel|facultatief|eventueel'),
    otherwise: list('anders|zo niet|als dat niet'),
    or: list('of|alternatief'),
    options: list('optie|methode|alternatief|scenario|variant|mogelijkheid|geval|oplossing'),
    when: list('wanneer'),
    trouble: list(
      'niet|geen |nooit|vol|faalt|mislukt|kapot|vast|hangt|onbereikbaar|onbeschikbaar|corrupt|fout|overschrijdt|verloren|traag|verlopen|stuk|te |down|plat',
    ),
    first: list(
      'is|zijn|was|werkt|werken|lukt|helpt|blijft|blijven|hangt|hangen|loopt|lopen|faalt|falen|mislukt|ontbreekt|ontbreken|heeft|hebben|kan|kunnen|staat|staan|komt|komen|reageert|reageren|start|geeft|geven|wordt|worden|overschrijdt',
    ),
  },
  pl: {
    opening: list(
      'jeśli|jeżeli|tylko jeśli|tylko jeżeli|w przypadku|w razie|o ile|chyba że|gdyby|w ostateczności|tylko na|tylko w|tylko dla|tylko przy',
    ),
    inner: list('jeśli|jeżeli|w przypadku|w razie|o ile|chyba że|w ostateczności'),
    whether: list('sprawdź|sprawdzić'),
    soft: list('potrzeby|to konieczne|trzeba|to możliwe|to potrzebne|konieczne|potrzeba'),
    order: list('wszystko poszło dobrze|wszystko działa|wszystko jest w porządku'),
    optional: list('opcjonalnie|opcjonalne|opcjonalny|opcjonalna'),
    otherwise: list('w przeciwnym razie|inaczej|jeśli nie|jeżeli nie'),
    or: list('lub|albo|alternatywnie'),
    options: list('opcja|metoda|wariant|scenariusz|przypadek|sposób|alternatywa|rozwiązanie'),
    when: list('gdy|kiedy'),
    trouble: list(
      'nie |pełn|zawiód|zawied|zawies|zablok|niedostęp|nieosiągal|uszkodz|błąd|przekr|utrac|woln|wygas|padł|brak|zepsut',
    ),
  },
  sv: {
    opening: list(
      'om|endast om|bara om|ifall|såvida inte|i fall|vid fel|i nödfall|endast vid|endast på|endast i|endast för|bara på|bara för|bara vid',
    ),
    inner: list('om|ifall|såvida inte|i nödfall'),
    whether: list('kontrollera|kolla|se|undersök|fråga|verifiera|avgör|ta reda på'),
    soft: list('det behövs|nödvändigt|möjligt|det krävs|tillämpligt|så önskas'),
    order: list('allt gick bra|allt fungerar|allt är bra'),
    optional: list('valfritt|frivilligt|valfri'),
    otherwise: list('annars|i annat fall|om inte'),
    or: list('eller|alternativt'),
    options: list('alternativ|metod|scenario|variant|fall|möjlighet|sätt|lösning'),
    when: list('när'),
    trouble: list(
      'inte|inga |ingen |full|misslyck|trasig|fast|häng|onåbar|otillgänglig|korrupt|skad|fel|överskrid|förlorad|långsam|utgång|nere|kraschat',
    ),
    first: list(
      'är|var|fungerar|hjälper|hänger|misslyckas|saknas|har|kan|står|kommer|svarar|startar|blir|överskrider',
    ),
  },
  cs: {
    opening: list(
      'pokud|jestliže|jen pokud|pouze pokud|v případě|kdyby|je-li|není-li|pouze na|pouze v|pouze pro|pouze při|jen na|jen v|jen pro|jen při',
    ),
    inner: list('pokud|jestliže|v případě|je-li|není-li'),
    whether: list('zkontrolujte'),
    soft: list('potřeby|to nutné|třeba|nutné|to potřeba|potřeba|možné'),
    order: list('vše proběhlo v pořádku|vše funguje'),
    optional: list('volitelně|volitelné|nepovinné'),
    otherwise: list('jinak|v opačném případě|pokud ne'),
    or: list('nebo|případně|alternativně'),
    options: list('možnost|varianta|metoda|scénář|případ|způsob|řešení'),
  },
  ru: {
    opening: list(
      'если|только если|в случае|лишь если|в крайнем случае|только на|только в|только для|только при',
    ),
    inner: list('если|в случае|в крайнем случае'),
    whether: list('проверьте'),
    soft: list('необходимо|нужно|требуется|возможно|необходимости'),
    order: list('всё прошло успешно|все прошло успешно|всё в порядке|все в порядке'),
    optional: list('необязательно|опционально|по желанию'),
    otherwise: list('иначе|в противном случае|если нет'),
    or: list('или|либо|альтернативно'),
    options: list('вариант|способ|метод|сценарий|случай|опция|решение'),
    when: list('когда'),
    trouble: list(
      'не |нет |полон|переполн|заполн|упал|сбо|завис|заблокир|недоступ|повреж|ошибк|превы|потер|медлен|истёк|истек|сломан',
    ),
  },
  uk: {
    opening: list(
      'якщо|лише якщо|тільки якщо|у разі|в разі|у випадку|лише на|лише в|лише для|лише при|тільки на|тільки в|тільки для|тільки при',
    ),
    inner: list('якщо|у разі|в разі|у випадку'),
    whether: list('перевірте'),
    soft: list('потрібно|необхідно|можливо|потреби'),
    order: list('все пройшло успішно|все гаразд'),
    optional: list("необов'язково|необов’язково|опціонально|за бажанням"),
    otherwise: list('інакше|в іншому випадку|якщо ні'),
    or: list('або|чи'),
    options: list('варіант|спосіб|метод|сценарій|випадок|опція|рішення'),
  },
};

/** "There are two ways": what comes below is done in one of them. */
export const WAYS =
  /(?<![\p{L}])(?:(two|three|four|five|[2-5])|both|several|multiple|different|various|alternative|zwei|drei|mehrere|verschiedene|deux|trois|plusieurs|dos|tres|varias|duas|três|várias|due|tre|diversi|twee|drie|verschillende|dwa|trzy|två|två|tre|dva|tři|два|три|два|три|несколько)(?: [\p{L}-]{1,20}){0,2} (?:ways?|methods?|approaches|possibilities|alternatives|variants|routes|wege|möglichkeiten|methoden|varianten|arten|façons|manières|méthodes|possibilités|formas|maneras|métodos|maneiras|modi|metodi|maniere|manieren|methodes|sposoby|metody|sätt|metoder|způsoby|způsobů|способа|способи|варианта|варіанти)(?![\p{L}])|(?<![\p{L}])(?:(?:use|choose|pick|do|run|follow|try|select|with) (?:only |exactly |just )?(?:one|either)(?: of)?(?: the| these)?|one of the following (?:ways|methods|options|procedures|commands|approaches)|eine der folgenden|l['’]une des|una de las|uma das)(?![\p{L}])/iu;

/** Languages written without spaces: what opens and what ends a conditional phrase there. */
export const UNSPACED_WORDS = {
  opening: list(
    '如果|若|仅当|只有当|万一|除非|もし|万が一|만약|만일|그렇지 않으면|그렇지 않은|否则|仅在|只在|仅限|仅对|そうでない場合',
  ),
  ending: list('的情况下|的话|場合|場合は|場合のみ|경우|경우에는|경우에만'),
  soft: list('必要|需要|필요'),
  optional: list('可选|任意|선택 사항'),
  or: list('或者|または|あるいは|또는'),
  options: list('方案|选项|方法|場面|场景|ケース|方法|パターン|옵션|방법|시나리오'),
} as const;

/** Stands for no word at all, so that a list may be empty. */
const NONE: readonly string[] = ['\u0000'];

/** The condition words of a language: its own, else what its pack says of conditions and alternatives. */
export function conditionWordsOf({ code, phrases }: Language): ConditionWords {
  return (
    CONDITION_WORDS[code] ?? {
      opening: [...phrases.onlyIf, ...phrases.if],
      inner: phrases.if,
      whether: NONE,
      soft: NONE,
      order: NONE,
      optional: phrases.optional,
      otherwise: NONE,
      or: NONE,
      options: phrases.either,
    }
  );
}
