import { sweepInPart } from './sweepInPart';

describe('T1, T2 · kills at service calls, as the whole campaign strikes at all', () => {
  sweepInPart('kill', 2, true);
});
