import fc from 'fast-check';
import { ACTORS } from '../../src/core/actor';
import { serialOf, serialOfDay } from '../../src/core/day';
import { eventName } from '../../src/core/eventNames';
import { type Ping, pingDay } from '../../src/core/ping';
import { pingEntry } from '../../src/core/pingEntry';
import {
  type DayFigures,
  daysRow,
  notes,
  pingCells,
  pingCellsOf,
  pingOfRow,
  pingRow,
  reportRows,
  unfinishedDaysRow,
} from '../../src/core/report';
import { TABLES } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { topTypes } from '../../src/core/topTypes';

const { ru, en } = TEXTS;
const unix = (iso: string) => Date.parse(iso) / 1000;
const ping = (at: string, ms: number | undefined, more: Partial<Ping> = {}): Ping => ({
  ...{ at: unix(at), slot: undefined, ms, min: ms, max: ms, duringCollection: false },
  ...(ms === undefined
    ? { succeeded: 0, taken: 3, status: 503, failure: 'http' as const }
    : { succeeded: 3, taken: 3, status: 200, failure: undefined }),
  ...more,
});

const cells = (pings: readonly Ping[], zone = 'Europe/Moscow', texts = ru) =>
  pingCells(pingDay(pings, zone), zone, texts);
const figures = (more: Partial<DayFigures> = {}): DayFigures => ({
  ...{ day: '2025-11-12', zone: 'Europe/Moscow', total: 2000, automated: 1706, unreadable: 0, late: 0 },
  ...{ operations: 900, byActor: [1_000, 500, 200, 6, 250, 44], busiestHour: 0, unexplained: undefined },
  ...{ top: [], pings: cells([]), requests: 25, ownRequests: undefined },
  ...more,
});
const russian = (type: string) => eventName(type, 'ru', new Map());

const PINGS = [
  ping('2025-11-12T13:50:30+03:00', 508),
  ping('2025-11-12T13:51:00+03:00', 509),
  ping('2025-11-12T15:00:00+03:00', 120),
];
// The table of the user's document (M7).
const EXAMPLE = figures({
  top: topTypes(
    new Map([
      ['incoming_chat_message', 485],
      ['task_added', 340],
      ['entity_responsible_changed', 324],
      ['entity_linked', 301],
      ['outgoing_chat_message', 256],
      ['lead_added', 1],
    ]),
    5,
  ),
  pings: cells(PINGS),
});
const DATE = 45973; // 12.11.2025 in a spreadsheet
const AT_13_51 = DATE + (13 * 60 + 51) / 1440;

describe('M7, M8, T15 · reportRows', () => {
  it('M7 · T15 · makes the user’s example table', () => {
    expect(serialOfDay('2025-11-12')).toBe(DATE);
    const rows = reportRows(EXAMPLE, ru, russian);
    expect(rows).toEqual([
      {
        date: DATE,
        event: 'Входящее сообщение',
        count: 485,
        peakMs: 509,
        peakTime: expect.closeTo(AT_13_51, 8),
      },
      { date: DATE, event: 'Новая задача', count: 340, peakMs: '', peakTime: '' },
      { date: DATE, event: 'Ответственный изменен', count: 324, peakMs: '', peakTime: '' },
      { date: DATE, event: 'Прикрепление', count: 301, peakMs: '', peakTime: '' },
      { date: DATE, event: 'Исходящее сообщение', count: 256, peakMs: '', peakTime: '' },
    ]);
  });

  it.each([
    [ru, 'Нет событий'],
    [en, 'No events'],
  ])('M7 · a day without automated events gets one row with 0 and the peak', (texts, event) => {
    expect(reportRows({ ...EXAMPLE, top: [] }, texts, russian)).toEqual([
      { date: DATE, event, count: 0, peakMs: 509, peakTime: expect.closeTo(AT_13_51, 8) },
    ]);
  });

  it('M6 · M7 · no peak leaves both cells empty', () => {
    for (const pings of [cells([]), cells([ping('2025-11-12T13:51:00+03:00', undefined)])]) {
      const rows = reportRows({ ...EXAMPLE, pings }, ru, russian);
      expect(rows.map(({ peakMs, peakTime }) => [peakMs, peakTime])).toEqual(Array(5).fill(['', '']));
      expect(reportRows({ ...EXAMPLE, pings, top: [] }, ru, russian)).toEqual([
        { date: DATE, event: 'Нет событий', count: 0, peakMs: '', peakTime: '' },
      ]);
    }
  });

  it.each([
    ['Europe/Moscow', '13:51'],
    ['UTC', '10:51'],
    ['Asia/Kathmandu', '16:36'],
    ['America/New_York', '05:51'],
  ])('M6 · the peak’s time is the wall clock of %s: %s', (zone, time) => {
    const [row] = reportRows({ ...EXAMPLE, zone, pings: cells(PINGS, zone) }, ru, russian);
    const minutes = Math.round(((row!.peakTime as number) - DATE) * 1440);
    expect(
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    ).toBe(time);
  });

  it.each(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'])(
    'M6 · on a day of 25 hours a peak at %s stands at half past two of that day',
    at => {
      const zone = 'Europe/Berlin';
      const pings = cells([ping(at, 900), ping('2026-10-25T12:00:00Z', 100)], zone);
      const [row] = reportRows(figures({ day: '2026-10-25', zone, pings }), ru, russian);
      expect(row).toMatchObject({ date: serialOfDay('2026-10-25'), peakMs: 900 });
      expect(row!.peakTime).toBeCloseTo(serialOfDay('2026-10-25') + 2.5 / 24, 8);
    },
  );

  it('M8 · an unknown code is shown as it is', () => {
    const [row] = reportRows(figures({ top: [{ type: 'brand_new', count: 2 }] }), ru, russian);
    expect(row).toMatchObject({ event: 'brand_new', count: 2 });
  });
});

describe('T15 · daysRow', () => {
  it('T15 · has the totals of the day', () => {
    expect(daysRow(EXAMPLE, ru)).toEqual({
      ...{ date: DATE, completeness: 'полный', events: 2000, automated: 1706, manual: 294 },
      ...{ operations: 900, busiestHour: 0, slowestHour: 13, unexplained: '' },
      ...{ robot: 1_000, client: 500, service: 200, unknown: 6, person: 250, former: 44 },
      ...{ robotShare: 0.5, clientShare: 0.25, serviceShare: 0.1 },
      ...{ unknownShare: 0.003, personShare: 0.125, formerShare: 0.022 },
      ...{ pings: 3, pingsFailed: 0, medianMs: 508, p95Ms: 509, p99Ms: '' },
      ...{ peakMs: 509, peakTime: expect.closeTo(AT_13_51, 8) },
      ...{ requests: 25, ownRequests: '', ownShare: '', note: '' },
    });
  });

  it('T15 · T16 · the actors’ shares are of all events, 0 on a day without any, and its busiest hour is empty', () => {
    const row = daysRow({ ...EXAMPLE, total: 0, byActor: [0, 0, 0, 0, 0, 0], busiestHour: undefined }, ru);
    for (const actor of ACTORS) expect([row[actor], row[`${actor}Share`]]).toEqual([0, 0]);
    expect(row.busiestHour).toBe('');
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 }), byActor => {
        const shares = daysRow({ ...EXAMPLE, byActor }, ru);
        const sum = ACTORS.reduce((total, actor) => total + Number(shares[`${actor}Share`]), 0);
        expect(sum).toBeCloseTo(byActor.some(count => count > 0) ? 1 : 0, 9);
      }),
    );
  });

  it('T15 · every column of Days has a value, of a whole day and of an unfinished one', () => {
    const columns = Object.keys(TABLES.days).sort();
    expect(Object.keys(daysRow(EXAMPLE, ru)).sort()).toEqual(columns);
    const unfinished = { day: '2025-11-12', share: 0, missingFrom: '', total: 0, automated: 0, requests: 0 };
    expect(Object.keys(unfinishedDaysRow(unfinished, ru)).sort()).toEqual(columns);
  });

  it('T10 · M9 · the figures of pings come back from the row as they went into it, without the remark', () => {
    const pings = cells([...PINGS, ping('2025-11-12T16:00:00+03:00', undefined)]);
    expect(pings.remark).not.toBe('');
    expect(pingCellsOf(daysRow({ ...EXAMPLE, pings }, ru))).toEqual({ ...pings, remark: '' });
  });

  it('T10 · the slowest hour is that of the largest median, not that of the peak', () => {
    const pings = cells([
      ping('2025-11-12T10:00:00+03:00', 100),
      ping('2025-11-12T10:20:00+03:00', 100),
      ping('2025-11-12T10:40:00+03:00', 900),
      ping('2025-11-12T15:00:00+03:00', 300),
    ]);
    expect(pings).toMatchObject({ slowestHour: 15, peakMs: 900, p95Ms: 900 });
    expect(cells([]).slowestHour).toBe('');
  });

  it('Q2 · tells all our requests of that day and their share of what amoCRM allows', () => {
    expect(daysRow({ ...EXAMPLE, ownRequests: 6_048 }, ru)).toMatchObject({
      ownRequests: 6_048,
      ownShare: 0.01, // of 7 × 86,400
    });
    expect(daysRow({ ...EXAMPLE, ownRequests: 0 }, ru)).toMatchObject({ ownRequests: 0, ownShare: 0 });
  });

  it('M6 · when all pings failed the peak is empty and the cause is named', () => {
    const failed = [
      ping('2025-11-12T01:00:00+03:00', undefined),
      ping('2025-11-12T02:00:00+03:00', undefined),
      ping('2025-11-12T03:00:00+03:00', undefined, { status: 0, failure: 'timeout' }),
    ];
    const pings = cells(failed);
    expect(daysRow({ ...EXAMPLE, pings }, ru)).toMatchObject({
      ...{ pings: 3, pingsFailed: 3, medianMs: '', peakMs: '', peakTime: '' },
      note: 'Все замеры неудачны: ответ 503: сбой на стороне amoCRM (2), нет ответа за 30 секунд',
    });
    const english = { ...pings, remark: cells(failed, 'UTC', en).remark };
    expect(notes({ ...EXAMPLE, pings: english }, en)).toEqual([
      "All pings failed: answer 503: a failure on amoCRM's side (2), no answer within 30 seconds",
    ]);
  });

  it('M6 · some failed pings are named too, and records that could not be read', () => {
    const pings = cells([
      ping('2025-11-12T01:00:00+03:00', undefined),
      ping('2025-11-12T02:00:00+03:00', 100),
    ]);
    expect(daysRow({ ...EXAMPLE, pings, unreadable: 4 }, ru).note).toBe(
      'Неудачные замеры: ответ 503: сбой на стороне amoCRM; Не разобрано записей: 4',
    );
  });

  it('M6 · a day without failed pings has no remark about them', () => {
    expect(cells([]).remark).toBe('');
    expect(cells([ping('2025-11-12T02:00:00+03:00', 100)]).remark).toBe('');
  });

  it('D5 · events that appeared after the report are told', () => {
    expect(notes({ ...EXAMPLE, late: 3, unreadable: 1 }, ru)).toEqual([
      'Не разобрано записей: 1',
      TEXTS.ru.lateEvents(3),
    ]);
    expect(notes(EXAMPLE, ru)).toEqual([]);
  });
});

describe('M13 · unfinishedDaysRow', () => {
  const unfinished = {
    ...{ day: '2025-11-12', share: 0.7599, missingFrom: '18:14' },
    ...{ total: 1_500, automated: 900, requests: 40 },
  };

  it('I2 · says how much is there, from when on it is missing, and names no peak', () => {
    expect(unfinishedDaysRow(unfinished, en)).toEqual({
      ...{ date: DATE, completeness: 'partial: 75 % collected' },
      ...{ events: 1_500, automated: 900, manual: 600 },
      ...Object.fromEntries(ACTORS.flatMap(actor => [actor, `${actor}Share`]).map(column => [column, ''])),
      ...{ operations: '', busiestHour: '', unexplained: '', slowestHour: '', p95Ms: '', p99Ms: '' },
      ...{ pings: '', pingsFailed: '', medianMs: '', peakMs: '', peakTime: '' },
      ...{ requests: 40, ownRequests: '', ownShare: '' },
      note: 'Not collected from 18:14 to the end of the day',
    });
  });

  it('I2 · is never taken for complete', () => {
    for (const texts of [ru, en]) {
      expect(unfinishedDaysRow({ ...unfinished, share: 0.9999 }, texts).completeness).toBe(texts.partial(99));
      expect(texts.partial(100)).not.toBe(texts.complete);
    }
  });
});

describe('M12 · pingRow and pingOfRow', () => {
  const zone = 'Europe/Moscow';
  const cases: Ping[] = [
    ping('2025-11-12T13:51:07+03:00', 509, { slot: unix('2025-11-12T14:00:00+03:00'), min: 400, max: 900 }),
    ping('2025-11-12T13:51:07+03:00', 509, { duringCollection: true }),
    ping('2025-11-12T13:51:07+03:00', 0),
    ping('2025-11-12T13:51:07+03:00', undefined),
    ping('2025-11-12T13:51:07+03:00', undefined, { status: 0, failure: 'timeout' }),
    ping('2025-11-12T13:51:07+03:00', undefined, { status: 0, failure: 'no-connection' }),
    ping('2025-11-12T13:51:07+03:00', undefined, { status: 200, failure: 'not-api' }),
    ping('2025-11-12T13:51:07+03:00', undefined, { status: 401, failure: 'http' }),
    ping('2025-11-12T13:51:07+03:00', undefined, { taken: 0, status: 0, failure: 'paused' }),
    ping('2025-11-12T13:51:07+03:00', undefined, { taken: 0, status: 0, failure: 'quota' }),
    // Partly failed.
    ping('2025-11-12T13:51:07+03:00', 300, { succeeded: 2, taken: 3, status: 502, failure: 'http' }),
  ];

  it('M12 · a row tells time, figures, status and cause', () => {
    expect(pingRow(cases[0]!, zone, ru)).toEqual({
      time: expect.closeTo(DATE + (13 * 3600 + 51 * 60 + 7) / 86_400, 8),
      ...{ ms: 509, min: 400, max: 900, samples: 3, status: 200, cause: '' },
      slot: expect.closeTo(DATE + 14 / 24, 8),
      ...{ counted: 'да', entry: pingEntry(cases[0]!) },
    });
    expect(pingRow(cases[4]!, zone, en)).toMatchObject({
      ...{ ms: '', min: '', max: '', samples: 0, status: 0, cause: 'no answer within 30 seconds' },
      ...{ slot: '', counted: 'no' },
    });
    expect(pingRow(cases[1]!, zone, ru)).toMatchObject({
      ...{ counted: 'нет', cause: 'во время сбора событий, в пике не участвует' },
    });
  });

  it.each(cases.flatMap(one => [ru, en].map(texts => [one, texts.language, texts] as const)))(
    'M9 · the day’s figures are the same from the sheet as from the log: %j (%s)',
    (one, _, texts) => {
      expect(pingOfRow(pingRow(one, zone, texts))).toEqual(one);
    },
  );

  it('M12 · a ping that failed in part has its figures, and says how many samples failed', () => {
    const partly = cases[cases.length - 1]!;
    const cause = en.someSamplesFailed(1, 3, en.pingFailure('http', 502));
    expect(pingRow(partly, zone, en)).toMatchObject({
      ms: 300,
      samples: 2,
      status: 200,
      cause,
      counted: 'yes',
    });
    expect(pingRow({ ...partly, duringCollection: true }, zone, en)).toMatchObject({
      ...{ status: 200, cause: `${cause}; ${en.duringCollection}`, counted: 'no' },
    });
    expect(pingRow(cases[3]!, zone, en)).toMatchObject({ status: 503, cause: en.pingFailure('http', 503) });
  });

  it('M12 · the instant comes from the hidden entry: the wall clock is ambiguous on a 25-hour day', () => {
    const berlin = 'Europe/Berlin';
    const first = pingRow(ping('2026-10-25T00:30:00Z', 1), berlin, ru);
    const second = pingRow(ping('2026-10-25T01:30:00Z', 2), berlin, ru);
    expect(first.time).toBe(second.time);
    expect(first.time).toBe(serialOf(Date.parse('2026-10-25T01:30:00Z'), berlin));
    expect(pingOfRow(second)!.at - pingOfRow(first)!.at).toBe(3600);
  });

  it('H9 · Q1 · a slot that was left out says why, and does not count', () => {
    const left = (failure: 'paused' | 'quota' | 'busy') =>
      ping('2025-11-12T13:51:07+03:00', undefined, { taken: 0, status: 0, failure });
    expect(pingRow(left('paused'), zone, en)).toMatchObject({
      ...{ cause: en.pingFailure('paused', 0), status: 0, samples: 0, counted: 'no' },
    });
    expect(pingRow(left('quota'), zone, en).cause).toMatch(/^left out: Google's daily limits/);
    expect(pingOfRow(pingRow(left('busy'), zone, en))).toEqual(left('busy'));
  });

  it.each([[''], ['1763'], [true]])('M12 · a row whose entry is %j is no ping', cell => {
    expect(pingOfRow({ ...pingRow(cases[0]!, zone, ru), entry: cell })).toBeUndefined();
  });
});
