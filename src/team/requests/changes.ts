/** What is different in a text since the last approved one, as a patch. */
export async function patchBetween(before: string, text: string): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return createTwoFilesPatch('last approved run', 'this request', before, text);
}
