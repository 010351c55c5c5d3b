import { GRADIENT_MEMBERS, GradientService, RULE_MEMBERS, RuleService } from './conditional-format';
import { RULE_BUILDER_MEMBERS, RuleBuilderService } from './conditional-format-builder';
import {
  DataValidationBuilderService,
  DataValidationService,
  VALIDATION_BUILDER_MEMBERS,
  VALIDATION_MEMBERS,
} from './data-validation';
import { LOCATION_MEMBERS, LocationService, METADATA_MEMBERS, MetadataService } from './developer-metadata';
import { FILTER_MEMBERS, FilterService } from './filter';
import { FINDER_MEMBERS, MetadataFinderService } from './metadata-finder';
import { PROTECTION_MEMBERS, ProtectionService } from './protection';
import { RANGE_MEMBERS, RangeService } from './range';
import type { ScriptObjects } from './script-objects';
import type { ServiceClass, Session } from './session';
import { SHEET_MEMBERS, SheetService } from './sheet';
import { SPREADSHEET_MEMBERS, SpreadsheetService } from './spreadsheet';

const SPREADSHEET: ServiceClass = { name: 'Spreadsheet', members: SPREADSHEET_MEMBERS };
const SHEET: ServiceClass = { name: 'Sheet', members: SHEET_MEMBERS };
const RANGE: ServiceClass = { name: 'Range', members: RANGE_MEMBERS };
const METADATA: ServiceClass = { name: 'DeveloperMetadata', members: METADATA_MEMBERS };
const LOCATION: ServiceClass = { name: 'DeveloperMetadataLocation', members: LOCATION_MEMBERS };
const FINDER: ServiceClass = { name: 'DeveloperMetadataFinder', members: FINDER_MEMBERS };
const VALIDATION: ServiceClass = { name: 'DataValidation', members: VALIDATION_MEMBERS };
const VALIDATION_BUILDER: ServiceClass = {
  name: 'DataValidationBuilder',
  members: VALIDATION_BUILDER_MEMBERS,
};
const FILTER: ServiceClass = { name: 'Filter', members: FILTER_MEMBERS };
const PROTECTION: ServiceClass = { name: 'Protection', members: PROTECTION_MEMBERS };
const RULE: ServiceClass = { name: 'ConditionalFormatRule', members: RULE_MEMBERS };
const RULE_BUILDER: ServiceClass = { name: 'ConditionalFormatRuleBuilder', members: RULE_BUILDER_MEMBERS };
const GRADIENT: ServiceClass = { name: 'GradientCondition', members: GRADIENT_MEMBERS };

/**
 * Every object of one execution. The classes implement `Pick`s of the platform's interfaces, which their wrappers
 * stand for in whole, with a refusal by name for the rest: hence the casts, here and nowhere else.
 */
export function objectMaker(session: Session): ScriptObjects {
  const expose = <T>(service: ServiceClass, target: object): T =>
    session.expose(service, target as never) as T;
  const objects: ScriptObjects = {
    spreadsheet: () => expose(SPREADSHEET, new SpreadsheetService(session, objects)),
    sheet: sheet => expose(SHEET, new SheetService(session, objects, sheet)),
    range: (sheet, area, whole = 'cells') =>
      expose(RANGE, new RangeService(session, objects, sheet, area, whole)),
    metadata: entry => expose(METADATA, new MetadataService(session, objects, entry)),
    location: location => expose(LOCATION, new LocationService(session, objects, location)),
    finder: scope => expose(FINDER, new MetadataFinderService(session, objects, scope)),
    validation: rule => expose(VALIDATION, new DataValidationService(session, objects, rule)),
    validationBuilder: from =>
      expose(VALIDATION_BUILDER, new DataValidationBuilderService(session, objects, from)),
    filter: sheet => expose(FILTER, new FilterService(session, objects, sheet)),
    protection: (sheet, protection) =>
      expose(PROTECTION, new ProtectionService(session, objects, sheet, protection)),
    rule: (sheet, rule) => expose(RULE, new RuleService(session, objects, sheet, rule)),
    ruleBuilder: from => expose(RULE_BUILDER, new RuleBuilderService(session, objects, from)),
    gradient: gradient => expose(GRADIENT, new GradientService(session, gradient)),
  };
  return objects;
}
