/** The sentence above asks for commands to be run. */
export function asksToRun(lead: string): boolean {
  return (
    /\b(?:run|running|execute|executing|issue|invoke|enter|commands?|using|use|with|via)\b[^.]{0,80}(?:[:.]\s*)?$/i.test(
      lead,
    ) || /\b(?:run|execute)\b/i.test(lead)
  );
}

/** The sentence above asks for text to be put into a file. */
export function asksToPut(lead: string): boolean {
  return (
    /\b(?:add|adding|put|append|insert|include|place|paste|set|update|edit|save|write|modify|contains?|contents?)\b[^.]*(?:\bto\b|\bin\b|\binto\b|\bfollowing\b)[^.]*(?:\bfile\b|\.env\b|\.\w*rc\b|\.profile\b|\bconfig\w*\b|\.(?:conf|ya?ml|toml|ini|json|cfg|tf|cnf|properties)\b|\/etc\/|\bhosts\b|\bcrontab\b|\bPATH\b|\bprofile\b|\bvariables?\b)/i.test(
      lead,
    ) || /\bon your PATH\b/i.test(lead)
  );
}

/** "Do this on the failed node:" above a table of ways to do it. */
export function tellsEach(lead: string): boolean {
  return /^(?:do|carry out|check|verify|look at|try|apply|perform)\b.*:[^\w:]*$/i.test(lead);
}
