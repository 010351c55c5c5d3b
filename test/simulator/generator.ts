/** Believable days of a busy company, as many events as wanted, the same for the same seed. */

import { CLIENTS } from './generator/clients';
import { makeCompany } from './generator/company';
import { DaySlots } from './generator/daySlots';
import { INTEGRATION } from './generator/integration';
import { Journal } from './generator/journal';
import { exchangeAtNight } from './generator/nightlyExchange';
import { ODDITIES } from './generator/oddities';
import { PEOPLE } from './generator/people';
import { type Behaviour, openLead, type Scene } from './generator/scene';
import { SeededRandom } from './seededRandom';
import type { CustomField, NewEvent, SimPipeline, SimUser } from './state';
import { isDate } from './wallClock';

export interface DayOrder {
  /** `2026-11-18` */
  date: string;
  /** IANA name of the account's zone. */
  timeZone: string;
  /** Users, fields and funnels depend on it alone, so days of one seed are days of one company. */
  seed: string | number;
  /** How many users `/users` lists. Default 18. */
  users?: number;
  /** Exactly so many events. Default: some 4,500 on a working day, a third of it on a weekend. */
  events?: number;
}

/** The first four can be spread into the simulator's options. */
export interface BelievableDay {
  users: SimUser[];
  customFields: CustomField[];
  pipelines: SimPipeline[];
  /** In order of time. */
  events: NewEvent[];
  /** Authors of events whom `users` lacks: they have left the company since. */
  dismissed: number[];
  /** The user whose token an integration works with. */
  integration: number;
}

const BEHAVIOURS: readonly Behaviour[] = [...PEOPLE, ...CLIENTS, ...INTEGRATION, ...ODDITIES];

/** Weekends leave people at home; clients, robots and the exchange go on. */
const WEEKEND: readonly Behaviour[] = BEHAVIOURS.map(behaviour =>
  PEOPLE.includes(behaviour) ? { ...behaviour, weight: behaviour.weight / 8 } : behaviour,
);

const EXCHANGE_SHARE = 0.1;

export function believableDay(order: DayOrder): BelievableDay {
  const { date, timeZone, users = 18 } = order;
  const seed = String(order.seed);
  if (!isDate(date)) throw new Error(`Not a date: "${date}". Write 2026-11-18.`);
  if (!(users >= 1)) throw new Error('A company has at least one user.');
  const random = new SeededRandom(`${seed}|${date}`);
  const company = makeCompany(seed, users);
  const weekend = DaySlots.isWeekend(date);
  const slots = new DaySlots(date, timeZone);
  const wanted = order.events ?? Math.round(random.whole(4_100, 4_900) * (weekend ? 0.33 : 1));
  const journal = new Journal(slots.from, slots.to, wanted);
  const scene: Scene = { random, company, slots, journal, leads: [], nextId: idsOf(date) };
  const stock = Math.max(20, Math.min(2_000, Math.ceil(wanted / 15)));
  for (let i = 0; i < stock; i++) advance(scene, openLead(scene));

  exchangeAtNight(scene, Math.floor(wanted * EXCHANGE_SHARE));
  const behaviours = weekend ? WEEKEND : BEHAVIOURS;
  const weights = behaviours.map(behaviour => behaviour.weight);
  while (!journal.full) {
    const behaviour = behaviours[random.weighted(weights)] as Behaviour;
    behaviour.act(scene, slots.draw(random, behaviour.hours));
  }
  return {
    users: company.users.map(user => ({ ...user })),
    customFields: company.fields.map(field => ({ ...field })),
    pipelines: structuredClone(company.pipelines) as SimPipeline[],
    events: journal.events.sort((a, b) => a.at - b.at),
    dismissed: [...company.dismissed],
    integration: company.integration,
  };
}

/** In the morning the open leads stand at different stages. */
function advance(scene: Scene, lead: Scene['leads'][number]): void {
  lead.status = scene.random.pick(lead.pipeline.statuses).id;
}

/** Every date has a range of its own, so that days put together share no entities by accident. */
function idsOf(date: string): () => number {
  const day = Math.floor(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
  let next = (day % 20_000) * 2_000_000;
  return () => ++next;
}
