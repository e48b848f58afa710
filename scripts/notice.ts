/** Whose work is bundled, and on what terms: made by the build, so that it names what is there and nothing else. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly homepage: string;
  /** Licence and notice files as they came, `''` where the package brings none. */
  readonly text: string;
}

/** Terms that ask for more than their notice: whoever passes the bundle on is told where the source is. */
const COPYLEFT = /\b(?:EPL|MPL|CDDL|L?GPL|AGPL)\b/;

/** The text of `NOTICE.txt` for packages in these folders. */
export function noticeOf(folders: readonly string[]): string {
  const all = folders.map(bundledIn);
  const distinct = [...new Map(all.map((one) => [`${one.name}@${one.version}`, one])).values()];
  const sorted = distinct.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  return [
    'handrail is under the MIT licence (LICENSE). Its bundles hold parts of the packages below, each under its own.',
    ...sourcesOffered(sorted),
    ...sorted.map(
      ({ name, version, license, homepage, text }) =>
        `${'-'.repeat(78)}\n${name} ${version}\nLicence: ${license}\n${homepage}\n\n${text.trim()}`,
    ),
    '',
  ].join('\n\n');
}

/** A package's own words about itself; throws where it says nothing of its licence. */
function bundledIn(folder: string): Bundled {
  const facts = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const all = readdirSync(folder);
  const own = all.filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name));
  // Old packages say it in their README alone.
  const files = own.length > 0 ? own : all.filter((name) => /^readme/i.test(name));
  const text = files.map((name) => readFileSync(path.join(folder, name), 'utf8')).join('\n\n');
  const license = typeof facts.license === 'string' ? facts.license : '';
  if (license === '' && !/licen[cs]e/i.test(text))
    throw new Error(`${facts.name} is bundled and says nothing of its licence.`);
  return {
    name: facts.name,
    version: facts.version,
    license: license || 'see below',
    homepage: facts.homepage ?? addressOf(facts),
    text: `${text.trim()}${compiledIn(facts.name)}`,
  };
}

/** Where a package comes from: its repository, however that is written, or else the registry. */
function addressOf({
  name,
  repository,
}: {
  name: string;
  repository?: string | { url?: string };
}): string {
  const given = (typeof repository === 'object' ? repository.url : repository) ?? '';
  const [, short] = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(given) ?? [];
  if (short !== undefined) return `https://github.com/${short}`;
  const url = given.replace(/^git\+/, '').replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://');
  return url === '' ? `https://www.npmjs.com/package/${name}` : url.replace(/\.git$/, '');
}

const NOTICES = path.join(import.meta.dirname, 'notices');

/** Terms of what somebody else compiled into a package's native code, which the package itself does not bring. */
function compiledIn(name: string): string {
  const file = path.join(NOTICES, `${name}.txt`);
  return existsSync(file) ? `\n\n${readFileSync(file, 'utf8')}` : '';
}

function sourcesOffered(all: readonly Bundled[]): readonly string[] {
  const strict = all.filter(({ license }) => COPYLEFT.test(license));
  if (strict.length === 0) return [];
  const named = strict.map(({ name, version, license }) => `${name} ${version} (${license})`);
  return [
    `Parts under terms that ask for more than this notice: ${named.join(', ')}. They are bundled unchanged; their ` +
      'source is the npm package of that name and version, and the repository named with it.',
  ];
}
