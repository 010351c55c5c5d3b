/** Rows or columns; positions count from 1. */
export type Axis = 'row' | 'column';

/** What happened to the lines (rows or columns) of a sheet. */
export type AxisChange =
  /** `like` is the line whose look the new ones take over, by its position before the change. */
  | { kind: 'insert'; at: number; count: number; like?: number | undefined }
  | { kind: 'delete'; at: number; count: number }
  /** The block goes before the line that is `to` now. */
  | { kind: 'move'; at: number; count: number; to: number }
  /** Line `from + i` becomes what line `order[i]` was. */
  | { kind: 'sort'; from: number; order: readonly number[] };

/** Where the line stands afterwards; undefined when it is gone. */
export function lineAfter(change: AxisChange, line: number): number | undefined {
  switch (change.kind) {
    case 'insert':
      return line >= change.at ? line + change.count : line;
    case 'delete':
      if (line < change.at) return line;
      return line < change.at + change.count ? undefined : line - change.count;
    case 'move': {
      const { at, count, to } = change;
      const inside = line >= at && line < at + count;
      if (to > at)
        return inside ? line + to - count - at : line >= at + count && line < to ? line - count : line;
      return inside ? line + to - at : line >= to && line < at ? line + count : line;
    }
    case 'sort': {
      const index = change.order.indexOf(line);
      return index < 0 ? line : change.from + index;
    }
  }
}

export interface Span {
  start: number;
  count: number;
}

/** Where a block of lines stands afterwards: an insertion inside widens it, a deletion narrows it, a sort leaves it. */
export function spanAfter(change: AxisChange, { start, count }: Span): Span | undefined {
  const end = start + count - 1;
  switch (change.kind) {
    case 'sort':
      return { start, count };
    case 'insert':
      if (change.at > end) return { start, count };
      return change.at <= start
        ? { start: start + change.count, count }
        : { start, count: count + change.count };
    case 'delete': {
      const left = Math.max(0, Math.min(end + 1, change.at + change.count) - Math.max(start, change.at));
      if (left === count) return undefined;
      const before = Math.max(0, Math.min(start, change.at + change.count) - change.at);
      return { start: start - before, count: count - left };
    }
    case 'move': {
      const first = lineAfter(change, start)!;
      return lineAfter(change, end) === first + count - 1 ? { start: first, count } : { start, count };
    }
  }
}

/** Applies the change to a list whose first entry is line 1. Holes stay holes. */
export function rearrange<T>(lines: (T | undefined)[], change: AxisChange): void {
  switch (change.kind) {
    case 'insert':
      if (lines.length >= change.at - 1) {
        const tail = lines.splice(change.at - 1);
        lines.length += change.count;
        for (const line of tail) lines.push(line);
      }
      break;
    case 'delete':
      lines.splice(change.at - 1, change.count);
      break;
    case 'move': {
      lines.length = Math.max(lines.length, change.at + change.count - 1, change.to - 1);
      const block = lines.splice(change.at - 1, change.count);
      lines.splice((change.to > change.at ? change.to - change.count : change.to) - 1, 0, ...block);
      break;
    }
    case 'sort': {
      const sorted = change.order.map(line => lines[line - 1]);
      for (const [i, line] of sorted.entries()) lines[change.from - 1 + i] = line;
      break;
    }
  }
}

/** The same for a sparse map keyed by line. */
export function rearrangeKeys<T>(entries: Map<number, T>, change: AxisChange): void {
  const old = [...entries];
  entries.clear();
  for (const [line, entry] of old) {
    const now = lineAfter(change, line);
    if (now !== undefined) entries.set(now, entry);
  }
}
