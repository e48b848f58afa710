import type { Operator } from '../engine/contracts/operator.ts';
import type { AnyStepType } from '../engine/contracts/step-type.ts';
import type { Plan } from '../engine/model/plan.ts';
import { preflight } from '../engine/preflight.ts';
import { preflightDoors } from './preflight-doors.ts';

/** What preparing a plan needs of the world. */
export interface PrepareWorld {
  readonly stepTypes: ReadonlyMap<string, AnyStepType>;
  readonly env: Readonly<Record<string, string>>;
  /** Where runs are kept, when that is a folder. */
  readonly stateFolder: string | undefined;
}

/** Binds a plan's inputs, from their sources and then by asking, and looks for all that would stop it. */
export async function prepare(plan: Plan, _operator: Operator, world: PrepareWorld): Promise<Plan> {
  const doors = preflightDoors(world.stepTypes, world.env, world.stateFolder);
  return { ...plan, findings: await preflight(plan, doors) };
}
