import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeServer, listPage, noContent, pathOf, queryOf, text } from '../../support/amoAnswers';
import { clientOver } from '../../support/clientOver';
import { eventPages } from '../../support/eventPages';

const read = (server: FakeServer) => {
  const { client, requests } = clientOver(server);
  const pages = eventPages(client, { from: 1_763_413_200, to: 1_763_499_599 });
  const unreadable = pages.reduce((sum, page) => sum + page.unreadable, 0);
  return { events: pages.flatMap(page => page.events), unreadable, requests };
};
const good = { id: '01h', type: 'lead_added', created_at: 1_763_413_200, created_by: 5 };
const published = (name: string) =>
  readFileSync(join(__dirname, '../../fixtures/amocrm/events', name), 'utf8');

describe('M3, M10, T5 · eventsPage', () => {
  it('M3 · asks for a second more on either side, a hundred a page', () => {
    const { requests } = read(() => noContent);
    expect(requests.map(pathOf)).toEqual(['/api/v4/events']);
    expect(queryOf(requests[0]!)).toEqual({
      'filter[created_at][from]': '1763413199',
      'filter[created_at][to]': '1763499600',
      limit: '100',
      page: '1',
    });
  });

  it.each([0, 1, 99, 100, 101, 200, 1_000])('M3 · D13 · reads a day of %d events', length => {
    const all = Array.from({ length }, (_, index) => ({ ...good, id: `e${index}` }));
    const { events, requests } = read(request => {
      const from = (Number(queryOf(request)['page']) - 1) * 100;
      const some = all.slice(from, from + 100);
      return some.length === 0 ? noContent : listPage('events', some, { next: from + 100 < length });
    });
    expect(events.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(requests).toHaveLength(Math.floor(length / 100) + 1);
  });

  it.each(['list-page.json', 'list-page-kommo.json'])('T5 · reads what is published as %s', name => {
    const body = published(name);
    const parsed = JSON.parse(body) as { _embedded: { events: { id: string; created_by: number }[] } };
    const wire = parsed._embedded.events;
    const { events, unreadable } = read((_, nth) => (nth === 1 ? text(body) : noContent));
    expect(unreadable).toBe(0);
    expect(events.map(({ id, createdBy }) => [id, createdBy])).toEqual(
      wire.map(one => [one.id, one.created_by]),
    );
  });

  it.each<[string, unknown, number | undefined]>([
    ['a user', 5, 5],
    ['a robot', 0, 0],
    ['D7 a negative id', -5, -5],
    ['D7 an id as text', '5', 5],
    ['D7 zero as text', '0', 0],
    ['D7 null', null, undefined],
    ['absent', undefined, undefined],
    ['D7 words', 'robot', undefined],
    ['D7 an empty text', '', undefined],
    ['D7 a negative id as text', '-5', -5],
    ['D7 a number with something before it', '#5', undefined],
    ['D7 a number with something behind it', '5 x', undefined],
    ['D7 the largest id as text', '123456789012345', 123_456_789_012_345],
    ['D7 an id too large to be exact', '1234567890123456', undefined],
    ['D7 an object', { id: 5 }, undefined],
    ['D7 a list', [5], undefined],
    ['D7 a truth value', true, undefined],
  ])('M4 · created_by %s (%j) is %p', (_, createdBy, expected) => {
    const { events } = read(() => listPage('events', [{ ...good, created_by: createdBy }]));
    expect(events).toEqual([
      { id: '01h', type: 'lead_added', createdAt: 1_763_413_200, createdBy: expected },
    ]);
  });

  it.each<[string, unknown]>([
    ['no id', { ...good, id: undefined }],
    ['an empty id', { ...good, id: '' }],
    ['an id that is an object', { ...good, id: {} }],
    ['no type', { ...good, type: undefined }],
    ['an empty type', { ...good, type: '' }],
    ['a type that is a number', { ...good, type: 5 }],
    ['no time', { ...good, created_at: undefined }],
    ['a time as text', { ...good, created_at: '1763413200' }],
    ['null', null],
    ['a text', 'event'],
    ['a list', []],
  ])('M3 · a record with %s is told as unreadable, the others are read', (_, broken) => {
    const { events, unreadable } = read(() => listPage('events', [good, broken, { ...good, id: '02h' }]));
    expect(events.map(({ id }) => id)).toEqual(['01h', '02h']);
    expect(unreadable).toBe(1);
  });

  it('M3 · D7 · a record whose time is beyond all numbers is unreadable', () => {
    const body = JSON.stringify({ _embedded: { events: [{ ...good, created_at: -1 }] } });
    const { events, unreadable } = read(() => text(body.replace('-1', '1e999')));
    expect([events, unreadable]).toEqual([[], 1]);
  });

  it('M3 · D10 · ids may be numbers; unknown types and extra fields are no obstacle', () => {
    const odd = { ...good, id: 7, type: 'brand_new', value_after: { a: [1] }, extra: null };
    expect(read(() => listPage('events', [odd])).events).toMatchObject([{ id: '7', type: 'brand_new' }]);
  });
});
