import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but its arguments. */
export function fraction(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(parts.join('\u0000')).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** The world's only source of chance: the same seed gives the same sequence. */
export class Chance {
  readonly #seed: number;
  #drawn = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  next(): number {
    this.#drawn += 1;
    return fraction(this.#seed, 'draw', this.#drawn);
  }

  /** A random UUID (version 4). */
  uuid(): string {
    this.#drawn += 1;
    const hex = createHash('sha256').update(`${this.#seed} uuid ${this.#drawn}`).digest('hex');
    const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}
