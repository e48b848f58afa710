import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Polish. */
export const polish: Language = {
  code: 'pl',
  name: 'Polish',
  script: 'Latin',
  letters: /[ąęłńśźż]/u,
  common: 'i w na z do nie się jest to że po od oraz przez dla jak jeśli aby lub są a o ze który',
  steps:
    'krok- procedur- instrukcj- przywrac- przywróc- odzysk- restart- rozwiąz- naprawa diagnostyk- instalacj- wdroż- konserwacj- weryfikacj- sprawdz- wycof- kopia przełącz- przygotow- wykonanie konfiguracj- aktualizacj- działani- czynności postępowanie runbook lista-kontrolna',
  facts:
    'notatk- uwag- podsumowanie opis wymagani- komponent- składnik- architektur- kontekst informacj- szczegóły środowisk- system- dane wynik- wskazówk- przykład- pojęcia przegląd stan',
  never:
    'kryteri- spis-treści kontakt- dyżur- eskalacj- priorytet- przyczyn- powod- powód objaw- pytani- faq odnośnik- linki źródła słownik definicj- cel cele histori- rol- odpowiedzialn- zespół członkowie zalety wady zasady reguły cechy',
  verbs:
    'otwórz sprawdź uruchom powiadom włącz wyłącz zrób dodaj odłącz podłącz przełącz wróć zgłoś oczyść wyczyść wejdź przejdź zaloguj zamknij upewnij połącz naciśnij wyślij przywróć zmień ustaw zapisz usuń pobierz wpisz wybierz skasuj przygotuj przenieś zastąp ponów odczekaj zabezpiecz',
  place: 'first',
  infinitive: /[aieyuą]ć$/u,
  tells: /(?:uj|aj|ij|yj|źcie|ńcie|jcie|rzcie|ować|nąć|ywać|iwać|[^ś]cie)$/u,
  mayTell: /(?:ć|ź|ń|rz|cz|sz|c|om|up|aw|isz)$/u,
  nouns:
    'model format pamięć sieć część wartość ilość wielkość zawartość lekarz komputer router server docker cluster dysk życie wejście wyjście zdjęcie przejście klucz kraj obszar system zespół',
  polite: /^(?:prosimy o|prosi się o|uprasza się o|proszę o) /u,
  adverbs:
    'się następnie potem teraz najpierw opcjonalnie natychmiast także również proszę na-koniec nie ponownie',
  duty: 'należy trzeba musi muszą proszę powinien powinna',
  is: 'wynosi wisi jest są był była było były ma mają będzie będą znajduje działa leży stoi trwa wymaga zawiera może mogą służy należy-do oznacza istnieje brakuje korzysta używa przechowuje',
  things:
    'system program skrypt usługa serwer aplikacja strona okno interfejs menu certyfikat klucz token hasło plik folder katalog archiwum baza dziennik log port sieć klaster węzeł kontener moduł proces zadanie polecenie narzędzie przycisk komunikat sesja pamięć kolejka instalator kreator alert tabela wersja połączenie host agent robot',
  does: /^(?!.*(?:ć|[iyauj]j|cie)(?!\p{L}))\S+ \S/u,
  states: /(?:uje|ują|ana|ane|any|ony|ona|one)$/u,
  impersonal: /(?<!\p{L})się(?!\p{L})/u,
  subject:
    /^\p{L}+(?:\s\p{L}+)?\s\p{L}{3,}(?:uje|ują|[aeiu]ją|[iy]ł[aoy]?|ał[ao]|iera|ywa|ęł[aoy])\s/iu,
  comes:
    /^(?:\p{L}+ )?(?:zobaczy(?:sz|cie|my)|ujrzy(?:sz|cie)|otrzyma(?:sz|cie)|powin(?:na|no|ien|ny)(?: się| teraz)? (?!być|zostać)\p{L}+)(?!\p{L})|^(?:\p{L}+ )?\p{L}{3,}[iyea] się(?!\p{L})|(?<!\p{L})(?:zostanie|zostaną|będzie|będą|pojawi się|pojawią się)(?!\p{L})/u,
  due: /(?<!\p{L})(?:jest|są) do \p{L}+(?:nia|cia)(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:około|ok\.|kilku|kilka|mniej więcej) (?:[\d.,–-]+ ?)?(?:sekund|minut|godzin)/u,
  recurs:
    /^(?:każd\p{L}{1,4} (?:noc|dzień|dni|ran|tygod|miesiąc|godzin|minut|rok)\p{L}{0,5}|co (?:noc|dzień|tydzień|miesiąc|godzinę|minutę|rok|wieczór)|codziennie)(?!\p{L})/u,
  asks: 'czy jak dlaczego kto co gdzie kiedy który która które ile czemu kim',
  leads: {
    runs: 'uruchom- wykon- poleceni- komend- wpisz wpisać',
    puts: 'dodaj dodać wklej wkleić wstaw wstawić zapisz zapisać utwórz utworzyć skopiuj umieść dopisz zmień',
    holds:
      'plik pliku plikach linia linie linię wiersz wiersze zawartość treść konfiguracj- skrypt crontab',
    compared: 'przed po było jest wcześniej stare nowe stary nowy',
    forbids: 'nie-używaj nie-uruchamiaj nie-wykonuj nigdy-nie błędnie źle niepoprawnie',
    does: 'skrypt ten-skrypt teraz-możesz co-zostanie co-robi w-tym-przewodniku w-tym-artykule w-tym-poradniku w-tym-dokumencie w-tym-rozdziale ten-przewodnik dowiesz-się nauczysz-się omówimy',
    shows: 'oto-co-robi oto-co-wykonuje to-robi tak-działa',
  },
  phrases: {
    output: [
      'przykładowy wynik',
      'oczekiwany wynik',
      'oczekiwana odpowiedź',
      'powinno się pojawić',
      'zobaczysz',
      'wyświetla',
      'wynik',
      'rezultat',
    ],
    example: ['przykładowy wynik', 'na przykład', 'np.', 'przykład', 'podobny do', 'coś w rodzaju'],
    if: ['jeśli', 'jeżeli', 'gdy', 'w przypadku', 'gdyby'],
    order: ['po', 'gdy tylko', 'kiedy', 'zanim', 'podczas', 'aż', 'następnie'],
    when: [
      'w razie',
      'przy',
      'w przypadku',
      'w',
      'we',
      'na',
      'aby',
      'żeby',
      'z',
      'ze',
      'po',
      'dla',
      'przed',
      'pod',
      'za pomocą',
      'korzystając',
    ],
  },
  conditions: {
    within: list('przy'),
    opening: list(
      'pod warunkiem|jeśli|jeżeli|tylko jeśli|tylko jeżeli|w przypadku|w razie|o ile|chyba że|gdyby|w ostateczności|tylko na|tylko w|tylko dla|tylko przy',
    ),
    inner: list('jeśli|jeżeli|w przypadku|w razie|o ile|chyba że|w ostateczności'),
    whether: list('sprawdź|sprawdzić'),
    soft: list('potrzeby|to konieczne|trzeba|to możliwe|to potrzebne|konieczne|potrzeba'),
    order: list('wszystko poszło dobrze|wszystko działa|wszystko jest w porządku'),
    leaves: {
      verbs: list(
        'pomiń|pomijaj|pominąć|nie uruchamiaj|nie wykonuj|nie uruchamiać|nie wykonywać|nigdy nie uruchamiaj|nigdy nie wykonuj',
      ),
      objects: list('tego|to|ten krok|tego kroku|tego polecenia|to polecenie|krok'),
      where: list('na|w|we|jeśli|gdy|dla|przy'),
    },
    optional: list('opcjonalnie|opcjonalne|opcjonalny|opcjonalna'),
    otherwise: list('w przeciwnym razie|inaczej|jeśli nie|jeżeli nie'),
    or: list(
      'lub|albo|alternatywnie|jako alternatywa|jako alternatywę|to samo jako skrypt|wszystko w jednym|jako skrypt',
    ),
    options: list('opcja|metoda|wariant|scenariusz|przypadek|sposób|alternatywa|rozwiązanie'),
    when: list('gdy|kiedy|dopóki'),
    trouble: list(
      'awari|nie |pełn|zawiód|zawied|zawies|zablok|niedostęp|nieosiągal|uszkodz|błąd|przekr|utrac|woln|wygas|padł|brak|zepsut',
    ),
    emergency: list(
      'zatrzymanie awaryjne|awaryjne zatrzymanie|awaryjne wyłączenie|awaryjny restart|awaryjne przełączenie',
    ),
    lasting: list('tak długo jak|tak długo, jak'),
    only: {
      words: list('tylko|wyłącznie|jedynie'),
      after: list('po|podczas|w trakcie|poza|z|ze|w obecności|dopóki|podczas gdy'),
      late: list('nie przed|nie wcześniej niż|nigdy przed|najwcześniej'),
      over: list('zakończ|ukończ|restart|krok'),
      consent: list('zgod|zatwierdz|akceptac|pozwoleni'),
    },
    gates: {
      goOn: list(
        'kontynuuj|kontynuować|kontynuujemy|przejdź dalej|przejdź do|idź dalej|przechodź dalej',
      ),
      stop: list(
        'przerwij|przerwać|zatrzymaj się|zatrzymaj|zakończ|anuluj|wstrzymaj|wstrzymać|stop|przerywamy',
      ),
      never: list(
        'nie kontynuuj|nie kontynuować|nie przechodź dalej|nie idź dalej|nie przechodź do',
      ),
      leaveOut: eachOf('pomiń|pomijaj|pominąć', 'tę sekcję|ten rozdział|te kroki|wszystko poniżej'),
      where: list('na|w|we|dla|przy'),
      if: list('jeśli|jeżeli|gdy|gdyby|w przypadku|w razie'),
      unless: list('chyba że|o ile nie'),
      just: list('tylko|wyłącznie'),
      onlyIf: list(
        'tylko jeśli|tylko jeżeli|wyłącznie jeśli|tylko wtedy gdy|tylko gdy|tylko w przypadku|jedynie jeśli|o ile',
      ),
      only: list('tylko wtedy kontynuuj gdy'),
      objects: list(
        'tutaj|tu|teraz|natychmiast|od razu|wtedy|wszystko|procedurę|aktualizację|migrację|wdrożenie|pracę|prace|operację|się',
      ),
      and: list('i|oraz|lub'),
    },
  },
  examples: {
    tells: [
      'Otwórz panel administracyjny',
      'Sprawdzić plik dziennika',
      'Zatrzymajcie usługę',
      'Zrestartuj serwer',
      'Poczekaj, aż zadanie się zakończy',
      'Jeśli to nie pomoże, powiadom zespół',
    ],
    states: [
      'Serwer stoi w Krakowie',
      'Przyczyną jest brak miejsca na dysku',
      'Dlaczego usługa nie odpowiada?',
      'Dyżur: Anna Nowak',
      'Pamięć podręczna jest przechowywana pięć minut',
      'Baza danych',
    ],
  },
};
