/**
 * A short text that is another one for another text, but for one case in some billions: enough to see that nothing has
 * changed. It tells nothing of the text.
 */
export function fingerprint(text: string): string {
  let [a, b] = [0x9e3779b9, 0x85ebca6b];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x5bd1e995) ^ (b >>> 13);
  }
  return [a ^ (b >>> 16), b ^ (a >>> 15)].map(half => (half >>> 0).toString(36)).join('-');
}
