// Makes one text of each page that the bundle imports: an Apps Script page comes whole, since it can load nothing of
// its own. Used by build.mjs.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** For esbuild: `import page from './page.html'` gives the page with its own scripts and styles put in. */
export const pages = {
  name: 'pages',
  setup({ onLoad }) {
    onLoad({ filter: /\.html$/ }, async ({ path }) => ({ contents: await wholePage(path), loader: 'text' }));
  },
};

export async function wholePage(path) {
  const folder = dirname(path);
  const html = (await readFile(path, 'utf8')).replace(/\n\s*/g, '\n');
  const styled = await replaced(
    html,
    /<link rel="stylesheet" href="([^"]+)">/g,
    async name => `<style>${await bundled(join(folder, name))}</style>`,
  );
  return replaced(
    styled,
    /<script src="([^"]+)"><\/script>/g,
    async name => `<script>${asScript(await bundled(join(folder, name)))}</script>`,
  );
}

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
    target: 'es2019',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    // HtmlService takes what looks like a comment out of template literals, such as the rest of an address after its
    // slashes ([issue enuchi/React-Google-Apps-Script#157]).
    supported: { 'template-literal': false },
  });
  return outputFiles[0].text.trim();
}

/** Nothing in a script may end its element, or begin a comment of HTML. */
function asScript(code) {
  return code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
}

async function replaced(text, pattern, by) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index), await by(match[1]));
    end = match.index + match[0].length;
  }
  return parts.join('') + text.slice(end);
}
