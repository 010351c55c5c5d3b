import { Refusal } from '../model/refusal';
import type { Criteria, ValidationRule } from '../model/validation-rule';
import { constant, DataValidationCriteria } from './enums';
import type { ScriptObjects } from './script-objects';
import { Service, type Session } from './session';
import { free, type Member } from './signatures';

type GValidation = GoogleAppsScript.Spreadsheet.DataValidation;
type GBuilder = GoogleAppsScript.Spreadsheet.DataValidationBuilder;
type GCriteria = GoogleAppsScript.Spreadsheet.DataValidationCriteria;

export const VALIDATION_MEMBERS: Record<keyof GValidation, Member> = {
  copy: free(),
  getAllowInvalid: free(),
  getCriteriaType: free(),
  getCriteriaValues: free(),
  getHelpText: free(),
};

export class DataValidationService
  extends Service<GValidation>
  implements Pick<GValidation, keyof GValidation>
{
  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    readonly rule: ValidationRule,
  ) {
    super(session);
  }

  copy(): GBuilder {
    return this.objects.validationBuilder(this.rule);
  }

  getAllowInvalid(): boolean {
    return this.rule.allowInvalid;
  }

  getCriteriaType(): GCriteria {
    return constant(DataValidationCriteria, this.rule.criteria);
  }

  // biome-ignore lint/suspicious/noExplicitAny: as the platform's own declaration
  getCriteriaValues(): any[] {
    const { realm } = this.session;
    return realm.array(this.rule.values.map(v => (Array.isArray(v) ? realm.array(v) : v)));
  }

  getHelpText(): string {
    return this.rule.helpText;
  }
}

type BuilderMember =
  | 'build'
  | 'requireCheckbox'
  | 'requireDate'
  | 'requireNumberBetween'
  | 'requireNumberEqualTo'
  | 'requireNumberGreaterThan'
  | 'requireNumberGreaterThanOrEqualTo'
  | 'requireNumberLessThan'
  | 'requireNumberLessThanOrEqualTo'
  | 'requireNumberNotBetween'
  | 'requireNumberNotEqualTo'
  | 'requireTextContains'
  | 'requireTextDoesNotContain'
  | 'requireTextEqualTo'
  | 'requireTextIsEmail'
  | 'requireValueInList'
  | 'setAllowInvalid'
  | 'setHelpText';

export const VALIDATION_BUILDER_MEMBERS: Record<BuilderMember, Member> = {
  build: free(),
  requireCheckbox: free('', 'any', 'any,any'),
  requireDate: free(),
  requireNumberBetween: free('number,number'),
  requireNumberEqualTo: free('number'),
  requireNumberGreaterThan: free('number'),
  requireNumberGreaterThanOrEqualTo: free('number'),
  requireNumberLessThan: free('number'),
  requireNumberLessThanOrEqualTo: free('number'),
  requireNumberNotBetween: free('number,number'),
  requireNumberNotEqualTo: free('number'),
  requireTextContains: free('text'),
  requireTextDoesNotContain: free('text'),
  requireTextEqualTo: free('text'),
  requireTextIsEmail: free(),
  requireValueInList: free('texts', 'texts,boolean'),
  setAllowInvalid: free('boolean'),
  setHelpText: free('text'),
};

/** Invalid data is refused unless `setAllowInvalid(true)` [doc SS-data-validation-builder]: without the call, strict. */
export class DataValidationBuilderService extends Service<GBuilder> implements Pick<GBuilder, BuilderMember> {
  #criteria: Criteria | undefined;
  #values: readonly unknown[] = [];
  #allowInvalid = false;
  #helpText = '';

  constructor(
    session: Session,
    private readonly objects: ScriptObjects,
    from?: ValidationRule,
  ) {
    super(session);
    if (!from) return;
    this.#criteria = from.criteria;
    this.#values = from.values;
    this.#allowInvalid = from.allowInvalid;
    this.#helpText = from.helpText;
  }

  requireCheckbox(checked?: unknown, unchecked?: unknown): GBuilder {
    return this.#require('CHECKBOX', ...[checked, unchecked].filter(value => value !== undefined));
  }

  requireDate(): GBuilder {
    return this.#require('DATE_IS_VALID_DATE');
  }

  requireNumberBetween(start: number, end: number): GBuilder {
    return this.#require('NUMBER_BETWEEN', start, end);
  }

  requireNumberNotBetween(start: number, end: number): GBuilder {
    return this.#require('NUMBER_NOT_BETWEEN', start, end);
  }

  requireNumberEqualTo(number: number): GBuilder {
    return this.#require('NUMBER_EQUAL_TO', number);
  }

  requireNumberNotEqualTo(number: number): GBuilder {
    return this.#require('NUMBER_NOT_EQUAL_TO', number);
  }

  requireNumberGreaterThan(number: number): GBuilder {
    return this.#require('NUMBER_GREATER_THAN', number);
  }

  requireNumberGreaterThanOrEqualTo(number: number): GBuilder {
    return this.#require('NUMBER_GREATER_THAN_OR_EQUAL_TO', number);
  }

  requireNumberLessThan(number: number): GBuilder {
    return this.#require('NUMBER_LESS_THAN', number);
  }

  requireNumberLessThanOrEqualTo(number: number): GBuilder {
    return this.#require('NUMBER_LESS_THAN_OR_EQUAL_TO', number);
  }

  requireTextContains(text: string): GBuilder {
    return this.#require('TEXT_CONTAINS', text);
  }

  requireTextDoesNotContain(text: string): GBuilder {
    return this.#require('TEXT_DOES_NOT_CONTAIN', text);
  }

  requireTextEqualTo(text: string): GBuilder {
    return this.#require('TEXT_EQUAL_TO', text);
  }

  requireTextIsEmail(): GBuilder {
    return this.#require('TEXT_IS_VALID_EMAIL');
  }

  requireValueInList(values: string[]): GBuilder {
    if (values.length === 0) throw new Refusal('Invalid argument: values');
    return this.#require('VALUE_IN_LIST', ...values);
  }

  setAllowInvalid(allow: boolean): GBuilder {
    this.#allowInvalid = allow;
    return this.self;
  }

  setHelpText(text: string): GBuilder {
    this.#helpText = text;
    return this.self;
  }

  build(): GValidation {
    if (!this.#criteria) throw new Refusal('Cannot build a data validation without criteria.');
    return this.objects.validation({
      criteria: this.#criteria,
      values: this.#values,
      allowInvalid: this.#allowInvalid,
      helpText: this.#helpText,
    });
  }

  #require(criteria: Criteria, ...values: unknown[]): GBuilder {
    this.#criteria = criteria;
    this.#values = values;
    return this.self;
  }
}
