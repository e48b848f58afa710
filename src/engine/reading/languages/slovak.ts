import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Slovak. */
export const slovak: Language = {
  code: 'sk',
  name: 'Slovak',
  script: 'Latin',
  letters: /[ľĺŕôťčšž]/u,
  common:
    'a v na sa je že do s z o pre aj ako po za od nie alebo ak sú keď by ktorý ktorá ktoré bol cez pri',
  steps:
    'krok- postup- procedúr- inštrukc- pokyn- obnov- reštart- riešenie diagnostik- inštaláci- nasadenie údržb- overenie kontrol- zálohov- prepnutie príprav- vykonanie konfigurác- aktualizác- opatren- návod runbook',
  facts:
    'poznámk- súhrn prehľad opis popis požiadavk- predpoklad- komponent- súčast- architektúr- kontext informác- podrobnosti prostredie systém údaje výsled- tip tipy príklad- pojmy stav',
  never:
    'kritéri- obsah kontakt- pohotovosť eskalác- priorit- príčin- dôvod- príznak- symptóm- otázk- faq odkaz- zdroje slovník definíc- cieľ ciele históri- roly zodpovednosť tím členovia výhody nevýhody zásady pravidlá vlastnosti',
  verbs:
    'otvor skontroluj zastav spusti počkaj klikni ulož vymaž skopíruj vytvor pridaj zmeň obnov nainštaluj upozorni informuj vymeň zapni vypni pripoj odpoj pošli vyber prejdi prihlás zapíš over reštartuj vykonaj nastav odošli zavolaj stiahni',
  place: 'first',
  infinitive: /(?:[aáeií]ť|úť)$/u,
  tells: /(?:[ťďňľčšžbdghjklmnprstvz]te|ite|[auei]jte|ovať|núť)$/u,
  mayTell: /(?:[aieáíú]ť|nie)$/u,
  nouns: 'model formát mesto miesto pamäť sieť časť oblasť',
  polite: /^(?:prosíme|prosím|je potrebné|treba) /u,
  adverbs: 'sa si potom teraz najprv nakoniec prípadne okamžite tiež prosím znova následne',
  duty: 'musí musíte je-potrebné je-nutné treba prosím',
  is: 'je sú bol bola bolo boli má majú bude budú beží ležia nachádza stojí trvá vyžaduje obsahuje môže môžu slúži patrí existuje chýba používa uchováva ukladá',
  things:
    'systém program skript služba server aplikácia stránka okno rozhranie menu ponuka certifikát kľúč token heslo súbor priečinok adresár archív databáza protokol log port sieť klaster uzol kontajner modul proces úloha príkaz nástroj tlačidlo hlásenie správa relácia fronta front inštalátor sprievodca alert tabuľka verzia pripojenie hostiteľ agent robot',
  does: /^(?!.*ť(?!\p{L}))(?:\p{L}+ ){0,2}\p{L}+(?:[íáéúa]|[^t]e)(?!\p{L})/u,
  states: /(?:uje|ujú|áva|ávajú|aný|aná|ané|ený|ená|ené)$/u,
  impersonal: /(?<!\p{L})sa(?!\p{L})/u,
  subject:
    /^(?!\p{L}+(?:te|ť|me)\s)\p{L}{3,}\s(?:(?!že|či|ak|keď)\p{L}+\s)?s[ai]\s\p{L}+(?:[íáúé]|ia|jú|ne)(?!\p{L})/iu,
  comes:
    /^(?:\p{L}+ )?(?:uvid(?:íte|íš)|mali by ste(?: \p{L}+)? vidieť|(?:sa )?(?:zobrazí|objaví|otvorí|spustí)(?: sa)?)(?!\p{L})|^\p{L}{2,}(?:[íá]|[^t\s]e) sa(?!\p{L})|(?<!\p{L})(?:bude|budú|budete)(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:približne|asi|zhruba|okolo|cca|niekoľko|niekoľkých|pár) (?:[\d.,–-]+ ?)?(?:sekúnd|sekund|minút|hodín|hodin)/u,
  asks: 'kto čo kedy kde prečo ako ktorý ktorá ktoré koľko či aký aká aké',
  leads: {
    runs: 'spust- vykonaj- príkaz- zadajte',
    puts: 'pridaj- vlož- zapíš- ulož- vytvor- skopíruj- uprav- doplň-',
    holds: 'súbor- riadok riadky obsah konfigurác- skript crontab',
    compared: 'pred po predtým potom starý nový staré nové',
    forbids: 'nespúšťajte nevykonávajte nikdy nesprávne chybne',
    does: 'skript tento-skript teraz-môžete',
  },
  phrases: {
    output: ['očakávaný výstup', 'očakávaný výsledok', 'mali by ste vidieť', 'výstup', 'výsledok'],
    example: ['napríklad', 'napr.', 'príklad', 'podobne ako'],
    if: ['ak', 'v prípade', 'keby', 'pokiaľ'],
    order: ['keď', 'potom', 'po', 'až', 'kým', 'počas', 'hneď ako'],
    when: ['pri', 'v prípade', 'v', 'vo', 'na', 'pomocou', 'pre', 'do', 'z', 'zo', 'po', 'pod'],
  },
  conditions: {
    trouble: list('pln|výpad|zlyh|chyb|poruš|poškod|nedostup|strat|preťaž'),
    within: list('pri'),
    opening: [
      'za predpokladu',
      'ako posledná možnosť',
      'len ak',
      'iba ak',
      'ak',
      'pokiaľ',
      'v prípade',
      'keby',
    ],
    optional: ['voliteľne', 'voliteľné', 'nepovinné', 'podľa potreby'],
    options: ['možnosť', 'variant', 'metóda', 'alebo', 'prípadne', 'spôsob'],
    otherwise: list('inak|v opačnom prípade|ak nie'),
    or: list('alebo|prípadne|alternatívne|ako alternatíva|ako alternatívu'),
    emergency: list('núdzové zastavenie|núdzové vypnutie|núdzový reštart|núdzové prepnutie'),
    only: {
      words: list('len|iba|výlučne|jedine'),
      after: list('po|počas|mimo|kým|pokým'),
      over: list('dokončen|skončen|ukončen|reštart|krok'),
      consent: list('schválen|súhlas|povolen'),
    },
    gates: {
      goOn: list('pokračujte|pokračuj|pokračovať|prejdite ďalej|choďte ďalej'),
      stop: list(
        'zastavte sa|zastavte|zastav|zastaviť|prerušte|preruš|prerušiť|ukončite|ukonči|skončite|zrušte|stop',
      ),
      never: list('nepokračujte|nepokračuj|nepokračovať|neprechádzajte|nechoďte ďalej'),
      if: list('ak|pokiaľ|keď|v prípade|keby'),
      unless: list('ak nie|pokiaľ nie|iba ak by|okrem prípadu'),
      just: list('len|iba'),
      onlyIf: list(
        'len ak|iba ak|jedine ak|len vtedy ak|iba vtedy ak|len v prípade|iba v prípade|len keď|iba keď|len vtedy keď|iba vtedy keď',
      ),
      objects: list(
        'tu|ihneď|okamžite|hneď|všetko|postup|proces|aktualizáciu|migráciu|nasadenie|prácu|operáciu',
      ),
      and: list('a|alebo'),
    },
  },
  examples: {
    tells: [
      'Otvorte panel správy',
      'Skontrolovať súbor denníka',
      'Zastavte službu',
      'Reštartujte server',
      'Počkajte, kým úloha skončí',
      'Ak to nepomôže, upozorni tím',
    ],
    states: [
      'Server stojí v Košiciach',
      'Príčinou je málo pamäte',
      'Prečo služba neodpovedá?',
      'Pohotovosť: Anna Kováčová',
      'Denníky sa uchovávajú tridsať dní',
      'Databáza',
    ],
  },
};
