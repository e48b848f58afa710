/** Base forms of verbs that instructions begin with. */
const VERBS = new Set(
  `step eyeball nuke sanity-check double triple-check zap unpatch untaint undrain reap rebase cherry-pick repoint reseat reslot unrack power-cycle powercycle reflash enrol allowlist denylist rate-limit unthrottle unfence thaw hydrate rehydrate prewarm pre-warm preheat redrive requeue dequeue enqueue truncate reroll unpark snooze ack scrape ingest scp rsync curl wget grep chmod chown bisect countersign sign-off authorise relinquish finalise tidy sanitise anonymise anonymize obfuscate unseal untick tweak calibrate tighten loosen lubricate dispose renumber retitle relabel bake gunzip inflate deflate resynchronise resynchronize recompute recalculate reattempt re-execute re-enter resend refill defrost ignite extinguish hover swipe prepend impersonate purchase ascertain skim parse dissect rehearse de-escalate categorise itemise itemize lengthen halve triple constrain waive disengage commence employ comply obey heed recognise thank congratulate apologise apologize jot contrast rule wire cable rack fence book cycle text mail brief mention mask hash salt seal circle cross oil archive bin bundle proxy tunnel demand contract pay bill sketch diagram chart graph model drill pair cap fire stash seed shed stress park dial ring prime bolt tally delay claim lease boost diff dig handover cutover switchover
abort accept access account achieve acknowledge acquire act activate adapt add address adhere adjust administer adopt advise agree aggregate alert align allocate allow alter amend analyse analyze announce annotate
answer anticipate append apply appoint approve arrange ask assemble assert assess assign assist assume attach attempt attend audit augment authenticate authorize automate avoid await back backfill backup balance ban baseline
begin benchmark block boot bootstrap bounce bring broadcast browse build bump bypass cache calculate call cancel capture carry catch categorize cease change characterize check checkout choose cite clarify classify clean cleanup clear click clone
close cluster code collaborate collapse collect combine come commit communicate compare compile complete compose compress compute concatenate conclude conduct configure confirm connect consider consolidate construct consult contact contain continue
contribute control convene convert coordinate copy correct correlate count create cross-check cross-reference crosscheck customize cut cordon deactivate deal debrief debug decide declare decode decommission decompress decrease decrypt deduce deduplicate defer define degrade delegate delete deliver demonstrate demote deny
deploy deprecate deprovision derive describe designate destroy detach detail detect determine develop diagnose differentiate direct disable disassemble discard disconnect discover discuss dismiss dispatch display disseminate distinguish distribute divert divide do document double-check
double-click download downgrade downscale draft drag drain draw drive drop dump duplicate edit educate eject elaborate elect elevate eliminate email empty emulate enable encode encourage encrypt end enforce engage enhance enlist enrich enroll ensure enter enumerate erase escalate establish
estimate evacuate evaluate evict examine exclude execute exercise exit expand expect expedite expire explain exploit explore export expose express extend extract fail failback failover familiarize feed fetch fetch figure file fill filter finalize find fine-tune finish
fix flag flash flip flush focus fold follow force forge fork form format formulate forward free freeze fulfill gain gather generate get give go goto grab grant group guarantee guide halt hand handle hard-code harden have help hide highlight hit
hold host identify ignore implement import impose improve increase increment index infer inform inherit initialise initialize initiate inject insert inspect install instantiate instruct integrate interpret interrupt interview introduce inventory invert investigate invite invoke involve
isolate issue iterate join judge jump keep kick kill know label launch lead learn leave let leverage lift limit link list listen load locate lock log login logout look loop lower maintain make manage manipulate map mark match
maximize measure meet merge message migrate minimise minimize mint mirror mitigate mock modify monitor mount move multiply mute name narrow navigate negotiate nominate normalize note notify nudge observe obtain offboard offer onboard open operate optimise optimize order organise organize orchestrate outline
overlay override oversee overwrite own pack package page paste patch pause peer perform permit persist phone pick pin ping pivot place plan play plot plug point poll pop populate port post postpone power practice pre-create pre-pull prepare present preserve
press prevent print prioritise prioritize probe proceed process procure produce profile prohibit promote prompt propagate propose protect prove provide provision prune publish pull purge pursue push put qualify quantify quarantine query queue quiesce quit
raise ramp rank rate re-apply re-authenticate re-build re-check re-configure re-create re-deploy re-enable re-evaluate re-import re-index re-initialize re-install re-issue re-mount re-open re-process re-provision re-queue re-register re-run re-set re-start re-sync re-test re-train re-try re-upload re-validate re-verify reach react read reapply
reassess reassign reassure rebalance reboot rebuild recall receive recheck reclaim recognize recommend recompile reconcile reconfigure reconnect reconstruct record recover recreate recruit recycle redact redeploy redirect redo reduce reenable reevaluate refactor refer refine reflect reformat refresh refund refuse regenerate register regress
reimage reindex reinitialize reinstall reinstate reissue reject relate relaunch relax relay release reload relocate rely remain remediate remember remind remount remove rename render renew reopen reorder repair repeat replace replay replicate report represent reprocess reproduce reprovision request require reroute rerun rescale reschedule research
reserve reset reshard resize resolve respond restage restart restore restrict restructure resubmit resume resync retain retest rethink retire retrain retrieve retry return reuse revalidate reverse revert review revise revisit revoke rewind rewrite rework right-click roll rollback rollout rotate route run
sample sanitize save scale scan schedule scope screen screenshot script scroll scrub search secure see seek segment segregate select send separate serve set setup shard share shift ship shorten should show shrink shut shutdown sign signal silence simplify simulate skip slice slow smoke-test snapshot solicit solve sort source spawn
specify spin split spot-check spread squash ssh stabilise stabilize stage standardize start state stay stop store stream strengthen strip structure study subject submit subscribe substitute subtract succeed suggest summarise summarize supply support suppress surface survey suspend swap switch synchronise synchronize sync synthesize
tag tail tailor take talk target taint teach tear tell terminate test think throttle throw tick tie time toggle touch trace track train transcribe transfer transform transition translate transmit trash treat triage trigger trim troubleshoot trust try tune turn type unassign unblock uncheck uncomment uncordon
understand undertake undo undeploy unfreeze uninstall unify unlink unload unlock unmount unmute unpack unpause unpin unplug unregister unset unsilence unsubscribe untag untar unzip update upgrade upload upscale upsert urge use utilise utilize vacuum validate vary verify version vet view visit visualize vote
wait walk want warm warn wash watch weigh whitelist widen wipe withdraw work wrap write yank zero zip zoom ask`.split(
    /\s+/,
  ),
);

const ADVERBS =
  /^(?:please|kindly|then|now|next|first|firstly|second|secondly|third|finally|lastly|also|optionally|carefully|immediately|manually|gradually|always|never|quickly|thoroughly|simply|just|again|afterwards|periodically|regularly|automatically|temporarily|permanently|safely|properly|correctly|directly|locally|remotely|slowly|briefly|ideally|alternatively|otherwise|instead|additionally|only|successfully|securely|fully|forcefully|explicitly|randomly|continuously|actively|proactively|clearly|do not|don[’']t|not|and|or|cautiously|recursively|physically|formally|officially|systematically|incrementally|consistently|promptly)(?:,|\s)+/i;
const DUTY =
  /^(?:you|we|the (?:operator|engineer|on-?call|responder|user|admin\w*|sre|team|dba|incident commander))(?:[’']ll| will| should| must| need to| needs to| have to| can| may| may want to| are able to| want to| might want to| could)*(?: (?:also|now|first|then|always|either))? /i;
const CONDITION =
  /^(?:if|when|whenever|once|after|before|for|on|in|at|to|from|using|via|with|while|unless|until|as|during|within|under|through|by|should|inside|where|given|assuming|because|since|per|depending|based|outside|without|across|between|upon|prior to|in case|in order to|as soon as)\b/i;

/** Whether a text tells somebody to do something: it begins with a verb, or a clause after its condition does. */
export function isImperative(text: string): boolean {
  return imperativeAt(normalized(text), 0);
}

/** Whether it tells for sure: a verb that is no noun as well, or one with an object behind it. */
export function tellsSurely(text: string): boolean {
  const bare = withoutAdverbs(normalized(text));
  const word = /^[A-Za-z]+/.exec(bare)?.[0] ?? '';
  if (!NOUNS.has(word.toLowerCase())) return true;
  return /^\s+(?:(?:the|an?|all|any|each|every|your|our|its?|them|their|this|that|these|those|for|if|whether|on|in|into|with|to|from|out|up|down|off|back|at|by|over|until|as|which|what|how|when|where|who|and|or)\b|[`"“*<{$\d])/i.test(
    bare.slice(word.length),
  );
}

/** Whether its first word is a verb in its base form. */
export function beginsWithVerb(text: string): boolean {
  const word = firstWord(normalized(text));
  return isVerb(word);
}

/** "Failų" and "Testé" begin with letters of English words and are none. */
const firstWord = (text: string): string =>
  /^[A-Za-z]+(?:-[a-z]+)*(?!\p{L})/u.exec(text)?.[0] ?? '';

/** Whether its first word is a verb with -ing. */
export function isGerund(text: string): boolean {
  const stem = /^([A-Za-z]+)ing\b/.exec(withoutAdverbs(normalized(text)))?.[1]?.toLowerCase() ?? '';
  return VERBS.has(stem) || VERBS.has(`${stem}e`) || VERBS.has(stem.replace(/(.)\1$/, '$1'));
}

/** Whether a word, in small letters, is a verb that says what somebody does and names nothing: "comes", "asks". */
export function isThirdPerson(word: string): boolean {
  if (!word.endsWith('s')) return false;
  const bases = [word.slice(0, -1), word.slice(0, -2), word.replace(/ies$/, 'y')];
  return bases.some((base) => VERBS.has(base) && !NOUNS.has(base) && !NAMES.has(base));
}

/** Verbs whose form with an s names things. */
const NAMES: ReadonlySet<string> = new Set(
  'access process address class bypass drain host balance service image archive task bypas acces job pod alia node need'.split(
    ' ',
  ),
);

function isVerb(word: string): boolean {
  const lower = word.toLowerCase();
  const joined = /^(?!post-|pre-)[a-z]+-([a-z]+)$/.exec(lower)?.[1];
  if (joined && VERBS.has(joined) && !NOUNS.has(joined)) return true;
  return (
    VERBS.has(lower) || (/^re-?[a-z]{3,}$/.test(lower) && VERBS.has(lower.replace(/^re-?/, '')))
  );
}

function imperativeAt(text: string, depth: number): boolean {
  if (/^do (?:you|we|they|i|the|any)\b/i.test(text)) return false;
  const bare = withoutAdverbs(text);
  const duty = DUTY.exec(bare);
  if (duty) return beginsWithVerb(bare.slice(duty[0].length).replace(ADVERBS, ''));
  const conditional = CONDITION.test(bare) && depth < 3;
  if (conditional) {
    const rest = afterCondition(bare);
    return PLACED.test(bare) || rest.some((part) => imperativeAt(normalized(part), depth + 1));
  }
  const word = firstWord(bare);
  return isVerb(word) && readsAsVerb(bare.slice(word.length), word);
}

/** "From the menu choose *Restore*": a place, and at once what to do there. */
const PLACED =
  /^(?:from|in|on|under|at|inside|within) (?:the|your|that|this|each|both)(?: [\w"'“”*\x60-]+){1,4} (?:choose|select|click|press|enter|type|tick|untick|run|execute|open)\b(?! (?:is|are|was|to)\b)/i;

/** What follows the condition: behind a comma, a colon, a dash, an arrow or "then". */
function afterCondition(text: string): readonly string[] {
  const parts = text
    .split(/,\s+(?:then\s+)?|:\s+|(?<!\s)\s+then\s+|(?<!\s)\s+[-–—→]+>?\s+|;\s+/)
    .slice(1);
  return parts.slice(0, 6);
}

/** "Access to the cluster", "Alert fires": a thing and what is said of it. */
const NAMING =
  /^(?:(?:access|link|support|time|process|response|impact|load|limit|issue|need|lack|use|set|list|number|copy) (?:to|for|of|on|with|from|between)\b(?! (?:the )?(?:list|be))|\w+ (?:fires?|occurs|happens|arrives|expires|succeeds|fails|goes|comes|becomes|grows|rises|spikes|recovers|completes|exceeds|begins|triggers)\b)/i;

/** "Test coverage", "Access logs:" name things; "Test the backup" tells. */
function readsAsVerb(rest: string, word: string): boolean {
  const other = /^\s?\/\s?([a-z]+)\b/i.exec(rest)?.[1];
  if (other) return isVerb(other);
  if (/^(?:[’']s\b|\s*[=/]\s*\w|[-–@]\w)/.test(rest)) return false;
  if (NAMING.test(word + rest)) return false;
  if (/^step$/i.test(word))
    return /^\s+(?:down|through|back|away|up|into|over|out|aside)\b/i.test(rest);
  if (NOUNS.has(word.toLowerCase()) && /^\s+#?\d+\s*(?:[:.)–—-]|$)/.test(rest)) return false;
  if (
    /^\s+(?:is|are|was|were|has|have|had|will|can|may|must|should|does|did|means|shows|indicates|occurs|contains|fails|failed)\b/i.test(
      rest,
    )
  )
    return false;
  if (/^\s*(?:\([^)]*\)\s*)?$/.test(rest)) return !NOUNS.has(word.toLowerCase());
  if (/^\s*:\s+(?:an?|one) /i.test(rest)) return false;
  if (/^\s*:\s/.test(rest)) return !NOUNS.has(word.toLowerCase());
  if (!NOUNS.has(word.toLowerCase())) return true;
  if (/^(?:\s+[\w-]+){1,3}ed\s*(?:$|[:(])/.test(rest)) return false;
  return !/^\s+(?:name|names|id|ids|type|types|size|sizes|level|levels|time|times|count|rate|ratio|depth|lag|policy|policies|coverage|duration|frequency|window|windows|owner|status|latency|usage|utilization|plan|plans|process|procedure|procedures|strategy|errors?|failures?|failed|page|number|date|address|key|keys|server|servers|cluster|limit|limits|threshold|balancer|team|manager|channel|group|groups|method|methods|mechanism|exceeded|exhaustion|full|leaks?|contention|misconfiguration|timeouts?|points?|objectives?|source|sources)\s*(?:$|[,;.(:–—-])/i.test(
    rest,
  );
}

const NOUNS = new Set(
  'step rule wire cable rack fence book cycle text mail brief mention mask hash salt seal circle cross oil archive bin bundle proxy tunnel demand contract pay bill sketch diagram chart graph model drill pair cap fire stash seed shed stress park dial ring prime bolt tally delay claim lease boost diff dig handover cutover switchover access account address alert audit back backup balance baseline block build bypass cache call change check cluster code command commit contact control copy count cut data deal debug delegate design detail document download draft dump email end estimate exercise exit export fail file filter fix flag focus force form format function group guide hand host hit import increase index install issue join label lead leave limit link list load lock log look map mark match measure message mirror monitor mount move name network note object offer open order output own page patch peer place plan play point port post power practice present process produce profile program project prompt query queue rank rate reach read record release report request research reserve reset result return review rework route run sample scale scan schedule scope screen script search secure segment server set setup share shift ship show sign signal snapshot sort source split stage start state stop store stream structure study subject supply support survey switch table tag target test throttle time touch trace track traffic train transfer transition trigger trust type update upgrade upload use value version view visit volume vote wait walk warm warn watch work write'.split(
    ' ',
  ),
);

function withoutAdverbs(text: string): string {
  let bare = text;
  for (let turn = 0; turn < 4; turn += 1) {
    const next = bare
      .replace(ADVERBS, '')
      .replace(
        /^\((?:optional|recommended|required|(?:if|only) [^)]*|\d{1,9} ?\w{1,20})\)\s*(?::\s*)?/i,
        '',
      )
      .replace(/^optional:\s*/i, '');
    if (next === bare) break;
    bare = next;
  }
  return bare;
}

/** Leading emoji, quotes, check marks, "Step 1:", "T+5 min:" taken off. */
export function normalized(text: string): string {
  return text
    .replace(/^[^\p{L}\d`(]+/u, '')
    .replace(/^(?:step|phase|task|action)\s*(?:\d{1,9}(?:[.:)]\d{0,9})?\s*)?[-:–—]\s*/i, '')
    .replace(/^(?:\d+(?:\.\d+)*[.)]?|[a-z]\))\s+/, '')
    .replace(
      /^(?:important|note|warning|caution|critical|attention|danger|reminder|tip)\s*[:!]\s+/i,
      '',
    )
    .replace(/^[^\p{L}\d`(]+/u, '')
    .replace(/^(?:sanity|spot|double|triple|smoke|cross|load|health)[ -](?=(?:check|test)\b)/i, '');
}
