import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { completionScript } from '../src/cli/commands/completion.ts';
import { TABLE } from '../src/cli/table.ts';
import { manPage } from './release/man-page.ts';
import { sayHelp } from './say-help.ts';

/**
 * `npm run release`: makes `release/`, handrail as one file that needs no Node, its completion scripts and its man
 * page. `--out DIR` puts them elsewhere.
 */

const root = path.dirname(import.meta.dirname);
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** What is not bundled: native code, and what loads it. */
const PACKAGES = ['@lydell/node-pty', '@lydell/node-pty-linux-x64'];

interface Packed {
  readonly name: string;
  readonly sha256: string;
  readonly from: number;
  readonly size: number;
  readonly executable: boolean;
}

/** Everything that is laid out, in order of name, as one run of bytes. */
function packed(version: string): { readonly manifest: string; readonly bytes: Buffer } {
  const contents = new Map<string, Buffer>();
  const take = (folder: string, below: string, wanted: (name: string) => boolean): void => {
    for (const name of readdirSync(path.join(root, folder), {
      recursive: true,
      encoding: 'utf8',
    })) {
      const file = path.join(root, folder, name);
      if (statSync(file).isFile() && wanted(name))
        contents.set(path.join(below, name), readFileSync(file));
    }
  };
  const chunks = reachable(path.join(root, 'dist'));
  take('dist', 'dist', (one) => chunks.has(one) || one === 'NOTICE.txt');
  for (const name of PACKAGES)
    take(
      `node_modules/${name}`,
      `node_modules/${name}`,
      (file) => !/\.(?:d\.ts|map|md)$/.test(file),
    );
  contents.set(
    'package.json',
    Buffer.from(JSON.stringify({ name: 'handrail', version, type: 'module' })),
  );
  contents.set('start.cjs', Buffer.from("import('./dist/handrail.js');\n"));
  contents.set('LICENSE', readFileSync(path.join(root, 'LICENSE')));
  const files: Packed[] = [];
  let from = 0;
  for (const [name, bytes] of [...contents].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ name, sha256, from, size: bytes.length, executable: name.endsWith('.node') });
    from += bytes.length;
  }
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  const bytes = Buffer.concat(files.map(({ name }) => contents.get(name) ?? Buffer.alloc(0)));
  return { manifest: JSON.stringify({ version, hash, files }), bytes };
}

/** The program's files: its entry and what is imported from there; chunks of earlier builds may lie beside them. */
function reachable(folder: string): ReadonlySet<string> {
  const there = new Set(readdirSync(folder));
  const found = new Set(['handrail.js']);
  for (const file of found)
    for (const [, asked = ''] of readFileSync(path.join(folder, file), 'utf8').matchAll(
      /["'`](?:\.\/)?([\w.-]{1,200}\.cjs)["'`]/g,
    ))
      if (there.has(asked)) found.add(asked);
  return found;
}

/** Node with the program in it, as one executable file. */
function oneFile(target: string, version: string): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'handrail-release-'));
  try {
    const { manifest, bytes } = packed(version);
    const at = (name: string): string => path.join(scratch, name);
    writeFileSync(at('manifest.json'), manifest);
    writeFileSync(at('app.bin'), bytes);
    const config = {
      main: path.join(root, 'scripts/release/launcher.cjs'),
      output: at('blob'),
      disableExperimentalSEAWarning: true,
      assets: { manifest: at('manifest.json'), app: at('app.bin') },
    };
    writeFileSync(at('sea.json'), JSON.stringify(config));
    execFileSync(process.execPath, ['--experimental-sea-config', at('sea.json')], {
      stdio: 'pipe',
    });
    copyFileSync(process.execPath, target);
    chmodSync(target, 0o755);
    const postject = path.join(
      path.dirname(createRequire(import.meta.url).resolve('postject')),
      'cli.js',
    );
    execFileSync(
      process.execPath,
      [postject, target, 'NODE_SEA_BLOB', at('blob'), '--sentinel-fuse', FUSE],
      { stdio: 'pipe' },
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

sayHelp(import.meta.filename);
const [flag, given] = process.argv.slice(2);
const out = path.resolve(flag === '--out' && given ? given : path.join(root, 'release'));
const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
mkdirSync(out, { recursive: true });
execFileSync(process.execPath, [path.join(root, 'scripts/build.ts'), '--if-stale'], {
  stdio: 'inherit',
});
const program = `handrail-${process.platform}-${process.arch}`;
oneFile(path.join(out, program), about.version);
writeFileSync(path.join(out, 'handrail.1'), manPage(TABLE, about.version));
for (const shell of ['bash', 'zsh', 'fish'] as const)
  writeFileSync(path.join(out, `handrail.${shell}`), completionScript(shell));
writeFileSync(path.join(out, 'NOTICE.txt'), readFileSync(path.join(root, 'dist/NOTICE.txt')));
chmodSync(path.join(out, 'NOTICE.txt'), 0o644);
const sums = readdirSync(out)
  .filter((file) => file !== 'SHA256SUMS')
  .toSorted()
  .map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(path.join(out, file)))
        .digest('hex')}  ${file}\n`,
  );
writeFileSync(path.join(out, 'SHA256SUMS'), sums.join(''));
console.log(
  `${path.relative(process.cwd(), path.join(out, program)) || program} and what goes with it`,
);
