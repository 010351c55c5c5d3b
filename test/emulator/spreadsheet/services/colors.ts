import { Refusal } from '../model/refusal';

const NAMED: Readonly<Record<string, string>> = {
  black: '#000000',
  blue: '#0000ff',
  gray: '#808080',
  green: '#008000',
  grey: '#808080',
  orange: '#ffa500',
  red: '#ff0000',
  white: '#ffffff',
  yellow: '#ffff00',
};

/**
 * The colour as `#rrggbb`; undefined for null, which resets it.
 * @throws Refusal for anything else: the platform often ignores a wrong colour silently, so this is stricter
 */
export function requireColor(color: unknown): string | undefined {
  if (color === null) return undefined;
  const text = String(color).toLowerCase();
  const hex = NAMED[text] ?? text;
  if (/^#[0-9a-f]{6}$/.test(hex)) return hex;
  if (/^#[0-9a-f]{3}$/.test(hex)) return `#${[...hex.slice(1)].map(digit => digit + digit).join('')}`;
  throw new Refusal(`Invalid color: ${color}`);
}
