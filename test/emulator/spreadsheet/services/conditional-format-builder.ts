import type { Area } from '../model/area';
import type { ConditionalRule, Gradient, GradientPoint, PointType } from '../model/conditional-rule';
import { Refusal } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import { requireColor } from './colors';
import { constantName } from './enums';
import type { RangeCoordinates } from './range-coordinates';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member } from './signatures';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type GBuilder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type GInterpolation = GoogleAppsScript.Spreadsheet.InterpolationType;
type GRange = GoogleAppsScript.Spreadsheet.Range;
type BuilderMember =
  | 'build'
  | 'setBackground'
  | 'setBold'
  | 'setFontColor'
  | 'setGradientMaxpoint'
  | 'setGradientMaxpointWithValue'
  | 'setGradientMidpointWithValue'
  | 'setGradientMinpoint'
  | 'setGradientMinpointWithValue'
  | 'setItalic'
  | 'setRanges'
  | 'whenCellEmpty'
  | 'whenCellNotEmpty'
  | 'whenFormulaSatisfied'
  | 'whenNumberBetween'
  | 'whenNumberEqualTo'
  | 'whenNumberGreaterThan'
  | 'whenNumberGreaterThanOrEqualTo'
  | 'whenNumberLessThan'
  | 'whenNumberLessThanOrEqualTo'
  | 'whenTextContains'
  | 'whenTextEqualTo';

export const RULE_BUILDER_MEMBERS: Record<BuilderMember, Member> = {
  build: free(),
  setBackground: free('text|null'),
  setBold: free('boolean|null'),
  setFontColor: free('text|null'),
  setGradientMaxpoint: free('text'),
  setGradientMaxpointWithValue: free('text,InterpolationType,text'),
  setGradientMidpointWithValue: free('text,InterpolationType|null,text'),
  setGradientMinpoint: free('text'),
  setGradientMinpointWithValue: free('text,InterpolationType,text'),
  setItalic: free('boolean|null'),
  setRanges: free('Range[]'),
  whenCellEmpty: free(),
  whenCellNotEmpty: free(),
  whenFormulaSatisfied: free('text'),
  whenNumberBetween: free('number,number'),
  whenNumberEqualTo: free('number'),
  whenNumberGreaterThan: free('number'),
  whenNumberGreaterThanOrEqualTo: free('number'),
  whenNumberLessThan: free('number'),
  whenNumberLessThanOrEqualTo: free('number'),
  whenTextContains: free('text'),
  whenTextEqualTo: free('text'),
};

/** Where a rule applies. */
interface Place {
  readonly sheet: Sheet;
  readonly area: Area;
}

/** Makes a rule out of a condition with a look, or out of a gradient's points. */
export class RuleBuilderService extends Service<GBuilder> implements Pick<GBuilder, BuilderMember> {
  #places: readonly Place[] = [];
  #condition: ConditionalRule['condition'];
  readonly #points: { min?: GradientPoint; mid?: GradientPoint; max?: GradientPoint } = {};
  readonly #look: Record<string, unknown> = {};

  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    from?: { readonly sheet: Sheet; readonly rule: ConditionalRule },
  ) {
    super(session);
    if (!from) return;
    const { sheet, rule } = from;
    this.#places = rule.areas.map(area => ({ sheet, area }));
    this.#condition = rule.condition;
    Object.assign(this.#points, rule.gradient);
    Object.assign(this.#look, rule.look);
  }

  /** Replaces the ranges; none at all are possible until the rule is built [doc SS-conditional-format-rule-builder]. */
  setRanges(ranges: GRange[]): GBuilder {
    this.#places = ranges.map(range => {
      const { sheet, area } = this.session.unwrap<RangeCoordinates>(range);
      return { sheet, area };
    });
    return this.self;
  }

  setBackground(color: string | null): GBuilder {
    return this.#show('background', requireColor(color));
  }

  setFontColor(color: string | null): GBuilder {
    return this.#show('fontColor', requireColor(color));
  }

  setBold(bold: boolean | null): GBuilder {
    return this.#show('bold', bold);
  }

  setItalic(italic: boolean | null): GBuilder {
    return this.#show('italic', italic);
  }

  setGradientMinpoint(color: string): GBuilder {
    return this.#point('min', color, 'MIN', '');
  }

  setGradientMaxpoint(color: string): GBuilder {
    return this.#point('max', color, 'MAX', '');
  }

  setGradientMinpointWithValue(color: string, type: GInterpolation, value: string): GBuilder {
    return this.#point('min', color, constantName(type), value);
  }

  /** A null type takes the midpoint away [doc SS-conditional-format-rule-builder]. */
  setGradientMidpointWithValue(color: string, type: GInterpolation | null, value: string): GBuilder {
    if (type !== null) return this.#point('mid', color, constantName(type), value);
    delete this.#points.mid;
    return this.self;
  }

  setGradientMaxpointWithValue(color: string, type: GInterpolation, value: string): GBuilder {
    return this.#point('max', color, constantName(type), value);
  }

  whenCellEmpty(): GBuilder {
    return this.#when('whenCellEmpty');
  }

  whenCellNotEmpty(): GBuilder {
    return this.#when('whenCellNotEmpty');
  }

  whenFormulaSatisfied(formula: string): GBuilder {
    return this.#when('whenFormulaSatisfied', formula);
  }

  whenNumberBetween(start: number, end: number): GBuilder {
    return this.#when('whenNumberBetween', start, end);
  }

  whenNumberEqualTo(number: number): GBuilder {
    return this.#when('whenNumberEqualTo', number);
  }

  whenNumberGreaterThan(number: number): GBuilder {
    return this.#when('whenNumberGreaterThan', number);
  }

  whenNumberGreaterThanOrEqualTo(number: number): GBuilder {
    return this.#when('whenNumberGreaterThanOrEqualTo', number);
  }

  whenNumberLessThan(number: number): GBuilder {
    return this.#when('whenNumberLessThan', number);
  }

  whenNumberLessThanOrEqualTo(number: number): GBuilder {
    return this.#when('whenNumberLessThanOrEqualTo', number);
  }

  whenTextContains(text: string): GBuilder {
    return this.#when('whenTextContains', text);
  }

  whenTextEqualTo(text: string): GBuilder {
    return this.#when('whenTextEqualTo', text);
  }

  build(): GRule {
    const [first] = this.#places;
    if (!first) throw new Refusal('Conditional format rules must apply to at least one range.');
    if (this.#places.some(({ sheet }) => sheet !== first.sheet)) {
      throw new Refusal('All ranges of a conditional format rule must be on the same sheet.');
    }
    const gradient = this.#gradient();
    if (!gradient && !this.#condition) throw new Refusal('Conditional format rules need a condition.');
    if (gradient && (this.#condition || Object.keys(this.#look).length > 0)) {
      throw new Refusal('A conditional format rule cannot have a gradient beside a condition or a format.');
    }
    const areas = this.#places.map(({ area }) => area);
    return this.objects.rule(first.sheet, {
      areas,
      condition: this.#condition,
      gradient,
      look: { ...this.#look },
    });
  }

  /** @throws Refusal when one of its ends is missing */
  #gradient(): Gradient | undefined {
    const { min, mid, max } = this.#points;
    if (!min && !mid && !max) return undefined;
    if (!min || !max) throw new Refusal('A conditional format gradient needs a minpoint and a maxpoint.');
    return { min, mid, max };
  }

  #point(end: keyof Gradient, color: string, type: PointType, value: string): GBuilder {
    if (!POINT_TYPES[end].includes(type)) throw new Refusal(`Invalid argument: ${type}`);
    const ofData = type === 'MIN' || type === 'MAX';
    if (!ofData) requirePointValue(type, value);
    this.#points[end] = { color: requireColor(color)!, type, value: ofData ? '' : value };
    return this.self;
  }

  /** Null takes the setting out of the rule [doc SS-conditional-format-rule-builder]. */
  #show(key: string, value: unknown): GBuilder {
    if (value === null || value === undefined) delete this.#look[key];
    else this.#look[key] = value;
    return this.self;
  }

  #when(kind: string, ...values: unknown[]): GBuilder {
    this.#condition = { kind, values };
    return this.self;
  }
}

/** Whether the real service lets the scale end at the other end's data is unknown: it may not here. */
const POINT_TYPES: Record<keyof Gradient, readonly PointType[]> = {
  min: ['MIN', 'NUMBER', 'PERCENT', 'PERCENTILE'],
  mid: ['NUMBER', 'PERCENT', 'PERCENTILE'],
  max: ['MAX', 'NUMBER', 'PERCENT', 'PERCENTILE'],
};

function requirePointValue(type: PointType, value: string): void {
  if (value.startsWith('=')) throw new Refusal('A formula as the value of a gradient point is not emulated');
  const isNumber = /^-?\d+(\.\d+)?$/.test(value);
  const isShare = isNumber && Number(value) >= 0 && Number(value) <= 100;
  if (type === 'NUMBER' ? !isNumber : !isShare) throw new Refusal(`Invalid argument: ${value}`);
}
