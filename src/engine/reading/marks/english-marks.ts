import { isImperative } from '../verbs.ts';
import type { ConditionMark } from './condition-mark.ts';
import { waitsForOthers } from './scenarios.ts';

/**
 * What English says of other ways, and of what may be the case, in more than a word. `low` is in lower case, so that
 * its expressions need not mind it: each `\p{L}` of one that does takes the compiler 0.07 ms more, 7 ms for all of these.
 */
export function englishMark(low: string, text: string): ConditionMark | null {
  if (low.startsWith('only with -')) return null;
  if (OTHER_WAY.test(low) || ALL_IN_ONE.test(low)) return { kind: 'or', text };
  if (AT_WILL.test(low)) return { kind: 'optional', text };
  if (AS_NEEDED.test(low)) return { kind: 'if', text, soft: true };
  if (FOR_A_CASE.test(low)) return { kind: 'if', text, sparesReads: true };
  if (IS_NEEDED.test(low) || APPLIES_ONLY.test(low)) return { kind: 'if', text, sure: true };
  if (ON_ALERT.test(low)) return { kind: 'if', text, sparesReads: true };
  if (FOR_REAL.test(low) || WHILE_SO.test(low) || ON_DAYS.test(low)) return { kind: 'if', text };
  if (NONE_OF_IT.test(low)) return { kind: 'if', text, sparesReads: true };
  return MAY_BE.test(low) ||
    DONE_WHILE.test(low) ||
    HOW_MANY.test(low) ||
    NOT_FOR_ALL.test(low) ||
    OR_FEWER.test(low) ||
    SOME_ARE.test(low) ||
    OUT_OF_USE.test(low) ||
    waitsForOthers(low) ||
    AFTER_TROUBLE.test(low) ||
    ONLY_AFTER.test(low) ||
    AT_TIMES.test(low) ||
    OF_VERSIONS.test(low) ||
    GIVEN.test(low) ||
    (ENDS_ONLY.test(low) && !isImperative(text))
    ? { kind: 'if', text }
    : null;
}

/** "You can also do it by hand", "The same can be done with the API", "By hand:": the way before it, once more. */
const OTHER_WAY =
  /^(?:you|we|one|it|this|that|the same|the above|all this)(?: (?:can|could|may|might))(?: (?:also|alternatively|just as well|instead)){1,2} (?:be (?:done|achieved|carried out|run|started|triggered|performed)|do (?:it|this|that|so|the same)|run (?:it|this|that)|achieve (?:it|this|that|the same)|perform (?:it|this|that)|trigger (?:it|this|that)|start (?:it|this|that))(?![\p{L}])|^(?:you|we|one) can do (?:it|this|that|the same) (?:by hand|manually|yourself)(?![\p{L}])|^(?:the same|this|that|it) can (?:also )?be (?:done|achieved) (?:by hand|manually|with|via|through|from|using|in)(?![\p{L}])|^(?:or )?(?:by hand|manually)(?: \([^()]{1,60}\))?\s?[:.]?$|^instead, [^,]{0,40}(?<![\p{L}])(?:by hand|manually|directly|yourself)(?![\p{L}])/u;

/** "The same as a script:", "All of it in one go:", "Here is a script that does all of it:". "The same on node 2:" is done there too. */
const ALL_IN_ONE =
  /^(?:(?:the same|all(?: of)?(?: this| it| that| these steps| the above| steps)?|(?:the )?(?:whole|entire|complete) (?:thing|procedure|process|sequence)|everything|(?:the )?steps above)(?: above)?,? )?(?:as|in|with) (?:a|one|a single)(?: \p{L}{2,10})? (?:script|one-liner|oneliner|command|go|line|loop|playbook|pipeline)\s?[:：.]?$|^(?:here is|here's|there is|there's|this is|use|run) (?:a|the|this) (?:\p{L}{2,12} )?(?:script|one-liner|oneliner|command|playbook) (?:that|which|to) (?:does|do|runs?|performs?|carries out|combines?) (?:all|everything|the same|both|the whole)(?![\p{L}])|^(?:one-liner|oneliner|all in one|all at once|in one go)\s?[:：]$/u;

/** "You may have to restart it", "Sometimes …", "Required for major releases", "Only do this on …", "Yes:". */
const MAY_BE =
  /^(?:you|we|one) (?:may|might|could)(?: (?:also|then|first|still))? (?:need|have|want|wish|like|choose|prefer|decide) to (?=\p{L})|^(?:it|this|that) (?:may|might)(?: (?:also|then|still))? be (?:necessary|needed|required|useful)(?![\p{L}])|^(?:sometimes|occasionally|rarely|once in a while),? [^.;]{0,80}(?<![\p{L}])(?:required|necessary|needed|must|has to|have to|needs? to)(?![\p{L}])|^(?:not |only )?(?:needed|required|necessary|relevant|mandatory) (?:only )?(?:for|on|in|if|when|after|with) |^only (?:after|with|upon|during|outside) [\p{L}\p{N}'’-]{1,20}(?: (?!(?:has|have|had|is|are|was|were|finish|complet|done|ready))[\p{L}\p{N}'’-]{1,20}){0,4}\s?[:：.]?$|^only (?:do|run|use|execute|apply|perform|carry out) (?:this|it|that|these|the following)(?![\p{L}])|^(?:do|run|use|execute|apply|perform) (?:this|it|that|these|the above) only (?=\S)|^(?:skip|omit|leave out) (?:(?:this|it|these|the above)(?: step| command)? )?(?:if|when|unless|on|for|in|where) |^(?:yes|no)\s?(?:[:,.–—]|$)|[([]only (?!read|write|append)[^()[\]]{1,60}[)\]]|[([]skip (?:this |it |the step )?(?:if|when|unless|on|for) |[—–(,-] ?(?:this is |it is )?(?:(?:not|only) (?:needed|required|necessary|applicable|relevant) (?:for|on|in|if|when|with)|(?:needed|required|necessary) (?:only (?:for|on|in|with)|if|when)) (?=\S)|^to (?:abort|start over|start again|bail out)(?![\p{L}])/u;

/** "Tear down the sandbox when you no longer need it". */
const OUT_OF_USE =
  /(?<![\p{L}])when (?:(?:you|we|it is|it['’]s|they are) )?no longer (?:need|needed|required|used|in use|necessary)(?![\p{L}])/u;

/** "After a crash", "During an outage", "With a full disk", "To recover from a failed upgrade": it is not said that there was one. */
const AFTER_TROUBLE =
  /^(?:after|upon|following|during|in) (?:a|an|any) (?:[\p{L}-]{1,20} ){0,2}(?:crash|outage|incident|failure|breach|attack|panic|disaster|blackout|split[- ]brain|power (?:cut|loss)|data loss|corruption)(?![\p{L}])|^(?:after|upon|following|with|against) (?:a|an|any) (?:failed|full|broken|corrupt|corrupted|crashed|dead|lost|missing|unclean|interrupted|aborted|stuck|hung|diverged) |^to (?:recover|come back|get out|clean up|resume)(?: from| of| after) (?:a|an|any|such a) /u;

/** "After 7 days without errors", "Once a replica falls behind", "All must be eligible before proceeding": not to be waited for. */
const ONLY_AFTER =
  /^(?:once |only )?after [^,:]{0,60}(?<![\p{L}\d.])(?:\d{1,3}\+? (?:[\p{L}-]{1,15} ){0,2}(?:days?|weeks?|months?)|(?:0|zero|no|without(?: any)?) [\p{L}-]{1,20})(?![\p{L}])|^(?:once|as soon as|whenever) [^,:]{1,80} (?:falls? behind|exceeds?|drops? below|rises? above|grows? (?:above|beyond)|fails?)(?![\p{L}])|^(?:only )?(?:after|once|when) (?!you )[^,:]{1,60} (?:has|have|had) (?:\p{L}{1,15} ){0,2}(?:confirmed|approved|agreed|signed off|acknowledged|consented)(?![\p{L}])|^[^.;:]{1,80} (?:must|have to|has to) [^.;:]{1,60} before (?:proceeding|continuing|moving on|going on|you (?:proceed|continue|go on))(?![\p{L}])/u;

/** "As needed, …", "… (scope as needed)": what may be done in any case is not held up by it. */
const AS_NEEDED =
  /^(?:as|where) (?:needed|required|necessary|appropriate|applicable)(?![\p{L}])|[\s(,–—-](?:as|where) (?:needed|required|necessary|appropriate|applicable)\)?[.:]?$/u;
/** "For a full reset:" over what does that, and not "For a list of all pods:". */
const FOR_A_CASE =
  /^for an? (?!(?:[\p{L}-]{1,20} ){0,2}(?:while|moment|bit|minute|second|list|overview|summary|description|discussion|explanation|guide|reference|example|look|view|check|walkthrough|tutorial|introduction|definition|copy)(?![\p{L}]))[\p{L}\p{N} -]{3,60}\s?[:：]?$/u;
/** "While the batch is paused, …" over a state that may not be so; "While the copy is running", "While you wait" only say the order. */
const WHILE_SO =
  /^while (?!(?:you|we|i|it|this|that|these|those|they|there|all|everything|both)(?!\p{L}))[^,:：]{1,60} (?:is|are|remains?|stays?)(?: (?:still|not|already|being))? (?!\p{L}{2,20}ing(?!\p{L}))\p{L}[^,:：]{0,60}[,:：]/u;
/** "Restart it while the batch is paused:" in a state that may not be so. */
const DONE_WHILE =
  /^(?!(?:this|that|it|these|those|they|there|you|we) )[^,:：]{2,80} (?:only )?while (?!(?:you|we|i|it|this|that|these|those|they|there|all|everything|both)(?!\p{L}))[^,:：]{1,60} (?:is|are|remains?|stays?)(?: (?:still|not|already))? (?!\p{L}{2,20}ing(?!\p{L})|being |in progress|under way|underway)\p{L}[^,:：]{0,60}\s?[:：.]?$/u;
/** "At least three failed jobs:", "No more than two replicas left:", "Exactly one leader:" */
const HOW_MANY =
  /^(?:with |at |on |for )?(?:at least|at most|no more than|no fewer than|no less than|not more than|exactly|just|only) (?:\d[\d.,]{0,12}|a single|(?!the |this |that |these |those |on |in |for |if |when |after |with |once |twice |from |as |in )\p{L}{2,9}(?!\p{L}))(?! ?(?:seconds?|minutes?|hours?|days?|times?|old|later)(?!\p{L})) ?[%\p{L}][^,:：]{0,60}\s?[:：]$|^(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,6}) (?:or|and) (?:more|fewer|less) [^,:：]{2,60}\s?[:：]$/u;
/** "No leader:", "Zero free slots:" over what changes something. */
const NONE_OF_IT =
  /^(?:no|zero|none of the) (?!more |longer |matter |problem|need|down-?time|changes?|output|action|further|other|extra|doubt|worr|idea)\p{L}[\p{L}\p{N} -]{1,40}(?<! (?:needed|required|necessary))\s?[:：]$/u;
/** "For the real thing:" behind a rehearsal. "To do it for real" only says what comes. */
const FOR_REAL =
  /^for (?:the (?:real|actual|live) (?:thing|deal|run|migration|deployment|deploy|upgrade|cutover|switch|switchover|execution|change|release|restore)|real)\s?[:：]$/iu;
/** "For old installations:", "Behind a proxy, also run:", "Were it locked, …", "Everyone except staging:", "In the EU, …": not all are so. */
const SOME_ARE =
  /^for (?:old|older|new|newer|existing|fresh|legacy|large|larger|small|smaller|big|upgraded|migrated|clustered|custom|self-hosted|air-gapped|offline|single-\p{L}{1,10}|multi-\p{L}{1,10}) (?:users|customers|clusters|servers|systems|hosts|nodes|projects|tenants|environments|deployments|installations|installs|instances|teams|databases|sites|accounts|versions|setups)\s?[:：]$|^(?:with|behind|without) an? (?:proxy|firewall|load[- ]balancer|vpn|gpu|bastion|jump ?host|cdn|standby|replica|cluster|nat|custom [\p{L} -]{2,30})(?=\s?[:：,])|^(?:were|had) (?:it|they|there|the|this|that|these|those|any|no|your|our|you|nobody|an?) [^,:：]{2,80}, |^(?:everyone|everybody|everywhere|all(?: \p{L}{1,20})?) (?:except|but|other than|apart from) [^,:：]{2,60}\s?[:：]$|^(?:this|it)(?: step| command)?(?: is)? (?:only )?(?:required|needed|necessary|mandatory|relevant|applicable|applies)(?: only)? (?:if|when|for|on|where|with) |^(?:users|customers|operators|owners|admins|those|anyone|people|clusters|sites|hosts) (?:of|with|who|on|running|using) [^,:：]{2,60} (?:must|should|need|have to|can|may) [^.;]{0,60}[:：]$|^(?:in|on|for) (?:the )?(?:eu|us|uk|usa|emea|apac|dach|european union|united states)(?=\s?[,:：])|^(?:nice[- ]to[- ]haves?|bonus|optional extras)\s?[:：]?$/u;
/** "After approval from the owner:", "For customers with SSO:", "Where the cluster has two zones:", "In extreme cases, …". */
const NOT_FOR_ALL =
  /^(?:only )?(?:after|once|upon|with|on|following|subject to) (?:[\p{L}'’]{1,20} ){0,4}(?:approval|sign-?off|consent|permission|authori[sz]ation|go-ahead)(?=\s?[:：,.]|$| (?:from|of|by|is|has|was|to)(?![\p{L}]))|^for (?:users|customers|clusters|servers|systems|hosts|nodes|projects|tenants|environments|deployments|installations|instances|teams|databases|sites|accounts) (?:with|without|who|that|which|having|running|using|on|still|not) [^,:：]{2,80}\s?[:：]$|^where (?:the |a |an |your )?[^,:：]{1,80} (?:is|are|has|have|runs|uses) (?!stored|located|kept|found|defined)[^,:：]{1,60}\s?[:：]$|^in (?:extreme|severe|exceptional|urgent|special|critical|very rare|serious) (?:cases|situations|circumstances)(?![\p{L}])| or, (?:on|for|in|under|if) [^,:：.]{2,40}\s?[:：]$/u;
/** "The following is needed on Redis 6 and older:", "The next command is not necessary on replicas." */
const IS_NEEDED =
  /^(?:these|those|the (?:following|next|above|last|previous|second|third|(?:steps?|commands?|script) (?:below|above)))(?: (?:one|two|steps?|commands?|parts?|queries|query|lines?|script|section|block))? (?:is|are) (?:(?:only|not) (?:needed|required|necessary|relevant|applicable|meant|intended|supported) (?=\S)|(?:needed|required|necessary|relevant|applicable) (?:only |just )?(?:on|if|when|where|with|unless) (?!(?:every|each|all|both|any)(?![\p{L}]))(?=\S)|(?:only |just )(?:for|on|in|if|when) )|^the following(?: \p{L}{1,10})? (?:(?:apply|applies) only|only (?:apply|applies)) (?:to|if|when|on|for|in) (?=\S)/u;
/** "The following applies to replicas only.", "These commands are for production only:". */
const APPLIES_ONLY =
  /^(?:this|these|those|the (?:following|rest|remainder|next|above|last|(?:steps?|commands?|script) (?:below|above)))(?: (?:one|two|steps?|commands?|parts?|queries|query|lines?|script|section|block|procedure))? (?:applies|apply|is|are|works?|holds?)(?: (?:meant|intended|necessary|needed|required|relevant|valid))? (?:to|for|on|in|with) [^.,;:]{2,60}(?<!reference|example|information|now) only\s?[.:]?$/u;
/** "Dev environment only.": a whole sentence that asks for nothing. */
const ENDS_ONLY =
  /^(?!(?:read|write|append|view|check|list|dry|test|schema|data|for (?:reference|information|now)) )(?!(?:this|that|it|they|we|you|there) )(?:[^\s(),.:]{1,40} ){1,4}(?<!(?:once|twice|times?|example|reference) )only\.$/u;
/** "Outside of business hours:", "At night:" */
const AT_TIMES =
  /^(?:only )?(?:(?:outside|during|within|in)(?: of)? (?:the |our |your |normal |regular )?(?:business|working|office|peak|off-peak|trading|opening|core|quiet|night) (?:hours|times?)|(?:at|by) night|overnight|on call nights)(?: only)?\s?[:：,]/u;
/** "Versions before 4:", "On releases older than 2.3, …" */
const OF_VERSIONS =
  /^(?:only )?(?:(?:on|for|with|in|under) )?(?:all )?(?:versions?|releases?|clusters?|servers?|installations?|hosts?|nodes?) (?:before|below|prior to|older than|earlier than|up to|since|after|above|newer than|later than|from) (?:version )?v?\d[\w.]{0,12}(?: (?:and|or) (?:older|newer|later|earlier|up|above|below))?\s?[:：,]/u;
/** "Given a healthy replica:" */
const GIVEN = /^given (?:an?|no|at least|enough|sufficient) [^,:：]{2,60}\s?[,:：]/u;
/** "For the alert `DiskFull`:", "On error 1045:": what came up is named. */
const ON_ALERT =
  /^(?:for|on|upon|with|in case of) (?:the |an? )?(?:[\p{L}-]{1,20} )?(?:alerts?|alarms?|errors?|error codes?|exceptions?|exit codes?|error messages?|symptoms?|incidents?|warnings?|status codes?) (?:["“][^"”,:：]{1,60}["”]|[`']?[\p{L}\p{N}][^\s,:：]{0,60})(?: (?:and|or) [`"“']?[^\s,:：]{1,60})?\s?[:：,]/u;
/** "With two or fewer nodes left, run:" */
const OR_FEWER =
  /^(?:with|at|on|for) (?:only )?(?:\d{1,5}|\p{L}{2,9}) or (?:more|fewer|less) [^,:：]{1,80}[,:：]/u;
/** "On Mondays:", "Every Friday, …", "At the end of the month:": on no other day. */
const ON_DAYS =
  /^(?:only )?(?:on|every|each)(?: (?:the|public|bank|all|first|last|second|third))* (?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|weekdays?|holidays?|working days?|days? of (?:the|each|every) (?:week|month|quarter|year))(?: (?:and|or|of) [^,:：]{2,40})?(?: only)?\s?[:：,]|^at (?:the )?(?:beginning|start|end) of (?:the|each|every|a) (?:week|month|quarter|year)\s?[:：,]|^at (?:month|quarter|year)[- ]end\s?[:：,]/u;
const AT_WILL = /^at your (?:own )?discretion(?![\p{L}])/u;
