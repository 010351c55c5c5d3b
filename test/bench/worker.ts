/** One of the bench's processes: plays the rows that it is sent. */

import { resolve } from 'node:path';
import { CompiledBundle } from '../emulator/bundle';
import type { PlayedRow, RowOrder } from './benchRows';
import { type Company, companyOf } from './company';
import { playRow } from './playRow';

export type Delivery = PlayedRow | { order: RowOrder; trouble: string };

const bundle = new CompiledBundle(resolve(__dirname, '../../dist'));
/** By their events. All of them together have hardly more than the largest. */
const companies = new Map<number, Company>();

process.on('message', (order: RowOrder) => {
  process.send?.(played(order));
});
process.on('disconnect', () => process.exit(0));

function played(order: RowOrder): Delivery {
  try {
    const company = companies.get(order.events) ?? companyOf(order.events);
    companies.set(order.events, company);
    return playRow(order, company, bundle);
  } catch (error) {
    return { order, trouble: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
