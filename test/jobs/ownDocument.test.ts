import { startAfreshInCopy } from '../../src/jobs/ownDocument';
import { inMemoryOutside } from '../support/inMemoryOutside';

describe('startAfreshInCopy', () => {
  it.each([
    ['the original keeps all that it remembers', false, 2],
    ['a copy forgets all that came along, once', true, 0],
  ])('%s', (_, isCopy, left) => {
    const one = inMemoryOutside({ settings: {}, properties: { connection: 'c', account: 'a' } });
    one.contents.isCopy = isCopy;
    expect(startAfreshInCopy(one.outside)).toBe(isCopy);
    expect(one.properties.size).toBe(left);
    one.properties.set('connection', 'its own');
    expect(startAfreshInCopy(one.outside)).toBe(false);
    expect(one.properties.get('connection')).toBe('its own');
  });
});
