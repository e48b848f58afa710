import { createHash, type Hash, hash } from 'node:crypto';

/**
 * SHA-256 of what is small, without `node:crypto`: to load that takes 5 to 7 ms of the 75 of a run, which hashes 6 KB in
 * twenty pieces. This is made in half a millisecond. Whoever hashes much has `node:crypto`, which is twenty times as
 * fast once it is there.
 */

/**
 * A process hashes so many bytes here, each piece counted as `CALL_BYTES` more: then it has taken as long as it takes to load
 * `node:crypto`. A thousand pieces of an event's size take 17 ms here and 5 there.
 */
const SMALL_BYTES = 512 * 1024;
const CALL_BYTES = 1024;
/** A piece of an output is kept until it is clear that there is more than this. */
const KEPT_BYTES = 16 * 1024;

/** One function that takes blocks into a sum: made by `node scripts/sha256-code.ts`, where it can be read. */
const CODE =
  'AGFzbQEAAAABBQFgAX8AAwIBAAUDAQACBwkCAW0CAAFmAAAK+AMB9QMBDH8DQEEAIQIDQCACIAEtAIAIQRh0IAEtAIEIQRB0ciABLQCCCEEIdHIgAS0AgwhyNgKAAiABQQRqIQEgAkEEaiICQcAASQ0ACwNAIAIgAigCwAEgAigC5AFqIAIoAsQBIQMgA0EHeCADQRJ4cyADQQN2c2ogAigC+AEhAyADQRF4IANBE3hzIANBCnZzajYCgAIgAkEEaiICQYACSQ0AC0EAKAKABCEFQQAoAoQEIQZBACgCiAQhB0EAKAKMBCEIQQAoApAEIQlBACgClAQhCkEAKAKYBCELQQAoApwEIQxBACECA0AgDCAJQQZ4IAlBC3hzIAlBGXhzaiAJIApxIAlBf3MgC3FzaiACKAIAaiACKAKAAmohAyAFQQJ4IAVBDXhzIAVBFnhzIAUgBnEgBSAHcXMgBiAHcXNqIQQgCyEMIAohCyAJIQogCCADaiEJIAchCCAGIQcgBSEGIAMgBGohBSACQQRqIgJBgAJJDQALQQBBACgCgAQgBWo2AoAEQQBBACgChAQgBmo2AoQEQQBBACgCiAQgB2o2AogEQQBBACgCjAQgCGo2AowEQQBBACgCkAQgCWo2ApAEQQBBACgClAQgCmo2ApQEQQBBACgCmAQgC2o2ApgEQQBBACgCnAQgDGo2ApwEIABBAWsiAA0ACwsLhwIBAEEAC4ACmC+KQpFEN3HP+8C1pdu16VvCVjnxEfFZpII/ktVeHKuYqgfYAVuDEr6FMSTDfQxVdF2+cv6x3oCnBtybdPGbwcFpm+SGR77vxp3BD8yhDCRvLOktqoR0StypsFzaiPl2UlE+mG3GMajIJwOwx39Zv/ML4MZHkafVUWPKBmcpKRSFCrcnOCEbLvxtLE0TDThTVHMKZbsKanYuycKBhSxykqHov6JLZhqocItLwqNRbMcZ6JLRJAaZ1oU1DvRwoGoQFsGkGQhsNx5Md0gntbywNLMMHDlKqthOT8qcW/NvLmjugo90b2OleBR4yIQIAseM+v++kOtsUKT3o/m+8nhxxg==';
const SUM_AT = 512;
const BLOCKS_AT = 1024;
const BLOCK = 64;
/** As much as one call takes. */
const ROOM = 64 * 1024;
const LENGTH_BYTES = 8;
const BEGIN = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;

/** What is used of it; Node's own types leave it out. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    code: object,
  ) => {
    readonly exports: {
      readonly m: { readonly buffer: ArrayBuffer };
      readonly f: (blocks: number) => void;
    };
  };
};

interface Summer {
  readonly sum: Uint32Array;
  readonly room: Buffer;
  /** Takes that many blocks from the room into the sum. */
  readonly take: (blocks: number) => void;
}

let left = SMALL_BYTES;
let summer: Summer | null | undefined;

/** SHA-256 of bytes, or of a text in UTF-8, in hexadecimal digits. */
export function sha256Of(data: Uint8Array | string): string {
  if (data.length <= left) summer ??= made();
  if (!summer || data.length > left) return hash('sha256', data, 'hex');
  left -= data.length + CALL_BYTES;
  return sumOf(typeof data === 'string' ? Buffer.from(data) : data, summer);
}

function sumOf(bytes: Uint8Array, { sum, room, take }: Summer): string {
  sum.set(BEGIN);
  let at = 0;
  for (let size = ROOM; bytes.length - at >= BLOCK; at += size) {
    size = Math.min(ROOM, bytes.length - at) & -BLOCK;
    room.set(bytes.subarray(at, at + size));
    take(size / BLOCK);
  }
  const rest = bytes.length - at;
  const size = rest < BLOCK - LENGTH_BYTES ? BLOCK : 2 * BLOCK;
  room.fill(0, 0, size).set(bytes.subarray(at));
  room[rest] = 0x80;
  room.writeUIntBE(bytes.length * 8, size - 6, 6);
  take(size / BLOCK);
  return Array.from(sum, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** `null` where this Node has no WebAssembly, or its memory is too narrow for one. */
function made(): Summer | null {
  try {
    const code = new WebAssembly.Module(Buffer.from(CODE, 'base64'));
    const { m: memory, f: take } = new WebAssembly.Instance(code).exports;
    return {
      sum: new Uint32Array(memory.buffer, SUM_AT, BEGIN.length),
      room: Buffer.from(memory.buffer, BLOCKS_AT, ROOM),
      take,
    };
  } catch {
    return null;
  }
}

/** SHA-256 of bytes that come piece by piece. */
export class Sha256 {
  #few: Uint8Array[] = [];
  #bytes = 0;
  #much: Hash | undefined;

  update(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes <= KEPT_BYTES) {
      // A copy: whoever gave them may use their memory again.
      this.#few.push(Uint8Array.from(bytes));
      return;
    }
    this.#much ??= this.#begun();
    this.#much.update(bytes);
  }

  /** Of what came so far. */
  digest(): string {
    return this.#much?.copy().digest('hex') ?? sha256Of(Buffer.concat(this.#few));
  }

  #begun(): Hash {
    const digest = createHash('sha256');
    for (const bytes of this.#few) digest.update(bytes);
    this.#few = [];
    // It is loaded now, and faster with whatever else is hashed.
    left = -1;
    return digest;
  }
}
