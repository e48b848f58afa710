import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Estonian. */
export const estonian: Language = {
  code: 'et',
  name: 'Estonian',
  script: 'Latin',
  letters: /[õäöü]/u,
  common:
    'iga kes liiga järel korral kolme ja ei et see ka või kui mis oma siis ning kõik selle pärast enne kas teie aga võib tuleb peab',
  steps:
    'samm- juhis- juhend- protseduur- taastami- taaskäivitami- lahendus- diagnostika paigaldus paigaldami- kasutuselevõt- hooldus kontroll- varundami- varukoopia ettevalmistus täitmi- seadistami- uuendami- tegevus- toiming-',
  facts:
    'märkus- märkmed kokkuvõte ülevaade kirjeldus nõuded eeldused komponendid arhitektuur taust teave andmed keskkond süsteem tulemus- nõuanded näi- mõisted',
  never:
    'sisukord kontakt- valve eskalatsioon prioriteet- põhju- sümptom- küsimus- viited lingid allikad sõnastik definitsioonid eesmär- ajalugu rollid vastutus meeskond liikmed eelised reeglid põhimõtted kriteerium-',
  verbs:
    'ava kontrolli peata käivita oota klõpsa vajuta salvesta kustuta kopeeri loo lisa muuda taasta paigalda teavita asenda lülita ühenda saada vali logi kirjuta täida seadista lae eemalda sulge mine tee kasuta proovi uuenda vaata sisesta keela luba veendu vii too võta pane helista',
  place: 'first',
  tells: /(?:[aeiou]ge|ke)$/u,
  mayTell: /(?:ada|ida|eda|mine)$/u,
  nouns: 'kerge selge',
  polite: /^(?:palun|tuleb|vaja on|peab) /u,
  adverbs: 'seejärel siis nüüd esmalt lõpuks ka kohe uuesti ära',
  duty: 'tuleb peab peate palun vaja',
  is: 'on oli olid pole säilitatakse hoitakse asub asuvad töötab töötavad kestab sisaldab saab võib puudub kuulub',
  things:
    'süsteem programm skript teenus server rakendus leht aken liides menüü sertifikaat võti parool fail kaust arhiiv andmebaas logi port võrk klaster sõlm konteiner moodul protsess ülesanne käsk tööriist nupp teade seanss järjekord paigaldaja häire tabel versioon ühendus agent robot',
  does: /^(?:\p{L}+ ){0,2}\p{L}+(?:[aeiouõäöü]b|vad)(?!\p{L})/u,
  states: /(?:takse|dakse|vad|[aeiu]b)$/u,
  impersonal: /(?:takse|dakse)(?!\p{L})/u,
  comes:
    /^(?:näete|näed|saate|peaksite(?: \p{L}+)? nägema)(?!\p{L})|(?:^|\s)\p{L}{3,}(?:neb|ub|ib)(?!\p{L})|^kuvatakse(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:umbes|ligikaudu|mõne|paari) (?:[\d.,–-]+ ?)?(?:sekund|minut|tun)/u,
  asks: 'kes mis millal kus miks kuidas kui-palju kas milline',
  leads: {
    runs: 'käivita- käsk käsu käsud sisesta-',
    puts: 'lisa- kleebi- kirjuta- salvesta- loo- kopeeri- muuda-',
    holds: 'fail- rida read rea sisu seadistus- skript- crontab',
    compared: 'enne pärast vana uus',
    forbids: 'ärge-käivitage mitte-kunagi vale',
    does: 'skript see-skript nüüd-saate',
  },
  phrases: {
    output: ['oodatav väljund', 'oodatav tulemus', 'peaksite nägema', 'väljund', 'tulemus'],
    example: ['näiteks', 'näide', 'nt', 'sarnaselt'],
    if: ['kui', 'juhul kui', 'korral'],
    order: ['pärast', 'seejärel', 'enne', 'kuni', 'niipea kui'],
  },
  conditions: {
    opening: ['ainult kui', 'ainult juhul', 'kui', 'juhul kui'],
    optional: ['valikuline', 'valikuliselt', 'vajadusel'],
    options: ['variant', 'või', 'võimalus', 'meetod'],
    otherwise: list('vastasel juhul|muidu|kui mitte|kui ei'),
    or: list('või|alternatiivina'),
    emergency: list('hädaseiskamine|avariiseiskamine|hädataaskäivitus'),
    lasting: list('seni kuni|niikaua kui'),
    only: {
      words: list('ainult|üksnes'),
      after: list('pärast|peale|ajal'),
      over: list('lõpe|lõpp|samm'),
      consent: list('kinnit|nõusolek|luba'),
      apart: 4,
    },
    gates: {
      goOn: list('jätkake|jätka|jätkata|minge edasi|liikuge edasi'),
      stop: list(
        'peatuge|peatu|peatage|peata|lõpetage|lõpeta|katkestage|katkesta|katkestada|tühistage|stopp',
      ),
      never: list(
        'ärge jätkake|ära jätka|mitte jätkata|ärge minge edasi|ära mine edasi|ärge liikuge edasi',
      ),
      if: list('kui|juhul kui'),
      unless: list('välja arvatud juhul kui|välja arvatud kui|kui just'),
      just: list('ainult|üksnes'),
      onlyIf: list(
        'ainult kui|ainult siis kui|ainult juhul kui|üksnes kui|üksnes siis kui|üksnes juhul kui',
      ),
      objects: list(
        'siin|kohe|nüüd|siis|kõik|protseduur|protsess|uuendus|uuendamine|migratsioon|paigaldus|töö|toiming',
      ),
      and: list('ja|või|ning'),
    },
  },
  examples: {
    tells: [
      'Avage halduspaneel',
      'Kontrolli logifaili',
      'Peatage teenus',
      'Taaskäivitage server',
      'Oodake, kuni töö lõpeb',
      'Kui see ei õnnestu, teavita meeskonda',
    ],
    states: [
      'Server asub Tartus',
      'Põhjus on mälu puudus',
      'Miks teenus ei vasta?',
      'Valves: Mari Tamm',
      'Logisid säilitatakse kolmkümmend päeva',
      'Andmebaas',
    ],
  },
};
