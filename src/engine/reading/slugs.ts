import GithubSlugger, { slug } from 'github-slugger';

/** A text as an anchor of GitHub; the same text gives the same slug. */
export const slugOf = slug;

/** Slugs as GitHub gives them within one document: repeated ones get `-1`, `-2` …. */
export function documentSlugs(): (text: string) => string {
  const slugger = new GithubSlugger();
  return (text) => slugger.slug(text);
}
