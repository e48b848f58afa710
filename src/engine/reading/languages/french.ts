import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** French. */
export const french: Language = {
  code: 'fr',
  name: 'French',
  script: 'Latin',
  letters: /[àâçèêëîïôœùû]/u,
  common:
    'le la les des est et une un dans pour que qui sur avec pas ce du au aux par sont vous en il plus votre',
  steps:
    'étape- etape- procédure- procedure marche mode-opératoire instruction- action actions restauration récupération reprise redémarrage résolution dépannage diagnostic installation mise déploiement maintenance vérification- retour sauvegarde bascule arrêt démarrage correction solution- intervention préparation exécution checklist remise manuel runbook mesures',
  facts:
    'note notes remarque- aperçu présentation prérequis exigence- composant- architecture contexte information- infos détails environnement- système- données résumé résultat- astuce- conseil- exemple- vocabulaire état',
  never:
    'critère- sommaire table-des-matières contact- astreinte escalade priorité- cause- raison- symptôme- symptome- question- faq référence- liens ressource- glossaire définition- objectif- but buts historique rôle- responsabilité- équipe membres avantages inconvénients principes règles déclencheur- fonctionnalités',
  verbs:
    'ouvrez ouvrir ouvre vérifiez vérifier vérifie arrêtez arrêter arrête démarrez démarrer démarre redémarrez redémarrer redémarre relancez relancer relance lancez lancer lance attendez attendre attends cliquez cliquer clique supprimez supprimer supprime copiez copier créez créer ajoutez ajouter modifiez modifier sauvegardez sauvegarder enregistrez enregistrer restaurez restaurer installez installer exécutez exécuter exécute mettez mettre mets faites faire fais prévenez prévenir préviens informez informer contactez contacter notifiez notifier remplacez remplacer désactivez désactiver activez activer connectez connecter envoyez envoyer envoie consultez consulter contrôlez contrôler assurez assurer choisissez choisir sélectionnez sélectionner coupez couper basculez basculer branchez débranchez notez noter allez aller revenez revenir patientez patienter videz vider testez tester purgez appelez appeler avertissez avertir effacez effacer téléchargez télécharger saisissez saisir entrez entrer',
  place: 'first',
  tells: /(?:ez|ez-vous)$/u,
  mayTell: /(?:er|ir|ttre|ndre|ivre|ire)$/u,
  nouns:
    'fichier fichiers dossier premier dernier utilisateur courrier calendrier papier cahier atelier métier chantier paramètre fenêtre lettre server serveur router cluster docker number user order mémoire chez assez nez rez clavier escalier loisir plaisir avenir souvenir',
  objects: 'le la les l un une des du au aux que si tous toutes votre vos ce cette ces à',
  polite:
    /^(?:merci de|prière de|(?:nous )?vous (?:prions|demandons) de|il convient de|il est (?:demandé|recommandé) de) /u,
  adverbs:
    'puis ensuite enfin alors maintenant d’abord s se éventuellement immédiatement veuillez finalement également ne',
  duty: 'veuillez il-faut doit doivent devez pensez-à veiller',
  is: 'est sont était étaient a ont avait sera seront fait se-trouve trouve contient peut peuvent reste dépend tourne fonctionne appartient dure utilise comporte provient existe vient manque',
  impersonal:
    /(?<!\p{L})(?:est|sont) (?:ensuite |alors |puis )?\p{L}{2,20}(?:é|ée|és|ées|i|ie|is|u|ue|us|it|ite)(?!\p{L})|^on /u,
  subject: /^(?:l[’']\p{L}|(?:les?|la|une?|des|ces?|cette|cet|chaque|aucune?)\s)/iu,
  comes:
    /^(?:(?:ensuite|puis|alors|maintenant|enfin|là) )?(?:vous|tu) (?:\p{L}{2,}r(?:ez|as)|devriez(?: maintenant| alors| ensuite)? (?:voir|obtenir|avoir|recevoir|être))(?!\p{L})|(?<=\s|[’'])(?!(?:devra|devront|faudra)(?!\p{L}))\p{L}*(?:[eidtvru]ra|[eidtvru]ront)(?!\p{L})|s[’']affiche(?:nt)?(?!\p{L})|(?<!\p{L})appara(?:ît|issent)(?!\p{L})/u,
  due: /(?<!\p{L})(?:est|sont|reste|restent) à \p{L}+(?:er|ir|re)(?!\p{L})|(?<!\p{L})(?:doi(?:t|vent)|dev(?:rai(?:t|ent)|ra|ront)) (?:\p{L}+ ){0,2}?être (?:\p{L}+ )?\p{L}+(?:é|i|u|is|it|ert)e?s?(?!\p{L})/u,
  lasts: /(?<!\p{L})(?:environ|quelques|plusieurs) (?:[\d.,–-]+ ?)?(?:seconde|minute|heure|min)/u,
  recurs:
    /^(?:chaque|tou(?:te)?s les) (?:nuit|jour|matin|soir|semaine|mois|heure|minute|an|année)s?(?!\p{L})/u,
  asks: 'qui que quoi quand où pourquoi comment quel quelle quels quelles combien est-ce lequel laquelle',
  leads: {
    runs: 'exécut- lanc- commande- tapez saisir saisissez entrez',
    puts: 'ajout- insér- écri- enregistr- cré- copi- coll- placez modifi-',
    holds: 'fichier ligne lignes contenu configuration script crontab',
    compared: 'avant après ancien nouveau ancienne nouvelle',
    forbids:
      'ne-pas-exécuter n-exécutez-pas n-exécutez-jamais ne-jamais-exécuter à-ne-pas-faire mauvais-exemple incorrect',
    does: 'le-script ce-script vous-pouvez-maintenant ce-que-fait ce-qui-sera que-fait dans-ce-guide dans-cet-article dans-ce-tutoriel dans-ce-document dans-ce-chapitre ce-guide ce-document-décrit vous-apprendrez vous-allez-apprendre nous-verrons nous-allons-voir',
    shows: "voici-ce-que-fait voici-ce-qu'exécute c'est-ce-que-fait ceci-est-ce-que-fait",
  },
  phrases: {
    output: [
      'exemple de sortie',
      'sortie attendue',
      'résultat attendu',
      'réponse attendue',
      'vous devriez voir',
      'affiche',
      'doit afficher',
      'sortie',
      'résultat',
    ],
    example: [
      'exemple de sortie',
      'par exemple',
      'p. ex.',
      'exemple',
      'semblable à',
      'du genre',
      'ressemble à',
    ],
    if: ['si', 'en cas', 'dans le cas', 'au cas où', 'lorsque'],
    order: ['une fois', 'après', 'dès que', 'quand', 'avant', 'pendant', 'jusqu’à'],
    when: [
      'en cas',
      'dans',
      'sur',
      'depuis',
      'sous',
      'pour',
      'afin de',
      'à partir',
      'à',
      'lors',
      'après',
      'avant',
      'avec',
    ],
  },
  conditions: {
    opening: list(
      "à condition|pourvu que|uniquement pendant|sous réserve|si|s'il|s’il|s'ils|s’ils|seulement si|uniquement si|en cas de|en cas d'|en cas d’|au cas où|dans le cas où|sauf si|en dernier recours|seulement en cas|uniquement sur|uniquement pour|uniquement en|seulement sur|seulement pour",
    ),
    inner: list(
      "si|s'il|s’il|uniquement si|seulement si|en cas de|en cas d'|en cas d’|au cas où|sauf si|en dernier recours",
    ),
    whether: list(
      'vérifier|vérifiez|vérifie|examiner|examinez|voir|voyez|regarder|regardez|contrôler|contrôlez|savoir|déterminer|déterminez|demander|demandez|confirmer|confirmez|tester|testez',
    ),
    soft: list('nécessaire|besoin|possible|applicable|souhaité|il y a lieu|disponible|requis'),
    order: list("tout s'est bien passé|tout s’est bien passé|tout va bien|tout fonctionne"),
    leaves: {
      verbs: list(
        "ignorez|ignorer|sautez|sauter|passez|omettez|omettre|n'exécutez pas|n'exécutez jamais|ne lancez pas|ne lancez jamais|ne pas exécuter|ne pas lancer|ne jamais exécuter",
      ),
      objects: list("ceci|cela|cette étape|cette commande|cette section|l'étape"),
      where: list('sur|dans|en|si|pour|quand|lorsque|contre'),
    },
    optional: list('facultatif|facultatifs|optionnel|optionnelle|en option|facultativement'),
    otherwise: list('sinon|autrement|dans le cas contraire'),
    or: list(
      'ou|ou bien|alternativement|autre possibilité|autre méthode|en alternative|comme alternative|à défaut|la même chose en un|le tout en un|tout en un|en une seule commande|sous forme de script',
    ),
    options: list('option|méthode|variante|scénario|cas|possibilité|alternative|solution'),
    when: list("lorsque|lorsqu'|lorsqu’|quand|pendant que|pendant qu'"),
    trouble: list(
      "ne |n’|n'|plein|satur|échou|panne|bloqu|inaccessible|injoignable|indisponible|corromp|manqu|erreur|trop |dépass|perdu|cass|lent|expir|hors |plant|tomb|mort|endommag|compromis",
    ),
    emergency: list(
      "arrêt d'urgence|arrêt d’urgence|redémarrage d'urgence|redémarrage d’urgence|bascule d'urgence|bascule d’urgence|retour arrière d'urgence|retour arrière d’urgence",
    ),
    lasting: list("tant que|tant qu'|tant qu’|aussi longtemps que"),
    only: {
      words: list('uniquement|seulement|exclusivement'),
      after: list(
        "après|pendant|durant|hors|avec|en présence|à deux|pendant qu'|pendant qu’|pendant que|tandis que",
      ),
      late: list('pas avant|jamais avant|pas plus tôt que|au plus tôt'),
      over: list('fin |achèvement|terminé|redémarrage|étape|succès'),
      consent: list("accord|autorisation|approbation|consentement|feu vert|l'aval|l’aval"),
    },
    gates: {
      past: list(
        'passez directement à|passer directement à|aller directement à|allez directement à|sautez à|sauter à',
      ),
      goTo: list(
        'passez à|passer à|continuez avec|continuez à|continuer avec|continuer à|allez à|aller à|reprenez à',
      ),
      section: list('section|partie|chapitre|annexe'),
      step: list("étape|l'étape|l’étape"),
      goOn: list(
        'continuez|continuer|poursuivez|poursuivre|passez|passer|procédez|procéder|allez plus loin|on continue',
      ),
      stop: list(
        "arrêtez|arrêter|arrêtez-vous|s'arrêter|arrêtez tout|abandonnez|abandonner|interrompez|interrompre|annulez|annuler|stop|stoppez|on arrête|on s'arrête",
      ),
      never: list(
        "ne continuez pas|ne pas continuer|ne poursuivez pas|ne pas poursuivre|ne passez pas|ne pas passer|n'allez pas plus loin|ne pas aller plus loin|ne procédez pas",
      ),
      refuse: [
        ...eachOf(
          "n'exécutez pas|ne lancez pas|ne faites pas|ne démarrez pas|ne pas exécuter|ne pas lancer|n'exécutez jamais|ne lancez jamais|ne jamais exécuter|ne jamais lancer",
          'ceci|cela|cette procédure|ce runbook|ces étapes|la procédure',
        ),
        ...eachOf(
          'passez|sautez|ignorez|omettez|passer|sauter|ignorer',
          'cette procédure|ce runbook|cette page',
        ),
      ],
      leaveOut: eachOf(
        'passez|sautez|ignorez|omettez|passer|sauter|ignorer',
        'cette section|cette partie|ces étapes|tout ce qui suit',
      ),
      while: list('pendant|pendant que|tant que|lorsque|quand'),
      so: list('si oui|si tel est le cas|si c’est le cas'),
      if: list("si|s'il|s'ils|en cas de|en cas d'échec|en cas d'erreur|au cas où|dès que"),
      unless: list('sauf si|à moins que|sauf'),
      onlyIf: list(
        'uniquement si|seulement si|que si|seulement lorsque|uniquement lorsque|à condition que',
      ),
      only: list(
        "ne continuez que si|ne continuer que si|ne poursuivez que si|ne poursuivre que si|ne passez … que si|n'allez plus loin que si|ne procédez que si",
      ),
      objects: list(
        "ici|là|immédiatement|tout de suite|tout|alors|la procédure|la mise à jour|la migration|le déploiement|la bascule|l'opération|la maintenance|le travail|l'intervention",
      ),
      and: list('et|ou'),
    },
  },
  examples: {
    tells: [
      'Ouvrez le panneau d’administration',
      'Vérifier le journal',
      'Arrêtez le service',
      'Débranche la baie',
      'Patientez jusqu’à la fin de la tâche',
      'En cas d’échec, prévenir l’équipe',
    ],
    states: [
      'Le serveur se trouve à Paris',
      'La cause est un disque plein',
      'Pourquoi le service ne répond-il pas ?',
      'Astreinte : Anne Martin',
      'Le cache est gardé cinq minutes',
      'Premier niveau de support',
    ],
  },
};
