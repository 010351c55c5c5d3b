import { type Execution, isAtSheet } from '../../contract';
import type { Writing } from '../model/cell-writing';
import { Refusal, TEXT } from '../model/refusal';
import type { Sheet } from '../model/sheet';
import type { Workbook } from '../model/workbook';
import { accepts, describe, type Insight, type Member } from './signatures';

const SCOPES = ['spreadsheets.currentonly', 'spreadsheets'] as const;

/** What consoles, promises and test reporters ask of any object. */
const INNOCENT = new Set([
  'then',
  'toJSON',
  'constructor',
  'asymmetricMatch',
  '$$typeof',
  'nodeType',
  'tagName',
]);

/** An emulated class: its name and its members. */
export interface ServiceClass {
  readonly name: string;
  readonly members: Readonly<Record<string, Member>>;
}

/** An instance behind its wrapper. `self` is the wrapper, what chained calls return. */
export abstract class Service<T> {
  self!: T;
  constructor(protected readonly session: Session) {}
}

/** One execution's way into the workbook: every call of every service object passes here. */
export class Session {
  readonly #targets = new WeakMap<object, { name: string; target: object }>();
  #scopeGranted = false;
  #activeSheetId: number;

  constructor(
    readonly execution: Execution,
    readonly workbook: Workbook,
  ) {
    // Without anybody who looks at a sheet, the first one.
    this.#activeSheetId = isAtSheet(execution.context) ? workbook.activeSheetId : workbook.sheets[0]!.id;
  }

  get activeSheet(): Sheet {
    const { sheets } = this.workbook;
    return sheets.find(sheet => sheet.id === this.#activeSheetId) ?? sheets[0]!;
  }

  set activeSheet(sheet: Sheet) {
    this.#activeSheetId = sheet.id;
    if (isAtSheet(this.execution.context)) this.workbook.activeSheetId = sheet.id;
  }

  get realm(): Execution['realm'] {
    return this.execution.realm;
  }

  get writing(): Writing {
    const { workbook, execution } = this;
    const year = new Date(workbook.clock.wallAt(execution.now())).getUTCFullYear();
    const { owner, language, locale, viewers } = workbook;
    return { user: execution.user, owner, language, locale, viewers, year };
  }

  /**
   * The object that the script gets: it offers the class's members only, checks their arguments and turns the
   * model's refusals into the script's exceptions.
   */
  expose<T>(service: ServiceClass, target: Service<T>): T {
    const methods = new Map<string, (...args: unknown[]) => unknown>();
    const wrapper = new Proxy(target, {
      get: (_, key) => {
        if (typeof key === 'symbol' || INNOCENT.has(key)) return undefined;
        if (key === 'toString') return () => service.name;
        let method = methods.get(key);
        if (!method) {
          method = this.#method(service, target, key);
          methods.set(key, method);
        }
        return method;
      },
      set: (_, key) => {
        throw this.realm.exception(`${service.name}.${String(key)} cannot be assigned`);
      },
      has: (_, key) => key in service.members,
      ownKeys: () => [],
      getPrototypeOf: () => null,
    }) as T;
    target.self = wrapper;
    this.#targets.set(wrapper as object, { name: service.name, target });
    return wrapper;
  }

  /** An enum as the script sees it: a member that is not there is refused by name. */
  enumeration<E extends object>(name: string, constants: E): E {
    return new Proxy(constants, {
      get: (target, key) => {
        if (typeof key === 'symbol' || INNOCENT.has(key)) return undefined;
        if (!Object.hasOwn(target, key)) throw this.realm.exception(`${name}.${key} is not emulated`);
        return Reflect.get(target, key);
      },
    });
  }

  /** The instance behind a wrapper of this execution. */
  unwrap<S>(wrapper: unknown): S {
    return this.#targets.get(wrapper as object)?.target as S;
  }

  #insight: Insight = {
    isDate: value => this.realm.isDate(value),
    classOf: value =>
      typeof value === 'object' && value !== null ? this.#targets.get(value)?.name : undefined,
  };

  #method(service: ServiceClass, target: object, key: string): (...args: unknown[]) => unknown {
    const member = Object.hasOwn(service.members, key) ? service.members[key] : undefined;
    if (!member) throw this.realm.exception(`${service.name}.${key} is not emulated`);
    const call = `${service.name}.${key}`;
    const run = (target as Record<string, (...args: unknown[]) => unknown>)[key]!;
    return (...args) => {
      this.execution.call(call, member.cost);
      this.#needScope(call);
      if (args.length > 0) this.execution.output?.(call, args);
      if (!accepts(member, args, this.#insight)) {
        throw this.realm.exception(TEXT.signature(describe(args, this.#insight), call));
      }
      const { sheet } = target as { sheet?: Sheet };
      if (sheet && !this.workbook.sheets.includes(sheet)) throw this.realm.exception(TEXT.sheetGone);
      let result: unknown;
      try {
        result = run.apply(target, args);
      } catch (problem) {
        if (problem instanceof Refusal) throw this.realm.exception(problem.message);
        // A fault of the emulator itself: the ending makes the run's caller learn of it.
        const fault = problem instanceof TypeError || problem instanceof RangeError;
        throw fault ? this.realm.exception(`${call} (${problem}) is not emulated`) : problem;
      }
      this.execution.done?.(call);
      return result;
    };
  }

  /** Either scope will do; the refusal names the narrower one. */
  #needScope(call: string): void {
    if (this.#scopeGranted) return;
    try {
      this.execution.needScope(SCOPES[0], call);
    } catch (refused) {
      try {
        this.execution.needScope(SCOPES[1], call);
      } catch {
        throw refused;
      }
    }
    this.#scopeGranted = true;
  }
}
