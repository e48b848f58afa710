/** Whether a text tells what to do in German, French, Spanish, Portuguese or Italian, by the form of its verb. Linear. */
export function tellsAbroad(text: string): boolean {
  const first = /^\p{Lu}?[\p{Ll}]+(?=[\s,.:;!]|$)/u.exec(text)?.[0] ?? '';
  return first !== '' && (tellsInGerman(text, first) || tellsInRomance(text, first));
}

/** "Dienst stoppen", "Warten, bis …", "Öffnen Sie …": the infinitive ends the clause, or stands before "Sie". */
function tellsInGerman(text: string, first: string): boolean {
  if (/^\p{Lu}\p{Ll}+e?n Sie\b/u.test(text)) return true;
  const clause = text.split(/\s*(?:[(,.:;]|\s[-–—→]\s)/u, 1)[0] ?? '';
  const last = clause.slice(clause.lastIndexOf(' ') + 1);
  return GERMAN.has(last) || (last === first && GERMAN.has(first.toLowerCase()));
}

/** "Vérifier le service", "Redémarrez le serveur", "Detener el servicio": the verb begins, and a small word of the language follows. */
function tellsInRomance(text: string, first: string): boolean {
  const ending = ROMANCE.find(([form]) => form.test(first));
  if (!ending || NOUNS.has(first.toLowerCase())) return false;
  return ending[1].test(text.slice(first.length)) || /[éêèç]/u.test(first);
}

const GERMAN = new Set(
  `abfragen abmelden abrufen abschalten abwarten aktivieren aktualisieren analysieren anhalten anlegen anmelden anpassen anrufen ansehen anzeigen aufrufen ausführen ausrollen ausschalten austauschen auswählen bearbeiten beenden beheben
benachrichtigen beobachten bereinigen bestätigen deaktivieren deinstallieren deployen dokumentieren durchführen eingeben einloggen einrichten einschalten einspielen einstellen eintragen entfernen entsperren ergänzen ersetzen erstellen erzeugen
eskalieren exportieren freigeben herunterfahren herunterladen hinzufügen hochfahren hochladen importieren informieren installieren klicken konfigurieren kontrollieren kopieren laden leeren lesen löschen melden migrieren mounten neustarten notieren
öffnen planen protokollieren prüfen rotieren schließen schreiben senden setzen sichern sicherstellen speichern sperren starten stellen stoppen tauschen testen trennen überprüfen übertragen überwachen umbenennen umschalten umstellen validieren
verbinden vergleichen verifizieren verschieben verschicken verständigen wählen warten wechseln wiederherstellen wiederholen zurücksetzen zuweisen`.split(
    /\s+/,
  ),
);
const ROMANCE: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?:er|ir|ttre|ndre|ivre|ire|ez)$/u,
    /\s(?:le|la|les|un|une|des|du|de|sur|dans|que|si|à|au|aux|vos|votre)\s|\s[ld][’']/u,
  ],
  [
    /(?:ar|er|ir)$/u,
    /\s(?:el|la|los|las|un|una|del|de|que|en|con|o|a|os|as|do|da|no|na|um|uma)\s/u,
  ],
  [/(?:are|ere|ire)$/u, /\s(?:il|lo|la|i|gli|le|un|una|del|della|che|di)\s|\s(?:l|dell|un)[’']/u],
];
const NOUNS = new Set(
  `fichier fichiers dossier premier dernier utilisateur courrier calendrier papier cahier atelier métier chantier paramètre fenêtre lettre accès procédure étape règle problème système répertoire mémoire serveur éditeur
server user order error timer filter number other over under after never whether either router cluster docker container manager owner folder buffer worker master calendar similar popular linear radar solar bar car
lugar hogar taller nivel servidor power layer paper layer poder ayer her for software hardware share spare here there where were are fire wire empire require failure`.split(
    /\s+/,
  ),
);
