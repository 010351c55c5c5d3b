import type { Outcome } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { locateColumns } from './columns';

/** Types into the value cell of a setting, as a person would, and gives what the product's onEdit did; it must not fail. */
export function typeSetting(world: World, key: string, value: string): Outcome {
  const { sheet, columns } = locateColumns(world.workbook, 'settings');
  for (let row = 2; row <= sheet.lastRow; row += 1) {
    if (sheet.cell(row, columns.get('key')!)?.value !== key) continue;
    const { outcome } = world.type(sheet.id, row, columns.get('value')!, value);
    if (!outcome) throw new Error('The script has no onEdit');
    if (outcome.error) throw new Error(`onEdit: ${outcome.error.stack || outcome.error.message}`);
    return outcome;
  }
  throw new Error(`The settings sheet has no row "${key}"`);
}
