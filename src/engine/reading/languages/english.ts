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
    onlyIf: ['only if', 'only when', 'only in case', 'only for', 'unless'],
    either: [
      'either',
      'option',
      'alternatively',
      'alternative',
      'or',
      'instead',
      'method',
      'variant',
      'one of',
    ],
    optional: ['optional', 'optionally', 'if needed', 'if necessary', 'if required', 'if you want'],
    order: ['once', 'after', 'as soon as', 'when', 'before', 'while', 'until'],
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
