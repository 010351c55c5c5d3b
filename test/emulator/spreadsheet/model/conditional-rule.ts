import type { Area } from './area';

/** A conditional format as it was built. The emulator keeps it and never evaluates it. */
export interface ConditionalRule {
  readonly areas: readonly Area[];
  /** The builder's `when…` call, such as `whenNumberGreaterThan`; undefined for a gradient. */
  readonly condition: { readonly kind: string; readonly values: readonly unknown[] } | undefined;
  readonly look: Readonly<Record<string, unknown>>;
}
