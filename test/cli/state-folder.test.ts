import { describe, expect, test } from 'vitest';
import { stateFolder } from '../../src/cli/state-folder.ts';
import { openStore, stores } from '../../src/stores/index.ts';
import { steadyClock } from '../support/clock.ts';

const chosen = (state: string): string => stateFolder({ state, env: {}, cwd: '/srv' });

describe('what is given as the place of runs', () => {
  test.each(Object.keys(stores))('is left to the store of `%s:`, in whatever letters', (scheme) => {
    for (const place of [`${scheme}:x`, `${scheme}://db/x`, `${scheme.toUpperCase()}://db/x`])
      expect(chosen(place)).toBe(place);
  });

  test.each([
    ['runs', '/srv/runs'],
    ['./memory:', '/srv/memory:'],
    ['c:x', '/srv/c:x'],
    ['2026:x', '/srv/2026:x'],
    ['/var/a:b', '/var/a:b'],
  ])('is a folder: %s', (given, folder) => {
    expect(chosen(given)).toBe(folder);
    const { scheme, where } = openStore(chosen(given), steadyClock());
    expect({ scheme, where }).toEqual({ scheme: 'file', where: folder });
  });

  test('is refused where it names a kind of store that there is not', () => {
    const open = (): unknown => openStore(chosen('nothing:x'), steadyClock());
    expect(open).toThrow('There is no run store for `nothing:`.');
  });
});
