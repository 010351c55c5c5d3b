import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventTypeNames } from '../../../src/amocrm/operations/eventTypes';
import { type FakeServer, listPage, noContent, pathOf, queryOf, text } from '../../support/amoAnswers';
import { clientOver } from '../../support/clientOver';

const read = (server: FakeServer, language = 'ru') => {
  const { client, requests } = clientOver(server);
  return { names: eventTypeNames(client, language), requests };
};

describe('M8 · eventTypeNames', () => {
  it.each(['ru', 'en'])('M8 · asks for the names in the language %s', language => {
    const { requests } = read(() => noContent, language);
    expect(pathOf(requests[0]!)).toBe('/api/v4/events/types');
    expect(queryOf(requests[0]!)).toMatchObject({ language_code: language });
  });

  it('M8 · reads what an account really answered', () => {
    const body = readFileSync(join(__dirname, '../../fixtures/amocrm/events/types-recorded-ru.json'), 'utf8');
    const { names, requests } = read((_, nth) => (nth === 1 ? text(body) : noContent));
    expect(names.get('lead_status_changed')).toBe('Изменение этапа продажи');
    expect(names.size).toBeGreaterThan(50);
    expect(requests.length).toBeLessThanOrEqual(2);
  });

  it('M8 · passes over what is no name', () => {
    const items = [
      ...[
        { key: 'a', lang: ' А ' },
        { key: 'b' },
        { lang: 'В' },
        { key: 'c', lang: '  ' },
        { key: 'f', lang: '\uFFFD\uFFFD' },
        { key: 5, lang: 'x' },
      ],
      ...[null, 'x', { key: 'd', lang: null }, { key: 'e', lang: 'Е' }],
    ];
    expect([...read(() => listPage('events_types', items)).names]).toEqual([
      ['a', 'А'],
      ['e', 'Е'],
    ]);
  });

  it('M8 · ends where each page repeats the one before', () => {
    const items = Array.from({ length: 250 }, (_, index) => ({ key: `t${index}`, lang: 'x' }));
    const { names, requests } = read(() => listPage('events_types', items, { next: true }));
    expect(names.size).toBe(250);
    expect(requests).toHaveLength(2);
  });
});
