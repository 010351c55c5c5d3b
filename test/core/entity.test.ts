import fc from 'fast-check';
import { entityAddress, entityKey, entityOf } from '../../src/core/entity';

describe('T16 · entities', () => {
  it.each([
    [{ type: 'lead', id: 26_060_763 }, 'lead:fikyj'],
    [{ type: 'contact', id: 35 }, 'contact:z'],
    [{ type: 'catalog_1001', id: 1 }, 'catalog_1001:1'],
  ])('T16 · %j is stored as %j', (entity, key) => {
    expect(entityKey(entity)).toBe(key.replace('fikyj', (26_060_763).toString(36)));
    expect(entityOf(entityKey(entity))).toEqual(entity);
  });

  it('D6 · whatever a kind is called, entities are read back and never mixed up', () => {
    const entity = fc.record({ type: fc.string(), id: fc.maxSafeInteger() });
    fc.assert(
      fc.property(entity, entity, (a, b) => {
        // -0 is 0.
        expect(entityOf(entityKey(a))).toEqual({ ...a, id: a.id + 0 });
        if (a.type !== b.type || a.id !== b.id) expect(entityKey(a)).not.toBe(entityKey(b));
      }),
    );
  });

  it.each([
    ['lead', 'https://x.amocrm.ru/leads/detail/7'],
    ['contact', 'https://x.amocrm.ru/contacts/detail/7'],
    ['company', 'https://x.amocrm.ru/companies/detail/7'],
    ['customer', 'https://x.amocrm.ru/customers/detail/7'],
    ['task', 'task 7'],
    ['catalog_1001', 'catalog_1001 7'],
    ['', ' 7'],
    // Words that every object of the language knows.
    ['constructor', 'constructor 7'],
    ['__proto__', '__proto__ 7'],
    ['toString', 'toString 7'],
  ])('T16 · D6 · a %s is to be looked at at %j', (type, address) => {
    expect(entityAddress({ type, id: 7 }, 'x.amocrm.ru')).toBe(address);
  });
});
