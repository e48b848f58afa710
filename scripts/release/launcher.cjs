/**
 * What the one file begins with: it lays the program out in a folder of its own below the user's cache, once for each
 * build, and starts it from there. The folder belongs to the user alone, and what lies in it is held against the hashes
 * that this file carries, at first and whenever a file is not as it was left.
 */
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const sea = require('node:sea');

const CONFIGURATION = 78;

/** What cannot be trusted ends with one sentence. */
class Refusal extends Error {}

function start() {
  const manifest = JSON.parse(sea.getAsset('manifest', 'utf8'));
  const [first, ...rest] = process.argv.slice(2);
  if (rest.length === 0 && (first === '--version' || first === '-V')) {
    process.stdout.write(`${manifest.version}\n`);
    return;
  }
  const folder = path.join(cacheFolder(), `app-${manifest.version}-${manifest.hash.slice(0, 16)}`);
  if (!isAsLeft(folder, manifest)) layOut(folder, manifest);
  createRequire(path.join(folder, 'start.cjs'))('./start.cjs');
}

/** `handrail` in the user's cache. */
function cacheFolder() {
  const { env } = process;
  const named = env.HANDRAIL_CACHE || env.XDG_CACHE_HOME;
  const home = env.HOME || require('node:os').userInfo().homedir;
  const base = named ? path.resolve(named) : path.join(home, '.cache');
  const folder = path.join(base, 'handrail');
  guardAbove(folder);
  for (const one of [base, folder]) {
    try {
      fs.mkdirSync(one, { mode: 0o700, recursive: true });
    } catch (error) {
      throw new Refusal(`\`${one}\` cannot be made (${error.code}). ${ELSEWHERE}`, {
        cause: error,
      });
    }
  }
  guardOwn(folder);
  return folder;
}

const ELSEWHERE = 'Name a folder of your own with HANDRAIL_CACHE.';

/** Nobody else may own or write what the folder stands in: under another user's home the program would be theirs. */
function guardAbove(folder) {
  const uid = process.getuid();
  for (let at = path.dirname(folder); ; at = path.dirname(at)) {
    const real = factsOf(at);
    if (real) {
      if (real.uid !== 0 && real.uid !== uid)
        throw new Refusal(
          `\`${at}\` belongs to another user, so the program is not laid out below it. ${ELSEWHERE}`,
        );
      // In a folder such as /tmp nobody can take away what is another's.
      if ((real.mode & 0o002) !== 0 && (real.mode & 0o1000) === 0)
        throw new Refusal(
          `\`${at}\` can be written by everybody, so the program is not laid out below it. ${ELSEWHERE}`,
        );
    }
    if (path.dirname(at) === at) return;
  }
}

/** What a folder is, links followed; nothing where there is none. */
function factsOf(at) {
  try {
    const facts = fs.lstatSync(at, { throwIfNoEntry: false });
    return facts?.isSymbolicLink() ? fs.statSync(at) : facts;
  } catch (error) {
    throw new Refusal(`\`${at}\` cannot be looked at (${error.code}). ${ELSEWHERE}`, {
      cause: error,
    });
  }
}

function guardOwn(folder) {
  const facts = fs.lstatSync(folder);
  if (!facts.isDirectory()) throw new Refusal(`\`${folder}\` is no folder. ${ELSEWHERE}`);
  if (facts.uid !== process.getuid())
    throw new Refusal(`\`${folder}\` belongs to another user. ${ELSEWHERE}`);
  if ((facts.mode & 0o077) !== 0) fs.chmodSync(folder, 0o700);
}

/** Whether a folder is there and holds what it held when it was checked; a file that is another is checked anew. */
function isAsLeft(folder, manifest) {
  const facts = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (!facts) return false;
  guardOwn(folder);
  const stamp = readText(path.join(folder, 'stamp'));
  if (stamp === stampOf(folder, manifest)) return true;
  const isSound = manifest.files.every(
    ({ name, sha256 }) => sha256Of(readBytes(path.join(folder, name))) === sha256,
  );
  if (isSound)
    fs.writeFileSync(path.join(folder, 'stamp'), stampOf(folder, manifest), { mode: 0o600 });
  return isSound;
}

/** Sizes, places and times of change of all files: no write leaves them as they were. */
function stampOf(folder, { files }) {
  return files
    .map(({ name }) => {
      const facts = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false, bigint: true });
      return facts?.isFile() ? `${facts.size} ${facts.ino} ${facts.ctimeNs} ${facts.uid}` : name;
    })
    .join('\n');
}

/** Lays all files out beside the place and puts them there at once. */
function layOut(folder, manifest) {
  const draft = `${folder}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  const all = Buffer.from(sea.getRawAsset('app'));
  for (const { name, sha256, from, size, executable } of manifest.files) {
    const bytes = all.subarray(from, from + size);
    if (sha256Of(bytes) !== sha256) throw new Refusal('This file is damaged: fetch it again.');
    const file = path.join(draft, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, bytes, { mode: executable ? 0o700 : 0o600 });
  }
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    fs.renameSync(draft, folder);
  } catch {
    // Another start was first.
    fs.rmSync(draft, { recursive: true, force: true });
  }
  fs.writeFileSync(path.join(folder, 'stamp'), stampOf(folder, manifest), { mode: 0o600 });
}

function readText(file) {
  return readBytes(file)?.toString('utf8');
}

function readBytes(file) {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
}

function sha256Of(bytes) {
  return bytes && require('node:crypto').createHash('sha256').update(bytes).digest('hex');
}

try {
  start();
} catch (error) {
  const isKnown = error instanceof Refusal;
  const why = isKnown ? error.message : `The program cannot be laid out: ${error.message}.`;
  process.stderr.write(`handrail: ${why}\n`);
  process.exitCode = CONFIGURATION;
}
