/** A template as the build precompiles it. From source there is none: `template.ts` compiles the file. */
declare module '*.hbs' {
  const specification: unknown;
  // biome-ignore lint/style/noDefaultExport: the build gives a module's value this way.
  export default specification;
}
