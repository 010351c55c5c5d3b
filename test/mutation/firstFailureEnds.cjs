const { TestEnvironment } = require('jest-environment-node');

/** What one test has noticed, the others need not notice too: after the first failure they are skipped. */
module.exports = class FirstFailureEnds extends TestEnvironment {
  #noticed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#noticed = true;
    if (name === 'test_start' && this.#noticed) test.mode = 'skip';
  }
};
