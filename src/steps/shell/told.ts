import type { CarriedState, StepOutput } from '../../engine/contracts/step-type.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { openExchangeFile } from './exchange-file.ts';

/** What a shell tells while it runs of the variables that it sets. */
export interface Told {
  readonly names: readonly string[];
  readonly path: string;
  /** The same output, each piece once all that was told before it was printed is known. */
  heard<T>(running: AsyncGenerator<StepOutput, T>): AsyncGenerator<StepOutput, T>;
  close(): void;
}

/** Largest text that is listened to; what comes later is known when the shell has ended. */
const MAX_TOLD_BYTES = 4 * 1024 * 1024;

/** What a function keeps to itself is set as well, and what a word in quotes sets (`export "NAME=…"`, `eval 'NAME=…'`). */
const ASSIGNED = /(?<![^\s;&|("'])([A-Za-z_]\w{0,100})(?:\[[^\]\n]{0,100}\])?\+?=/g;
/** Text from elsewhere sets what it wants: of that, what the step uses. */
const FROM_ELSEWHERE = /(?<![^\s;&|(])(?:source|eval|\.)\s/;
const USED = /\$\{?([A-Za-z_]\w{0,100})/g;

/** A file for what a step's shell tells of variables whose names say that they are secret; `undefined`: it sets none. */
export function openTold(
  step: Step,
  text: string,
  folder: string,
  { learn, isSecret }: Pick<CarriedState, 'learn' | 'isSecret'>,
): Told | undefined {
  const namesBy = (shape: RegExp): readonly string[] =>
    [...text.matchAll(shape)].map(([, name = '']) => name);
  const used = FROM_ELSEWHERE.test(text) ? namesBy(USED) : [];
  const set = new Set([...(step.shell?.assigns ?? []), ...namesBy(ASSIGNED), ...used]);
  const names = [...set].filter(isSecret);
  if (names.length === 0) return undefined;
  const file = openExchangeFile(folder);
  let heardBytes = 0;
  const listen = (): void => {
    const told = file.read(MAX_TOLD_BYTES);
    if (told === undefined || told.length === heardBytes) return;
    const whole = told.subarray(heardBytes, told.lastIndexOf(0) + 1).toString();
    heardBytes += Buffer.byteLength(whole);
    for (const entry of whole.split('\0').slice(0, -1)) {
      const at = entry.indexOf('=');
      learn({ [entry.slice(0, at)]: entry.slice(at + 1) });
    }
  };
  return {
    names,
    path: file.path,
    async *heard(running) {
      let next = await running.next();
      while (!next.done) {
        listen();
        yield next.value;
        next = await running.next();
      }
      listen();
      return next.value;
    },
    close: () => file.close(),
  };
}
