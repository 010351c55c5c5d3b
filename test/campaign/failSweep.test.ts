import { sweepInPart } from './sweepInPart';

describe('Q8, T7, Q6 · service calls that fail once, with or without their effect', () => {
  sweepInPart('fail', 1, false);
});
