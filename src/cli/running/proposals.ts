import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readOwn } from '../../stores/files/disk.ts';

/** What an agent left for a person to start, in a file of the state folder. */
export interface LeftProposal {
  readonly id: string;
  readonly at: string;
  /** Absolute path, with `#procedure` where it is of one. */
  readonly target: string;
  readonly reason: string;
  readonly steps: number;
  /** Files that it consists of. */
  readonly files: readonly [proposal: string, inputs: string];
}

const proposalSchema = z.object({
  kind: z.literal('proposal'),
  id: z.string(),
  at: z.iso.datetime(),
  target: z.string(),
  reason: z.string(),
  steps: z.array(z.unknown()),
});

/** No proposal that handrail writes is larger. */
const MOST_CHARACTERS = 256 * 1024;
const SHOWN = 20;

/** The proposals that lie in a state folder, newest first; what is none is left alone. */
export function leftProposals(state: string): readonly LeftProposal[] {
  const folder = path.join(state, 'proposals');
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json') && !name.endsWith('.inputs.json'))
    .toSorted()
    .toReversed()
    .slice(0, SHOWN)
    .flatMap((name) => {
      const file = path.join(folder, name);
      try {
        const text = readOwn(file) ?? '';
        if (text.length > MOST_CHARACTERS) return [];
        const found = proposalSchema.safeParse(JSON.parse(text));
        if (!found.success) return [];
        const { id, at, target, reason, steps } = found.data;
        const values = path.join(folder, `${path.basename(name, '.json')}.inputs.json`);
        return [{ id, at, target, reason, steps: steps.length, files: [file, values] as const }];
      } catch {
        return [];
      }
    });
}

/** The arguments of `handrail run` that carry a proposal out. */
export function argumentsOf({ target, reason, files }: LeftProposal): readonly string[] {
  return [`--inputs=${files[1]}`, `--reason=proposed by an agent: ${reason}`, '--', target];
}

/** A proposal that was started is one no more: the run tells of it. */
export function takeAway({ files }: LeftProposal): void {
  for (const file of files) rmSync(file, { force: true });
}
