/** Both maps in one; what both have is put together. */
export function merged<Key, Value>(
  map: ReadonlyMap<Key, Value>,
  more: ReadonlyMap<Key, Value>,
  together: (value: Value, later: Value) => Value,
): Map<Key, Value> {
  const both = new Map(map);
  for (const [key, later] of more) {
    const value = both.get(key);
    both.set(key, value === undefined ? later : together(value, later));
  }
  return both;
}
