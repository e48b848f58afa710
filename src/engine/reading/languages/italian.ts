import type { Language } from './language.ts';

/** Italian. */
export const italian: Language = {
  code: 'it',
  name: 'Italian',
  script: 'Latin',
  letters: /[ìò]/u,
  common:
    'il lo la i gli le di che e in un una è per con del della si non al alla più come sono nel da dei',
  steps:
    'passo passi passaggi procedura procedure istruzion- azione azioni ripristino recupero riavvio risoluzione soluzione soluzioni diagnosi installazione distribuzione rilascio manutenzione verifica verifiche backup commutazione arresto avvio correzione preparazione esecuzione configurazione aggiornamento manuale runbook guida misure intervento',
  facts:
    'nota note osservazion- riepilogo descrizione prerequisit- requisit- component- architettura contesto informazion- dettagli ambient- sistem- dati risultat- consigli esempi- termini stato panoramica',
  never:
    'criteri criterio indice sommario contenuti contatt- reperibilità escalation priorità causa cause motiv- ragion- sintom- domand- faq riferiment- link collegamenti risorse glossario definizion- obiettiv- scopo cronologia storia storico ruol- responsabilità squadra team membri vantaggi svantaggi principi regole caratteristiche',
  verbs:
    'apri apra aprire aprite verifica verifichi verificare controlla controlli controllare ferma fermi fermare arresta arresti arrestare avvia avvii avviare riavvia riavvii riavviare attendi attenda attendere aspetta aspettare clicca clicchi cliccare elimina elimini eliminare cancella cancelli cancellare copia copi copiare crea crei creare aggiungi aggiunga aggiungere modifica modifichi modificare salva salvi salvare ripristina ripristini ripristinare installa installi installare esegui esegua eseguire metti metta mettere avvisa avvisi avvisare informa informi informare notifica notifichi notificare sostituisci sostituisca sostituire disattiva disattivi disattivare attiva attivi attivare collega colleghi collegare invia invii inviare consulta consulti consultare assicurati seleziona selezioni selezionare scegli scelga scegliere scollega scolleghi scollegare spegni spenga spegnere accendi accenda accendere aggiorna aggiorni aggiornare vai vada andare torna torni tornare accedi acceda accedere inserisci inserisca inserire scrivi scriva scrivere scarica scarichi scaricare carica carichi caricare pulisci pulisca pulire chiama chiami chiamare contatta contatti contattare cambia cambi cambiare conferma confermi confermare configura configuri configurare fai faccia fare annota annotare segnala segnalare rimuovi rimuova rimuovere prova chiudi chiuda chiudere premi prema premere',
  place: 'first',
  tells: /(?:ate|ete|ite|arsi|ersi|irsi|atevi|etevi|ati)$/u,
  mayTell: /(?:are|ere|ire)$/u,
  nouns:
    'software hardware share spare mare genere potere cartelle rete reti dati stati utente cliente server user docker router cluster limite estate parete',
  objects: 'il lo la i gli le l un uno una al alla che se tutti tutte tuo suo questo questa questi',
  polite: /^(?:(?:si|la|vi) (?:prega|preghiamo|raccomanda)|per cortesia|abbiate cura di),? /u,
  adverbs:
    'poi quindi infine adesso ora prima opzionalmente subito inoltre anche successivamente per-favore non dopo',
  duty: 'deve devono bisogna occorre assicurarsi assicurati',
  is: 'è sono era erano sta stanno ha hanno aveva sarà saranno fu si-trova trova contiene può possono dipende funziona appartiene dura utilizza usa consiste esiste manca risiede gira viene vengono',
  impersonal: /^si \p{L}|(?<!\p{L})(?:viene|vengono) /u,
  subject: /^(?:l[’']\p{L}|(?:il|lo|la|i|gli|le|un|uno|una|ogni|quest[oaie]|nessun\p{L}?)\s)/iu,
  asks: 'chi che cosa quando dove perché come quale quali quanto quanti',
  leads: {
    runs: 'esegu- lanci- avvi- comand- digit-',
    puts: 'aggiung- inser- incoll- scriv- salv- cre- copi- metti modific-',
    holds: 'file riga righe contenuto configurazione script crontab',
    compared: 'prima dopo vecchio nuovo vecchia nuova',
    forbids: 'non-esegu- mai-esegu- sbagliato errato non-fare',
    does: 'lo-script questo-script ora-puoi ora-potete cosa-fa che-cosa-fa',
  },
  phrases: {
    output: [
      'output di esempio',
      'output atteso',
      'risultato atteso',
      'risposta attesa',
      'dovresti vedere',
      'deve mostrare',
      'mostra',
      'output',
      'risultato',
    ],
    example: [
      'output di esempio',
      'per esempio',
      'ad esempio',
      'es.',
      'esempio',
      'simile a',
      'qualcosa come',
    ],
    if: ['se', 'nel caso', 'in caso', 'qualora', 'quando'],
    onlyIf: ['solo se', 'soltanto se', 'unicamente se', 'solo in caso'],
    either: ['opzione', 'oppure', 'alternativa', 'in alternativa', 'metodo', 'variante', 'invece'],
    optional: ['opzionale', 'facoltativo', 'se necessario', 'se serve', 'all’occorrenza'],
    order: ['una volta', 'dopo', 'appena', 'non appena', 'prima', 'mentre', 'finché'],
    when: ['in caso', 'in', 'nel', 'nella', 'dal', 'dalla', 'sul', 'sulla'],
  },
  examples: {
    tells: [
      'Apri il pannello di amministrazione',
      'Controllare il registro',
      'Arrestate il servizio',
      'Stacca la spina del rack',
      'Attendere la fine del lavoro',
      'Se fallisce, avvisa la squadra',
    ],
    states: [
      'Il server si trova a Milano',
      'La causa è lo spazio esaurito',
      'Perché il servizio non risponde?',
      'Reperibile: Anna Rossi',
      'La cache è conservata per cinque minuti',
      'Base di dati',
    ],
  },
};
