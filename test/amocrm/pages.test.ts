import { pagesOf } from '../../src/amocrm/pages';
import type { HttpResult } from '../../src/ports';
import { type FakeServer, inTurn, json, listPage, noContent, queryOf, text } from '../support/amoAnswers';
import { clientOver, thrownBy } from '../support/clientOver';

const THINGS = { path: '/x', list: 'things', limit: 10 };
const items = (length: number, from = 0) => Array.from({ length }, (_, index) => from + index);

/** All items of a list asked by tens, and the pages that were asked for. */
function read(server: FakeServer) {
  const { client, requests } = clientOver(server);
  const found = [...pagesOf(client, { ...THINGS, path: '/api/v4/things', query: { a: 'b' } })].flatMap(
    page => page.items,
  );
  return { found, pages: requests.map(request => Number(queryOf(request)['page'])), requests };
}

describe('M3 · pagesOf', () => {
  it.each<[string, HttpResult[], number, number[]]>([
    ['H1 an empty list is 204', [noContent], 0, [1]],
    ['an empty list is an empty page', [listPage('things', [])], 0, [1]],
    ['a short page without next is the last', [listPage('things', items(3))], 3, [1]],
    [
      'pages go on while there is a next',
      [listPage('things', items(10), { next: true }), listPage('things', items(4, 10))],
      14,
      [1, 2],
    ],
    [
      'H2 a phantom next leads to 204',
      [listPage('things', items(10), { next: true }), noContent],
      10,
      [1, 2],
    ],
    [
      'H2 a phantom next leads to an empty page',
      [listPage('things', items(10), { next: true }), listPage('things', [], { next: true })],
      10,
      [1, 2],
    ],
    [
      'H2 a phantom next on a short page',
      [listPage('things', items(4), { next: true }), noContent],
      4,
      [1, 2],
    ],
    [
      'H3 a full page without next is followed by one question more',
      [listPage('things', items(10)), listPage('things', items(5, 10))],
      15,
      [1, 2],
    ],
    ['H3 and that may be the end', [listPage('things', items(10)), noContent], 10, [1, 2]],
    [
      'a short page in the middle is not the end where next says so',
      [listPage('things', items(7), { next: true }), listPage('things', items(2, 7))],
      9,
      [1, 2],
    ],
    ['a page longer than asked counts in full', [listPage('things', items(12)), noContent], 12, [1, 2]],
  ])('M3 · %s', (_, answers, length, pages) => {
    const { found, pages: asked } = read(inTurn(...answers));
    expect(found).toEqual(items(length));
    expect(asked).toEqual(pages);
  });

  it('M3 · D12 · a page of fifty without next is full: amoCRM falls back to it when the asked size is too large', () => {
    const { client } = clientOver(inTurn(listPage('things', items(50)), listPage('things', items(3, 50))));
    const found = [...pagesOf(client, { ...THINGS, limit: 250 })].flatMap(page => page.items);
    expect(found).toEqual(items(53));
  });

  it('M2 · D12 · a list that announces more than it gave is asked on', () => {
    const total = { total: 12 };
    const { found, pages } = read(
      inTurn(listPage('things', items(9), total), listPage('things', items(3, 9), total)),
    );
    expect(found).toEqual(items(12));
    expect(pages).toEqual([1, 2]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a total in words', { _total_items: '12' }],
    ['a total of null', { _total_items: null }],
    ['no links at all', {}],
    ['links that are null', { _links: null }],
    ['links that are a list', { _links: [] }],
    ['a next that is null', { _links: { next: null } }],
    ['a next that is false', { _links: { next: false } }],
  ])('M3 · D2 · a short page with %s is the last', (_, more) => {
    const { client, requests } = clientOver(inTurn(json({ ...more, _embedded: { things: items(3) } })));
    expect([...pagesOf(client, THINGS)]).toMatchObject([{ items: items(3), total: undefined }]);
    expect(requests.map(queryOf)).toEqual([{ limit: '10', page: '1' }]);
  });

  it('M3 · every page is asked with the same filter and size', () => {
    const { requests } = read(inTurn(listPage('things', items(10), { next: true }), noContent));
    expect(requests.map(queryOf)).toEqual([
      { a: 'b', limit: '10', page: '1' },
      { a: 'b', limit: '10', page: '2' },
    ]);
  });

  it.each([
    'https://evil.example.com/api/v4/things?page=2',
    'https://evil.amocrm.ru/x',
    '/api/v4/other?page=77',
  ])('T13 · a next that leads to %s does not get the token: pages are counted here', next => {
    const { requests } = read(
      inTurn(listPage('things', items(10), { next }), listPage('things', items(1, 10))),
    );
    expect(requests.map(({ url }) => new URL(url).host)).toEqual(['example.amocrm.ru', 'example.amocrm.ru']);
    expect(queryOf(requests[1]!)['page']).toBe('2');
  });

  it.each<[string, unknown]>([
    ['no _embedded', {}],
    ['D2 _embedded null', { _embedded: null }],
    ['D2 no list', { _embedded: {} }],
    ['D2 null for a list', { _embedded: { things: null } }],
    ['D2 an object for a list', { _embedded: { things: { 0: 1 } } }],
    ['another list', { _embedded: { others: [] } }],
    ['_embedded a list', { _embedded: [] }],
  ])('M3 · %s is an error, never an empty list', (_, body) => {
    const { client } = clientOver(() => json(body), { run: 2_000 });
    expect(thrownBy(() => [...pagesOf(client, THINGS)])).toMatchObject({ code: 'malformed' });
  });

  it('M14 · a page that was cut once is asked again, and nothing is missing', () => {
    const { found, pages } = read(
      inTurn(
        listPage('things', items(10), { next: true }),
        text('{"_embedded":{"things":[10,', 200),
        listPage('things', items(2, 10)),
      ),
    );
    expect(found).toEqual(items(12));
    expect(pages).toEqual([1, 2, 2]);
  });

  it('M3 · a list without end ends with the run’s time, as an error', () => {
    const { client } = clientOver(() => listPage('things', items(10), { next: true }), { run: 5_000 });
    expect(thrownBy(() => [...pagesOf(client, THINGS)])).toMatchObject({ code: 'out-of-time' });
  });

  it('M3 · pages are asked one by one, when they are wanted', () => {
    const { client, requests } = clientOver(() => listPage('things', items(10), { next: true, total: 99 }));
    const pages = pagesOf(client, THINGS);
    expect(requests).toHaveLength(0);
    expect(pages.next().value).toEqual(expect.objectContaining({ items: items(10), total: 99 }));
    expect(requests).toHaveLength(1);
  });
});
