import { list } from './condition-words.ts';
import type { Language } from './language.ts';

/** Catalan. */
export const catalan: Language = {
  code: 'ca',
  name: 'Catalan',
  script: 'Latin',
  letters: /ŀl|l·l|[çàèòï]/u,
  common:
    'el la de l d es no i amb els les una aquest aquesta per però dels als és són del al que en si també hi ha més',
  steps:
    'pas passos procediment- instruccions restauració recuperació reinici solució resolució diagnòstic instal·lació desplegament manteniment verificació comprovació còpia preparació execució configuració actualització accions guia com',
  facts:
    'nota notes visió resum descripció requisits components arquitectura context informació detalls entorn sistema dades resultat- consells exemple- termes',
  never:
    'contingut contactes guàrdia escalada prioritat- caus- motius símptomes pregunt- referències enllaços glossari definicions objectiu- història rols responsabilitats equip membres avantatges regles principis criteris',
  verbs:
    'obre obriu comprova comproveu atura atureu inicia inicieu espera espereu desa deseu suprimeix suprimiu copia copieu reinicia reinicieu avisa aviseu fes feu clica cliqueu prem premeu crea creeu afegeix afegiu canvia canvieu restaura restaureu instal·la instal·leu tria trieu envia envieu executa executeu connecta connecteu desconnecta desconnecteu treu traieu torna torneu escriu escriviu ves aneu',
  place: 'first',
  tells: /(?:[bcdfgjlmnpqrstvxzi]eu|[cdgmnprtvx]iu)$/u,
  mayTell: /(?:ar|er|ir|re)$/u,
  nouns: 'servidor lloc primer darrer arxiu europeu museu preu deu peu',
  polite: /^(?:si us plau|cal que|cal|heu de|hem de|s['’]ha de) /u,
  objects: 'el la els les un una uns unes l d aquest aquesta aquests aquestes tots totes al als',
  adverbs: 'després ara primer finalment també immediatament no',
  duty: 'cal heu-de si-us-plau s-ha-de assegureu-vos',
  is: 'és són està estan era eren té tenen hi-ha conté contenen pot poden es-troba dura falta corre',
  impersonal: /(?<!\p{L})es(?!\p{L})/u,
  subject: /^(?:el|la|els|les|l['’]\p{L}+|un|una|cada|aquest|aquesta)\s/iu,
  comes:
    /(?:^|\s|[’'])(?!(?:caldr|haur|podr)\p{L})\p{L}*(?:(?:[aeiu]r|dr)(?:à|an|às)|(?:dr|veur)eu)(?!\p{L})|(?<!\p{L})(?:apareix|apareixen|es mostra|s['’]obre)(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:uns|unes|aproximadament|pocs|alguns) (?:[\d.,–-]+ ?)?(?:segon|minut|hor)/u,
  asks: 'qui què quan on per-què com quant quina quin',
  leads: {
    runs: 'execut- ordre ordres comanda comandes escri-',
    puts: 'afegi- enganx- escri- dese- crea- cree- copi- edit-',
    holds: 'fitxer fitxers línia línies contingut configuració script crontab',
    compared: 'abans després antic nou',
    forbids: 'no-executeu mai incorrecte',
    does: 'l-script aquest-script ara-podeu',
  },
  phrases: {
    output: ['sortida esperada', 'resultat esperat', 'hauríeu de veure', 'sortida', 'resultat'],
    example: ['per exemple', 'exemple', 'semblant'],
    if: ['si', 'en cas que', 'en cas de'],
    order: ['quan', 'després', 'abans', 'fins que', 'un cop'],
    when: ['en cas de', 'al', 'a la', 'als', 'des de', 'amb', 'per a', 'per', 'en', 'després de'],
  },
  conditions: {
    opening: ['només si', 'si', 'en cas que', 'en cas de'],
    whether: list(
      'comproveu|comprova|comprovar|verifiqueu|verifica|verificar|reviseu|revisa|revisar|vegeu|mireu|mira|mirar|confirmeu|confirma|confirmar|determineu|determina|esbrineu|pregunteu|pregunta|proveu|saber',
    ),
    optional: ['opcionalment', 'opcional', 'si cal'],
    options: ['opció', 'o bé', 'alternativament', 'mètode'],
    otherwise: list('si no|altrament|en cas contrari'),
    or: list('o|o bé|alternativament|com a alternativa'),
    emergency: list('aturada d’emergència|apagada d’emergència|reinici d’emergència'),
    lasting: list('sempre que'),
    only: {
      words: list('només|únicament|exclusivament'),
      after: list('després de|després del|després d|durant|fora de|mentre|mentre que'),
      over: list('acab|final|complet|reinici|pas '),
      consent: list('aprovació|autorització|permís'),
    },
    gates: {
      goOn: list(
        'continueu|continua|continuar|seguiu|segueix|seguir|procediu|procedeix|procedir|prosseguiu',
      ),
      stop: list(
        "atureu-vos|atura't|aturar-se|atureu|atura|aturar|pareu|parar|avorteu|avorta|avortar|cancel·leu|cancel·la|cancel·lar|interrompeu|deixeu-ho",
      ),
      never: list(
        'no continueu|no continuïs|no continuar|no seguiu|no segueixis|no seguir|no procediu|no procedir|no prosseguiu',
      ),
      if: list('si|en cas que|en cas de'),
      unless: list('llevat que|tret que|excepte si|a menys que'),
      just: list('només|únicament'),
      onlyIf: list('només si|únicament si|només quan|només en cas que|sempre que'),
      objects: list(
        "aquí|ara|immediatament|de seguida|tot|llavors|el procediment|el procés|l'actualització|la migració|el desplegament|l'operació|el canvi|el manteniment",
      ),
      and: list('i|o'),
    },
  },
  examples: {
    tells: [
      'Obriu el tauler',
      'Comproveu el fitxer de registre',
      'Atureu el servei',
      'Reiniciar el servidor',
      'Espereu que la tasca acabi',
      'Si falla, aviseu l’equip',
    ],
    states: [
      'El servidor és a Girona',
      'La causa és la falta de memòria',
      'Per què no respon el servei?',
      'Torn: Anna Puig',
      'Els registres es guarden trenta dies',
      'Base de dades',
    ],
  },
};
