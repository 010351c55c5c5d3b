/**
 * `google.script.run` and `google.script.host` of a page [doc guides/html/reference/run, host], as the browser's own
 * script: it stands in front of the page's. What may pass is what `World.callFromPage` lets pass, but the browser must
 * check it, since JSON would make a text of a Date and drop a function without a word.
 */
export const GOOGLE_SCRIPT = `(() => {
  'use strict';
  const check = (value, place, depth = 0) => {
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    if (depth > 100) throw new TypeError(place + ' is nested too deeply, or into itself');
    if (value === null || kind === 'String' || kind === 'Boolean') return;
    if (kind === 'Number' && Number.isFinite(value)) return;
    if (kind === 'Array') {
      for (let i = 0; i < value.length; i += 1) check(value[i], place + '[' + i + ']', depth + 1);
      return;
    }
    if (kind === 'Object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
      for (const key of Object.keys(value)) check(value[key], place + '.' + key, depth + 1);
      return;
    }
    throw new TypeError(place + ' is a ' + kind + ', which cannot pass between page and script');
  };

  const send = async (name, args, { success, failure, userObject }) => {
    const response = await fetch('/run', { method: 'POST', body: JSON.stringify({ name, args }) });
    // A fault of the test: the server keeps it, and the console tells of it.
    if (!response.ok) throw new Error(await response.text());
    const answer = await response.json();
    if (answer.message === undefined) {
      if (success) success(answer.value, userObject);
    } else if (failure) {
      failure(new Error(answer.message), userObject);
    } else {
      console.error('google.script.run.' + name + ' failed without a failure handler: ' + answer.message);
    }
  };

  const handler = (method, f) => {
    if (typeof f !== 'function') throw new TypeError(method + ' takes a function');
    return f;
  };
  // Every chain is a new runner: a handler belongs to the calls that are made through it.
  const runner = handlers => new Proxy(Object.freeze({}), {
    get: (_, name) => {
      if (typeof name === 'symbol') return undefined;
      if (name === 'withSuccessHandler') return f => runner({ ...handlers, success: handler(name, f) });
      if (name === 'withFailureHandler') return f => runner({ ...handlers, failure: handler(name, f) });
      if (name === 'withUserObject') return userObject => runner({ ...handlers, userObject });
      return (...args) => {
        if (args.length > 1) throw new TypeError('google.script.run.' + name + ' with several arguments is not imitated');
        for (const arg of args) check(arg, 'The argument of ' + name);
        // Copied now: the page may change its object while the request is under way.
        void send(name, JSON.parse(JSON.stringify(args)), handlers);
      };
    },
    set: () => { throw new TypeError('google.script.run cannot be changed'); },
  });

  const host = Object.freeze({ close: () => window.parent.postMessage('google.script.host.close', '*') });
  const google = Object.freeze({ script: Object.freeze({ run: runner({}), host }) });
  Object.defineProperty(window, 'google', { value: google });
})();`;
