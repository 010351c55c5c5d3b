import { type Connection, connectionOf } from '../core/connection';
import type { Outside } from '../ports';
import { CONNECTION, LEGACY_TOKEN } from './propertyNames';

export function keptConnection({ properties }: Pick<Outside, 'properties'>): Connection | undefined {
  const stored = properties.readAll();
  return connectionOf(stored[CONNECTION], stored[LEGACY_TOKEN]);
}

export function keepConnection({ properties }: Pick<Outside, 'properties'>, connection: Connection): void {
  properties.change({ write: new Map([[CONNECTION, JSON.stringify(connection)]]), remove: [LEGACY_TOKEN] });
}
