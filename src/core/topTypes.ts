export interface TypeCount {
  type: string;
  count: number;
}

/** The most frequent types, at most `limit`. Ties are ordered by key, so that two runs of a day give the same rows. */
export function topTypes(byType: ReadonlyMap<string, number>, limit: number): TypeCount[] {
  return [...byType]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1))
    .slice(0, limit);
}
