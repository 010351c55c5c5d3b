import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import * as gas from 'gas-local';

/** The part of appsscript.json that the emulator heeds [doc MF]. */
export interface Manifest {
  timeZone: string;
  /** Full URLs, as in the file. */
  oauthScopes: string[];
  urlFetchWhitelist: string[] | undefined;
}

/** A whole host, perhaps with one leading wildcard, and a path that is not empty [doc MFA]. */
const ALLOWED_PREFIX = /^https:\/\/(\*\.)?[\w-]+(\.[\w-]+)+(:\d+)?\/[^*?#]*$/;

/** A folder as clasp pushes it: scripts and appsscript.json. Read anew for every execution, like the real project. */
export class Bundle {
  readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
  }

  manifest(): Manifest {
    const file = JSON.parse(readFileSync(join(this.dir, 'appsscript.json'), 'utf8')) as Partial<Manifest>;
    if (!file.timeZone) throw new Error('appsscript.json names no timeZone');
    for (const prefix of file.urlFetchWhitelist ?? []) {
      if (!ALLOWED_PREFIX.test(prefix)) throw new Error(`appsscript.json allows no URLs by ${prefix}`);
    }
    // Without an explicit list the platform guesses scopes from the source; the emulator grants none.
    return {
      timeZone: file.timeZone,
      oauthScopes: file.oauthScopes ?? [],
      urlFetchWhitelist: file.urlFetchWhitelist,
    };
  }

  /**
   * Whether Apps Script would find the function [doc V8]: a declaration, or a variable that is given a function,
   * written at the beginning of a line. One assigned to the global object at run time is not found, nor is one whose
   * name ends in an underscore (private).
   */
  declares(name: string): boolean {
    if (!/^[A-Za-z$_][\w$]*$/.test(name) || name.endsWith('_')) return false;
    const plain = name.replaceAll('$', '\\$');
    const declaration = new RegExp(
      `^(?:(?:async\\s+)?function\\s*\\*?\\s*${plain}\\s*\\(|(?:var|let|const)\\s+${plain}\\s*=\\s*(?:async\\s+)?(?:function\\b|\\(|[\\w$]+\\s*=>))`,
      'm',
    );
    return readdirSync(this.dir)
      .filter(file => file.endsWith('.js'))
      .some(file => declaration.test(readFileSync(join(this.dir, file), 'utf8')));
  }

  /** Evaluates the scripts in the context; throws what their top level throws. */
  load(context: object): void {
    gas.require(this.dir, context);
  }
}

/**
 * The same, read and compiled once: for thousands of executions of a bundle that nobody changes meanwhile. What a
 * script sees is the same as with `Bundle`, and a test holds the two together.
 */
export class CompiledBundle extends Bundle {
  readonly #manifest: Manifest;
  readonly #declared = new Map<string, boolean>();
  readonly #scripts: vm.Script[];

  constructor(dir: string) {
    super(dir);
    this.#manifest = super.manifest();
    this.#scripts = readdirSync(dir)
      .filter(file => file.endsWith('.js'))
      .map(file => {
        const filename = `${dir}/${file}`;
        const source = readFileSync(filename, 'utf8');
        return new vm.Script(source, { filename });
      });
  }

  override manifest(): Manifest {
    return this.#manifest;
  }

  override declares(name: string): boolean {
    const known = this.#declared.get(name) ?? super.declares(name);
    this.#declared.set(name, known);
    return known;
  }

  override load(context: object): void {
    for (const script of this.#scripts) script.runInContext(context as vm.Context);
  }
}
