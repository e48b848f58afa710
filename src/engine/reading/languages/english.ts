import { eachOf, list } from './condition-words.ts';
import type { Language } from './language.ts';

/** English. Its verbs are those of `verbs.ts`. */
export const english: Language = {
  code: 'en',
  name: 'English',
  script: 'Latin',
  common: 'the and to of is in for with on this that you are be from if not or by as it your',
  steps:
    'step steps procedure- action actions instruction- checklist process how resolution resolve resolving mitigat- remediat- recover- rollback response respond investigat- diagnos- troubleshoot- playbook runbook workflow deploy- install- setup restor- maintenance verif- tasks fix solution- workaround execution prepar- contain- eradicat- upgrad- migrat- failover switchover restart- renew- rotat- enabl- disabl- creat- configur- updat- remov- add adding start- stop- procedures',
  facts:
    'note notes remark- requirement- prerequisit- component- architecture overview summary background info information detail- feature- scope impact audience metrics kpi- indicator- terms terminology inventory environment- dependenc- limitation- assumption- concept- option- example- category categories type types known status findings result- tip tips hint- about',
  never:
    'contents toc contact- on-call escalation priority priorities severit- symptom- cause causes reason- question- faq- reference- related links resource- glossary definition- benefit- advantage- disadvantage- principle- goal- objective- stakeholder- responsibilit- role roles member- team teams trigger- history changelog lessons deliverable- outcome- sla slas slo slos rule rules polic- guideline- milestone- timeline agenda attendees',
  verbs: '',
  place: 'first',
  objects:
    'the a an all any each every your our its their this that these those both it them another new old',
  adverbs: 'please kindly then now next first finally also optionally carefully immediately',
  duty: 'must should need-to have-to make-sure be-sure ensure please remember-to do-not',
  is: 'is are was were has have had runs lives stands contains consists belongs depends means remains exists happens takes get gets got lasts seems keeps stays supports provides cannot isn’t aren’t',
  comes:
    /^(?:(?:then|now|next|finally|afterwards|here) )?(?:you(?:['’]ll| will| should| shall)(?: now| then| also| soon| \p{L}{2,12}ly){0,2} (?:see|have|get|receive|notice|find|hear|observe|be \p{L}{2,12}(?:ed|en|ght)(?!\p{L})))|(?<!you|we|i)(?: will|['’]ll)(?: not| now| then| also| \p{L}{2,12}ly){0,2} (?!need |have to )\p{L}|(?<!you|we|i) should(?: not| now| then| also| \p{L}{2,12}ly){0,2} (?!need |have to |be \p{L}{2,12}(?:ed|en)(?!\p{L}))\p{L}/u,
  lasts:
    /(?<!\p{L})(?:about|around|approximately|roughly|(?:a )?few|several) (?:[\d.,–-]+ ?)?(?:second|minute|hour|min)/u,
  recurs:
    /^(?:every|each) (?:other |single |\d+ )?(?:minute|hour|day|night|morning|evening|week|weekday|weekend|month|quarter|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?(?!\p{L})|^(?:hourly|daily|nightly|weekly|monthly|quarterly|yearly)(?!\p{L})/u,
  asks: 'who what when where why which how whose is are was were does do did can could should has have will',
  leads: {
    compared: 'before after old new previously now',
    does: 'what-will-be what-happens what-this what-it what-the-script',
  },
  phrases: {
    output: [
      'expected output',
      'expected result',
      'expected response',
      'you should see',
      'should show',
      'should print',
      'should return',
      'should output',
      'returns',
      'the output is',
      'output',
      'results in',
    ],
    example: [
      'example output',
      'sample output',
      'for example',
      'for instance',
      'e.g.',
      'similar to',
      'something like',
      'looks like',
      'such as',
    ],
    if: ['if', 'in case', 'in the event', 'should', 'unless', 'provided', 'assuming', 'when'],
    order: ['once', 'after', 'as soon as', 'when', 'before', 'while', 'until'],
  },
  conditions: {
    opening: list(
      'if|only if|only when|on condition that|on the condition|provided|presuming|in the absence of|only in case|in a case|in the case|in cases|only after a failed|unless|in case|in the event|should the|should it|should this|should that|should you|should any|provided that|as a last resort|last resort|failing that|failing this|if all else fails|only needed|only necessary|only required|only applies|only applicable|needed only|required only|necessary only|applies only|applicable only|only for|only on|only in|when in doubt|whenever|assuming|supposing|provided the|provided you|provided there|provided no|provided it|except on|except in|not on|not in|not for|never on|never in|depending on|on failure|upon failure|on error|upon error|in that case|in this case|in such a case|in such cases|in an emergency|in emergencies|for emergencies|in the unlikely event|in the rare event|in the unlikely case|given that|break glass|break-glass|in some cases|in rare cases|in certain cases|in most cases|worst case|in the worst case|were this to|were that to|were it to',
    ),
    inner: list(
      'if|unless|in case|in the event|provided that|as a last resort|last resort|only when|only on|only in|only for|but not on|but not in|except on|except in',
    ),
    whether: list(
      'check|checks|checking|see|sees|verify|verifying|determine|determines|confirm|confirms|find out|test|tests|know|ask|asks|decide|ensure|make sure|validate|tell|tells|wonder|look|inspect|understand|identify|assess|evaluate|monitor|note|say|says|report|reports|show|shows|investigate|review|establish|clarify|indicate|indicates|detect|discover|learn|figure out|double-check|question',
    ),
    soft: list(
      'needed|necessary|required|applicable|possible|available|any|desired|appropriate|relevant|present|need be|you like|you wish|it helps|so desired|still needed|still necessary',
    ),
    order: list(
      'all goes well|all went well|all is well|everything worked|everything works|everything went well|everything goes well|everything is ok|everything is okay|everything is fine|everything looks good|everything checks out|all looks good|all of this worked|all of the above|the above succeeded|the above worked|the above succeeds|successful|this worked|this works|that worked|this succeeds|that succeeds|it takes',
    ),
    optional: list('optional|optionally'),
    otherwise: list('otherwise|else|if not|if no|if so|if yes'),
    or: list(
      'or|alternatively|alternative|another way|another option|another method|a second way|instead of this|instead of the above|instead of that|instead of these|in place of the above|rather than the above|or else|as an alternative|as alternative|instead,|manual alternative|manual method|manual way|the manual way|the hard way|as a fallback|fallback',
    ),
    options: list(
      'option|method|alternative|approach|variant|scenario|case|possibility|choice|way|plan|solution|workaround|strategy|route|fix|remedy',
    ),
    emergency: list(
      'emergency stop|emergency shutdown|emergency shut-down|emergency shut down|emergency restart|emergency reboot|emergency reset|emergency failover|emergency fail-over|emergency power|emergency rollback',
    ),
    lasting: list('as long as|so long as'),
    only: {
      words: list('only|exclusively'),
      after: list('after|upon|following|during|while|outside|within|with'),
      late: list(
        'not before|not until|no earlier than|not earlier than|no sooner than|not sooner than',
      ),
      over: list(
        'finish|complet|done|ready|stopp|restart|succe|passed|step|that|this|previous|these|seconds|minutes',
      ),
    },
    gates: {
      past: list(
        'skip to|skip ahead to|skip forward to|skip on to|jump to|jump ahead to|jump straight to|jump directly to|go straight to|go directly to|go right to|continue directly with|proceed directly to|proceed directly with',
      ),
      goTo: list(
        'go to|go on to|go on with|go on at|continue with|continue at|continue from|continue in|proceed to|proceed with|proceed at|move on to|resume at|resume with|carry on with|carry on at',
      ),
      section: list('section|sections|part|chapter|appendix|procedure|path|branch'),
      step: list('step'),
      goOn: [
        ...list(
          'continue|proceed|go on|go ahead|go further|move on|carry on|keep going|advance|run the next step|start the next step',
        ),
        ...eachOf(
          'use|run|follow|perform|execute|start|apply|carry out|carry * out',
          'this procedure|this runbook|this playbook|this guide|this page|this document|these steps|the steps below',
        ),
      ],
      stop: list(
        "stop|abort|abort the process|abort this process|halt|cancel|end|quit|exit|bail out|give up|pause|back out|end here|you are done|you're done|we are done|we're done|we are finished|you are finished|nothing to do|nothing else to do|nothing more to do|there is nothing to do|there is nothing else to do|there is nothing more to do|no action is needed|no action is required|no action needed|no action required|no further action|no further action is needed|no further action is required|no further action needed|no further action required|no further steps|no further steps are needed|skip the rest|this runbook does not apply|this procedure does not apply|this page does not apply|this ends here|there's nothing to do|there's nothing else to do|there's nothing more to do|this runbook is finished|this procedure is finished|leave this page|leave this runbook|leave this procedure|postpone|reschedule",
      ),
      never: [
        ...list(
          "do not continue|do not proceed|do not go on|do not go ahead|do not go further|do not go any further|do not move on|do not carry on|do not start|do not apply|do not deploy|do not promote|do not release|do not upgrade|do not fail over|do not restore|don't apply|don't deploy|don't promote|don't release|don't upgrade|don't fail over|don't restore|do not run any|do not run the next|do not run the rest|do not run the remaining|don't continue|don't proceed|don't go on|don't go ahead|don't go further|don't go any further|don't move on|don't carry on|do not go to the next|do not move to the next|don't go to the next|don't move to the next|never continue|never proceed|never go on|never go ahead|never move on|never carry on|go no further|proceed no further",
        ),
        ...eachOf(
          'you should not|you must not|we must not|we should not|should not|must not',
          'continue|proceed|go on|go ahead',
        ),
      ],
      if: list(
        'if|in case|in case of|in the event|as soon as|on any error|on errors|with less than|with fewer than|with more than',
      ),
      when: list('when|as long as|provided|provided that'),
      unless: list(
        'unless|except if|if not|without a|without an|without approval|without the approval|without written|without explicit|without confirmation',
      ),
      refuse: [
        ...eachOf(
          "do not run|do not perform|do not carry out|do not execute|do not start|do not attempt|do not follow|don't run|don't perform|don't carry out|don't execute|don't start|don't attempt|don't follow|never run|never perform|never carry out|never execute|never start|never attempt|never follow",
          'this|the following|the following command|the following commands|the following script|the next command|the command below|the commands below|this procedure|this runbook|this playbook|this guide|this page|this document|the procedure|the runbook|the playbook|any of this|these steps|the steps below',
        ),
        ...eachOf(
          "do not use|don't use|never use|do not apply|don't apply|never apply",
          'this procedure|this runbook|this playbook|this guide|this page|this document|the procedure|the runbook|the playbook|these steps|the steps below',
        ),
        ...eachOf(
          'skip|ignore|omit|leave out',
          'this procedure|this runbook|this playbook|this guide|this page|this document|the procedure|the runbook|the playbook',
        ),
      ],
      leaveOut: eachOf(
        'skip|ignore|omit|leave out',
        'this section|this whole section|this entire section|this chapter|these steps|the steps below|all steps below|everything here|everything below|everything that follows|all of this',
      ),
      only: eachOf(
        'this runbook|this procedure|this playbook|this guide|this page',
        'is only for|is for use only|is meant only for|is meant for use only|is intended only for|applies only|only applies|should only be run|should only be used|must only be run|must only be used|may only be run|may only be used|is to be used only|is to be run only',
      ),
      not: [
        ...eachOf(
          'this runbook|this procedure|this playbook|this guide|this page',
          'is not for|is not meant for|is not intended for|is not suitable for|is not safe',
        ),
        ...list('not for production|not for use|not for live|not to be used|not to be run'),
      ],
      bare: [
        ...list('do not run|do not execute|do not perform|never run'),
        ...eachOf(
          'this runbook|this procedure|this playbook|this page|this',
          'must not be used|must not be run|must not be followed|should not be used|should not be run|should not be followed|may not be used|may not be run|is not to be used|is not to be run',
        ),
      ],
      while: list('while|during|on|against|in production|in prod|outside'),
      where: list('on|against|in production|in prod|outside'),
      this: list('this|following|run|execute|perform'),
      parts: list('command|query|statement|step|line|one'),
      so: list('if so|if yes|if it is|if it does|if they are|if they do|if there are|if there is'),
      leave: list('exit|quit'),
      begin: list("then|you|we|you're|we're"),
      just: list('only|just'),
      onlyIf: list(
        'only if|only when|only while|only in case|only as long as|only provided|only with approval|only with the approval|only with written|only with explicit|only with confirmation|if and only if|provided that|as long as',
      ),
      objects: list(
        'you must|you should|you can|you may|you have to|you need to|we must|we should|we can|must|here|now|immediately|at once|right away|right here|at this point|there|then|everything|all work|work|this|any further|further|safely|the procedure|the deployment|the deploy|the rollout|the roll-out|the upgrade|the update|the migration|the release|the failover|the switchover|the switch|the maintenance|the change|the runbook|the run|the restore|the rebuild|the rotation|the renewal|the cutover|the cleanup|the clean-up|the operation|the rest|the installation|the promotion|this procedure|this deployment|this upgrade|this migration|this release|this runbook|this change|this run|of this procedure|of this page|of this runbook|of this section|of the procedure|of the page|with this procedure|with the procedure',
      ),
      and: list('and|or'),
      shares: list(
        'remove|delete|restart|start|disable|kill|drain|recreate|replace|rebuild|uninstall|mask|purge|wipe|then|move|clean|destroy|detach|unmount|archive',
      ),
      byItself: list(
        'all goes well|all went well|all is well|everything works|everything worked|everything went well|everything goes well|everything is ok|everything is fine|everything looks good|all looks good|that fails|this fails|it fails|the command fails|this command fails|that command fails|the step fails|this step fails|the above fails|the script fails|any command fails|a command fails|that failed|this failed|it failed|needed|necessary|required|you are done|you are finished|you have seen enough|you like|you wish|you want|asked|prompted',
      ),
    },
  },
  examples: {
    tells: [
      'Jumpstart the worker on node 4',
      'Drain the queue',
      'Make sure that nobody is logged in',
      'Wait until the job has ended',
      'Once it has ended, tell the team',
      'Do not delete the old volume',
    ],
    states: [
      'The server stands in Berlin',
      'Why is the queue long?',
      'On duty: Anna Smith',
      'The cache is kept for five minutes',
      'Docker 24 or newer',
      'Too little memory',
    ],
  },
};
