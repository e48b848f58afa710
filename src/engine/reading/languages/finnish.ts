import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Finnish. */
export const finnish: Language = {
  code: 'fi',
  name: 'Finnish',
  script: 'Latin',
  compounds: true,
  letters: /[äö]/u,
  common: 'ja on ei se että tai kun jos sekä ovat joka mutta myös niin voi kuin sen tämä ole',
  steps:
    'vaihe vaiheet menettely- ohje ohjeet toimenpi- palaut- uudelleenkäynnist- vianmääritys ratkaisu- asennus käyttöönotto huolto tarkistus- varmuuskop- vaihto valmistelu- suoritus määrit- päivit- toiminta runbook tarkistuslista',
  facts:
    'huom huomio- huomautu- muistiinpano- yhteenveto yleiskuva kuvaus vaatimu- edellyty- osat komponent- arkkitehtuuri tausta tieto tiedot ympärist- järjestelm- tulos tulokset vinkk- esimer- termi-',
  never:
    'kriteeri- sisällys yhteystiedot yhteyshenkil- päivysty- eskalo- prioriteet- syy syyt oire oireet kysymy- ukk viittee- linkit lähteet sanasto määritelm- tavoit- historia rooli- vastuu- tiimi jäsenet edut haitat periaat- säännöt ominaisuu-',
  verbs:
    'avaa tarkista pysäytä päivitä odota napsauta käynnistä paina tallenna poista kopioi luo lisää muuta palauta asenna ilmoita korvaa kytke yhdistä lähetä valitse mene kirjaudu vahvista määritä testaa sulje siirrä soita hae tyhjennä suorita aja tee varmista merkitse irrota vaihda ota aseta kirjoita lataa katso seuraa jatka',
  place: 'first',
  tells: /(?:kaa|kää|taan|tään|daan|dään|laan|lään)$/u,
  mayTell: /(?:ta|tä|sta|stä|da|dä|oi|si|ö)$/u,
  nouns: 'liikaa tietokanta palvelimia kanta data asema virta',
  polite: /^(?:ole hyvä|olkaa hyvä|olkaa ystävällinen) /u,
  adverbs: 'sitten nyt ensin lopuksi tarvittaessa heti myös uudelleen tämän-jälkeen älä',
  duty: 'täytyy pitää tulee on-syytä',
  is: 'on ovat oli olivat sijaitsee kestää sisältää voi voivat kuuluu toimii käyttää puuttuu johtuu säilyy säilytetään tallennetaan tarkoittaa',
  things:
    'järjestelmä ohjelma skripti palvelu palvelin sovellus sivu ikkuna käyttöliittymä valikko varmenne sertifikaatti avain salasana tiedosto kansio hakemisto arkisto tietokanta loki portti verkko klusteri solmu kontti moduuli prosessi tehtävä komento työkalu painike viesti istunto jono asennusohjelma hälytys taulu versio yhteys agentti robotti',
  does: /^(?!.*(?:aan|ään|aisiin|ttava|ttävä)(?!\p{L}))(?:\p{L}+ ){0,2}\p{L}*(?:aa|ää|ee|oo|uu|yy|öö|ii|oi|öi|uo|yö|ie|vat|vät)(?!\p{L})/u,
  states: /(?:itsee|utuu|ytyy|ivat|ivät)$/u,
  subject:
    /^(?:\p{L}+t\s)?\p{L}+t\s\p{L}+(?:vat|vät)(?:\s|$)|^\p{L}+\s\p{L}{3,}(?:ttaa|ttää|lee|nee|see)\s/iu,
  comes:
    /^(?:näet|näette|saat|sinun pitäisi(?: \p{L}+)? (?:nähdä|saada))(?!\p{L})|(?:^|\s)(?:[^\s]{3,}(?:utuu|ytyy|estyy|istuu|istyy|yy|uu))(?!\p{L})/u,
  due: /(?:^|\s)on (?:\p{L}+ ){0,2}?(?!(?:ol|riit|kat)tav)\p{L}{2,}t(?:ava|ävä)(?!\p{L})|(?:^|\s)(?:täytyy|pitää|tulee|tulisi|pitäisi|kuuluu) (?:\p{L}+ ){0,2}?(?!olla|näh|näky|saada)\p{L}{3,}(?:aa|ää|ea|eä|ia|iä|[dtlnrs][aä])(?!\p{L})/u,
  placed: /^\p{L}{3,}(?:ssa|ssä|sta|stä|lla|llä|lta|ltä)\s/u,
  lasts: /(?<!\p{L})(?:noin|suunnilleen|muutam\p{L}+) (?:[\d.,–-]+ ?)?(?:sekun|minuut|tun)/u,
  recurs:
    /^(?:jok(?:a|aisena) (?:yö|päivä|aamu|ilta|viikko|kuukausi|tunti|minuutti|vuosi)|öisin|päivittäin|viikoittain)(?!\p{L})/u,
  asks: 'kuka mitä mikä milloin missä miksi miten mitkä kuinka onko voiko',
  leads: {
    runs: 'suorita aja käynnistä komento komennon komennot kirjoita',
    puts: 'lisää liitä kirjoita tallenna luo kopioi muokkaa',
    holds: 'tiedosto- rivi rivit sisältö asetuk- skripti crontab',
    compared: 'ennen jälkeen vanha uusi aiemmin nyt',
    forbids: 'älä-käytä älä-suorita älä-aja väärin väärä',
    does: 'skripti tämä-skripti nyt-voit mitä-tapahtuu tässä-oppaassa tässä-artikkelissa tässä-dokumentissa tässä-luvussa tämä-opas opit käymme-läpi',
  },
  phrases: {
    output: [
      'esimerkkituloste',
      'odotettu tuloste',
      'odotettu tulos',
      'odotettu vastaus',
      'tuloste',
      'tulos',
    ],
    example: ['esimerkkituloste', 'esimerkiksi', 'esim.', 'esimerkki', 'suunnilleen'],
    if: ['jos', 'mikäli', 'siinä tapauksessa', 'kun'],
    order: ['kun', 'sen jälkeen', 'heti kun', 'ennen kuin', 'kunnes', 'jälkeen'],
  },
  conditions: {
    opening: [
      'vikatilanteessa',
      'virhetilanteessa',
      'häiriötilanteessa',
      'viimeisenä keinona',
      'edellyttäen',
      'vain jos',
      'ainoastaan jos',
      'vain silloin',
      'vain mikäli',
      'jos',
      'mikäli',
      'siinä tapauksessa',
      'kun',
    ],
    optional: ['valinnainen', 'tarvittaessa', 'halutessasi'],
    options: ['vaihtoehto', 'joko', 'vaihtoehtoisesti', 'tai', 'menetelmä', 'tapa'],
    emergency: list('hätäpysäytys|hätäsammutus|hätäkäynnistys'),
    otherwise: list('muuten|muussa tapauksessa|jos ei'),
    lasting: list('niin kauan kuin|niin kauan kun'),
    only: {
      words: list('vain|ainoastaan'),
      after: list('jälkeen|aikana'),
      over: list('valmistu|päätty|uudelleenkäynnist|vaihe'),
      consent: list('hyväksyn|luvalla|luvan'),
      apart: 4,
    },
    gates: {
      goOn: list('jatka|jatkakaa|siirry|etene|edetkää'),
      stop: list('pysähdy|pysähtykää|keskeytä|keskeyttäkää|lopeta|lopettakaa|peruuta|peru|seis'),
      never: list('älä jatka|älkää jatkako|älä siirry|älä etene|älkää siirtykö'),
      if: list('jos|mikäli'),
      unless: list('ellei|elleivät|paitsi jos'),
      just: list('vain|ainoastaan'),
      onlyIf: list('vain jos|ainoastaan jos|vain mikäli|vain kun|vain siinä tapauksessa että'),
      objects: list(
        'tähän|tässä|heti|välittömästi|kaikki|päivitys|siirto|käyttöönotto|menettely|prosessi|työ',
      ),
      and: list('ja|tai'),
    },
  },
  examples: {
    tells: [
      'Avaa hallintapaneeli',
      'Tarkista lokitiedosto',
      'Pysäyttäkää palvelu',
      'Irrota pistoke',
      'Odota, kunnes työ on valmis',
      'Jos se ei auta, ilmoita tiimille',
    ],
    states: [
      'Palvelin sijaitsee Oulussa',
      'Syy on liian vähän muistia',
      'Miksi palvelu ei vastaa?',
      'Päivystäjä: Anna Virtanen',
      'Välimuisti säilytetään viisi minuuttia',
      'Palvelimet ovat kellarissa',
    ],
  },
};
