import type { Language } from './languages/language.ts';
import {
  asksToPutIn,
  asksToRunIn,
  forbidsIn,
  forbidsUseIn,
  putsIn,
  showsDoingIn,
} from './languages/leads.ts';

/** The sentence above asks for commands to be run. */
export function asksToRun(lead: string, languages: readonly Language[] = []): boolean {
  return (
    asksToRunIn(lead, languages) ||
    /\b(?:run|running|execute|executing|issue|invoke|enter|commands?|using|use|with|via)\b[^.]{0,80}(?:[:.]\s*)?$/i.test(
      lead,
    ) ||
    /\b(?:run|execute)\b/i.test(lead)
  );
}

/** The sentence above asks for text to be put into a file. */
export function asksToPut(lead: string, languages: readonly Language[] = []): boolean {
  return (
    asksToPutIn(lead, languages) ||
    /\b(?:add|adding|put|append|insert|include|place|paste|set|update|edit|save|write|modify|contains?|contents?)\b[^.]*(?:\bto\b|\bin\b|\binto\b|\bfollowing\b)[^.]*(?:\bfile\b|\.env\b|\.\w*rc\b|\.profile\b|\bconfig\w*\b|\.(?:conf|ya?ml|toml|ini|json|cfg|tf|cnf|properties)\b|\/etc\/|\bhosts\b|\bcrontab\b|\bPATH\b|\bprofile\b|\bvariables?\b)/i.test(
      lead,
    ) ||
    /\bon your PATH\b/i.test(lead)
  );
}

/** "Add:", "Tilføj dette:": at most two words, and no word of running anything. */
export function asksToAdd(lead: string, languages: readonly Language[] = []): boolean {
  if (lead.trim().split(/\s+/, 3).length > 2 || asksToRunIn(lead, languages)) return false;
  return /^\W*(?:add|append|insert|paste|put)\b/i.test(lead) || putsIn(lead, languages);
}

/** Words over a script that something else is to start: the same in every language, as the path of its place is. */
const STARTED =
  /(?<![\p{L}\d])cron(?:tab|[ -]?jobs?)?(?![\p{L}\d])|\/(?:etc\/cron[.\w]{0,10}|usr\/local\/s?bin|opt\/[\w-]{1,30}\/bin)\/\w/iu;

/** "Create `/usr/local/bin/backup.sh`:", "Save this as `job.sh`": a script is to be kept, which runs nothing yet. */
export function asksToKeep(lead: string, languages: readonly Language[] = []): boolean {
  if (asksToPutIn(lead, languages) && !asksToRunIn(lead, languages)) return true;
  if (/\b(?:run|execute|and start)\b/i.test(lead)) return false;
  if (lead.length < LONGEST_LEAD && STARTED.test(lead)) return true;
  return /^\W*(?:then |now |first |next )?(?:create|save|write|put|add|place|store|paste|copy)\b[^.]{0,80}(?:\.(?:ba|z|k)?sh\b|\/(?:etc|usr|opt|home|root|srv|var|tmp)\/|\bfile\b)/i.test(
    lead,
  );
}

const LONGEST_LEAD = 600;

const SAVES =
  /^\W{0,6}(?:then |now |first |next |and )?(?:add|append|put|save|paste|copy|write|place|store|insert|include)\b/i;
const SAVED =
  /\b(?:this|these|that|it|following|lines?|contents?|snippet|script|block|code|below|as)\b/i;
const INTO =
  /\b(?:to|in|into|as|at|inside) (?:your |the |a )?\S{0,80}(?:\.\w{0,20}rc|\.profile|_profile|\.zshenv|\.sh|\.env|\.(?:conf|cfg|ini|service|timer))\b|\b(?:to|in|into|as|at|inside) (?:your |the )?\S?\/(?:etc|usr|opt|home|root|srv|var)\/\S/i;

/** "Save the following as `/usr/local/bin/purge.sh`:": text for that file, whatever it holds. */
export const asksToSave = (lead: string): boolean =>
  lead.length < 400 &&
  SAVES.test(lead) &&
  SAVED.test(lead) &&
  INTO.test(lead) &&
  !/\b(?:run|running|execute|executing|command)\b/i.test(lead);

const TOLD =
  /\b(?:we|he|she|they|someone|somebody|the (?:team|operator|engineer|admin|administrator|developer|on-?call)|[A-Z][a-z]{1,20}) (?:then |had |had then |accidentally |mistakenly |also )?(?:ran|executed|issued|typed|launched|tried)\b/;
/** "A customer ran the following", "One of us once executed". A job that ran out of memory tells of no command, nor does where "the application was executed". */
const TOLD_OF =
  /(?<![\p{L}])(?:an?|one|some|another|our|the) (?:[\p{L}-]{1,20} ){1,3}?(?:then |had |once |accidentally |mistakenly |also )?(?<!(?:is|are|was|were|be|been|being) )(?:ran|executed|issued|typed)(?: once| then)?(?:\W{0,3}$| (?:this|that|the following|these|it)(?![\p{L}]))/iu;
/** "The outage was caused by:", "This is what broke it:". */
const BLAMED =
  /(?<![\p{L}])(?:was|were|had been|has been) (?:caused|triggered|started|broken|brought down|taken down|provoked) by(?: (?:this|that|the following)(?: \p{L}{1,15})?)?\W{0,4}$|(?<![\p{L}])(?:is|was) what (?:caused|broke|triggered|brought down|took down)(?![\p{L}])|^\W{0,4}(?:this|that|the following|it) (?:\p{L}{1,15} )?(?:caused|broke|triggered|brought down|took down) (?:the|an?|our|it|production|everything)(?![\p{L}])[^,.;]{0,60}[.:]?$/iu;
/** "This would lose data:" over what nobody asks for. "On Debian this would be:" does. */
const WOULD =
  /^\W{0,4}(?:this|that|it|these|the following)(?: \p{L}{1,15})? would (?:also |then |only )?(?!(?:be|look|mean|give|print|show|return|become|help|work|do)(?![\p{L}]))\p{L}{2,15}(?![\p{L}])[^.:]{0,60}\W{0,3}$/iu;
const DESCRIBED =
  /\b(?:cron(?: ?job)?|systemd|jenkins|puppet|timer|script|pipeline|job|hook|workflow|controller|operator|playbook|task|agent|daemon|container) (?:then |also |automatically |itself |just |simply )?(?:runs|executes|calls|performs|invokes|does (?:the following|this)|looks like (?:this|so)|consists of)\b|\b(?:this|that|here|the following|below) is what (?:the |this |that |our |your )?(?:[\w-]{1,30} ){1,4}?(?:does|runs|executes|calls|performs)\b|^\W{0,6}what (?:the |this |that |our |your )?(?:[\w-]{1,30} ){1,4}?(?:does|runs|executes|calls|performs)\b(?! not)|^\W{0,6}(?:this|that|it|which) (?:is|are) (?:equivalent to|the same as|short for|a shortcut for|an alias for)\b|\bunder the hood\b|\bbehind the scenes\b|\b(?:no need to|(?:do not|don[’']t|no longer) (?:need|have) to|need not|no longer (?:needed|necessary|required)(?: to)?)(?: (?:do|run|start|execute))?(?: (?:this|it|that|these))?(?: by hand| manually| yourself)?[.:]{0,2}$/i;
/** "Ansible will run the following on each node:". A command or a script of the reader's own ("This will run …") asks. */
const OTHERS_WILL =
  /^\W{0,6}(?!(?:you|we|i|this|these|it|that|then|now|next|to|please|the (?:following|below|above|command|commands|next))(?![\p{L}]))(?:[\p{L}\d./-]{1,30} ){1,4}?(?:will|shall|is going to) (?:then |also |automatically |now |just |only |simply )?(?:run|execute|call|perform|invoke|issue) (?:the following|these|those|something like)(?![\p{L}])/iu;
/** "In the log you will find:", "You should then see", "Your Dockerfile should contain:". */
const TO_BE_SEEN =
  /\b(?:you|we) (?:should|will|must|would)(?: (?:now|then|also|again))? (?:see|find|get|notice|be shown)(?: (?:this|that|the following|something like(?: this| that)?|lines like(?: this| these)?|a line like this|entries like(?: this| these)?|output like this)){0,1}\W{0,4}$|\b(?:in|into|from) (?:the |your |its )?(?:[\w.-]{1,30} )?(?:logs?|journal|output|console|trace)(?:files?| files?)?,? (?:you|there) (?:should|will|can|may)? ?(?:see|find|be)\W{0,4}$|\b(?:should|must|needs? to|has to|will) (?:then |now |at least )?(?:contain|look like|read|include)(?: (?:this|that|the following|something like(?: this| that)?|lines like(?: this| these)?|these lines|this line|the line|the lines)){0,1}\W{0,4}$/i;
const OUTDATED =
  /\b(?:deprecated|obsolete|no longer (?:used|supported|works?|valid)|superseded|historical|the old way|old way|in the past|we used to|formerly)\b/i;

/** What the words above say of commands that they do not ask for: they were run, others run them, nobody does; `''`: nothing. */
export function speaksOf(
  lead: string,
  heading: string,
  languages: readonly Language[] = [],
): string {
  if (TOLD.test(lead) || TOLD_OF.test(lead) || BLAMED.test(lead))
    return 'the text above tells what was done';
  if (WOULD.test(lead)) return 'the text above says what would come of it';
  if (TO_BE_SEEN.test(lead)) return 'the text above says what is to be seen';
  const [last = ''] = lead.split(/(?<=[.!?] )/).slice(-1);
  if (DESCRIBED.test(lead) || OTHERS_WILL.test(lead) || showsDoingIn(last, languages))
    return 'the text above says what something else does';
  return OUTDATED.test(lead) || OUTDATED.test(heading)
    ? 'the words above say that it is outdated'
    : '';
}

/** "**Warning** Do not", "Danger – never", "Note! Avoid": a word that calls, set apart from the sentence by bold type or a sign. */
const CALL =
  /^[^\p{L}]{0,8}\p{L}{2,20}(?:!? [-–—|] ?|! ?| (?=(?:Do not|Don[’']t|Never|Avoid|DO NOT|NEVER) ))/u;

/** "Do not run this:", "What not to do:", "Wrong:", "An example of a bad call:": what stands below is to be known and not done. */
export function forbids(lead: string, languages: readonly Language[] = []): boolean {
  const called = lead.replace(CALL, '');
  return saysNotTo(lead, languages) || (called !== lead && saysNotTo(called, languages));
}

function saysNotTo(lead: string, languages: readonly Language[]): boolean {
  if (
    forbidsIn(lead, languages) ||
    CROSS.test(lead) ||
    FORBIDS_AT_ALL.test(lead) ||
    FORBIDDEN.test(lead) ||
    (CROSSED.test(lead) && !beginsWithIf(besideCross(lead), languages))
  )
    return true;
  return /^\W*(?:please )?(?:(?:(?:you )?(?:must not|should not|shouldn[’']t)|do not|don[’']t|never|avoid) (?:run|do|execute|use|issue|try|type|running|doing|executing|using)(?: (?:this|these|that|it|the following|any of (?:these|those)|something like this|anything like this))?(?: commands?)?(?: directly| by hand| manually| yourself| ever| yet| now| again| at all)?|avoid(?: (?:this|these|that|it))?|(?:instead of|rather than|in place of)(?: (?:the old |the former |the usual )?(?:this|that|these|it|doing this|doing that|running(?: this| that)?|using(?: this| that)?|typing(?: this)?|command|commands|way))?|not (?:this|like this|so)|(?:what|how) not to (?:do|run|use)(?: (?:it|this))?|(?:the )?(?:wrong|bad|incorrect)(?: way| command| call| example| usage| use)?|(?:an |a )?(?:(?:bad|wrong) example|example of (?:an? )?(?:bad|wrong|incorrect) (?:call|use|usage|command|way))|(?:this|the following|here) (?:is|was) (?:the |a )?(?:wrong|bad)(?: way| command)?)\W*$/i.test(
    lead,
  );
}

/** A sign alone says it too. */
const CROSS = /^\s{0,4}(?:(?:❌|🚫|⛔|✗|✘|🛑|👎)\uFE0F?\s{0,4}){1,4}$/u;
/** "❌ The path of the host:": what is said beside the sign, which may name the worse of two as well as forbid. */
export const besideCross = (lead: string): string =>
  lead.replace(/^\s{0,4}(?:❌|🚫|⛔|✗|✘)\uFE0F? ?(?=[^\s])/u, '');
/** "Don't ever run this:", "Under no circumstances run", "# never run the next line": however it is said that it is never so. */
const FORBIDS_AT_ALL =
  /^\W{0,6}(?:please )?(?:(?:you )?(?:do not|don[’']t|never|must not|must never|should not|should never)(?:,? (?:ever|under any circumstances?|in any case|on any account|for any reason))?|(?:under|in|on) no (?:circumstances?|case|account)),? (?:(?:should |must |may |do )?(?:you |we |anyone |anybody )(?:ever )?)?(?:just |simply |blindly )?(?:run|do|execute|use|issue|try|type)(?: (?:this|these|that|it|either|any of (?:this|these|those)|the (?:following|next|above|below)))?(?: (?:commands?|lines?|steps?|one|script|below|here))?\W{0,4}$/iu;

/** "❌ Delete all:". "❌ If it failed:" tells what to do then. */
const CROSSED = /^\s{0,4}(?:❌|🚫|⛔|✗|✘)\uFE0F? ?[^?]{0,80}[:.]$/u;

function beginsWithIf(lead: string, languages: readonly Language[]): boolean {
  const said = lead.toLowerCase();
  return (
    /^(?:if|when|in case|unless|once|as soon as|whenever)\b/.test(said) ||
    languages.some((language) => language.phrases.if.some((word) => said.startsWith(`${word} `)))
  );
}

/** "Don't:", "It is forbidden to run this:", "This must never be run:", "Nobody may ever run this:". */
const FORBIDDEN =
  /^\W{0,6}(?:don[’']t|do not|never|forbidden|prohibited)\s?[:.]?$|^\W{0,6}it is (?:strictly )?(?:forbidden|prohibited|not allowed) to (?:run|execute|use|do)(?: (?:this|these|that|it|the following))?\W{0,4}$|^\W{0,6}(?:this|these|that|it|the following|running (?:this|that|it|the following))(?: commands?)? (?:must|may|should|shall|is|are)(?: (?:not|never)(?: ever)? be (?:run|executed|used|done)| (?:strictly )?(?:forbidden|prohibited))\W{0,4}$|^\W{0,6}(?:you|we|nobody|no one) (?:may|must|should|shall)(?: never| not| ever){1,2} (?:run|execute|use|do) (?:this|these|that|it|the following)\W{0,4}$/iu;

/** "Do not use", "Jangan gunakan": a heading over commands that nobody is to run. "Wrong password" is one over a problem. */
export function forbidsBelow(heading: string, languages: readonly Language[] = []): boolean {
  return (
    forbidsUseIn(heading, languages) ||
    NOT_TO_DO.test(heading) ||
    (/\b(?:do not|don[’']t|never|not to|no (?:circumstances?|case|account))\b|❌|🚫|⛔|✗|✘/iu.test(
      heading,
    ) &&
      forbids(heading))
  );
}

/** "Anti-patterns", "Don'ts", "Things to avoid". */
const NOT_TO_DO =
  /^\W{0,6}(?:(?:common |known )?anti-?patterns?|don[’']?t[’']?s?|do not|(?:things|commands|what) (?:to avoid|(?:you|we) (?:must|should) (?:not|never) (?:do|run|use))|bad practices?)\W{0,4}$/i;

/** "Do this on the failed node:" above a table of ways to do it. */
export function tellsEach(lead: string): boolean {
  return /^(?:do|carry out|check|verify|look at|try|apply|perform)\b.*:[^\w:]*$/i.test(lead);
}
