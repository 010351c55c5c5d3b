import { takeSnapshot } from '../../src/jobs/snapshot';
import { tidySettings } from '../../src/jobs/tidySettings';
import { inMemoryOutside } from '../support/inMemoryOutside';

describe('M15 · tidySettings', () => {
  it('M15 · where there is no settings sheet nothing is written', () => {
    const world = inMemoryOutside({ settings: {} });
    const snapshot = takeSnapshot(world.outside);
    const { workbook } = world.outside;
    workbook.has = key => key !== 'settings';
    const before = world.steps.log.length;
    tidySettings(world.outside, takeSnapshot(world.outside));
    tidySettings(world.outside, { ...snapshot, untidy: { ...snapshot.untidy!, lastGood: undefined } });
    expect(world.steps.log.slice(before).filter(step => !/readAll|schemaVersion/.test(step))).toEqual([]);
  });

  it('M15 · of two secrets typed one after the other none is lost, whichever run is quicker', () => {
    const world = inMemoryOutside({ settings: { clientSecret: 'the-secret' } });
    const slow = takeSnapshot(world.outside);
    world.contents.settings.find(({ key }) => key === 'authCode')!.value = 'the-code';
    tidySettings(world.outside, takeSnapshot(world.outside));
    tidySettings(world.outside, slow);
    expect(JSON.parse(world.properties.get('typed')!)).toEqual({
      clientSecret: 'the-secret',
      code: 'the-code',
    });
  });

  it('M15 · each cell and each problem goes into its own row, wherever a person has moved it', () => {
    const world = inMemoryOutside({ settings: { baseUrl: 'mycompany', token: 'секрет', topEvents: 'x' } });
    const { settings } = world.contents;
    settings.reverse();
    tidySettings(world.outside, takeSnapshot(world.outside));
    const wrong = settings.filter((_, row) => world.contents.problems[row] !== '').map(({ key }) => key);
    expect(wrong.sort()).toEqual(['token', 'topEvents']);
    expect(settings.find(({ key }) => key === 'token')!.value).toBe('');
  });
});
