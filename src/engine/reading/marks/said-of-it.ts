/**
 * Sentences behind "Restart the agent." that say of that very thing when it is done: "Only on the edge nodes.", "Skip
 * this on replicas.", "This step is optional." What speaks of anything else ("If it hangs, kill it") goes on to that.
 * Linear.
 */
export const isSaidOfIt = (sentence: string): boolean => OF_IT.test(sentence.slice(0, LONGEST));

/** Words that say where something is left out, so that it is done where they do not hold: "Skip this on replicas". Linear. */
export const saysWhenNot = (said: string): boolean => WHEN_NOT.test(said.slice(0, LONGEST));

const LONGEST = 240;

const OF_IT =
  /^[^\p{L}]{0,4}(?:please )?(?:(?:only )?(?:skip|omit|leave out|do|run|use|execute|apply|perform) (?:this|it|that|these|the above)(?: step| command)? (?:only|if|when|unless|on|for|in|where)(?![\p{L}])|(?:only|not) (?:needed|required|necessary|relevant|applicable) |only (?:on|for|in|if|when|where|after|with|do|run) (?=[^\s-])|not (?:on|for|in|if|when|where) (?=\S)|(?:this|it|that)(?: step| command| part| action)? (?:is|are) (?:optional(?![\p{L}])|(?:only |not )(?:needed|required|necessary|relevant|applicable)(?: only)? (?:on|for|in|if|when|where|after|with|unless) |only for |only when |only if )|(?:this|it)(?: step| command| part| action)? (?:only applies|does not apply|doesn['’]t apply) (?:to|on|in|for|if|when) |(?:you|we) (?:can|may|should|must) (?:skip|omit|leave out) (?:this|it|that|these)(?: step| command)? (?:if|when|unless|on|for|in|where) |(?:do not|don['’]t|never) (?:do|run|execute|use|apply|perform) (?:this|it|that|these)(?: step| command)? (?:on|in|for|if|when|unless|while|during|against|at) |optional[.!]?$)[^:：]{0,200}$/iu;

const WHEN_NOT =
  /^[^\p{L}]{0,4}(?:please )?(?:skip|omit|leave out|(?:you|we) (?:can|may|should|must) (?:skip|omit|leave out)|(?:(?:this|it|the (?:following|next|above|last|previous))(?: (?:one|step|command|part|section|steps|commands))? )?(?:step )?(?:is |are )?not (?:needed|required|necessary|relevant|applicable|on|for|in|if|when|where)|(?:this|it)(?: step)? (?:does not|doesn['’]t) apply|(?:do not|don['’]t|never) (?:do|run|use|execute|apply|perform|on|in|for))(?![\p{L}])|[([](?:skip|not) (?!only)/iu;
