import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Lithuanian. */
export const lithuanian: Language = {
  code: 'lt',
  name: 'Lithuanian',
  script: 'Latin',
  letters: /[ėęįųūąčšž]/u,
  common:
    'ir į iš su kad yra bei arba nuo per kaip prie apie jei ar tik šis kuris po už ne bus bet jų',
  steps:
    'žingsn- veiksm- procedūr- instrukcij- nurodym- atkūrim- paleidim- sprendim- diagnostik- diegim- įdiegim- priežiūr- patikr- kopij- paruošim- vykdym- konfigūrav- atnaujinim- vadovas tvarka',
  facts:
    'pastab- santrauka apžvalga aprašym- reikalavim- komponent- architektūr- informacij- aplinka sistema duomenys rezultat- patarim- pavyzd- sąvok-',
  never:
    'turinys kontakt- budėjim- eskalacij- prioritet- priežast- simptom- klausim- nuorod- šaltin- žodyn- apibrėžim- tiksl- istorija vaidmen- atsakomyb- komanda nari- privalum- taisykl- princip- kriterij-',
  verbs:
    'atidaryk patikrink sustabdyk paleisk palauk spustelėk išsaugok ištrink nukopijuok sukurk pridėk pakeisk atkurk įdiek pranešk įjunk išjunk prijunk atjunk siųsk pasirink prisijunk užrašyk įvykdyk nustatyk',
  place: 'first',
  tells: /(?:kite|kitės|kit|kime)$/u,
  mayTell: /(?:[aeiouyėū]ti|imas)$/u,
  nouns: 'kiti visi',
  polite: /^(?:prašome|prašom|reikia|būtina) /u,
  adverbs: 'tada dabar pirmiausia galiausiai taip-pat iškart vėl po-to',
  duty: 'privaloma privalote reikia būtina prašome',
  is: 'yra nėra buvo bus turi gali stovi veikia trunka saugo saugomi saugomas sudaro priklauso trūksta',
  things:
    'sistema programa skriptas paslauga serveris programėlė puslapis langas sąsaja meniu sertifikatas raktas slaptažodis failas aplankas katalogas archyvas bazė žurnalas prievadas tinklas klasteris mazgas konteineris modulis procesas užduotis komanda įrankis mygtukas pranešimas sesija eilė diegyklė vedlys įspėjimas lentelė versija ryšys agentas robotas',
  states: /(?:iama|ojama|inama|omi|omas|omos|iami|iamas)$/u,
  comes: /(?:^|\s)\p{L}+(?:site|sitės|dysis|rodys|darys|vyks|sis)(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:apie|maždaug|kelias|kelių) (?:[\d.,–-]+ ?)?(?:sekund|minu|valand)/u,
  asks: 'kas ką kada kur kodėl kaip kiek ar kuris',
  leads: {
    runs: 'vykdy- įvykdy- paleis- komand- įvesk-',
    puts: 'pridėk- įklijuok- įrašyk- išsaugok- sukurk- nukopijuok- redaguok-',
    holds: 'fail- eilut- turin- konfigūracij- scenarij- crontab',
    compared: 'prieš po senas naujas',
    forbids: 'nevykdykite niekada neteisingai',
    does: 'scenarijus šis-scenarijus dabar-galite',
  },
  phrases: {
    output: [
      'laukiama išvestis',
      'laukiamas rezultatas',
      'turėtumėte matyti',
      'išvestis',
      'rezultatas',
    ],
    example: ['pavyzdžiui', 'pvz.', 'pavyzdys', 'panašiai'],
    if: ['jei', 'jeigu', 'tuo atveju'],
    order: ['kai', 'po', 'prieš', 'kol', 'baigus'],
    when: ['esant', 'naudojant', 'iš', 'su', 'per'],
  },
  conditions: {
    opening: ['tik jei', 'jei', 'jeigu', 'tuo atveju'],
    optional: ['neprivaloma', 'pasirinktinai', 'jei reikia', 'prireikus'],
    options: ['variantas', 'arba', 'būdas', 'metodas'],
    otherwise: list('priešingu atveju|kitu atveju|jei ne'),
    or: list('arba|kitaip|alternatyviai'),
    emergency: list('avarinis stabdymas|avarinis išjungimas|avarinis perkrovimas'),
    only: {
      words: list('tik|tiktai|vien tik'),
      after: list('po|per|kol'),
      over: list('baig|žingsn'),
      consent: list('patvirtin|sutikim|leidim'),
    },
    gates: {
      goOn: list('tęskite|tęsk|tęsti|eikite toliau|pereikite'),
      stop: list(
        'sustokite|sustok|sustoti|nutraukite|nutrauk|nutraukti|baikite|atšaukite|stabdykite|sustabdykite|stop',
      ),
      never: list('netęskite|netęsk|netęsti|neikite toliau|nepereikite'),
      if: list('jei|jeigu|tuo atveju|tuo atveju jei'),
      unless: list('nebent'),
      just: list('tik|tiktai'),
      onlyIf: list(
        'tik jei|tik jeigu|tik tada jei|tik tada kai|tik kai|tik tuo atveju jei|tik tuo atveju',
      ),
      objects: list(
        'čia|dabar|iškart|nedelsdami|viską|procedūrą|procesą|atnaujinimą|migraciją|diegimą|darbą|operaciją',
      ),
      and: list('ir|arba'),
    },
  },
  examples: {
    tells: [
      'Atidarykite valdymo skydą',
      'Patikrinkite žurnalo failą',
      'Sustabdyti tarnybą',
      'Paleiskite serverį iš naujo',
      'Palaukite, kol užduotis baigsis',
      'Jei nepavyksta, pranešk komandai',
    ],
    states: [
      'Serveris stovi Kaune',
      'Priežastis yra per maža atmintis',
      'Kodėl tarnyba neatsako?',
      'Budi: Jonas Petraitis',
      'Žurnalai saugomi trisdešimt dienų',
      'Duomenų bazė',
    ],
  },
};
