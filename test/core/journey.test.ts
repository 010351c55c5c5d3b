import { afterJourney, type Journeys, latestArrival, NO_JOURNEYS } from '../../src/core/journey';

const NOW = Date.parse('2026-11-19T03:00:00+03:00');
const HOUR = 3_600_000;

/** What is known after single requests, and batches, that took so long. */
function known({ single = [], together = [] }: { single?: number[]; together?: number[] }): Journeys {
  const after = (isTogether: boolean) => (journeys: Journeys, took: number) =>
    afterJourney(journeys, took, isTogether, NOW);
  return together.reduce(after(true), single.reduce(after(false), NO_JOURNEYS));
}

describe('M10, I8 · how late a request may have arrived', () => {
  it('I8 · where nothing is known, when the answer came', () => {
    expect(latestArrival(NO_JOURNEYS, 400)).toBe(400);
  });

  it('I8 · at first all that it took more than the quickest', () => {
    expect(latestArrival(known({ single: [300, 250, 280] }), 430)).toBe(180 + 3);
  });

  it('M10 · half of what is usual, since a request and its answer share the way', () => {
    const journeys = known({ single: [150], together: Array<number>(100).fill(450) });
    expect(latestArrival(journeys, 450)).toBe(150 + 3);
    expect(latestArrival(journeys, 350)).toBe(100 + 3);
    expect(latestArrival(journeys, 150)).toBe(20 + 3);
    const slow = known({ single: [100], together: Array<number>(200).fill(2_100) });
    expect(latestArrival(slow, 2_100)).toBe(1_000 + 3);
  });

  it('I8 · up to 80 ms of it whole: ways differ however quick amoCRM is', () => {
    const journeys = known({ single: [400], together: Array<number>(100).fill(520) });
    expect(latestArrival(journeys, 430)).toBe(30 + 3);
    expect(latestArrival(journeys, 510)).toBe(80 + 3);
  });

  it('I8 · 20 ms at least, or a sixth of what it took: the quickest so far is not the quickest there is', () => {
    expect(latestArrival(known({ single: [400] }), 400)).toBe(20 + 3);
    expect(latestArrival(known({ single: [60] }), 60)).toBe(10 + 3);
    expect(latestArrival(known({ single: [600] }), 400)).toBe(20 + 3);
  });

  it('I8 · all of what is beyond the usual: it may have been a jam on the way there', () => {
    const journeys = known({ single: [150], together: Array<number>(100).fill(250) });
    expect(latestArrival(journeys, 950)).toBe(80 + 700 + 3);
  });

  it('I8 · never later than the answer', () => {
    expect(latestArrival(known({ single: [150] }), 2)).toBe(2);
    expect(latestArrival(known({ single: [0] }), 300)).toBe(300);
  });

  it('M10 · what is usual is learnt quickly upwards and forgotten slowly', () => {
    const slow = known({ single: [100], together: Array<number>(20).fill(300) });
    expect(slow.usualExcess).toBeGreaterThan(190);
    const again = Array<number>(8)
      .fill(120)
      .reduce((journeys, took) => afterJourney(journeys, took, true, NOW), slow);
    expect(again.usualExcess).toBeGreaterThan(150);
  });

  it('T2 · the quickest is that of the last day or two, whatever the clock does', () => {
    let journeys = afterJourney(NO_JOURNEYS, 100, false, NOW);
    journeys = afterJourney(journeys, 300, false, NOW + 25 * HOUR);
    expect(latestArrival(journeys, 300)).toBe(200 + 3);
    journeys = afterJourney(journeys, 320, false, NOW + 51 * HOUR);
    expect(latestArrival(journeys, 320)).toBe(20 + 3);
    expect(afterJourney(journeys, 500, false, NOW).quickest).toBe(500);
  });
});
