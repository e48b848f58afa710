import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { textIn } from '../../engine/load.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import {
  type ImportField,
  type ImportMapping,
  USUAL_NAMES,
} from '../../engine/timeline/import/columns.ts';
import { importEntries } from '../../engine/timeline/import/entries.ts';
import { slackUsers } from '../../engine/timeline/import/slack.ts';
import type { TimelineImport } from '../../engine/timeline.ts';
import { screenLine } from '../screen/safe-text.ts';

/** How files are to be read. */
export interface ImportOptions {
  readonly mapping: ImportMapping;
  readonly timezone: string;
  readonly cwd: string;
  /** Takes what could not be read, for the person to be told. */
  readonly unread: string[];
}

/** Reads `--map time=wann` into a mapping. Throws USAGE. */
export function mappingOf(words: readonly string[]): ImportMapping {
  const mapping: Partial<Record<ImportField, string>> = {};
  for (const word of words.flatMap((each) => each.split(','))) {
    const at = word.indexOf('=');
    const field = Object.keys(USUAL_NAMES).find(
      (name): name is ImportField => name === word.slice(0, at),
    );
    if (field === undefined || at === word.length - 1) {
      const fields = Object.keys(USUAL_NAMES).join(', ');
      const message = `\`--map ${word}\` is to be FIELD=NAME, FIELD being one of ${fields}.`;
      throw new HandrailError('USAGE', { message });
    }
    mapping[field] = word.slice(at + 1);
  }
  return mapping;
}

/** The chat and alert exports at the given paths; a folder is a Slack export, unzipped. Throws IMPORT_UNREADABLE. */
export async function openImports(
  paths: readonly string[],
  options: ImportOptions,
): Promise<readonly TimelineImport[]> {
  const found: TimelineImport[] = [];
  const users = new Map<string, ReadonlyMap<string, string>>();
  for (const given of paths) {
    const whole = path.resolve(options.cwd, given);
    const files = isFolder(whole, given) ? slackFiles(whole) : [whole];
    for (const file of files) {
      const folder = path.dirname(file);
      const known = users.get(folder) ?? usersIn(folder, options.unread);
      users.set(folder, known);
      const name = path.relative(path.dirname(whole), file);
      found.push(await openImport(file, name, known, options));
    }
  }
  return found;
}

async function openImport(
  file: string,
  name: string,
  users: ReadonlyMap<string, string>,
  { mapping, timezone, unread }: ImportOptions,
): Promise<TimelineImport> {
  const entries = () =>
    importEntries({
      name,
      pieces: textIn(createReadStream(file), () =>
        unread.push(
          `\`${name}\` holds bytes that are no UTF-8 text, which stand as \ufffd; save it as UTF-8.`,
        ),
      ),
      mapping,
      timezone,
      users,
      channel: path.basename(path.dirname(file)),
      onUnread: (why) => unread.push(why),
    });
  return { file: name.replaceAll(path.sep, '/'), sha256: await digestOf(file), entries };
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file)) digest.update(chunk);
  return digest.digest('hex');
}

/** A Slack export holds a folder for each channel, and in it a file for each day. */
function slackFiles(folder: string): readonly string[] {
  const inside = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /^\d{4}-\d\d-\d\d\.json$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (inside.length > 0) return inside;
  const message = `\`${folder}\` holds no files of days (2026-11-20.json), so it is no Slack export.`;
  throw new HandrailError('IMPORT_UNREADABLE', { message });
}

/** Where the list cannot be read, the messages come in with the ids of who wrote them. */
function usersIn(folder: string, unread: string[]): ReadonlyMap<string, string> {
  for (const above of [folder, path.dirname(folder)]) {
    const file = path.join(above, 'users.json');
    if (!existsSync(file)) continue;
    try {
      return slackUsers(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      const why = `\`${file}\` is no list of users: people are called by their ids.`;
      if (!unread.includes(why)) unread.push(why);
      return new Map();
    }
  }
  return new Map();
}

function isFolder(file: string, given: string): boolean {
  try {
    return statSync(file).isDirectory();
  } catch (error) {
    throw absent(given, error);
  }
}

function absent(given: string, cause: unknown): HandrailError {
  const message = `\`${given}\` cannot be imported: there is no such file.`;
  return new HandrailError('IMPORT_UNREADABLE', { message }, { cause });
}

const MOST_TOLD = 20;

/** What a person is told of entries that could not be read, a line each. */
export function unreadLines(unread: readonly string[]): string {
  const more = unread.length - MOST_TOLD;
  const lines = unread.slice(0, MOST_TOLD).map((why) => `warning: ${why}`);
  if (more > 0) lines.push(`warning: and ${more} more entries that cannot be read`);
  return lines.map((line) => `${screenLine(line)}\n`).join('');
}
