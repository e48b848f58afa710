import { unquoted } from './arguments.ts';

/**
 * Whether the arguments of a command set how many there are to be of something to none: "--desired-count 0", "scale
 * web=0", `{"spec":{"replicas":0}}`. Whatever program it is, what ran does so no longer. Linear in the arguments.
 */
export function setsToNone(args: readonly string[]): boolean {
  const words = args.map(unquoted);
  return words.some((word, at) => {
    const { name = '', value = words[at + 1] ?? '' } = AMOUNT.exec(word)?.groups ?? {};
    if (name !== '' && NONE.test(value)) return true;
    if (SCALES.test(word))
      return words.slice(at + 1).some((one) => /^(?:[\w./-]{1,80}=)?0$/.test(one));
    return word.length < MOST_TEXT && SAID_IN_TEXT.test(word);
  });
}

const AMOUNT =
  /^--?(?<name>(?:[a-z]{1,20}-)?(?:replicas|desired-?count|desired-?capacity|desired-?size|new-?capacity|num-?nodes|node-?count|num-?instances|instance-?count|max-?size|max-?instances|max-?replicas)|count|size|scale|instances|capacity)(?:=(?<value>.{0,80}))?$/i;
const NONE = /^(?:[\w./-]{1,80}=)?0$/;
const SCALES = /^(?:[a-z]{1,20}:)?(?:scale|resize)$/;
const SAID_IN_TEXT =
  /(?:^|[\s{,"'.])(?:replicas|desired_?count|desired_?capacity|node_?count|instance_?count|num_?nodes)["']?\s{0,4}[:=]\s{0,4}0(?![\d.])/i;
const MOST_TEXT = 10_000;
