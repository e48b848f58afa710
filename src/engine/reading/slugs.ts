import GithubSlugger, { slug } from 'github-slugger';

/** A text as an anchor of GitHub; the same text gives the same slug. */
export const slugOf = slug;

/**
 * Slugs as GitHub gives them within one document: repeated ones get `-1`, `-2` …. An anchor that the heading gives
 * itself is taken as it is, unless it was there before.
 */
export function documentSlugs(): (text: string, own?: string | null) => string {
  const slugger = new GithubSlugger();
  return (text, own) => {
    if (!own || own in slugger.occurrences) return slugger.slug(text);
    slugger.occurrences[own] = 0;
    return own;
  };
}
