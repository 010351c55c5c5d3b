import type { Browser, Frame, Page } from 'playwright-core';
import { TEXTS, type Texts } from '../../../src/core/texts';
import { CONNECT_PAGE, type ConnectPageWords } from '../../../src/core/texts/connectPage';
import { BUNDLE, company, DAY, everythingVisible } from '../../bundle/product';
import { CompiledBundle } from '../../emulator/bundle';
import { inProcessNetwork } from '../../emulator/inProcess';
import { PLANTED } from '../../emulator/plantedSecrets';
import { answering } from '../../emulator/support/smallWorld';
import { World, type WorldOptions } from '../../emulator/world';
import { byHost } from '../../simulator/byHost';
import { Simulator, type SimulatorOptions } from '../../simulator/simulator';
import { launchBrowser, newVisitor, type Visitor } from '../browser';
import { type Consent, type ConsentOptions, pretendConsent } from '../consent';
import { type SidebarServer, serveSidebar } from '../sidebarServer';

export const LANGUAGES = [
  ['ru', 'ru_RU'],
  ['en', 'en_US'],
] as const;

export const MENU = 'amoCRM Monitor';

/** The built product in its spreadsheet, amoCRM behind it, and a person in front of it. */
export interface Stage extends Visitor {
  readonly world: World;
  readonly simulator: Simulator;
  /** Another account; other hosts do not exist. */
  readonly other: Simulator;
  readonly server: SidebarServer;
  readonly consent: Consent;
  readonly texts: Texts;
  readonly words: ConnectPageWords;
  /** Loads the spreadsheet's window anew, with the sidebar that is open. */
  look(): Promise<Frame>;
  /** The whole sidebar, into `out/ui/LANGUAGE/NAME.png`. */
  picture(name: string): Promise<void>;
}

interface StageOptions extends Partial<Omit<ConsentOptions, 'world'>> {
  simulator?: SimulatorOptions;
  world?: Partial<WorldOptions>;
}

/** One browser for the file's tests, a stage for each; nothing may go wrong on it that the person does not see. */
export function stages(language: 'ru' | 'en', locale: string) {
  const bundle = new CompiledBundle(BUNDLE);
  let browser: Browser | undefined;
  let stage: Stage | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    if (!stage) return;
    const { consent, other, page, problems, server, simulator, world } = stage;
    // What is under way when the window closes would be broken off.
    await sidebarOf(page)?.locator('#spinner').waitFor({ state: 'hidden' });
    await stage.close();
    await server.close();
    stage = undefined;
    expect([problems, server.faults, consent.faults]).toEqual([[], [], []]);
    expect([simulator.ledger.violations, other.ledger.violations]).toEqual([[], []]);
    expect(everythingVisible(world, [...server.calls, ...consent.visits])).not.toContain(PLANTED);
  });

  return async ({ simulator: account, world: place, ...asked }: StageOptions = {}): Promise<Stage> => {
    const now = Date.parse(`${DAY}T05:00:00Z`);
    const world = new World({ bundleDir: bundle, now, network: answering(), locale, ...place });
    const simulator = company({ perDay: 60, oauth: { redirectUri: world.callbackUrl }, ...account });
    const other = new Simulator({ subdomain: 'vasilek', accountId: 77_777_777, accountName: 'Василёк' });
    world.network = inProcessNetwork(byHost([simulator, other]));
    world.run('onOpen', { context: 'simple-trigger' });
    const server = await serveSidebar(world);
    const visitor = await newVisitor(browser!, { viewport: { width: 900, height: 760 }, locale });
    const { context, page } = visitor;
    const consent = await pretendConsent(context, {
      world,
      code: () => simulator.issueCode(),
      referer: simulator.host,
      ...asked,
    });
    stage = {
      ...{ ...visitor, world, simulator, other, server, consent },
      texts: TEXTS[language],
      words: CONNECT_PAGE[language],
      async look() {
        await page.goto(server.url);
        await page.frameLocator('iframe').locator('h1:visible').first().waitFor();
        return sidebarOf(page)!;
      },
      async picture(name) {
        const height = await sidebarOf(page)!.evaluate<number>('document.documentElement.scrollHeight');
        await page.setViewportSize({ width: 310, height: Math.max(760, height + 48) });
        // The first one makes the browser paint what has come into sight.
        await page.screenshot();
        await visitor.screenshot(`${language}/${name}`);
        await page.setViewportSize({ width: 900, height: 760 });
      },
    };
    return stage;
  };
}

const sidebarOf = (page: Page) => page.frames().find(frame => frame.url().endsWith('/sidebar'));

/** Whatever the page holds, shown or not. */
export async function everythingIn(frame: Frame): Promise<string> {
  const entered = await frame.evaluate<string>(
    "[...document.querySelectorAll('input')].map(({ value }) => value).join()",
  );
  return `${await frame.content()}${entered}`;
}
