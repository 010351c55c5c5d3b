import { types } from 'node:util';
import type { EpochMs } from './contract';
import { instantOfShifted, offsetAt } from './zone';

type AnyFunction = (...args: never[]) => unknown;

const FIELDS = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
const HAS_ZONE = /(Z|[+-]\d\d:?\d\d|GMT|UTC)\s*(\(.*\))?$|^\s*[+-]?\d{4,6}(-\d\d){0,2}\s*$/i;

const timeOf = (date: unknown): EpochMs => Date.prototype.getTime.call(date);

function define(target: object, name: string, value: AnyFunction): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}

/**
 * Puts a realm's Date on the execution's clock and into the script's zone, whatever zone this process runs in:
 * on the platform local-time methods use the script's zone [field; implied by doc SE].
 */
export function prepareDate(global: Record<string, unknown>, zone: string, now: () => EpochMs): void {
  const Own = global['Date'] as DateConstructor;
  const shifted = (date: unknown): Date => new Date(timeOf(date) + offsetAt(timeOf(date), zone));
  const valid = (date: unknown): boolean => !Number.isNaN(timeOf(date));

  const parse = (text: string): EpochMs => {
    const at = Own.parse(text);
    if (Number.isNaN(at) || HAS_ZONE.test(text)) return at;
    const read = new Date(at);
    return instantOfShifted(at - read.getTimezoneOffset() * 60_000, zone);
  };

  const instant = (args: unknown[]): unknown => {
    if (args.length === 0) return now();
    if (args.length === 1) return typeof args[0] === 'string' ? parse(args[0]) : timeOrNumber(args[0]);
    return instantOfShifted(Date.UTC(...(args.map(Number) as [number, number])), zone);
  };

  function ScriptDate(this: unknown, ...args: unknown[]): unknown {
    if (!new.target) return String(new Own(now()));
    return Reflect.construct(Own, [instant(args)], new.target);
  }
  Object.defineProperty(ScriptDate, 'name', { value: 'Date' });
  Object.defineProperty(ScriptDate, 'length', { value: 7 });
  Object.setPrototypeOf(ScriptDate, Object.getPrototypeOf(Own) as object);
  ScriptDate.prototype = Own.prototype;
  define(Own.prototype, 'constructor', ScriptDate);
  define(ScriptDate, 'now', now);
  define(ScriptDate, 'parse', (text: unknown) => parse(String(text)));
  define(ScriptDate, 'UTC', Own.UTC);
  global['Date'] = ScriptDate;

  localMethods(Own.prototype, zone, shifted, valid);
  texts(Own.prototype, zone, shifted, valid);
  defaultZone(global, Own.prototype, zone);
}

function timeOrNumber(value: unknown): unknown {
  return types.isDate(value) ? timeOf(value) : value;
}

function localMethods(
  prototype: Date,
  zone: string,
  shifted: (date: unknown) => Date,
  valid: (date: unknown) => boolean,
): void {
  for (const field of [...FIELDS, 'Day'] as const) {
    define(prototype, `get${field}`, function (this: unknown) {
      return valid(this) ? shifted(this)[`getUTC${field}`]() : Number.NaN;
    });
  }
  for (const field of FIELDS) {
    define(prototype, `set${field}`, function (this: unknown, ...values: number[]) {
      const wall = valid(this) ? shifted(this) : new Date(0);
      (wall[`setUTC${field}`] as (...values: number[]) => number)(...values);
      return Date.prototype.setTime.call(this, instantOfShifted(wall.getTime(), zone));
    });
  }
  define(prototype, 'getTimezoneOffset', function (this: unknown) {
    return valid(this) ? -offsetAt(timeOf(this), zone) / 60_000 : Number.NaN;
  });
}

function texts(
  prototype: Date,
  zone: string,
  shifted: (date: unknown) => Date,
  valid: (date: unknown) => boolean,
): void {
  const dateText = (date: unknown): string =>
    shifted(date)
      .toUTCString()
      .replace(/^(\w+), (\d+) (\w+) (-?\d+) .*$/, '$1 $3 $2 $4');
  const timeText = (date: unknown): string => {
    const offset = offsetAt(timeOf(date), zone) / 60_000;
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
    const sign = offset < 0 ? '-' : '+';
    const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' })
      .formatToParts(timeOf(date))
      .find(part => part.type === 'timeZoneName')?.value;
    const clock = shifted(date).toISOString().slice(11, 19);
    return `${clock} GMT${sign}${String(hours).padStart(2, '0')}${String(minutes).padStart(2, '0')} (${name})`;
  };
  const text = (write: (date: unknown) => string) =>
    function (this: unknown) {
      return valid(this) ? write(this) : 'Invalid Date';
    };
  define(prototype, 'toDateString', text(dateText));
  define(prototype, 'toTimeString', text(timeText));
  define(
    prototype,
    'toString',
    text(date => `${dateText(date)} ${timeText(date)}`),
  );
}

/** `Intl.DateTimeFormat` and `toLocale…String` without a zone mean the script's zone. */
function defaultZone(global: Record<string, unknown>, prototype: Date, zone: string): void {
  const intl = global['Intl'] as typeof Intl;
  const Format = intl.DateTimeFormat;
  type Arguments = [locales?: string | string[] | undefined, options?: Intl.DateTimeFormatOptions];
  const zoned = ([locales, options]: Arguments): Arguments => [
    locales,
    { ...options, timeZone: options?.timeZone ?? zone },
  ];
  define(
    intl,
    'DateTimeFormat',
    new Proxy(Format, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, zoned(args as Arguments), newTarget) as object,
      apply: (target, _this, args) => target(...zoned(args as Arguments)),
    }) as unknown as AnyFunction,
  );
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const own = prototype[name];
    define(prototype, name, function (this: Date, ...args: Arguments) {
      return own.apply(this, zoned(args) as []);
    });
  }
}
