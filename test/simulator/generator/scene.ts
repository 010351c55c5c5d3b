/** What every behaviour needs: dice, the company, its open leads, the clock of the day, the journal. */

import type { EpochMs } from '../../emulator/contract';
import type { SeededRandom } from '../seededRandom';
import type { NewEvent, SimPipeline, SimStage } from '../state';
import type { Company } from './company';
import type { DaySlots, HourWeights } from './daySlots';
import type { Journal } from './journal';

export interface Lead {
  id: number;
  name: string;
  contactId: number;
  talkId: number;
  pipeline: SimPipeline;
  /** The stage's id. */
  status: number;
  responsible: number;
  budget: number;
}

export interface Scene {
  random: SeededRandom;
  company: Company;
  slots: DaySlots;
  journal: Journal;
  leads: Lead[];
  /** Numbers for new entities and notes; of one day only. */
  nextId(): number;
}

/** Something that happens now and then. */
export interface Behaviour {
  /** How often, against the others. */
  weight: number;
  hours: HourWeights;
  act(scene: Scene, at: EpochMs): void;
}

/** The robot, the system and outsiders all come with this author. */
export const ROBOT = 0;

export function openLead(scene: Scene): Lead {
  const { random, company } = scene;
  const id = scene.nextId();
  const pipeline = random.pick(company.pipelines);
  const lead: Lead = {
    id,
    name: `Сделка №${id % 10_000}`,
    contactId: scene.nextId(),
    talkId: scene.nextId() % 100_000,
    pipeline,
    status: firstStage(pipeline).id,
    responsible: random.pick(company.sales),
    budget: random.whole(5, 400) * 1000,
  };
  scene.leads.push(lead);
  return lead;
}

/** Where a new lead stands. */
export function firstStage(pipeline: SimPipeline): SimStage {
  return pipeline.statuses[0] as SimStage;
}

/** A lead that is being worked on. */
export function someLead(scene: Scene): Lead {
  return scene.random.pick(scene.leads);
}

/** The lead's own fields of an event. */
export function about(lead: Lead): Pick<NewEvent, 'entityType' | 'entityId' | 'entityName'> {
  return { entityType: 'lead', entityId: lead.id, entityName: lead.name };
}

export function aboutContact(lead: Lead): Pick<NewEvent, 'entityType' | 'entityId' | 'entityName'> {
  return { entityType: 'contact', entityId: lead.contactId, entityName: `Клиент ${lead.contactId % 10_000}` };
}

/** Stage and responsible changes carry milliseconds in their ids, other events none: so in twelve published events. */
export function withMilliseconds(scene: Scene, at: EpochMs): EpochMs {
  return at + scene.random.whole(200, 300);
}

export function uuid(random: SeededRandom): string {
  const hex = (length: number) => Array.from({ length }, () => random.whole(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
