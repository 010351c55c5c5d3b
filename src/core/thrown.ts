/** What was thrown, in its own words: anything can be thrown, and the platform's services throw more than errors. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
