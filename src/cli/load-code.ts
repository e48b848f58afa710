/**
 * Loads the program's own files (CommonJS, made by the build) with what the engine made of them before. Node's compile
 * cache keeps what is compiled before a file runs, which is none of the functions called later: a third of a run's start
 * went into compiling 900 of them again. Here the code is kept once it has run: a run of a known page takes 14 ms
 * less of 100, a new page of 40 KB 60 ms less of 390.
 */

/** One file of the program, as it was compiled. */
interface Compiled {
  readonly file: string;
  readonly script: import('node:vm').Script;
  /** How many processes have added what they called; 0 where nothing was kept, or for another engine. */
  readonly uses: number;
}

/** What every process adds that calls functions no earlier one called: the first ones, then one a day. */
const LEARNING_USES = 5;
const DAY_MS = 24 * 60 * 60_000;
/** What stands at the end of what is kept; the digit is how many added to it. */
const TAIL = 'handrail code 0\n';
const MAX_FILES = 400;

/** The code of what is thrown where a file of the program is not there any more. */
export const PART_GONE = 'PART_GONE';

type Require = (id: string) => unknown;

/**
 * Answers how the program's files are loaded from a folder. `cache` is the folder to keep code in, `null` for none; a
 * command keeps its own, since each calls other functions. It may be deleted at any time; two writers never see half a
 * file, and a file's name holds a hash of its text.
 */
export function codeLoader(folder: string, cache: string | null, command: string): Require {
  const fs = process.getBuiltinModule('node:fs');
  const { constants, Script } = process.getBuiltinModule('node:vm');
  const { createRequire } = process.getBuiltinModule('node:module');
  const loaded = new Map<string, { exports: unknown }>();
  keepWarningBack(EXPERIMENTAL);
  const toKeep: Compiled[] = [];
  const place = cache !== null && isOwn(cache) ? cache : undefined;
  const suffix = `${/^[a-z]{2,16}$/.test(command) ? command : 'other'}-${process.version}`;

  function load(name: string): unknown {
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const file = `${folder}/${name}`;
    const text = textOf(file);
    const module = { exports: {} };
    loaded.set(name, module);
    const kept = place === undefined ? undefined : keptIn(`${place}/${name}-${suffix}`);
    const script = new Script(`(function(exports,require,module,__filename){${text}\n})`, {
      filename: file,
      ...(kept === undefined ? {} : { cachedData: kept.code }),
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    const uses = kept === undefined || script.cachedDataRejected === true ? 0 : kept.uses;
    if (uses < LEARNING_USES || (kept?.ageMs ?? 0) > DAY_MS)
      toKeep.push({ file: name, script, uses });
    script.runInThisContext()(module.exports, requireFrom(file), module, file);
    return module.exports;
  }

  function requireFrom(file: string): Require {
    return (id) => (id.startsWith('./') ? load(id.slice(2)) : createRequire(file)(id));
  }

  function textOf(file: string): string {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch (error) {
      const message = `A part of handrail is gone (${file}): it was installed or built anew while this command ran. Call it again.`;
      throw Object.assign(new Error(message, { cause: error }), { code: PART_GONE });
    }
  }

  function keptIn(file: string) {
    try {
      const bytes = fs.readFileSync(file);
      const tail = bytes.toString('latin1', bytes.length - TAIL.length);
      const [start, digit = ''] = [tail.slice(0, -2), tail.at(-2)];
      if (!TAIL.startsWith(start) || start.length !== TAIL.length - 2) return undefined;
      const half = (bytes.length - TAIL.length) / 2;
      const code = bytes.subarray(0, half);
      if (!code.equals(bytes.subarray(half, bytes.length - TAIL.length))) return undefined;
      const ageMs = Date.now() - fs.statSync(file).mtimeMs;
      return { code, uses: Number(digit), ageMs };
    } catch {
      return undefined;
    }
  }

  /** One by one: below `/proc` a `recursive` one never returns. Nothing of the stores is loaded here. */
  function makeFolder(path: string): void {
    if (path === '' || fs.existsSync(path)) return;
    makeFolder(path.slice(0, path.lastIndexOf('/')));
    fs.mkdirSync(path, { mode: 0o700 });
  }

  /** Who ends over a wrong command line or setting has called little of what the command does. */
  function keep(exitCode: number): void {
    if (cache === null || toKeep.length === 0 || BEFORE_WORK.includes(exitCode)) return;
    try {
      makeFolder(cache);
      if (!isOwn(cache)) return;
      forgetOldest(cache);
      for (const one of toKeep) write(`${cache}/${one.file}-${suffix}`, one);
    } catch {
      // Compiled again next time.
    }
  }

  /**
   * Whole and flushed before it has its name, and twice, since the engine believes what it reads: one byte that a disk
   * gives back as another ends the process, or does something else. A hash would cost loading what makes one.
   */
  function write(file: string, { script, uses }: Compiled): void {
    const draft = `${file}.${process.pid}`;
    const tail = TAIL.replace('0', String(Math.min(uses + 1, LEARNING_USES)));
    const code = script.createCachedData();
    fs.writeFileSync(draft, Buffer.concat([code, code, Buffer.from(tail)]), {
      mode: 0o600,
      flush: true,
    });
    fs.renameSync(draft, file);
  }

  function forgetOldest(from: string): void {
    const names = fs.readdirSync(from);
    if (names.length < MAX_FILES) return;
    const byAge = names
      .map((name) => ({ name, at: fs.statSync(`${from}/${name}`).mtimeMs }))
      .sort((one, other) => one.at - other.at);
    for (const { name } of byAge.slice(0, MAX_FILES / 2)) fs.rmSync(`${from}/${name}`);
  }

  /** A folder that another user could write to would let them say what the program does. */
  function isOwn(from: string): boolean {
    try {
      const { uid, mode } = fs.statSync(from);
      return (mode & 0o022) === 0 && uid === process.geteuid?.();
    } catch {
      return false;
    }
  }

  process.once('exit', keep);
  return load;
}

/** Exit codes of a wrong command line and of a wrong setting. */
const BEFORE_WORK: readonly number[] = [64, 78];

const EXPERIMENTAL = 'USE_MAIN_CONTEXT_DEFAULT_LOADER';

/** What Node says once of a part of it that is used here is for whoever builds this: no line of a screen, or of cron's mail. */
function keepWarningBack(word: string): void {
  process.emitWarning = new Proxy(process.emitWarning, {
    apply: (emit, self, said: readonly unknown[]) =>
      String(said[0]).includes(word) ? undefined : Reflect.apply(emit, self, said),
  });
}
