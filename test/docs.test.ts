import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages } from '../scripts/docs.ts';

const root = path.dirname(import.meta.dirname);

describe('the documentation', () => {
  it.each(Object.entries(pages()))('%s says what the program says (npm run docs)', (name, text) => {
    expect(readFileSync(path.join(root, name), 'utf8')).toBe(text);
  });

  it('CONTRIBUTING.md names only files and folders that are there', () => {
    const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8').replace(
      /^```.*?^```/gms,
      '',
    );
    const named = [...text.matchAll(/`((?:src|scripts|templates)\/[\w./-]+)`/g)];
    const gone = named.flatMap(([, file = '']) =>
      existsSync(path.join(root, file)) ? [] : [file],
    );
    expect([named.length > 0, gone]).toEqual([true, []]);
  });
});
