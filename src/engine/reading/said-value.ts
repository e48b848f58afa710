import type { Expectation } from '../model/runbook.ts';
import { containing } from './expectations.ts';

const SHOULD = String.raw`(?:should|must|has to|needs to|will) (?:now |then |again |also )?(?:be|read|return|print|show|say|output|give|display|report|answer|respond with|contain)`;
const DOES = String.raw`(?:prints|returns|shows|outputs|gives|displays|says|answers)`;
const WHAT = String.raw`(?:this|it|that|which|the (?:\w{1,20} ){0,2}(?:command|query|check|output|result|value|response|count|number|status|state))`;
const LABELLED =
  /^(?:expected|expect|expects)(?: (?:output|result|value|response|answer|status|state))?(?: ?[:=] | is | to be )([^\s:=].*)$/i;
const SAID = new RegExp(
  `^(?:(?:${WHAT} )?${SHOULD}|${WHAT} ${DOES}|you (?:should|will|want to|need to) (?:see|get))(?: exactly| only| just)?:? (.+)$`,
  'i',
);
const NUMBER = /^-?\d{1,15}(?:[.,]\d{1,9})?(?: ?%)?$/;

/**
 * What a sentence directly behind a command says that the output has in it: "Expected: 4", "It should return
 * `active`"; `null` where it names no value. `text` is the paragraph as it is written.
 */
export function saidValue(text: string, line: number): Expectation | null {
  if (text.length > 200 || text.includes('\n')) return null;
  const plain = text.replaceAll('**', '').replaceAll('__', '').trim();
  const labelled = LABELLED.exec(plain)?.[1];
  const said = labelled ?? SAID.exec(plain)?.[1];
  if (said === undefined) return null;
  const value = valueIn(said.replace(/\.$/, '').trim(), labelled !== undefined);
  if (value === null) return null;
  // "Returns 0" may tell of the exit code.
  const advisory = value === '0' && /\breturns?\b/i.test(plain);
  return { ...containing(value, line), ...(NUMBER.test(value) ? whole(value) : {}), advisory };
}

/** A value that stands alone where one is expected: in quotes, a number, one word; `null`: it is none. */
export function loneValue(text: string, line: number): Expectation | null {
  const value = valueIn(text.replace(/\.$/, '').trim(), true);
  return value === null
    ? null
    : { ...containing(value, line), ...(NUMBER.test(value) ? whole(value) : {}) };
}

function valueIn(said: string, isLabelled: boolean): string | null {
  const quoted = /^(?:`([^`\n]{1,120})`|"([^"\n]{1,120})"|“([^”\n]{1,120})”)$/.exec(said);
  const inQuotes = quoted?.slice(1).find((one) => one !== undefined);
  if (inQuotes !== undefined) return inQuotes;
  if (NUMBER.test(said)) return said;
  return isLabelled && /^\w[\w./:@+-]{0,59}$/.test(said) && !NOTHING.test(said) ? said : null;
}

const NOTHING = /^(?:none|nothing|empty|output|results?|n\/a|tbd|todo)$/i;

/** A number that is no part of a longer one, nor the count of rows below a result. */
function whole(number: string): Pick<Expectation, 'regex'> {
  const literal = number.replace(/[.$%]/g, '\\$&');
  return { regex: `(?:^|[^\\w.,(-])${literal}(?:[^\\w.,]|[.,]\\s|[.,]?$)` };
}
