import { HandrailError } from '../../engine/model/errors.ts';
import { readDocument } from '../../team/signed/documents.ts';

const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a request from the beginning of one, where a record can be asked. Throws REQUEST_NOT_FOUND. */
export async function fullId(name: string, url: string | null): Promise<string> {
  if (RUN_ID.test(name)) return name;
  if (url === null) throw new HandrailError('REQUEST_NOT_FOUND', { name, where: 'files' });
  const { findRequest } = await import('../../team/requests/file-request.ts');
  const { withoutPassword } = await import('../../stores/team/refusals.ts');
  const found = await findRequest(url, name);
  if (found !== undefined) return readDocument('request', found.document).id;
  throw new HandrailError('REQUEST_NOT_FOUND', { name, where: withoutPassword(url) });
}
