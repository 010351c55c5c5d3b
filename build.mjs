// Builds dist/: what `clasp push` sends to Google, and what the tests and the local run load.
//   dist/Code.js          the bundle, and one plain top-level function per export of src/main.ts
//   dist/appsscript.json  the manifest
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { pages } from './src/ui/wholePage.mjs';

const entry = 'src/main.ts';
const common = {
  bundle: true,
  write: false,
  platform: 'neutral',
  target: 'es2020',
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [pages],
};

const { metafile } = await build({
  ...common,
  entryPoints: [entry],
  format: 'esm',
  metafile: true,
  outdir: 'dist',
});
const doors = Object.values(metafile.outputs).flatMap(output => output.exports);

await refuseNamesWithoutDoor(doors);

const { outputFiles } = await build({
  ...common,
  entryPoints: [entry],
  format: 'iife',
  globalName: 'App',
  minify: false,
  legalComments: 'none',
  banner: {
    js: '/** @OnlyCurrentDoc amoCRM Monitor. Generated from src/ by build.mjs: edit there, not here. */',
  },
  // Apps Script finds only plain declarations, not properties of the bundle's object.
  footer: { js: doors.map(name => `function ${name}(event) { return App.${name}(event); }`).join('\n') },
});

await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await writeFile('dist/Code.js', outputFiles[0].text);
await copyFile('appsscript.json', 'dist/appsscript.json');
console.log(
  `dist/Code.js: ${doors.length} functions, ${Math.round(outputFiles[0].contents.length / 1024)} KB`,
);

/** A menu item or a trigger that names a missing function fails only when a user meets it: refuse it here. */
async function refuseNamesWithoutDoor(existing) {
  const {
    outputFiles: [module],
  } = await build({ ...common, entryPoints: ['src/core/entryPoints.ts'], format: 'esm' });
  const { CONNECTING, MENU, SCHEDULED, SIMPLE } = await import(
    `data:text/javascript;base64,${Buffer.from(module.text).toString('base64')}`
  );
  const missing = [...MENU, ...CONNECTING, ...SCHEDULED, ...SIMPLE].filter(name => !existing.includes(name));
  if (missing.length > 0) {
    console.error(`build: a menu or trigger names ${missing.join(', ')}, which ${entry} does not export`);
    process.exit(1);
  }
}
