import type { ConditionalRule, Gradient } from '../model/conditional-rule';
import type { Sheet } from '../model/sheet';
import { constant, InterpolationType } from './enums';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member } from './signatures';

type GRule = GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
type GBuilder = GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
type GGradient = GoogleAppsScript.Spreadsheet.GradientCondition;
type GInterpolation = GoogleAppsScript.Spreadsheet.InterpolationType;
type RuleMember = 'copy' | 'getGradientCondition' | 'getRanges';

export const RULE_MEMBERS: Record<RuleMember, Member> = {
  copy: free(),
  getGradientCondition: free(),
  getRanges: free(),
};

/** A rule as it was built or read: what later happens to the sheet's rows and columns does not reach it. */
export class RuleService extends Service<GRule> implements Pick<GRule, RuleMember> {
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    readonly sheet: Sheet,
    readonly rule: ConditionalRule,
  ) {
    super(session);
  }

  copy(): GBuilder {
    return this.objects.ruleBuilder({ sheet: this.sheet, rule: this.rule });
  }

  getGradientCondition(): GGradient | null {
    return this.rule.gradient ? this.objects.gradient(this.rule.gradient) : null;
  }

  getRanges(): GoogleAppsScript.Spreadsheet.Range[] {
    return this.session.realm.array(this.rule.areas.map(area => this.objects.range(this.sheet, area)));
  }
}

export const GRADIENT_MEMBERS: Record<keyof GGradient, Member> = {
  getMaxColor: free(),
  getMaxType: free(),
  getMaxValue: free(),
  getMidColor: free(),
  getMidType: free(),
  getMidValue: free(),
  getMinColor: free(),
  getMinType: free(),
  getMinValue: free(),
};

/** Without a midpoint its type is null, its colour and value are empty texts [doc SS-gradient-condition]. */
export class GradientService extends Service<GGradient> implements Pick<GGradient, keyof GGradient> {
  constructor(
    session: Session,
    private readonly gradient: Gradient,
  ) {
    super(session);
  }

  getMinColor = (): string => this.gradient.min.color;
  getMinType = (): GInterpolation => constant(InterpolationType, this.gradient.min.type);
  getMinValue = (): string => this.gradient.min.value;
  getMidColor = (): string => this.gradient.mid?.color ?? '';
  getMidValue = (): string => this.gradient.mid?.value ?? '';
  getMaxColor = (): string => this.gradient.max.color;
  getMaxType = (): GInterpolation => constant(InterpolationType, this.gradient.max.type);
  getMaxValue = (): string => this.gradient.max.value;

  getMidType(): GInterpolation | null {
    const { mid } = this.gradient;
    return mid ? constant(InterpolationType, mid.type) : null;
  }
}
