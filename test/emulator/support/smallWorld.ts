import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from '../../support/scratchFolder';
import type { Network, WireRequest, WireResponse } from '../contract';
import { inProcessNetwork } from '../inProcess';
import { World, type WorldOptions } from '../world';

export const SCOPES = [
  'https://www.googleapis.com/auth/spreadsheets.currentonly',
  'https://www.googleapis.com/auth/script.external_request',
  'https://www.googleapis.com/auth/script.scriptapp',
  'https://www.googleapis.com/auth/script.send_mail',
  'https://www.googleapis.com/auth/script.container.ui',
  'https://www.googleapis.com/auth/userinfo.email',
];

/** A folder as the build leaves it, with a script of the test's own. */
export function bundleOf(code: string, manifest: object = {}): string {
  const dir = scratchFolder('emulator');
  writeFileSync(join(dir, 'Code.js'), code);
  const whole = { timeZone: 'Europe/Moscow', oauthScopes: SCOPES, ...manifest };
  writeFileSync(join(dir, 'appsscript.json'), JSON.stringify(whole));
  return dir;
}

/** A server that answers everything at once, or as the test says. */
export function answering(
  handle: (request: WireRequest) => Partial<WireResponse> = () => ({}),
  roundTripMs = 100,
): Network {
  return inProcessNetwork({
    roundTripMs: () => roundTripMs,
    handle: request => ({ status: 200, headers: {}, body: '', ...handle(request) }),
  });
}

export const NOON = Date.UTC(2026, 10, 20, 9, 0, 0);

/** A world whose script is `code`; every entry point must begin its line. */
export function smallWorld(code: string, options: Partial<WorldOptions> & { manifest?: object } = {}): World {
  const { manifest, ...rest } = options;
  return new World({ bundleDir: bundleOf(code, manifest), now: NOON, network: answering(), ...rest });
}
