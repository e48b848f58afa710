/** What the build was made of (hex), which the build puts in. Absent where sources run as they stand. */
declare const HANDRAIL_BUILD: string | undefined;

/** The build that runs (hex); `null` where sources run as they stand, and nothing is to be kept between two of them. */
export const BUILD = typeof HANDRAIL_BUILD === 'undefined' ? null : HANDRAIL_BUILD;
