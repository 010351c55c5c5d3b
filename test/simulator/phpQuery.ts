/** Query strings as amoCRM's PHP reads them: `filter[created_at][from]=1&filter[type][]=a`. */

export interface QueryTree {
  [key: string]: string | QueryTree;
}

export interface PhpQuery {
  tree: QueryTree;
  /** Decoded names in order of appearance, with their values. */
  pairs: [name: string, value: string][];
  /** True when `[` or `]` travelled without percent-encoding. */
  bareBrackets: boolean;
}

export function readQuery(raw: string): PhpQuery {
  const pairs: [string, string][] = [];
  const tree: QueryTree = Object.create(null);
  for (const [name, value] of new URLSearchParams(raw)) {
    pairs.push([name, value]);
    put(tree, keysOf(name), value);
  }
  return { tree, pairs, bareBrackets: /[[\]]/.test(raw) };
}

function keysOf(name: string): string[] {
  const open = name.indexOf('[');
  if (open < 1 || !name.endsWith(']')) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function put(tree: QueryTree, keys: string[], value: string): void {
  let here = tree;
  keys.forEach((key, depth) => {
    const name = key === '' ? nextIndex(here) : key;
    if (depth === keys.length - 1) {
      here[name] = value;
      return;
    }
    const below = here[name];
    if (typeof below === 'object') here = below;
    else here = here[name] = Object.create(null) as QueryTree;
  });
}

function nextIndex(tree: QueryTree): string {
  return String(1 + Math.max(-1, ...Object.keys(tree).map(Number).filter(Number.isInteger)));
}

/** `a,b`, `[]=a&[]=b` and `[0]=a` are one list; nothing is an empty one. Deeper branches are left out. */
export function listAt(node: string | QueryTree | undefined): string[] {
  if (node === undefined || node === '') return [];
  if (typeof node === 'string') return node.split(',').map(item => item.trim());
  return Object.values(node).filter(item => typeof item === 'string');
}
