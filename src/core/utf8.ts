/** How many bytes a text takes in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) bytes += bytesOf(char);
  return bytes;
}

/** The text in pieces of at most so many bytes, none of which ends within a character. */
export function piecesOf(text: string, mostBytes: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const char of text) {
    bytes += bytesOf(char);
    if (bytes > mostBytes) {
      pieces.push(piece);
      piece = '';
      bytes = bytesOf(char);
    }
    piece += char;
  }
  return [...pieces, piece];
}

function bytesOf(char: string): number {
  const code = char.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
