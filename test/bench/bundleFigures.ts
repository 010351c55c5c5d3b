/** What each execution pays before its first line: the bundle is compiled and evaluated anew. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import vm from 'node:vm';

export interface BundleFigures {
  bytes: number;
  /** In real time, the median of some tries. */
  evaluateMs: number;
}

const TRIES = 21;

export function bundleFigures(bundleDir: string): BundleFigures {
  const source = readFileSync(join(bundleDir, 'Code.js'), 'utf8');
  const times = Array.from({ length: TRIES }, (_, index) => {
    const context = vm.createContext();
    // Another text each time, or V8 would find the compiled one in its cache.
    const fresh = `${source}\n// ${index}`;
    const began = performance.now();
    new vm.Script(fresh, { filename: `Code${index}.js` }).runInContext(context);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const evaluateMs = Math.round((times[TRIES >> 1] as number) * 10) / 10;
  return { bytes: Buffer.byteLength(source), evaluateMs };
}
