import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { APPROVALS } from '../../engine/record/files.ts';
import type { SaidBySecond } from '../../engine/running/session.ts';
import { makeOwnFolder, replaceFile } from '../../stores/files/disk.ts';
import { documentHash, readDocument } from '../documents.ts';
import { readSigned, type Signed, type SignedFile, signerOf } from '../signed.ts';

/** Keeps a signed approval beside a run's record; the same one again changes nothing. */
export function keepApproval(runFolder: string, file: SignedFile): void {
  const folder = join(runFolder, APPROVALS);
  makeOwnFolder(folder);
  const name = `${documentHash(`${file.document}${file.signature}`).slice(0, 16)}.json`;
  replaceFile(join(folder, name), `${JSON.stringify(file)}\n`);
}

/** The approvals that are kept beside a run's record. */
export function keptApprovals(runFolder: string): readonly Signed[] {
  let names: readonly string[];
  try {
    names = readdirSync(join(runFolder, APPROVALS));
  } catch {
    return [];
  }
  return names.toSorted().flatMap((name) => {
    try {
      const file = readSigned(join(runFolder, APPROVALS, name));
      return file.kind === 'approval' ? [file] : [];
    } catch (error) {
      if (error instanceof HandrailError) return [];
      throw error;
    }
  });
}

/** What of signed words counts for one step of a run, by the host's own file of allowed signers. */
export async function secondWordIn(
  approvals: readonly Signed[],
  step: { readonly run: string; readonly stepId: string; readonly sha256: string },
  setting: {
    /** Names of who carries the run out: they are the first person. */
    readonly first: readonly string[];
    /** Keys of theirs, where they are known. */
    readonly firstKeys?: readonly string[];
    /** `null`: there is none, and nobody's word counts. */
    readonly allowedSigners: string | null;
    mayApprove(who: string): boolean;
  },
): Promise<SaidBySecond> {
  const refused: { by: string; why: string }[] = [];
  for (const approval of approvals) {
    const said = documentIn(approval);
    if (said === undefined || said.subject !== step.run || said.step !== step.stepId) continue;
    const { who } = said;
    const refuse = (why: string): number => refused.push({ by: who, why });
    if (said.sha256 !== step.sha256) refuse('it was signed for another text');
    else if (setting.first.includes(who)) refuse('who carries it out cannot approve it');
    else if (setting.allowedSigners === null) refuse('this host has no file of allowed signers');
    else if (!setting.mayApprove(who)) refuse('the policy does not let them approve it');
    else {
      const signer = await signerOf('approval', approval, who, setting.allowedSigners);
      if (signer === undefined)
        refuse('the signature is of nobody whom this host knows by that name');
      else if (setting.firstKeys?.includes(signer.key))
        refuse('it is signed with the key of who asks for it');
      else return { granted: { by: who, key: signer.key }, refused };
    }
  }
  return { granted: null, refused };
}

function documentIn({ document }: Signed): ReturnType<typeof readDocument<'approval'>> | undefined {
  try {
    return readDocument('approval', document);
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}
