import { arabic } from './arabic.ts';
import { bulgarian } from './bulgarian.ts';
import { catalan } from './catalan.ts';
import { chinese } from './chinese.ts';
import { croatian } from './croatian.ts';
import { czech } from './czech.ts';
import { danish } from './danish.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { estonian } from './estonian.ts';
import { finnish } from './finnish.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { greek } from './greek.ts';
import { hebrew } from './hebrew.ts';
import { hindi } from './hindi.ts';
import { hungarian } from './hungarian.ts';
import { indonesian } from './indonesian.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import type { Language } from './language.ts';
import { latvian } from './latvian.ts';
import { lithuanian } from './lithuanian.ts';
import { norwegian } from './norwegian.ts';
import { persian } from './persian.ts';
import { polish } from './polish.ts';
import { portuguese } from './portuguese.ts';
import { romanian } from './romanian.ts';
import { russian } from './russian.ts';
import { serbian } from './serbian.ts';
import { slovak } from './slovak.ts';
import { slovenian } from './slovenian.ts';
import { spanish } from './spanish.ts';
import { swedish } from './swedish.ts';
import { thai } from './thai.ts';
import { turkish } from './turkish.ts';
import { ukrainian } from './ukrainian.ts';
import { vietnamese } from './vietnamese.ts';

/** Every language pack; a new one is a file and two lines here. English stands beside any other. */
export const LANGUAGES: readonly Language[] = [
  english,
  german,
  french,
  spanish,
  portuguese,
  italian,
  catalan,
  dutch,
  polish,
  swedish,
  danish,
  norwegian,
  czech,
  croatian,
  slovak,
  slovenian,
  finnish,
  lithuanian,
  latvian,
  estonian,
  hungarian,
  romanian,
  turkish,
  vietnamese,
  indonesian,
  russian,
  ukrainian,
  bulgarian,
  serbian,
  greek,
  arabic,
  persian,
  hebrew,
  hindi,
  thai,
  japanese,
  chinese,
  korean,
];
