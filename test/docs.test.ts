import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pages } from '../scripts/docs.ts';

const root = path.dirname(import.meta.dirname);

describe('the documentation', () => {
  it.each(Object.entries(pages()))('%s says what the program says (npm run docs)', (name, text) => {
    expect(readFileSync(path.join(root, name), 'utf8')).toBe(text);
  });
});
