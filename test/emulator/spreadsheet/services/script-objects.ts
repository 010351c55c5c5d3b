import type { Whole } from '../model/a1-notation';
import type { Area } from '../model/area';
import type { ConditionalRule, Gradient } from '../model/conditional-rule';
import type { Metadata, MetadataLocation } from '../model/metadata-store';
import type { Protection } from '../model/protection';
import type { Sheet } from '../model/sheet';
import type { ValidationRule } from '../model/validation-rule';
import type { FinderScope } from './metadata-finder';

/** Makes every object that one service hands out of another: the classes know each other through this only. */
export interface ScriptObjects {
  spreadsheet(): GoogleAppsScript.Spreadsheet.Spreadsheet;
  sheet(sheet: Sheet): GoogleAppsScript.Spreadsheet.Sheet;
  /** @throws Refusal for a rectangle that is none or leaves the grid */
  range(sheet: Sheet, area: Area, whole?: Whole): GoogleAppsScript.Spreadsheet.Range;
  metadata(entry: Metadata): GoogleAppsScript.Spreadsheet.DeveloperMetadata;
  location(location: MetadataLocation): GoogleAppsScript.Spreadsheet.DeveloperMetadataLocation;
  finder(scope: FinderScope): GoogleAppsScript.Spreadsheet.DeveloperMetadataFinder;
  validation(rule: ValidationRule): GoogleAppsScript.Spreadsheet.DataValidation;
  validationBuilder(from?: ValidationRule): GoogleAppsScript.Spreadsheet.DataValidationBuilder;
  filter(sheet: Sheet): GoogleAppsScript.Spreadsheet.Filter;
  protection(sheet: Sheet, protection: Protection): GoogleAppsScript.Spreadsheet.Protection;
  rule(sheet: Sheet, rule: ConditionalRule): GoogleAppsScript.Spreadsheet.ConditionalFormatRule;
  ruleBuilder(from?: {
    readonly sheet: Sheet;
    readonly rule: ConditionalRule;
  }): GoogleAppsScript.Spreadsheet.ConditionalFormatRuleBuilder;
  gradient(gradient: Gradient): GoogleAppsScript.Spreadsheet.GradientCondition;
}
