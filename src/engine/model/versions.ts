/** A release number: its parts, and what stands behind a hyphen and makes it an earlier one. */
interface Version {
  readonly parts: readonly number[];
  readonly before: readonly string[];
}

const VERSION =
  /^[vV]?(?:(\d{1,9}(?:\.\d{1,9}){1,5})(?:-([0-9A-Za-z]{1,32}(?:[.-][0-9A-Za-z]{1,32}){0,5}))?(?:\+[0-9A-Za-z.-]{1,64})?|(\d{1,9}))$/;

/** How inputs that hold a release number are called: `version`, `min_version`, `apiVersion`, `RELEASE`, `tag`. */
const NAMED =
  /(?:^|[^A-Za-z])(?:version|semver|ver|release|tag|VERSION|SEMVER|VER|RELEASE|TAG)s?(?![A-Za-z])|(?:Version|Release)(?![a-z])/;

/** Whether the name of an input says that it holds a release number. */
export const isVersionName = (name: string): boolean => NAMED.test(name);

/** `v1.9`: a text that says by itself that it is a release number. */
export const isMarkedVersion = (text: string): boolean =>
  /^[vV]\d/.test(text) && VERSION.test(text);

/** Texts of which one can only be a release number (`1.9.2`, `1.9-rc1`), and the other may be one. */
export const areOnlyVersions = (one: string, other: string): boolean =>
  [one, other].every((text) => text.includes('.') && VERSION.test(text)) &&
  [one, other].some((text) => !/^\d+\.\d+$/.test(text));

/**
 * Compares release numbers part by part: below 0, 0, or above. A part that is missing is 0; `1.9-rc1` is before `1.9`.
 * `undefined` where one of them is none.
 */
export function compareVersions(one: string, other: string): number | undefined {
  const [a, b] = [versionOf(one), versionOf(other)];
  if (a === undefined || b === undefined) return undefined;
  for (let at = 0; at < Math.max(a.parts.length, b.parts.length); at += 1) {
    const apart = (a.parts[at] ?? 0) - (b.parts[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return comparedBefore(a.before, b.before);
}

function comparedBefore(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const apart = a.localeCompare(b, 'en', { numeric: true });
    if (apart !== 0) return apart;
  }
  return 0;
}

function versionOf(text: string): Version | undefined {
  const [, several, before = '', numbers = several] = VERSION.exec(text.trim()) ?? [];
  if (numbers === undefined) return undefined;
  return {
    parts: numbers.split('.').map(Number),
    before: before === '' ? [] : before.split(/[.-]/),
  };
}
