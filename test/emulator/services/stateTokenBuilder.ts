import type { LiveExecution } from '../execution';
import { facade, NOTHING } from '../facade';
import type { World } from '../world';

type Builder = GoogleAppsScript.Script.StateTokenBuilder;

const DEFAULT_TIMEOUT_S = 60;
const MAX_TIMEOUT_S = 3600;
/** What consent pages send back themselves: an argument of that name could be taken for theirs. */
const TAKEN = ['state', 'code', 'error', 'referer'];

/** State tokens [doc STB]. `authorise` is asked again when the token is made. */
export function stateTokenBuilder(
  execution: LiveExecution,
  world: World,
  authorise: (call: string) => void,
): Builder {
  // The platform's own default [doc STB].
  let method = 'callback';
  let timeout = DEFAULT_TIMEOUT_S;
  const args: Record<string, string> = {};
  const inside: Builder = {
    withMethod(name) {
      method = name;
      return inside;
    },
    withArgument(name, value) {
      if (name === '' || TAKEN.includes(name)) execution.fail('invalidArgument', { what: name });
      args[name] = value;
      return inside;
    },
    withTimeout(seconds) {
      if (seconds < 1 || seconds > MAX_TIMEOUT_S) execution.fail('invalidArgument', { what: 'seconds' });
      timeout = seconds;
      return inside;
    },
    createToken() {
      authorise('StateTokenBuilder.createToken');
      // Stricter than the platform, which finds out only when somebody comes back.
      if (!world.bundle.declares(method)) execution.fail('functionNotFound', { name: method });
      const text = `${world.chance.uuid()}${world.chance.uuid()}`.replaceAll('-', '');
      const until = execution.now() + timeout * 1000;
      const token = { text, method, args: { ...args }, user: execution.user, until, used: false };
      world.stateTokens.push(token);
      return text;
    },
  };
  return facade(execution, 'ScriptApp.StateTokenBuilder', inside, {
    withMethod: { takes: [['string']] },
    withArgument: { takes: [['string', 'string']] },
    withTimeout: { takes: [['integer']] },
    createToken: { takes: NOTHING, cost: 0 },
  });
}
