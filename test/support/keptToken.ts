import { connectionOf } from '../../src/core/connection';
import { CONNECTION } from '../../src/jobs/propertyNames';

/** The access token that is kept; one in the property of earlier versions does not count. */
export function keptToken(properties: ReadonlyMap<string, string>): string | undefined {
  return connectionOf(properties.get(CONNECTION), undefined)?.access;
}
