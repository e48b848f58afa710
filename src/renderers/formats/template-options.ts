/** How every template is compiled, by the build and from source alike. */
export const TEMPLATE_OPTIONS = {
  /** A field that is not there is an error, never an empty place. */
  strict: true,
  /** Values come as `Untrusted` text, which is harmless wherever it is printed. */
  noEscape: true,
  knownHelpers: { html: true },
  knownHelpersOnly: true,
} as const;
