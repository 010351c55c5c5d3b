import { type Area, areaAfter } from './area';
import type { Axis, AxisChange } from './axis-change';

export type PointType = 'MIN' | 'MAX' | 'NUMBER' | 'PERCENT' | 'PERCENTILE';

/** One end, or the middle, of a colour scale. */
export interface GradientPoint {
  /** `#rrggbb`. */
  readonly color: string;
  readonly type: PointType;
  /** A plain number as text, from 0 to 100 for a percentage or a percentile; `''` for MIN and MAX. */
  readonly value: string;
}

export interface Gradient {
  readonly min: GradientPoint;
  readonly mid: GradientPoint | undefined;
  readonly max: GradientPoint;
}

/** A conditional format as it was built: it has either a condition or a gradient. Conditions are never evaluated. */
export interface ConditionalRule {
  readonly areas: readonly Area[];
  /** The builder's `when…` call, such as `whenNumberGreaterThan`. */
  readonly condition: { readonly kind: string; readonly values: readonly unknown[] } | undefined;
  readonly gradient: Gradient | undefined;
  readonly look: Readonly<Record<string, unknown>>;
}

/** The rule after rows or columns changed; undefined when nothing of its areas is left. */
export function ruleAfter(
  rule: ConditionalRule,
  axis: Axis,
  change: AxisChange,
): ConditionalRule | undefined {
  const areas = rule.areas.flatMap(area => formattedAfter(area, axis, change) ?? []);
  return areas.length > 0 ? { ...rule, areas } : undefined;
}

/** Lines inserted right behind the area join it when they take over the look of its last one. */
function formattedAfter(area: Area, axis: Axis, change: AxisChange): Area | undefined {
  const last = axis === 'row' ? area.row + area.rows - 1 : area.column + area.columns - 1;
  const joins = change.kind === 'insert' && change.like === last && change.at === last + 1;
  if (!joins) return areaAfter(area, axis, change);
  return axis === 'row'
    ? { ...area, rows: area.rows + change.count }
    : { ...area, columns: area.columns + change.count };
}
