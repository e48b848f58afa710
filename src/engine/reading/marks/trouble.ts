import { isGerund, isImperative, tellsSurely } from '../verbs.ts';

/** What has gone wrong where it is so. */
const TROUBLE =
  /\b(?:not|cannot|can[’']t|(?:do|does|did|is|are|was|were|has|have|had|wo|would|could)n[’']t|never|fail(?:s|ed|ing|ure|ures)?|down|full|broken|stuck|hang(?:s|ing)?|hung|corrupt(?:ed|ion)?|missing|lost|loses|errors?|unavailable|unreachable|unhealthy|unresponsive|unrecoverable|exceed(?:s|ed|ing)?|above|below|too|high|higher|slow|slower|degraded|lag(?:s|ging)?|behind|expired?|expires|crash(?:es|ed|ing)?|crashloop\w{0,20}|dead|dies|died|out of|refused|refuses|rejected|blocked|locked|deadlocked|wrong|overload(?:ed)?|exhausted|evicted|killed|oom\w{0,20}|timed out|times out|timeouts?|diverged|inconsistent|gone|leak(?:s|ing)?|saturated|throttled|flapping|stale|invalid|compromised|breached|suspected|damaged|outage|split-brain)\b|[<>] ?\d|\d ?%/i;
/** States of what a cluster runs that are wrong when they last. */
const STATE = /\b(?:notready|pending|imagepullbackoff|errimagepull|unschedulable|stays)\b/i;
const MODE = /\b(?:read-only|read only|safe|degraded|emergency|panic) mode\b/i;
/** It says that something is over, or well again. */
const OVER =
  /\b(?:no longer|no more|no errors?|not? (?:lagging|behind|down)|back to normal|recovered|resolved|finish(?:es|ed)|done|complete[sd]?|succeed(?:s|ed)|ready|healthy|up and running|caught up|prompted|asked|(?:this|the|an?) alert (?:fires|is firing|triggers|fired))\b/i;
/** "cannot be recovered", "has not finished": not well again, however it is said. */
const NOT_OVER =
  /\b(?:not|never|cannot|[a-z]{2,7}[’']t)(?: (?:yet|fully|be|been|get|become|come)){0,3} (?:back to normal|recover(?:ed)?|resolved?|finish(?:es|ed)?|done|completed?s?|succeed(?:s|ed)?|ready|healthy|up and running|caught up)\b/gi;
const SOFT = /^(?:needed|necessary|required|possible|applicable|in doubt)\b/i;

/** Whether words tell of something that has gone wrong: "the disk is full", "pods are evicted". */
export const isTrouble = (words: string): boolean =>
  [TROUBLE, STATE, MODE].some((sign) => sign.test(words)) &&
  !OVER.test(words.replace(NOT_OVER, ''));

/**
 * "When the disk is full, …", "Kill it when it hangs", "Where the node is a master, …"; `null` for "When it has
 * finished, …", which only says the order.
 */
export function saysWhen(
  sentence: string,
  tells: (sentence: string) => boolean,
): { readonly soft?: true } | null {
  const at = /^(?:only )?when (?=\S)|(?<=[\s(,–—-])(?:only )?when (?=\S)/i.exec(sentence);
  if (at === null) return saysWhere(sentence, tells);
  const before = sentence.slice(0, at.index);
  if (before !== '' && !tells(before)) return null;
  const rest = sentence.slice(at.index + at[0].length);
  const [clause = ''] = rest.split(/[,;:()]| then /, 1);
  if (SOFT.test(clause)) return { soft: true };
  return isTrouble(clause) ? {} : null;
}

function saysWhere(
  sentence: string,
  tells: (sentence: string) => boolean,
): { readonly soft?: true } | null {
  const [, clause = '', main = ''] = /^where ([^,:]{1,100}), (.*)$/i.exec(sentence) ?? [];
  if (SOFT.test(clause)) return { soft: true };
  const isState = /\b(?:is|are|has|have|runs|uses|exists?)\b/i.test(clause) || isTrouble(clause);
  return isState && tells(main) ? {} : null;
}

/** "The service does not start" below "Troubleshooting". */
export const gathersTrouble = (heading: string): boolean =>
  /^\W{0,6}(?:\d{1,2}[.)] )?(?:(?:basic |general |further |how to )?troubleshoot\w{0,6}\b|(?:common|known|typical|frequent|possible|potential) (?:issues|problems|errors|failures|scenarios|incidents|alerts|faults)|(?:failure|incident|error|alert|outage|disaster) (?:scenarios|modes|cases|types)|(?:scenarios|problems|issues|symptoms|faults)\W*$|(?:if|when) (?:something|things) (?:goes|go|went) wrong)/i.test(
    heading,
  );

/** What is wrong with something, said behind it: "Disk full", "Pods not starting", "API returns 502". */
const IS_WRONG =
  /(?:^|[\p{L}\p{N})`] )(?:is |are |keeps? |has |have |been |becomes? |gets? ){0,2}(?:(?:too |very |almost |nearly )?(?:full|slow|down)|stuck(?: in [\w`-]{1,30})?|broken|unreachable|unavailable|inaccessible|unresponsive|unhealthy|missing|corrupt(?:ed)?|crashed|crashing|crashlooping|hung|hanging|hangs|lagging|degraded|expired|exhausted|saturated|overloaded|oomkilled|fails?|failing|failed(?: to \p{L}{2,20}.{0,40})?|(?:not|never|won[’']t|does(?: not|n[’']t)|do(?: not|n[’']t)|cannot|can[’']t|is(?: not|n[’']t)|are(?: not|n[’']t)) (?:\p{L}{2,20})(?: .{1,40})?|return(?:s|ing)? (?:\d{3}s?|errors?)(?: .{1,30})?|times? out|timing out|out of (?:memory|disk|space|sync|inodes|connections)(?: \p{L}{1,15})?)$/iu;
/** And in front of it: "Stuck jobs", "High CPU usage", "Too many connections", "Out of memory". */
const WRONG_THING =
  /^(?:(?:too many|too few|not enough|insufficient|excessive) [\p{L}\p{N} -]{2,40}|(?:high|elevated|increased|low) (?:cpu|memory|ram|load|latency|disk|error|errors|traffic|usage|io|i\/o|replication|network|request|response|queue|connection|swap|inode|free|available|throughput)(?: [\p{L}/-]{1,20}){0,3}|out of (?:memory|disk|space|inodes|sync|connections|file)(?: [\p{L}-]{1,20}){0,3}|(?:stuck|hung|crashing|crashed|crashlooping|unhealthy|unresponsive|broken|failing|corrupt|corrupted|lagging|dead|missing) [\p{L}\p{N}-]{2,25}(?: [\p{L}\p{N}-]{2,25})?)$/iu;
/** Things that are done, kept or read, whatever stands in front: "Stuck jobs cleanup", "Dead letter queue". */
const NO_SYMPTOM =
  /\b(?:clean-?up|diagnosis|diagnostic|basic|information|command|report|queue|logs?|logging|list|review|handling|recovery|restore|index|page|policy|procedure|process|rotation|removal|renewal|alerts?|metrics?|dashboard|checks?|letters?|monitoring|detection|investigation|playbook|runbook|guide|response|responses|mitigation|resolution|remediation|fix|fixe|solution|workaround|plan|step|analysis|tool|test|testing|scenario|setup|mode|switch|zone)s?$|\b(?:how|what|why|when|should|must|check|verify|if)\b/i;

const WHERE_TO =
  /(?<!\b(?:is|are|was|were|goes|went|gone|has been|have been)) (?:down|full|slow)$/iu;

/** Whether a title is nothing but a symptom, wherever it stands: what is below it is done where it shows. */
export function isSymptom(title: string): boolean {
  const said = bare(title);
  if (said.length > 80 || NO_SYMPTOM.test(said)) return false;
  // "Write it down", "Scale the workers down": behind a verb these say where to, not what is wrong.
  if (isGerund(said) && WHERE_TO.test(said)) return false;
  if (isImperative(said) && (tellsSurely(said) || WHERE_TO.test(said))) return false;
  return IS_WRONG.test(said) || WRONG_THING.test(said);
}

const bare = (title: string): string =>
  title.replace(/^[^\p{L}\p{N}`]+|^\d{1,2}(?:\.\d{1,2})?[.):]? /gu, '').replace(/\s?[:：.]$/u, '');

/** Whether a title can be a case beside others: it names a state of something, "No space left", and asks for nothing. */
export function canBeCase(title: string): boolean {
  const said = bare(title);
  const isNamed = /\S\s+\S/.test(said) && said.length <= 80 && !NO_SYMPTOM.test(said);
  return isNamed && !isGerund(said) && !isImperative(said);
}
