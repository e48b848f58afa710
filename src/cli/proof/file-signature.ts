import { createReadStream } from 'node:fs';
import { sshSign } from '../../host/ssh-signature.ts';

/** What signatures of exported timelines are for. */
const NAMESPACE = 'handrail-timeline';

/**
 * Signs a file with an SSH key. Anybody checks it with
 * `ssh-keygen -Y verify -n handrail-timeline -f SIGNERS -I WHO -s FILE.sig < FILE`.
 */
export function signFile(file: string, key: string): Promise<string> {
  return sshSign(createReadStream(file), key, NAMESPACE);
}
