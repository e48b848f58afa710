/** A file as text, as the build puts it in. */
declare module '*?text' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: the build gives a module's value this way.
  export default text;
}
