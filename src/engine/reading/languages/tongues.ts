import type { Language } from './language.ts';
import { isSpaced } from './script.ts';
import { Spaced } from './spaced.ts';
import type { Tongue } from './tongue.ts';
import { Unspaced } from './unspaced.ts';

const known = new Map<Language, Tongue>();

/** The pack made ready. */
export function tongueOf(language: Language): Tongue {
  const have = known.get(language);
  if (have) return have;
  const made = isSpaced(language.script) ? new Spaced(language) : new Unspaced(language);
  known.set(language, made);
  return made;
}
