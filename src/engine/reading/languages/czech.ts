import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Czech. */
export const czech: Language = {
  code: 'cs',
  name: 'Czech',
  script: 'Latin',
  letters: /[ěřůčžš]/u,
  common: 'a v na se je že do s z o pro to i jako po za od ne nebo pokud jsou když by která který',
  steps:
    'nastavení krok- postup- procedur- instrukc- obnov- restart- řešení diagnostik- instalac- nasazení údržb- ověření kontrol- vrácení záloh- přepnutí příprav- provedení konfigurac- aktualizac- opatření činnost- návod runbook',
  facts:
    'poznámk- souhrn přehled popis požadav- předpoklad- komponent- součást- architektur- kontext informac- podrobnosti prostředí systém- data výsled- tip tipy příklad- pojmy stav',
  never:
    'kritéri- obsah kontakt- pohotovost eskalac- priorit- příčin- důvod- příznak- problém- symptom- otázk- faq odkaz- zdroje slovník definic- cíl cíle histori- role odpovědnost- tým členové výhody nevýhody zásady pravidla vlastnosti',
  verbs:
    'otevři zkontroluj zastav spusť počkej klikni ulož smaž zkopíruj vytvoř přidej změň obnov nainstaluj upozorni informuj vyměň zapni vypni připoj odpoj pošli vyber přejdi přihlas zapiš ověř restartuj proveď nastav odešli zavolej stáhni vypnout zapnout',
  place: 'first',
  infinitive: /(?:[aěíi]t|nout)$/u,
  tells: /(?:[ěebčdďfhkljmnňprřsšťvzž]te|uj|ovat|nout|ejte)$/u,
  mayTell: /(?:it|ít|at|ět|ej|i|[aeě]ní|[ui]tí)$/u,
  nouns:
    'model hlášení oprávnění rozhraní období umístění označení upozornění varování připojení zařízení úložiště certifikát klient internet server router docker cluster soubor úřad místo kontakty uživateli formát',
  polite: /^(?:prosíme o|žádáme vás o|buďte tak laskav) /u,
  adverbs: 'se si pak potom poté nyní nejprve nakonec případně okamžitě také prosím znovu',
  duty: 'musí musíte je-třeba je-nutné je-potřeba prosím měl-by',
  is: 'činí visí lze je jsou byl byla bylo byly má mají bude budou běží leží nachází stojí trvá vyžaduje obsahuje může mohou slouží patří znamená existuje chybí používá uchovává ukládá',
  things:
    'systém program skript služba server aplikace stránka okno rozhraní menu nabídka certifikát klíč token heslo soubor složka adresář archiv databáze protokol log port síť cluster uzel kontejner modul proces úloha příkaz nástroj tlačítko hlášení zpráva relace fronta instalátor průvodce alert tabulka verze připojení hostitel agent robot',
  does: /^(?!.*[aeěiíouyý]t(?!\p{L}))(?:\p{L}+ ){0,2}\p{L}+(?:[íáé]|ou|[^t]e|čte|[íá][tv]a)(?!\p{L})/u,
  states: /(?:uje|ují|ává|ají|án|ána|áno|en|ena|eno)$/u,
  impersonal: /(?<!\p{L})se(?!\p{L})/u,
  subject:
    /^\p{L}+é\s\p{L}+\s\p{L}{2,}(?:í|ou)\s|^\p{L}+(?:\s\p{L}+)?\s\p{L}{2,}(?:uje|ují|ává|ají|ějí|[aěy]l[aoiy]?|nul[aoiy]?|sl)\s|^(?!\p{L}{1,30}(?:te|t|me)\s)\p{L}{3,30}\s(?:(?!zda|že|jestli|když|pokud)\p{L}{1,30}\s)?s[ei]\s\p{L}{1,30}(?:[íáé]|ou|ne|uje)(?!\p{L})/iu,
  comes:
    /^(?:\p{L}+ )?(?:uvid(?:íte|íš)|měl[aoiy]? by(?:ste|s)?(?: \p{L}+)? (?:vidět|zobrazit|objevit)|(?:se )?(?:zobrazí|objeví|otevře|spustí)(?: se)?)(?!\p{L})|^\p{L}{2,}(?:[íá]|[^t\s]e) se(?!\p{L})|(?<!\p{L})(?:bude|budou|budete)(?!\p{L})/u,
  due: /(?<!\p{L})(?:by měl\p{L}?|měl\p{L}? by) (?:\p{L}+ )?být (?:\p{L}+ )?\p{L}+[nt][aoyi]?(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:přibližně|asi|zhruba|okolo|cca|několika?|pár) (?:[\d.,–-]+ ?)?(?:sekund|minut|vteřin|hodin)/u,
  recurs:
    /^(?:každ\p{L}{1,3} (?:noc|den|ráno|večer|týden|měsíc|hodinu|minutu|rok)|denně|týdně|měsíčně)(?!\p{L})/u,
  asks: 'kdo co kdy kde proč jak který která které kolik zda jaký jaká jaké',
  leads: {
    runs: 'spusť- spustit proveď- příkaz- zadejte',
    puts: 'přidej- přidat vlož- vložit zapiš- zapsat ulož- uložit vytvoř- zkopíruj- uprav- doplň-',
    holds: 'soubor- řádek řádky obsah konfigurac- skript crontab',
    compared: 'před po předtím potom starý nový staré nové',
    forbids: 'nespouštějte neprovádějte nikdy špatně chybně',
    does: 'skript tento-skript nyní-můžete co-skript co-dělá v-této-příručce v-tomto-článku v-tomto-návodu v-tomto-dokumentu v-této-kapitole tato-příručka dozvíte-se naučíte-se probereme',
  },
  phrases: {
    output: [
      'příklad výstupu',
      'očekávaný výstup',
      'očekávaný výsledek',
      'měli byste vidět',
      'zobrazí',
      'výstup',
      'výsledek',
    ],
    example: ['příklad výstupu', 'například', 'např.', 'příklad', 'podobně jako', 'něco jako'],
    if: ['pokud', 'jestliže', 'v případě', 'když', 'kdyby'],
    order: ['jakmile', 'poté', 'po', 'až', 'než', 'dokud', 'během'],
    when: ['při', 'v případě', 'v', 've', 'na', 'pro', 'do', 'z', 'ze', 'po', 'pod', 'pomocí'],
  },
  conditions: {
    trouble: list('pln|výpad|selh|chyb|poruš|poškoz|nedostup|ztrát|přetíž'),
    within: list('při'),
    opening: list(
      'za předpokladu|jako poslední možnost|pokud|jestliže|jen pokud|pouze pokud|v případě|kdyby|je-li|není-li|pouze na|pouze v|pouze pro|pouze při|jen na|jen v|jen pro|jen při',
    ),
    inner: list('pokud|jestliže|v případě|je-li|není-li'),
    whether: list('zkontrolujte'),
    soft: list('potřeby|to nutné|třeba|nutné|to potřeba|potřeba|možné'),
    order: list('vše proběhlo v pořádku|vše funguje'),
    optional: list('volitelně|volitelné|nepovinné'),
    otherwise: list('jinak|v opačném případě|pokud ne'),
    or: list('nebo|případně|alternativně|jako alternativa'),
    options: list('možnost|varianta|metoda|scénář|případ|způsob|řešení'),
    emergency: list('nouzové zastavení|nouzové vypnutí|nouzový restart|nouzové přepnutí'),
    leaves: {
      verbs: list('přeskočte|vynechte|nespouštějte|neprovádějte|nikdy nespouštějte'),
      objects: list('tento krok|toto|tento příkaz|to'),
      where: list('na|v|ve|pokud|při|pro|když'),
    },
    only: {
      words: list('jen|pouze|jedině|výhradně'),
      after: list('po|během|mimo|s|se|za přítomnosti|dokud|zatímco'),
      late: list('ne před|ne dříve než|nikdy před|nikoli před'),
      over: list('dokončen|skončen|ukončen|restart|krok'),
      consent: list('schválen|souhlas|povolen'),
    },
    gates: {
      goOn: list('pokračujte|pokračuj|pokračovat|přejděte dál|jděte dál'),
      stop: list(
        'zastavte|zastav|zastavit|přerušte|přeruš|přerušit|ukončete|ukonči|skončete|zrušte|stop|zastavte se',
      ),
      never: list('nepokračujte|nepokračuj|nepokračovat|nepřecházejte|nechoďte dál'),
      leaveOut: eachOf(
        'přeskočte|vynechte',
        'tento oddíl|tuto část|tuto kapitolu|tyto kroky|vše níže',
      ),
      where: list('na|v|ve|pro|při'),
      if: list('pokud|jestliže|když|v případě|kdyby'),
      unless: list('ledaže|pokud ne'),
      just: list('jen|pouze'),
      onlyIf: list(
        'jen pokud|pouze pokud|jedině pokud|pouze v případě|jen v případě|jen když|pouze když|jen tehdy pokud|pouze tehdy pokud',
      ),
      objects: list(
        'zde|tady|ihned|okamžitě|hned|vše|postup|proces|aktualizaci|migraci|nasazení|práci|operaci|se',
      ),
      and: list('a|nebo'),
    },
  },
  examples: {
    tells: [
      'Otevřete panel správy',
      'Zkontrolovat soubor protokolu',
      'Zastavte službu',
      'Vytáhněte zástrčku',
      'Počkejte, až úloha skončí',
      'Pokud to nepomůže, upozorni tým',
    ],
    states: [
      'Server stojí v Brně',
      'Příčinou je málo místa na disku',
      'Proč služba neodpovídá?',
      'Pohotovost: Anna Nováková',
      'Mezipaměť se uchovává pět minut',
      'Databáze',
    ],
  },
};
