/** A table for the terminal: the first row is the header; columns of whole numbers stand on the right. */
export function printTable(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(0, ...rows.map(row => row.length));
  if (columns === 0) return '';
  const cells = rows.map(row => Array.from({ length: columns }, (_, i) => oneLine(row[i] ?? '')));
  const body = cells.slice(1);
  const layout = Array.from({ length: columns }, (_, i) => ({
    width: Math.max(...cells.map(row => length(row[i]!))),
    right: body.some(row => row[i] !== '') && body.every(row => /^-?\d*$/.test(row[i]!)),
  }));
  const line = (left: string, between: string, right: string) =>
    left + layout.map(({ width }) => '─'.repeat(width + 2)).join(between) + right;
  const text = (row: string[]) =>
    `│${layout.map((column, i) => ` ${padded(row[i]!, column.width, column.right)} `).join('│')}│`;
  const [header, ...rest] = cells.map(text);
  return [
    line('┌', '┬', '┐'),
    header,
    ...(rest.length > 0 ? [line('├', '┼', '┤'), ...rest] : []),
    line('└', '┴', '┘'),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ');
}

/** In places of the terminal: combining marks take none. East Asian and emoji widths are not measured. */
function length(text: string): number {
  return [...text.replace(/\p{M}/gu, '')].length;
}

function padded(text: string, width: number, right: boolean): string {
  const spaces = ' '.repeat(width - length(text));
  return right ? spaces + text : text + spaces;
}
