import type { Stage } from '../campaign/stage';
import type { FaultName } from '../simulator/faults';
import { ALWAYS } from './answers';
import {
  connectAnew,
  connected,
  problemsOf,
  reconnect,
  refreshes,
  reusedOf,
  sentSince,
  statusText,
  stored,
} from './connected';
import { DAY, logOf, mailsOf, NEXT } from './night';

const TOKENS = 'POST /oauth2/access_token';
const AFTER = '2026-11-20';

/** The tokens of the evening end at 03:25; from 02:55 on new ones are wanted. */
function night(trouble: (stage: Stage) => void): Stage {
  const stage = connected();
  stage.advance(`${NEXT}T02:30`);
  trouble(stage);
  return stage;
}

describe('A4 · the request for new tokens fails', () => {
  const UNHEARD: FaultName[] = ['json-500', 'html-200', 'json-garbage', 'timeout', 'dns'];

  it.each(UNHEARD)('A4 · %s, once: the same token is offered again, and all goes on', fault => {
    const stage = night(({ simulator }) => simulator.plan(TOKENS, fault));
    stage.advance(`${NEXT}T07:10`);
    expect(refreshes(stage)).toEqual(['issued']);
    expect(stored(stage)?.renewal).not.toHaveProperty('doubtSince');
    expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
    expect(mailsOf(stage)).toEqual([]);
  });

  it.each<FaultName>(['html-503', 'timeout'])('A4 · %s for an hour: it ends well by itself', fault => {
    const stage = night(one => {
      const [from, to] = [one.at(`${NEXT}T02:50`), one.at(`${NEXT}T03:50`)];
      one.simulator.plan(TOKENS, fault, { from, to, times: ALWAYS });
    });
    stage.firings = undefined;
    stage.advance(`${NEXT}T06:30`);
    expect(stored(stage)?.refusal).toBeUndefined();
    expect(refreshes(stage)).toContain('issued');
    expect(reusedOf(stage)).toBe(0);
    stage.advance(`${AFTER}T05:10`);
    expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
  });

  it.each<FaultName>(['lost-answer', 'broken-answer'])(
    'A2, A4 · %s: the pair is lost; the old one is offered once more, then a person is asked',
    fault => {
      const stage = night(({ simulator }) => simulator.plan(TOKENS, fault));
      stage.advance(`${NEXT}T07:10`);
      expect(refreshes(stage)).toEqual(['issued', 'Token has been revoked (again)']);
      expect(statusText(stage)).toMatch(/не действует, нажмите «Подключить amoCRM…»/);
      expect(logOf(stage, ['ERROR']).map(({ what }) => what)).toEqual([
        expect.stringMatching(/^amoCRM не от/),
        expect.stringMatching(/^amoCRM отозвал доступ: .* Замеры и отчёты остановлены с 19\.11\.2026/),
      ]);
      expect(mailsOf(stage)).toHaveLength(1);
      const since = stage.world.now();
      stage.advance(`${NEXT}T12:00`);
      expect(sentSince(stage, since)).toEqual([]);
      expect(reconnect(stage)).toMatchObject({ ok: true });
      stage.advance(`${AFTER}T05:10`);
      expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
      expect(mailsOf(stage)).toHaveLength(2);
      expect(reusedOf(stage)).toBe(1);
    },
  );

  it.each<FaultName>(['lost-answer', 'broken-answer'])(
    'A4 · %s, and amoCRM lets the old access serve to its end',
    fault => {
      const stage = connected({ oauth: { oldAccessSurvives: true } });
      stage.advance(`${NEXT}T02:30`);
      stage.simulator.plan(TOKENS, fault);
      stage.advance(`${NEXT}T03:10`);
      expect(problemsOf(stage, { days: [DAY] })).toEqual([]);
      stage.advance(`${NEXT}T07:10`);
      expect(stored(stage)?.refusal?.cause).toBe('tokens-revoked');
      expect(connectAnew(stage)).toMatchObject({ ok: true });
      stage.advance(`${AFTER}T05:10`);
      expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    },
  );

  it.each<FaultName>(['json-500', '402'])(
    'A4 · %s while amoCRM takes no token at all: nothing is given up before it was heard that the tokens are dead',
    fault => {
      const stage = night(one => {
        const trouble = { from: one.at(`${NEXT}T02:50`), to: one.at(`${NEXT}T04:10`), times: ALWAYS };
        one.simulator.plan(TOKENS, fault, trouble);
        one.simulator.plan(({ path }) => path.startsWith('/api/'), '401', trouble);
      });
      stage.firings = undefined;
      stage.advance(`${NEXT}T07:10`);
      expect(stored(stage)?.refusal).toBeUndefined();
      expect(refreshes(stage)).toEqual(['issued']);
      stage.advance(`${AFTER}T05:10`);
      expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    },
  );

  it.each<FaultName>(['402', '403-json', '403-html', '429-json'])(
    'A4 · %s says nothing of the tokens: nothing is given up',
    fault => {
      const stage = night(one => {
        const [from, to] = [one.at(`${NEXT}T02:30`), one.at(`${NEXT}T04:00`)];
        one.simulator.plan(TOKENS, fault, { from, to, times: ALWAYS });
      });
      stage.firings = undefined;
      stage.advance(`${NEXT}T08:10`);
      expect(stored(stage)?.refusal).toBeUndefined();
      expect(reusedOf(stage)).toBe(0);
      stage.advance(`${AFTER}T05:10`);
      expect(problemsOf(stage, { days: [DAY, NEXT] })).toEqual([]);
    },
  );
});
