/** Going on, as what has to come first says it: "before continuing", "before you proceed". */
const GOING_ON =
  '(?:you |we )?(?:continu(?:e|ing)|proceed(?:ing)?|go(?:ing)? (?:on|ahead|further)|mov(?:e|ing) on|carry(?:ing)? on|start(?:ing)? the next step)';
/** "There must be no rows before you continue", "You need an approval before proceeding". */
const MUST_FIRST = new RegExp(
  `(?<![\\p{L}])(?:must|has to|have to|needs?|required|requires?) [^.;:]{1,80} before ${GOING_ON}(?![\\p{L}])`,
  'iu',
);
/** Whoever has to agree has done so: no machine can wait for that. */
const AGREED =
  '(?:(?:has|have) (?:\\p{L}{1,15} ){0,2}(?:confirmed|approved|agreed|signed off|acknowledged|consented|given (?:the |a |their )?(?:go|go-ahead|ok|okay|approval|green light))|approval|sign-?off|go-?ahead|permission|confirmation)';
/** "Do not continue until the owner has approved", "Proceed only after sign-off", "Wait for approval before proceeding". */
const AGREED_FIRST = new RegExp(
  `^(?:please )?(?:(?:do not|don['’]t|never) ${GOING_ON} (?:[\\p{L}-]{1,15} ){0,5}?until |(?:only )?${GOING_ON} (?:[\\p{L}-]{1,15} ){0,5}?(?:only )?(?:after|once|when) |wait (?:for|until) )[^.;:]{0,80}?${AGREED}(?![\\p{L}])|^(?:please )?(?:get|obtain|ask for|request) [^.;:]{1,80} before ${GOING_ON}(?![\\p{L}])`,
  'iu',
);

/** Whether an English sentence lets its reader go on only after something that a run cannot wait for. Linear. */
export const asksFirst = (sentence: string): boolean =>
  sentence.length < MOST_CHARACTERS && (MUST_FIRST.test(sentence) || AGREED_FIRST.test(sentence));

const MOST_CHARACTERS = 300;
