import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../emulator/world';
import { typeSetting } from '../local/typeSetting';
import { quietCompany } from './connection';
import { BUNDLE, newWorld } from './product';

const PREFIX = 'https://www.googleapis.com/auth/';
const { oauthScopes } = JSON.parse(readFileSync(join(BUNDLE, 'appsscript.json'), 'utf8')) as {
  oauthScopes: string[];
};

/** Sets up, opens the sidebar, and meets a token that amoCRM refuses: all that needs a permission. */
function lived(scopes: readonly string[]): World {
  const simulator = quietCompany();
  const world = newWorld(simulator, { scopes });
  const answers = ({ kind, text, buttons }: { kind: string; text: string; buttons: readonly string[] }) => {
    if (kind === 'prompt') return { text: /адрес/i.test(text) ? simulator.host : simulator.token };
    return buttons.includes('NO') ? ('NO' as const) : ('OK' as const);
  };
  world.run('setUp', { answers });
  world.run('openConnect', { answers });
  if (world.workbook.sheets.length > 1) typeSetting(world, 'notifyEmail', 'boss@example.com');
  simulator.revokeAccess();
  world.run('hourlyPing', { context: 'clock' });
  world.run('hourlyPing', { context: 'clock' });
  return world;
}

/** What each permission is for: something that a person has, and would miss. */
const PURPOSES: readonly [scope: string, purpose: (world: World) => unknown][] = [
  ['spreadsheets.currentonly', ({ workbook }) => workbook.sheets.length > 1],
  ['script.container.ui', ({ sidebar }) => sidebar?.title],
  ['script.external_request', ({ requests }) => requests],
  ['script.scriptapp', ({ triggers }) => triggers.length],
  ['script.send_mail', ({ mail }) => mail.length],
  ['userinfo.email', world => JSON.parse(world.properties().get('triggers') ?? '{}').owner],
];

describe('the permissions that Google asks the user for', () => {
  it('are those of this table, and each serves its purpose', () => {
    expect(oauthScopes).toEqual(PURPOSES.map(([scope]) => PREFIX + scope));
    const world = lived(oauthScopes);
    expect(PURPOSES.filter(([, purpose]) => !purpose(world))).toEqual([]);
  });

  it.each(PURPOSES)('%s: without it something is missing', (scope, purpose) => {
    const world = lived(oauthScopes.filter(url => url !== PREFIX + scope));
    expect(purpose(world)).toBeFalsy();
  });
});
