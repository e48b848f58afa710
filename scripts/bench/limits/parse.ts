/** Reads a file as handrail's built library does, with nothing kept from before. Prints its CPU time in ms. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [, , library = '', file = ''] = process.argv;
const { createHandrail } = await import(library);
const bytes = readFileSync(file);
const handrail = createHandrail({ env: {}, cwd: '/', state: 'memory:', version: '0' });
const source = (some: Buffer) => ({
  path: file,
  folder: path.dirname(file),
  bytes: some,
  text: some.toString(),
  sha256: createHash('sha256').update(some).digest('hex'),
});
// Modules are loaded by a page that is no part of it.
await handrail.parse(source(Buffer.from('# A\n')));
const from = process.cpuUsage();
await handrail.parse(source(bytes));
const { user, system } = process.cpuUsage(from);
process.stdout.write(`${(user + system) / 1000}\n`);
