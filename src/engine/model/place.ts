/** Where something stands in a runbook. Lines and columns count from 1 in the original file. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}
