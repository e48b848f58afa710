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
  const base = path.resolve(named || path.join(home, '.cache'));
  const folder = path.join(base, 'handrail');
  guardAbove(folder);
  for (const one of [base, folder]) {
    try {
      makeFolder(one);
    } catch (error) {
      throw new Refusal(`\`${one}\` cannot be made (${error.code}). ${ELSEWHERE}`, {
        cause: error,
      });
    }
  }
  guardOwn(folder);
  return folder;
}

/** One by one: below `/proc`, where none can be made, a `recursive` one never returns. */
function makeFolder(folder) {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

const ELSEWHERE = 'Name a folder of your own with HANDRAIL_CACHE.';

/** Nobody else may own or write what the folder stands in: under another user's home the program would be theirs. */
function guardAbove(folder) {
  const uid = process.getuid();
  // Both ways to it: as it is named, and where links on the way lead.
  const base = path.dirname(folder);
  const real = whereItLeads(base);
  for (const at of new Set([base, ...foldersAbove(base), real, ...foldersAbove(real)])) {
    const facts = fs.lstatSync(at, { throwIfNoEntry: false });
    if (!facts) continue;
    if (facts.uid !== 0 && facts.uid !== uid)
      throw new Refusal(
        `\`${at}\` belongs to another user, so the program is not laid out below it. ${ELSEWHERE}`,
      );
    // In a folder such as /tmp nobody can take away what is another's. A link's own mode says nothing.
    const isOpen = (facts.mode & 0o002) !== 0 && (facts.mode & 0o1000) === 0;
    if (isOpen && !facts.isSymbolicLink())
      throw new Refusal(
        `\`${at}\` can be written by everybody, so the program is not laid out below it. ${ELSEWHERE}`,
      );
  }
}

function foldersAbove(folder) {
  const above = path.dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}

/** The same place without links, as far as it is there. */
function whereItLeads(folder) {
  for (
    let [at, rest] = [folder, ''];
    ;
    [at, rest] = [path.dirname(at), path.join(path.basename(at), rest)]
  ) {
    try {
      return path.join(fs.realpathSync(at), rest);
    } catch (error) {
      if (error.code !== 'ENOENT' || path.dirname(at) === at)
        throw new Refusal(`\`${at}\` cannot be looked at (${error.code}). ${ELSEWHERE}`, {
          cause: error,
        });
    }
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
  const isSound = holdsAll(folder, manifest);
  if (isSound) writeStamp(folder, manifest);
  return isSound;
}

function holdsAll(folder, { files }) {
  return files.every(({ name, sha256 }) => {
    const file = path.join(folder, name);
    return isFile(file) && sha256Of(readBytes(file)) === sha256;
  });
}

function isFile(file) {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** Without a stamp everything is held against its hash again: slower, and no reason not to start. */
function writeStamp(folder, manifest) {
  const draft = path.join(folder, `stamp.${process.pid}`);
  try {
    fs.writeFileSync(draft, stampOf(folder, manifest), { mode: 0o600 });
    fs.renameSync(draft, path.join(folder, 'stamp'));
  } catch {
    fs.rmSync(draft, { force: true });
  }
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
  takeAwayLeft(path.dirname(folder));
  try {
    writeAll(draft, manifest);
    putThere(draft, folder, manifest);
  } catch (error) {
    // A full disk is not to stay full of what nobody can use.
    fs.rmSync(draft, { recursive: true, force: true });
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `The program cannot be laid out in \`${path.dirname(folder)}\` (${error.code ?? error.message}). ${ELSEWHERE}`,
      { cause: error },
    );
  }
  writeStamp(folder, manifest);
}

function writeAll(draft, manifest) {
  fs.mkdirSync(draft, { mode: 0o700 });
  const all = Buffer.from(sea.getRawAsset('app'));
  for (const { name, sha256, from, size, executable } of manifest.files) {
    const bytes = all.subarray(from, from + size);
    if (sha256Of(bytes) !== sha256) throw new Refusal('This file is damaged: fetch it again.');
    const file = path.join(draft, name);
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.writeFileSync(file, bytes, { mode: executable ? 0o700 : 0o600 });
  }
}

/** What another start laid out meanwhile may be in use: it is only moved away when it is not what it should be. */
function putThere(draft, folder, manifest) {
  try {
    fs.renameSync(draft, folder);
    return;
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(error.code)) throw error;
  }
  const leave = takeTurn(`${folder}.lock`);
  try {
    if (!holdsAll(folder, manifest)) {
      fs.renameSync(folder, `${draft}.old`);
      fs.renameSync(draft, folder);
    }
  } finally {
    leave();
    for (const one of [draft, `${draft}.old`]) fs.rmSync(one, { recursive: true, force: true });
  }
}

const PATIENCE_MS = 30_000;
const LOOK_MS = 50;

/** One start after the other; a turn that nobody ends is over after a while. */
function takeTurn(lock) {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    try {
      fs.mkdirSync(lock, { mode: 0o700 });
      return () => fs.rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (waitedMs > PATIENCE_MS) return () => fs.rmSync(lock, { recursive: true, force: true });
      Atomics.wait(clock, 0, 0, LOOK_MS);
    }
  }
}

const LEFT_MS = 3_600_000;

/** Takes away what a start that was ended on its way has left. */
function takeAwayLeft(cache) {
  for (const name of fs.readdirSync(cache)) {
    if (!/^app-.*-[0-9a-f]{16}\.\d+(?:\.old)?$/.test(name)) continue;
    const facts = fs.lstatSync(path.join(cache, name), { throwIfNoEntry: false });
    if (facts && Date.now() - facts.ctimeMs > LEFT_MS)
      fs.rmSync(path.join(cache, name), { recursive: true, force: true });
  }
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
