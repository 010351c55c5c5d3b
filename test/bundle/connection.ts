import type { ConnectAnswer } from '../../src/core/connectRequest';
import { Bundle } from '../emulator/bundle';
import type { Answer, Outcome, Question } from '../emulator/outcome';
import type { World } from '../emulator/world';
import { PLANTED_SECRET } from '../simulator/plantedSecret';
import { Simulator, type SimulatorOptions } from '../simulator/simulator';
import { syntheticToken } from '../simulator/syntheticToken';
import { BUNDLE, everythingVisible, newWorld } from './product';

const A_DAY = 86_400;

let bundle: Bundle | undefined;

/** Read once: these tests make many worlds. */
export function freshWorld(
  simulator: Simulator,
  { language, ...options }: Parameters<typeof newWorld>[1] & { language?: 'ru' | 'en' } = {},
): World {
  bundle ??= new Bundle(BUNDLE);
  const locale = language === 'en' ? { locale: 'en_GB' } : {};
  return newWorld(simulator, { bundleDir: bundle, ...locale, ...options });
}

/** A company in which nothing happens: connecting is about the door. Its integration knows any way back. */
export function quietCompany(options: SimulatorOptions = {}): Simulator {
  return new Simulator({ events: [], oauth: { anyRedirectUri: true }, ...options });
}

/** What the sidebar is told. No answer may hold a secret, and none may fail. */
export function ask(world: World, request: unknown): ConnectAnswer {
  return asked(world, request).answer;
}

export function asked(
  world: World,
  request: unknown,
  options: Parameters<World['callFromPage']>[2] = {},
): { answer: ConnectAnswer; outcome: Outcome } {
  const outcome = ended(world.callFromPage('connectRequest', request, options));
  expect(outcome.dialogs).toEqual([]);
  expect(JSON.stringify(outcome.value)).not.toContain(PLANTED_SECRET);
  return { answer: outcome.value as ConnectAnswer, outcome };
}

/** Runs to its end, and shows no secret. */
export function ended(outcome: Outcome): Outcome {
  if (outcome.error) throw new Error(outcome.error.stack || outcome.error.message);
  return outcome;
}

/** Sheets, address and token are there, and amoCRM has said yes. */
export function connected(simulator: Simulator, options: Parameters<typeof freshWorld>[1] = {}): World {
  const world = freshWorld(simulator, options);
  ask(world, { ask: 'address', address: simulator.host });
  expect(ask(world, { ask: 'token', token: simulator.token }).said).toMatchObject({ ok: true });
  return world;
}

/** What a person sees who chooses an item of the menu, and says yes to everything. */
export function chosen(
  world: World,
  door: string,
  answer: (question: Question) => Answer = () => 'OK',
): string {
  const outcome = ended(world.run(door, { answers: answer }));
  expect(everythingVisible(world, [outcome])).not.toContain(PLANTED_SECRET);
  return outcome.dialogs.map(({ text }) => text).join('\n');
}

/** A long-lived token that amoCRM takes, of the first administrator unless told otherwise. */
export function tokenFor(
  simulator: Simulator,
  { days, now, userId = simulator.users.find(user => user.isAdmin)!.id, dies = true }: TokenKind,
): string {
  const expiresAt = Math.floor(now / 1000) + days * A_DAY;
  const token = syntheticToken({
    ...{ account: simulator.account, userId, issuedAt: Math.floor(now / 1000) - A_DAY, expiresAt },
    ...{ grantType: '', seed: `ends in ${days}` },
  });
  return simulator.issueToken(token, userId, ...(dies ? [expiresAt * 1000] : []));
}

interface TokenKind {
  days: number;
  now: number;
  userId?: number;
  /** Whether amoCRM takes it to its end only. */
  dies?: boolean;
}

/** amoCRM leads the browser back to the script, as the consent page does. */
export function comeBack(
  world: World,
  link: string | undefined,
  parameters: Record<string, string>,
): Outcome {
  const state = new URL(link ?? '').searchParams.get('state') ?? '';
  const query = new URLSearchParams({ ...parameters, state });
  return world.visit(`${world.callbackUrl}?${query}`);
}

/** The script's memory without what every run changes: the line, its lease, what is used of the quotas. */
export function memory(world: World): Record<string, string> {
  const passing = ['line', 'usage', 'lease', 'settings', 'language', 'settingsTrace'];
  return Object.fromEntries([...world.properties().entries()].filter(([name]) => !passing.includes(name)));
}
