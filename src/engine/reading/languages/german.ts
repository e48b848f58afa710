import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** German. */
export const german: Language = {
  code: 'de',
  name: 'German',
  script: 'Latin',
  compounds: true,
  letters: /[äöüß]/u,
  common:
    'der die das und ist nicht mit auf für von den dem ein eine zu wird werden im zum zur bei aus als auch oder wenn',
  steps:
    'schritt- ablauf vorgehen- vorgehensweise anleitung- maßnahme- massnahme- wiederherstell- herstell- durchführung fehlerbehebung behebung lösung- störungsbehebung installation einrichtung wartung- neustart update aktualisierung rollback rückfall- prüfung notfall- sofortmaßnahme- deployment bereitstellung checkliste aufgaben runbook handlung- abschaltung inbetriebnahme umschalt- sicherung wechsel',
  facts:
    'notiz- hinweis- anmerkung- bemerkung- überblick übersicht voraussetzung- anforderung- komponente- architektur hintergrund information- info details umgebung- bestandteile begriffe systeme daten zusammenfassung ergebnis- tipp- beispiel- bekannte wissen stand',
  never:
    'kriteri- inhalt inhaltsverzeichnis ansprechpartner- kontakt- rufbereitschaft bereitschaft eskalation- priorität- ursache- grund gründe symptom- frage- faq verweis- links quellen literatur glossar definition- ziel ziele zweck historie änderungshistorie verlauf geschichte rollen verantwort- zuständigkeit- team mitglieder vorteile nachteile grundsätze regeln auslöser merkmale',
  verbs:
    'abfragen abmelden abrufen abschalten abwarten aktivieren aktualisieren analysieren anhalten anlegen anmelden anpassen anrufen ansehen anzeigen aufrufen ausführen ausrollen ausschalten austauschen auswählen bearbeiten beenden beheben benachrichtigen beobachten bereinigen bestätigen deaktivieren deinstallieren deployen dokumentieren durchführen eingeben einloggen einrichten einschalten einspielen einstellen eintragen entfernen entsperren ergänzen ersetzen erstellen erzeugen eskalieren exportieren freigeben herunterfahren herunterladen hinzufügen hochfahren hochladen importieren informieren installieren klicken konfigurieren kontrollieren kopieren laden leeren lesen löschen melden migrieren neustarten notieren öffnen planen protokollieren prüfen rotieren schließen schreiben senden setzen sichern sicherstellen speichern sperren starten stellen stoppen tauschen testen trennen überprüfen übertragen überwachen umbenennen umschalten umstellen validieren verbinden vergleichen verifizieren verschieben verschicken verständigen wählen warten wechseln wiederherstellen wiederholen zurücksetzen zuweisen öffne prüfe starte stoppe warte klicke lösche melde sichere speichere führe gehe stelle setze wähle kopiere installiere aktualisiere konfiguriere deaktiviere aktiviere informiere benachrichtige kontrolliere überprüfe lade schreibe sende beende entferne ersetze erstelle trage logge rufe gib nimm schalte fahre leere trenne verbinde teste wiederhole notiere dokumentiere spiele ziehe stecke tausche',
  place: 'either',
  infinitive: /n$/u,
  polite:
    /^(?:\p{Lu}\p{Ll}{2,}n Sie|[Mm]an \p{Ll}{2,}t)\s|^(?:[Ii]m|[Ii]n|[Aa]uf|[Uu]nter|[Üü]ber|[Uu]m|[Nn]ach|[Bb]ei|[Zz]u[mr]|[Vv]or|[Mm]it|[Ff]ür|[Aa]ls|[Dd]ann|[Nn]un)\s[^.]{3,120}?\s(?!können|haben|sind|sehen|erhalten|möchten|wollen|werden|finden|gelangen|bekommen)\p{Ll}{3,}n Sie(?!\p{L})/u,
  lastMayTell: /\s(?!ge|(?:sein|werden|haben|können|müssen)$)\p{Ll}{2,}(?:en|eln|ern)$/u,
  tells: /(?:iere|ieren|igen|eren)$/u,
  objects:
    'den die das sie einen eine ein alle im-menü dich bitte anschließend nun das-system dem-team alles',
  adverbs:
    'bitte dann danach anschließend nun zuerst zunächst jetzt schließlich abschließend sofort ggf gegebenenfalls optional erneut außerdem zusätzlich daraufhin',
  duty: 'muss müssen sollte sollten bitte sicherstellen darauf-achten stellen-sie-sicher nicht-vergessen',
  is: 'lässt beträgt hängt ist sind war waren hat haben hatte wird werden wurde wurden liegt liegen steht stehen läuft laufen besteht gehört kann können enthält befindet gibt gilt dient dauert heißt bedeutet bleibt bleiben kommt fehlen gehören enthalten verwenden nutzen dienen gelten heißen befinden speichert verwendet nutzt braucht benötigt fehlt zeigt',
  impersonal: /(?<!\p{L})(?:wird|werden)(?!\p{L})/u,
  subject:
    /^\p{Lu}\p{L}*e\s\p{Lu}[\p{L}-]+\s(?!(?:neben|gegen|wegen|oben|unten|zwischen|einen|keinen|jeden|allen|ihren|seinen)\s)\p{Ll}{4,}en\s|^(?:[Dd](?:er|ie|as)|[Ee]ine?|[Jj]ede[rs]?|[Dd]ies(?:e[rs]?)?|[Ee]s|[Ss]ie|[Mm]anche|[Mm]eist(?:ens)?|[Oo]ft)\s|^\p{Lu}[\p{L}-]*[^e\s]\s(?!(?:seit|nicht|fast|jetzt|fest|laut|samt|sofort|dort|erst|neben|gegen|wegen|oben|unten|zwischen|einen|keinen|jeden|allen|ihren|seinen|direkt|erneut|komplett)\s)\p{Ll}{3,}(?:t|en|te|ten)\s/u,
  comes:
    /^(?:(?:dann|danach|nun|jetzt|anschließend|daraufhin|hier) )?(?:(?:sie|du|ihr) (?:\p{L}{1,12} ){0,2}(?:sehen|siehst|seht|erhalten|erhältst|bekommen|bekommst|gelangen|gelangst|finden|findest)(?!\p{L})|(?:sie|du|ihr) (?:sollten?|solltest|solltet|werden|wirst|werdet|müssten?|müsstest) [^,;:]{0,60}(?:sehen|erhalten|bekommen|haben|sein|finden|werden)$|es [^,;:]{1,60}|wird [^,;:]{1,60}(?:t|en)$|\p{L}{1,20}t sich )|(?<!\p{L})(?:erscheint|erscheinen|öffnet sich|öffnen sich)(?!\p{L})/u,
  due: /^[^,]{1,80}(?<!\p{L})(?:ist|sind) (?:zu \p{L}+en|\p{L}{2,12}zu\p{L}+en)(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:etwa|ungefähr|circa|ca\.?|rund|wenige[rn]?|einige[rn]?|mehrere[rn]?) (?:[\d.,–-]+ ?)?(?:sekunde|minute|stunde|min)/u,
  recurs:
    /^(?:jede[nrsm]?|alle) (?:\p{L}{1,12} )?(?:nacht|morgen|abend|woche|monat|stunde|minute|jahr|\p{L}{0,8}tag)(?!\p{L})|^(?:täglich|nächtlich|wöchentlich|monatlich|stündlich|jährlich)(?!\p{L})/u,
  asks: 'wer was wann wo warum wieso weshalb wie welche welcher welches wohin woher wozu ist sind gibt hat wurde kann',
  leads: {
    runs: 'führ- ausführ- ausgeführt starte- befehl- kommando- eingeben gib aufruf- rufe',
    puts: 'füge fügen hinzufügen einfügen eintragen trage tragen ergänze- schreibe- speicher- erstelle- anlegen lege ändere ändern anpassen',
    holds: 'datei zeile- inhalt konfiguration eintrag einträge skript crontab',
    compared: 'vorher nachher alt neu bisher bislang',
    forbids:
      'nicht-verwenden nicht-benutzen nicht-ausführen niemals-ausführen führe-nicht falsch so-nicht schlechtes-beispiel',
    does: 'das-skript dieses-skript der-job die-pipeline sie-können-nun sie-können-jetzt was-passiert was-das-skript so-funktioniert in-dieser-anleitung in-diesem-leitfaden in-diesem-artikel in-diesem-kapitel in-diesem-dokument dieser-leitfaden diese-anleitung-beschreibt dieses-dokument-beschreibt sie-lernen sie-erfahren wir-behandeln',
    shows:
      'das-macht das-tut das-erledigt folgendes-macht folgendes-tut so-arbeitet intern-führt im-hintergrund-läuft',
  },
  phrases: {
    output: [
      'beispielausgabe',
      'erwartete ausgabe',
      'erwartetes ergebnis',
      'erwartete antwort',
      'ausgabe',
      'ergebnis',
      'die ausgabe sollte',
      'es sollte erscheinen',
      'man sieht',
      'liefert',
    ],
    example: [
      'beispielausgabe',
      'zum beispiel',
      'z. b.',
      'z.b.',
      'beispiel',
      'ähnlich wie',
      'etwa so',
    ],
    if: ['wenn', 'falls', 'sofern', 'im falle', 'bei bedarf', 'sollte'],
    order: ['sobald', 'nachdem', 'danach', 'bevor', 'während', 'bis', 'nach dem'],
    when: [
      'bei',
      'im alarmfall',
      'um',
      'nach',
      'zum',
      'zur',
      'im',
      'in',
      'auf',
      'unter',
      'über',
      'vor',
      'mit',
    ],
  },
  conditions: {
    trouble: list(
      'voll|ausfall|ausgefallen|störung|fehler|fehlgeschlagen|überlast|überschreit|verlust|absturz|abgestürzt|defekt|korrupt|beschädigt|nicht|engpass|blockiert|zeitüberschreitung|split-brain',
    ),
    within: list('bei|beim'),
    opening: list(
      'als letztes mittel|im äußersten fall|im extremfall|notfalls|vorausgesetzt|unter der voraussetzung|nur im|nur in|nur am|nur mit zustimmung|nur mit freigabe|ausschließlich auf|ausschließlich im|wenn|falls|nur wenn|nur falls|sofern|nur sofern|im falle|im fall|sollte|sollten|es sei denn|im notfall|bei problemen|bei störungen|bei fehlern|bei einem fehler|im fehlerfall|im problemfall|bei ausfall|bei einem ausfall|bei misserfolg|nur bei|nur auf|nur für',
    ),
    inner: list('wenn|falls|sofern|es sei denn|im notfall'),
    whether: list('prüfen|prüfe'),
    soft: list(
      'nötig|notwendig|erforderlich|möglich|vorhanden|gewünscht|zutreffend|es nötig ist|es erforderlich ist',
    ),
    order: list('alles gut|alles geklappt|alles funktioniert|alles in ordnung|das geklappt'),
    leaves: {
      verbs: list('überspringen sie|überspringe|überspring|führen sie|führe'),
      objects: list(
        'dies nicht|das nicht|dies|das|diesen schritt|diesen befehl|diesen abschnitt|den schritt',
      ),
      where: list('auf|in|bei|im|wenn|falls|unter|für'),
      ends: list('überspringen|auslassen|weglassen|nicht ausführen|nicht starten|nicht aus'),
      not: list('nicht|nie|niemals'),
    },
    optional: list('optional|wahlweise'),
    otherwise: list('andernfalls|sonst|ansonsten|wenn nicht|falls nicht'),
    or: list(
      'oder|alternativ|als alternative|ersatzweise|dasselbe als skript|das gleiche als skript|das ganze als skript|alles als skript|alles in einem|als skript|als einzeiler',
    ),
    options: list('option|variante|methode|möglichkeit|szenario|fall|alternative|weg|lösung|plan'),
    first: list(
      'ist|sind|war|waren|wäre|wären|hätte|hätten|sollte|sollten|wurde|wurden|wird|werden|läuft|schlägt|bleibt|hängt|fehlt|fehlen|hilft|reicht|kommt|gibt es|startet|antwortet|tritt|meldet|zeigt|liegt|steht|hat|haben|kann|können|lässt|funktioniert|funktionieren|klappt|geht|erscheint|überschreitet|übersteigt|steigt|sinkt|muss|müssen|besteht|bestehen|scheitert|bricht',
    ),
    emergency: list(
      'notabschaltung|notstopp|not-aus|notaus|notfallabschaltung|notfallneustart|notfall-neustart|notneustart|notfallumschaltung|notumschaltung|notfall-rollback',
    ),
    lasting: list('solange|so lange'),
    only: {
      words: list('nur|nur erst|ausschließlich|ausschliesslich|lediglich|einzig'),
      after: list('nach|während|innerhalb|außerhalb|mit|zu zweit|im beisein'),
      late: list(
        'nicht vor|nicht vorm|nicht bevor|nicht ehe|nicht früher als|keinesfalls vor|frühestens|nicht eher als',
      ),
      over: list('abschluss|abgeschl|beend|fertig|neustart|schritt|durchlauf|erledig|erfolg'),
      consent: list(
        'freigabe|zustimmung|genehmigung|einwilligung|rücksprache|absprache|einverständnis',
      ),
    },
    gates: {
      past: list(
        'springen sie zu|springen sie zum|springe zu|springe zum|direkt weiter mit|direkt weiter bei|direkt zu|direkt zum|überspringen bis|vorspringen zu|vorspringen zum',
      ),
      goTo: list(
        'weiter mit|weiter bei|weiter zu|weiter ab|fortfahren mit|fahren sie fort mit|gehen sie zu|gehe zu',
      ),
      section: list('abschnitt|kapitel|teil|anhang'),
      step: list('schritt'),
      goOn: list(
        'fortfahren|weitermachen|weitergehen|fahren sie fort|fahre fort|fahren sie|fahre|machen sie weiter|mache weiter|mach weiter|weiter mit|weiter|gehen sie weiter|geht es weiter',
      ),
      stop: list(
        'abbrechen|stoppen|aufhören|anhalten|stopp|stop|abbruch|brechen sie … ab|brich … ab|brechen wir … ab|stoppen sie|halten sie an|hören sie auf|beenden sie|beenden|stoppe|ist abzubrechen|abzubrechen|wird abgebrochen',
      ),
      never: list(
        'nicht fortfahren|nicht weitermachen|nicht weiter|nicht weitergehen|nicht … fortfahren|nicht … weitermachen|fahren sie nicht fort|fahren sie nicht … fort|fahre nicht fort|machen sie nicht weiter|mach nicht weiter|gehen sie nicht weiter|keinesfalls fortfahren|auf keinen fall fortfahren|auf keinen fall weitermachen',
      ),
      refuse: [
        ...eachOf(
          '* nicht … ausführen|* nicht … durchführen|* nicht … starten|* … nicht ausführen|* … nicht durchführen|* … nicht starten|führen sie * nicht aus|führen sie * nicht … aus|führen sie * nicht durch|starten sie * nicht|führe * nicht aus|* niemals ausführen|* nie ausführen|führen sie * niemals aus|führen sie * nie aus',
          'dies|das|diese prozedur|dieses verfahren|diese anleitung|dieses runbook|diese schritte|diesen ablauf',
        ),
        ...eachOf(
          '* … überspringen|überspringen sie *|überspringe *|* … auslassen|* … weglassen|lassen sie * … aus',
          'diese prozedur|dieses verfahren|diese anleitung|dieses runbook|diese seite',
        ),
      ],
      leaveOut: eachOf(
        '* … überspringen|überspringen sie *|überspringe *|* … auslassen|* … weglassen|lassen sie * … aus',
        'diesen abschnitt|diese schritte|alles folgende|alles weitere',
      ),
      bare: list('nicht ausführen|nicht durchführen|nicht starten'),
      while: list('während|solange'),
      this: list('dies|das'),
      where: list('auf|gegen|im|in|für|unter|am|beim'),
      so: list('wenn ja|falls ja'),
      begin: list('dann'),
      if: list('wenn|falls|sofern|sollte|sollten|im falle|bei'),
      unless: list('es sei denn|außer wenn|wenn nicht|falls nicht'),
      just: list('nur|nur dann|erst'),
      onlyIf: list('nur wenn|nur falls|nur dann wenn|nur sofern|erst wenn'),
      only: list(
        'fahren sie nur fort wenn|fahren sie nur dann fort wenn|fahre nur fort wenn|fahre nur dann fort wenn|machen sie nur weiter wenn|machen sie nur dann weiter wenn|mach nur weiter wenn|nur dann weitermachen wenn|nur dann fortfahren wenn|gehen sie nur weiter wenn|fahren sie nur fort falls|fahren sie nur … fort wenn',
      ),
      objects: list(
        'hier|sofort|unverzüglich|jetzt|dann|bitte|an dieser stelle|den vorgang|den ablauf|die prozedur|das verfahren|das update|das upgrade|die aktualisierung|die migration|das deployment|die auslieferung|das rollout|den rollout|die wartung|die umschaltung|den failover|das failover|die arbeit|die arbeiten|alles|den rest|die wiederherstellung|das release',
      ),
      and: list('und|oder'),
    },
  },
  examples: {
    tells: [
      'Öffnen Sie die Verwaltung',
      'Protokolldatei prüfen',
      'Dienst anhalten',
      'Zieh den Stecker des Geräts',
      'Warten, bis die Aufgabe fertig ist',
      'Falls der Dienst nicht läuft, die Leitung verständigen',
    ],
    states: [
      'Der Server steht in Berlin',
      'Die Ursache ist zu wenig Speicher',
      'Warum antwortet der Dienst nicht?',
      'Bereitschaft: Anna Schmidt',
      'Der Cache wird fünf Minuten gehalten',
      'Computer im Keller',
    ],
  },
};
