import { eachOf, list } from './condition-words.ts';
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
  polite:
    /^(?:(?:è|sarà) (?:necessario|opportuno|obbligatorio|indispensabile) \p{L}+r(?:e|si|l[oaie])|(?:si|la|vi) (?:prega|preghiamo|raccomanda)|per cortesia|abbiate cura di),?(?= )/u,
  adverbs:
    'poi quindi infine adesso ora prima opzionalmente subito inoltre anche successivamente per-favore non dopo',
  duty: 'deve devono bisogna occorre assicurarsi assicurati',
  is: 'è sono era erano sta stanno ha hanno aveva sarà saranno fu si-trova trova contiene può possono dipende funziona appartiene dura utilizza usa consiste esiste manca risiede gira viene vengono',
  impersonal: /^si \p{L}|(?<!\p{L})(?:viene|vengono) /u,
  subject: /^(?:l[’']\p{L}|(?:il|lo|la|i|gli|le|un|uno|una|ogni|quest[oaie]|nessun\p{L}?)\s)/iu,
  comes:
    /(?<!\p{L})(?!(?:dovr|bisogner|occorrer|potr)\p{L})(?:ve|co|si|\p{L})\p{L}*(?:[eiadvtp]r|rr)(?:à|anno|ai|ete)(?!\p{L})|^(?:ora )?(?:dovrebbe|dovrebbero|dovresti|dovreste)(?: \p{L}+)? (?:ora )?(?:vedere|apparire|comparire|ottenere|ricevere|avere)(?!\p{L})|(?<!\p{L})(?:appare|compare|appaiono|compaiono)(?!\p{L})/u,
  due: /(?<!\p{L})(?:dev(?:e|ono)|dovrebbe|dovrebbero|dovrà|dovranno) (?:\p{L}+ )?(?:essere|venire) \p{L}+[ts][oaie](?!\p{L})|(?<!\p{L})(?:va|vanno|andrà|andranno) (?:\p{L}+ )?\p{L}+(?:at|it|ut|olt|ess|us|ert|oss|att|itt|ott|ett)[oaie](?!\p{L})|(?<!\p{L})(?:è|sono) da \p{L}+(?:are|ere|ire)(?!\p{L})/u,
  lasts:
    /(?<!\p{L})(?:circa|pochi|alcuni|qualche|diversi) (?:[\d.,–-]+ ?)?(?:secondi|second|minut|ore|min)/u,
  recurs:
    /^(?:ogni|tutt[ei] (?:le|i|gli)) (?:nott[ei]|giorn[oi]|mattin[ae]|ser[ae]|settiman[ae]|mes[ei]|or[ae]|minut[oi]|ann[oi])(?!\p{L})/u,
  asks: 'chi che cosa quando dove perché come quale quali quanto quanti',
  leads: {
    runs: 'esegu- lanci- avvi- comand- digit-',
    puts: 'aggiung- inser- incoll- scriv- salv- cre- copi- metti modific-',
    holds: 'file riga righe contenuto configurazione script crontab',
    compared: 'prima dopo vecchio nuovo vecchia nuova',
    forbids: 'non-us- non-esegu- mai-esegu- sbagliato errato non-fare',
    does: 'lo-script questo-script ora-puoi ora-potete cosa-fa che-cosa-fa in-questa-guida in-questo-articolo in-questo-tutorial in-questo-documento in-questo-capitolo questa-guida questo-documento-descrive imparerai vedremo',
    shows: 'ecco-cosa-fa ecco-che-cosa-fa questo-è-ciò-che-fa questo-è-quello-che-fa',
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
    order: ['una volta', 'dopo', 'appena', 'non appena', 'prima', 'mentre', 'finché'],
    when: [
      'in caso',
      'in',
      'nel',
      'nella',
      'nei',
      'nelle',
      'negli',
      'dal',
      'dalla',
      'sul',
      'sulla',
      'sui',
      'per',
      'dopo',
      'prima di',
      'con',
    ],
  },
  conditions: {
    opening: list(
      'purché|a condizione che|a patto che|previa approvazione|previa autorizzazione|se|solo se|soltanto se|in caso di|nel caso|qualora|a meno che|come ultima risorsa|salvo se|solo su|solo sul|solo sulla|solo sui|solo sugli|solo sulle|solo nella|solo nei|solo nelle|solo per|solo in|solo nel|soltanto su|soltanto sul|soltanto per',
    ),
    inner: list('se|solo se|in caso di|nel caso|qualora|a meno che|come ultima risorsa'),
    whether: list(
      'verificare|verifica|verificate|controllare|controlla|controllate|vedere|vedi|confermare|conferma|determinare|chiedere|chiedi|sapere',
    ),
    soft: list('necessario|occorre|possibile|serve|applicabile|richiesto|desiderato'),
    order: list('tutto è andato bene|tutto va bene|tutto funziona'),
    leaves: {
      verbs: list(
        'saltare|salta|saltate|ignorare|ignora|omettere|non eseguire|non eseguite|non lanciare|mai eseguire',
      ),
      objects: list(
        'questo|ciò|questo passaggio|questo passo|questo comando|questa sezione|il passaggio',
      ),
      where: list('su|sul|sulla|sui|sugli|sulle|in|nel|nella|nei|nelle|se|quando|per|contro'),
    },
    optional: list('opzionale|facoltativo|opzionalmente'),
    otherwise: list('altrimenti|in caso contrario|se no'),
    or: list(
      'o|oppure|in alternativa|come alternativa|lo stesso in un|tutto in un|in un solo comando|come script',
    ),
    options: list('opzione|metodo|alternativa|scenario|caso|variante|possibilità|soluzione'),
    when: list('quando|finché|mentre'),
    trouble: list(
      'non |mai |pien|fallisc|fallit|giù|blocc|irraggiungibil|indisponibil|corrott|error|super|ecced|pers|lent|rott|danneggiat|esaurit|scadut|compromess|manc|tropp',
    ),
    emergency: list(
      "arresto di emergenza|arresto d'emergenza|arresto d’emergenza|spegnimento di emergenza|riavvio di emergenza|commutazione di emergenza|rollback di emergenza",
    ),
    lasting: list('fintanto che|fintantoché'),
    only: {
      words: list('solo|soltanto|solamente|esclusivamente|unicamente'),
      after: list('dopo|durante|fuori|con|in presenza|in due|mentre|finché'),
      late: list('non prima di|non prima del|non prima della|non prima che|mai prima'),
      over: list('fine |completa|conclusion|terminat|riavvio|passaggio|passo'),
      consent: list('approvazione|autorizzazione|consenso|permesso|benestare|accordo'),
    },
    gates: {
      goOn: list(
        'continuare|continua|continuate|continui|proseguire|prosegui|proseguite|prosegua|procedere|procedi|procedete|proceda|andare avanti|vai avanti|passare|passa',
      ),
      stop: list(
        'fermarsi|fermati|fermatevi|si fermi|interrompere|interrompi|interrompete|interrompa|annullare|annulla|annullate|abortire|arrestare|arrestarsi|terminare|stop|basta',
      ),
      never: list(
        'non continuare|non continuate|non proseguire|non proseguite|non procedere|non procedete|non andare avanti|non andate avanti|non passare',
      ),
      refuse: [
        ...eachOf(
          'non eseguire|non eseguite|non avviare|mai eseguire',
          'questo|questa procedura|questo runbook|questi passaggi|la procedura',
        ),
        ...eachOf(
          'saltare|saltate|salta|ignorare|ignorate|omettere',
          'questa procedura|questo runbook|questa pagina',
        ),
      ],
      leaveOut: eachOf(
        'saltare|saltate|salta|ignorare|ignorate|omettere',
        'questa sezione|questi passaggi|tutto ciò che segue',
      ),
      while: list('mentre|durante|quando'),
      if: list('se|in caso di|nel caso|qualora'),
      unless: list('a meno che|salvo che|salvo se|tranne se'),
      just: list('solo|soltanto|solamente'),
      onlyIf: list('solo se|soltanto se|solamente se|unicamente se|solo quando|a condizione che'),
      objects: list(
        "qui|subito|ora|immediatamente|tutto|allora|la procedura|l'aggiornamento|la migrazione|il rilascio|il deploy|l'operazione|la manutenzione|il lavoro|l'intervento",
      ),
      and: list('e|ed|o'),
    },
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
