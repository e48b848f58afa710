import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Hungarian. */
export const hungarian: Language = {
  code: 'hu',
  name: 'Hungarian',
  script: 'Latin',
  compounds: true,
  letters: /[őű]/u,
  common: 'a az és hogy nem is egy van ha meg vagy de ezt azt után mint csak kell fel el',
  steps:
    'lépés- eljárás- utasítás- művelet- teendő- helyreállít- visszaállít- újraindít- megoldás hibaelhárítás telepítés karbantartás ellenőrzés mentés átállás előkészít- végrehajtás beállítás frissítés intézkedés-',
  facts:
    'jegyzet- megjegyzés- összefoglal- áttekintés leírás követelmény- előfeltétel- összetevő- architektúra háttér információ- részletek környezet- rendszer- adat- eredmény- tipp- példa példák fogalmak állapot',
  never:
    'kritérium- tartalom kapcsolat- elérhetőség- ügyelet- eszkaláció prioritás- ok okok tünet- kérdés- gyik hivatkozás- források szójegyzék definíció- cél célok történet előzmények szerep- felelős- csapat tagok előnyök hátrányok elvek szabályok jellemzők',
  verbs:
    'nyisd ellenőrizd állítsd indítsd frissítsd várj kattints mentsd töröld másold hozd add módosítsd telepítsd értesítsd tájékoztasd cseréld kapcsold csatlakoztasd küldd válaszd menj lépj írd töltsd hívd erősítsd teszteld zárd futtasd jegyezd vedd húzd',
  place: 'either',
  infinitive: /ni$/u,
  tells:
    /(?:ssz?a|ssz?e|tsa|tse|zza|zze|jon|jen|jön|son|sen|gyen|gye|gya|lja|lje|ssd|tsd|zzd|jük|juk|(?:[jzs]|gy|ts)[uü]n?k|[aeá]ni)$/u,
  mayTell: /(?:ja|je|d|ni)$/u,
  nouns: 'modell model rendszerrel idő zöld föld rend mód hold kód bajnok',
  objects: 'meg be ki le fel el újra',
  polite: /^(?:kérem|kérjük|szíveskedj\p{L}{1,8}|legyen szíves|legyen kedves),? /u,
  adverbs: 'ezután majd most először végül szükség-esetén azonnal is kérjük ismét ne',
  duty: 'kell szükséges kérjük',
  is: 'van vannak volt voltak lesz található tartalmaz tartalmazza lehet tartozik működik fut tart hiányzik jelenti használ található',
  things:
    'a-rendszer a-program a-szkript a-szolgáltatás a-szerver a-kiszolgáló a-felület a-menü a-tanúsítvány a-kulcs a-jelszó a-fájl a-mappa a-könyvtár a-napló a-port a-hálózat a-fürt a-csomópont a-konténer a-modul a-folyamat a-feladat a-parancs a-gomb a-munkamenet a-sor a-telepítő a-riasztás a-tábla a-verzió a-kapcsolat az-alkalmazás az-oldal az-ablak az-archívum az-adatbázis az-eszköz az-üzenet az-ügynök',
  does: /^(?!.*(?:[áé]s[ae]t?|[áé]si|cseréje|ni|andó|endő)(?!\p{L}))\p{L}+ \p{L}/u,
  states: /(?:ódik|ődik|ható|hető|va|ve|nak|nek)$/u,
  subject:
    /^(?:az?|egy|minden)\s(?!(?:\S{1,30}\s)?\S{0,30}[aáeéiíoóöőuúüű]t\s)(?!.*(?:[áé]s[ae]t?|cseréje)[.!]?$)/iu,
  comes:
    /(?<!\p{L})(?:fog|fogja|fognak|láthatja|láthatod|látható)(?!\p{L})|(?:^|\s)(?:meg|el|fel|ki|be|le|újra)\p{L}{2,}(?:ik|nek|nak)(?!\p{L})/u,
  placed:
    /^(?:az? )?(?:\S+ ){0,4}?\S+(?:ban|ben|b[óő]l|r[óő]l|[^\W\d_aeiou][aeoö]n|n[áé]l|t[óő]l|ba|be| alatt| után| mellett| felett| segítségével)\s/u,
  tellsInside:
    /(?:(?:ss|ts|zz|[lrn])d|[eaö]z[dz]|(?:ss|ts|zz)[uü]n?k|j[uü]nk|(?:ss?z?|ts|zz)(?:on|en)|(?:ts|zz|ssz)[ae]|[a-z]lj)$/u,
  lasts:
    /(?<!\p{L})(?:körülbelül|nagyjából|kb\.?|néhány|pár) (?:[\d.,–-]+ ?)?(?:másodperc|perc|ór)/u,
  recurs:
    /^(?:minden (?:éjjel|éjszaka|nap|reggel|este|héten|hónapban|órában|percben|évben)|naponta|hetente|havonta)(?!\p{L})/u,
  asks: 'ki mi mikor hol miért hogyan melyik mennyi hány milyen',
  leads: {
    runs: 'futtas- futtat- futtassa indíts- parancs- írja',
    puts: 'adja illessze írja mentse hozza másolja szerkessze módosítsa',
    holds: 'fájl- sor sort sorokat tartalm- konfigurác- szkript crontab',
    compared: 'előtte utána előtt után régi új',
    forbids: 'ne-használj- ne-futtassa soha-ne helytelen rossz',
    does: 'a-szkript ez-a-szkript most-már mit-csinál ebben-az-útmutatóban ebben-a-cikkben ebben-a-dokumentumban ebben-a-fejezetben ez-az-útmutató megtanulja megtudhatja',
  },
  phrases: {
    output: ['példa kimenet', 'várt kimenet', 'várt eredmény', 'a kimenet', 'kimenet', 'eredmény'],
    example: ['példa kimenet', 'például', 'pl.', 'példa', 'hasonló'],
    if: ['ha', 'amennyiben', 'esetén', 'abban az esetben'],
    order: ['miután', 'amint', 'után', 'mielőtt', 'amíg'],
  },
  conditions: {
    opening: [
      'csak ha',
      'csak akkor',
      'kizárólag ha',
      'csak abban az esetben',
      'ha',
      'amennyiben',
      'esetén',
      'abban az esetben',
    ],
    optional: ['nem kötelező', 'szükség esetén', 'opcionális'],
    options: ['lehetőség', 'vagy', 'alternatíva', 'módszer', 'változat'],
    emergency: list(
      'vészleállítás|vészhelyzeti leállítás|vészhelyzeti újraindítás|vészhelyzeti átállás',
    ),
    otherwise: list('ellenkező esetben|különben|ha nem'),
    lasting: list('mindaddig amíg|mindaddig, amíg|ameddig'),
    only: {
      words: list('csak|kizárólag'),
      after: list('után|során|alatt|amíg|miközben'),
      over: list('befejez|újraind|lépés'),
      consent: list('jóváhagy|engedély'),
      apart: 4,
    },
    gates: {
      goOn: list('folytassa|folytasd|folytassuk|lépjen tovább|menjen tovább|haladjon tovább'),
      stop: list(
        'álljon meg|állj meg|hagyja abba|hagyd abba|szakítsa meg|szakítsd meg|fejezze be|álljunk meg|stop',
      ),
      never: list('ne folytassa|ne folytasd|ne lépjen tovább|ne menjen tovább|ne haladjon tovább'),
      if: list('ha|amennyiben'),
      unless: list('hacsak nem|kivéve ha'),
      just: list('csak|csak akkor|kizárólag|kizárólag akkor'),
      onlyIf: list(
        'csak ha|csak akkor ha|kizárólag ha|kizárólag akkor ha|csak abban az esetben ha|csak amennyiben',
      ),
      objects: list(
        'itt|azonnal|most|akkor|mindent|a folyamatot|az eljárást|a frissítést|a migrációt|a telepítést|a munkát|a műveletet',
      ),
      and: list('és|vagy'),
    },
  },
  examples: {
    tells: [
      'Nyissa meg a kezelőpanelt',
      'Ellenőrizze a naplófájlt',
      'Szolgáltatás leállítani',
      'Húzd ki a dugót',
      'Várjon, amíg a feladat véget ér',
      'Ha ez nem segít, értesítse a csapatot',
    ],
    states: [
      'A szerver Szegeden található',
      'Az ok a kevés memória',
      'Miért nem válaszol a szolgáltatás?',
      'Ügyelet: Nagy Anna',
      'A gyorsítótár öt percig van tárolva',
      'A lemez betelt, mert kicsi volt',
    ],
  },
};
