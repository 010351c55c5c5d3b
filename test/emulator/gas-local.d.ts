/** gas-local publishes no types of its own. */
declare module 'gas-local' {
  /** Evaluates every .js file of a folder in one vm context made from `globals`, which it returns. */
  export function require(
    folder: string,
    globals: object,
    options?: { filter?: (path: string) => boolean },
  ): Record<string, unknown>;
}
