import type { ConditionalRule } from '../model/conditional-rule';
import { Refusal } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import { requireColor } from './colors';
import type { RangeCoordinates } from './range-coordinates';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member } from './signatures';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type GBuilder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type GInterpolation = GoogleAppsScript.Spreadsheet.InterpolationType;
type GRange = GoogleAppsScript.Spreadsheet.Range;
type RuleMember = 'getRanges';
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

export const RULE_MEMBERS: Record<RuleMember, Member> = { getRanges: free() };

export const RULE_BUILDER_MEMBERS: Record<BuilderMember, Member> = {
  build: free(),
  setBackground: free('text|null'),
  setBold: free('boolean|null'),
  setFontColor: free('text|null'),
  setGradientMaxpoint: free('text'),
  setGradientMaxpointWithValue: free('text,InterpolationType,text'),
  setGradientMidpointWithValue: free('text,InterpolationType,text'),
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

export class RuleService extends Service<GRule> implements Pick<GRule, RuleMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    readonly sheet: Sheet,
    readonly rule: ConditionalRule,
  ) {
    super(session);
  }

  getRanges(): GRange[] {
    return this.session.realm.array(this.rule.areas.map(area => this.objects.range(this.sheet, area)));
  }
}

/** Checks and keeps a rule; nothing evaluates it. */
export class RuleBuilderService extends Service<GBuilder> implements Pick<GBuilder, BuilderMember> {
  #ranges: RangeCoordinates[] = [];
  #condition: ConditionalRule['condition'];
  readonly #look: Record<string, unknown> = {};

  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
  ) {
    super(session);
  }

  setRanges(ranges: GRange[]): GBuilder {
    this.#ranges = ranges.map(range => this.session.unwrap<RangeCoordinates>(range));
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
    return this.#show('gradientMin', { color: requireColor(color) });
  }

  setGradientMaxpoint(color: string): GBuilder {
    return this.#show('gradientMax', { color: requireColor(color) });
  }

  setGradientMinpointWithValue(color: string, type: GInterpolation, value: string): GBuilder {
    return this.#show('gradientMin', { color: requireColor(color), type: String(type), value });
  }

  setGradientMidpointWithValue(color: string, type: GInterpolation, value: string): GBuilder {
    return this.#show('gradientMid', { color: requireColor(color), type: String(type), value });
  }

  setGradientMaxpointWithValue(color: string, type: GInterpolation, value: string): GBuilder {
    return this.#show('gradientMax', { color: requireColor(color), type: String(type), value });
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
    const [first] = this.#ranges;
    if (!first) throw new Refusal('Conditional format rules must apply to at least one range.');
    if (this.#ranges.some(range => range.sheet !== first.sheet)) {
      throw new Refusal('All ranges of a conditional format rule must be on the same sheet.');
    }
    const gradient = 'gradientMin' in this.#look && 'gradientMax' in this.#look;
    if (!gradient && !this.#condition) throw new Refusal('Conditional format rules need a condition.');
    const areas = this.#ranges.map(range => range.area);
    return this.objects.rule(first.sheet, { areas, condition: this.#condition, look: { ...this.#look } });
  }

  #show(key: string, value: unknown): GBuilder {
    this.#look[key] = value;
    return this.self;
  }

  #when(kind: string, ...values: unknown[]): GBuilder {
    this.#condition = { kind, values };
    return this.self;
  }
}
