import { createPublicKey, hash, verify } from 'node:crypto';

const TYPE = 'ssh-ed25519';
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** What stands before an Ed25519 key's own bytes in its SPKI (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
/** A line with a name and a key and nothing to consider: no options, no patterns, no certificate. */
const PLAIN_LINE = /^([A-Za-z0-9][A-Za-z0-9._@+-]*) ssh-ed25519 ([A-Za-z0-9+/=]+)(?: .*)?$/;
const ARMOUR =
  /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]+)\n-----END SSH SIGNATURE-----\n?$/;

/**
 * The fingerprint of the key that signed a text, where its Ed25519 key stands under exactly that name in an allowed-signers
 * file, with nothing else to consider. `undefined` says nothing: `ssh-keygen`, which knows all there is, has to be asked.
 * Nothing is read out of the signature but its last 64 bytes: everything before them has to be, byte for byte, what it must be.
 */
export function plainSigner(
  text: string,
  signature: string,
  {
    namespace,
    allowed,
    who,
  }: { readonly namespace: string; readonly allowed: string; readonly who: string },
): string | undefined {
  const armoured = ARMOUR.exec(signature)?.[1];
  if (armoured === undefined) return undefined;
  const given = exactly(armoured.replaceAll('\n', ''));
  if (given === undefined) return undefined;
  for (const key of keysOf(allowed, who)) {
    const expected = Buffer.concat([
      Buffer.from('SSHSIG\0\0\0\u0001'),
      string(key),
      string(namespace),
      string(''),
      string('sha512'),
      uint32(Buffer.byteLength(TYPE) + SIGNATURE_BYTES + 8),
      string(TYPE),
      uint32(SIGNATURE_BYTES),
    ]);
    const isWhole = given.length === expected.length + SIGNATURE_BYTES;
    if (!isWhole || !given.subarray(0, expected.length).equals(expected)) continue;
    const signed = Buffer.concat([
      Buffer.from('SSHSIG'),
      string(namespace),
      string(''),
      string('sha512'),
      string(hash('sha512', text, 'buffer')),
    ]);
    const publicKey = createPublicKey({
      key: Buffer.concat([SPKI, key.subarray(-KEY_BYTES)]),
      format: 'der',
      type: 'spki',
    });
    if (verify(null, signed, publicKey, given.subarray(expected.length)))
      return `SHA256:${hash('sha256', key, 'base64').replaceAll('=', '')}`;
  }
  return undefined;
}

/** Ed25519 keys, as they stand on the wire, that plain lines of an allowed-signers file give a name. */
function keysOf(allowed: string, who: string): readonly Buffer[] {
  const head = Buffer.concat([string(TYPE), uint32(KEY_BYTES)]);
  return allowed.split('\n').flatMap((line) => {
    const [, name, base64 = ''] = PLAIN_LINE.exec(line) ?? [];
    if (name !== who) return [];
    const key = exactly(base64);
    const isKey =
      key?.length === head.length + KEY_BYTES && key.subarray(0, head.length).equals(head);
    return isKey ? [key] : [];
  });
}

/** Bytes that are written in Base64 as nobody would write them otherwise; Node itself takes much that is none. */
function exactly(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : undefined;
}

/** A string as SSH writes it: its length in four bytes, then its bytes. */
function string(bytes: string | Uint8Array): Buffer {
  const content = Buffer.from(bytes);
  return Buffer.concat([uint32(content.length), content]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
