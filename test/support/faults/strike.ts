import type { FaultEffect, FaultKind, FaultPoint } from './points.ts';
import { scene } from './scene.ts';

/** A point, an effect and a fault. The effect is `null` where the step is a person's. */
export interface Combination {
  readonly point: FaultPoint;
  readonly effect: FaultEffect | null;
  readonly kind: FaultKind;
}

/** What came of one fault. */
export interface Struck {
  /** Of the run that was struck. */
  readonly exitCode: number;
  /** On its record, before it was gone on with. */
  readonly verdict: string;
  /** Of `handrail resume --unattended` after it. */
  readonly resumed: number;
  /** Of what somebody did then: `resume --not-done last` after 4, a fresh run where none had begun; else `null`. */
  readonly then: number | null;
  /** Steps that began, in order, over all. */
  readonly order: readonly string[];
  /** On its record at last. */
  readonly last: string;
}

const UNKNOWN = 4;

/** So long that a busy machine does not end the step before the signal does. */
const LONG_MS = 2000;

/** A signal ends the step in the middle of its work. */
const isCutShort = ({ point, kind }: Combination): boolean =>
  kind === 'SIGTERM' && (point === 'after spawn' || point === 'mid-output');

/** Strikes a run at one point, and goes on with it as somebody would. */
export async function strike({ point, effect, kind }: Combination): Promise<Struck> {
  const on = scene(effect, isCutShort({ point, effect, kind }) ? LONG_MS : undefined);
  const { exitCode } = await on.run({ point, kind });
  const verdict = await on.verify();
  const resumed = await on.resume();
  const isOver = (await on.events()).some(({ type }) => type === 'run.finished');
  let then: number | null = null;
  if (resumed === UNKNOWN) then = await on.resume([{ outcome: 'not-done', step: 'last' }]);
  else if (!isOver) then = (await on.place.run()).exitCode;
  return { exitCode, verdict, resumed, then, order: on.starts(), last: await on.verify() };
}
