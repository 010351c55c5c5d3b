import type { Cell } from '../../src/core/cell';
import { type Connection, longLived, type TypedSecrets } from '../../src/core/connection';
import { MASK } from '../../src/core/token';
import { readSecrets } from '../../src/jobs/typedSecrets';
import { tokenWith } from '../support/tokenText';

interface Known {
  connection?: Connection;
  typed?: TypedSecrets;
  accountId?: number;
  clientId?: string;
}

/** @param rows in pairs of a key and a value; a row more stands above them */
function read(rows: [string, Cell][], known: Known = {}) {
  const problems: Parameters<typeof readSecrets>[2] = [];
  const cells = [{ key: 'baseUrl', value: 'mycompany' }, ...rows.map(([key, value]) => ({ key, value }))];
  const found = readSecrets(
    cells,
    {
      ...{ connection: known.connection, typed: known.typed ?? {} },
      ...{ accountId: known.accountId, clientId: known.clientId },
    },
    problems,
  );
  return { ...found, problems: problems.map(({ row, problem }) => [row, problem.key, problem.kind]) };
}

const EMPTY: [string, Cell][] = [
  ['token', ''],
  ['clientId', ''],
  ['clientSecret', ''],
  ['authCode', ''],
];
const oauth: Connection = {
  ...longLived('access'),
  renewal: {
    ...{ clientId: 'id', clientSecret: 's3cret', redirectUri: 'https://example.com', refresh: 'refresh' },
    ...{ expiresAt: 5, code: 'used' },
  },
};

describe('M15 · what is missing, where nothing connects', () => {
  it.each<[string, Known, (number | string)[][]]>([
    ['neither way was begun', {}, [[1, 'token', 'required']]],
    [
      'the id is there',
      { clientId: 'id' },
      [
        [3, 'clientSecret', 'required'],
        [4, 'authCode', 'required'],
      ],
    ],
    [
      'the secret is there',
      { typed: { clientSecret: 's' } },
      [
        [2, 'clientId', 'required'],
        [4, 'authCode', 'required'],
      ],
    ],
    [
      'the code is there',
      { typed: { code: 'c' } },
      [
        [2, 'clientId', 'required'],
        [3, 'clientSecret', 'required'],
      ],
    ],
    [
      'id and secret are there',
      { clientId: 'id', typed: { clientSecret: 's' } },
      [[4, 'authCode', 'required']],
    ],
    ['all three are there', { clientId: 'id', typed: { clientSecret: 's', code: 'c' } }, []],
    ['a token is kept', { connection: longLived('a') }, []],
    ['an integration’s is kept, and a new id is typed', { connection: oauth, clientId: 'other' }, []],
  ])('%s', (_, known, problems) => {
    expect(read(EMPTY, known).problems).toEqual(problems);
  });

  it('a sheet without these rows: said of no row', () => {
    expect(read([]).problems).toEqual([[undefined, 'token', 'required']]);
    expect(read([], { typed: { code: 'c' } }).problems).toEqual([
      [undefined, 'clientId', 'required'],
      [undefined, 'clientSecret', 'required'],
    ]);
  });

  it('what was typed and cannot be one is said of its row, and not that it is missing', () => {
    const rows = EMPTY.map(([key]): [string, Cell] => [key, key === 'clientId' ? '' : 'секрет']);
    expect(read(rows, { clientId: 'id' }).problems).toEqual([
      [1, 'token', 'bad-token'],
      [3, 'clientSecret', 'bad-token'],
      [4, 'authCode', 'bad-token'],
    ]);
    expect(read(rows, { connection: longLived('a') }).problems).toHaveLength(3);
  });
});

it('M15 · the row of the id may be the first', () => {
  const problems: Parameters<typeof readSecrets>[2] = [];
  const known = { connection: undefined, typed: { code: 'c' }, accountId: undefined, clientId: undefined };
  readSecrets([{ key: 'clientId', value: '' }], known, problems);
  expect(problems).toContainEqual({ row: 0, problem: { key: 'clientId', kind: 'required' } });
});

describe('M15 · what is typed', () => {
  it('counts at once, before what was kept', () => {
    const known = { connection: oauth, typed: { clientSecret: 'old', code: 'old' } };
    expect(read([['token', ' "T0KEN" ']], known)).toMatchObject({
      ...{ connection: longLived('T0KEN'), typed: known.typed },
      moved: { connection: longLived('T0KEN'), typed: {} },
    });
    expect(
      read(
        [
          ['clientSecret', 'new'],
          ['authCode', 'c0de'],
        ],
        known,
      ),
    ).toMatchObject({
      ...{
        connection: oauth,
        typed: { clientSecret: 'new', code: 'c0de' },
        moved: { connection: undefined, typed: { clientSecret: 'new', code: 'c0de' } },
      },
    });
    expect(read([['clientSecret', 'new']], known)).toMatchObject({
      ...{ typed: { clientSecret: 'new', code: 'old' }, moved: { typed: { clientSecret: 'new' } } },
    });
    expect(read([['authCode', 'c0de']], known)).toMatchObject({
      ...{ typed: { clientSecret: 'old', code: 'c0de' }, moved: { typed: { code: 'c0de' } } },
    });
    expect(read(EMPTY, known)).toMatchObject({
      ...{ connection: oauth, typed: known.typed, moved: { connection: undefined, typed: {} } },
    });
  });

  it.each<[string, string, number | undefined, boolean]>([
    ['of the known account', tokenWith({ account: 5 }), 5, true],
    ['of another account', tokenWith({ account: 6 }), 5, false],
    ['where none is known', tokenWith({ account: 6 }), undefined, true],
    ['that does not tell', tokenWith({}), 5, true],
  ])('a token %s', (_, token, accountId, isTaken) => {
    const before = longLived('before');
    const known = { connection: before, ...(accountId === undefined ? {} : { accountId }) };
    const found = read([['token', token]], known);
    expect(found.connection).toEqual(isTaken ? longLived(token) : before);
    expect(found.moved.connection).toEqual(isTaken ? longLived(token) : undefined);
    expect(found.problems).toEqual(isTaken ? [] : [[1, 'token', 'other-account']]);
    expect(found.masks).toEqual([{ row: 1, text: MASK }]);
  });

  it('a secret is shorter than a token may be', () => {
    const long = 'x'.repeat(1_001);
    const known = { connection: longLived('a') };
    expect(read([['clientSecret', long]], known)).toMatchObject({
      typed: { clientSecret: undefined },
      problems: [[1, 'clientSecret', 'bad-token']],
    });
    expect(read([['authCode', long]], known)).toMatchObject({ typed: { code: long }, problems: [] });
    expect(read([['token', long]])).toMatchObject({ connection: { access: long } });
  });

  it('of rows that stand twice: the first that can be one, and all are masked', () => {
    const twice: [string, Cell][] = [
      ['token', 'секрет'],
      ['token', 'T0KEN'],
      ['token', 'an0ther'],
    ];
    expect(read(twice)).toMatchObject({
      connection: { access: 'T0KEN' },
      problems: [],
      masks: [1, 2, 3].map(row => ({ row, text: MASK })),
    });
  });
});

describe('M15 · the masks', () => {
  const showing = (text: string): [string, Cell][] => EMPTY.map(([key]) => [key, text]);

  it.each<[string, Known, string[]]>([
    ['nothing is kept', {}, []],
    ['a long-lived token', { connection: longLived('a') }, ['token']],
    ['an integration’s', { connection: oauth }, ['clientSecret']],
    ['a secret that was typed', { typed: { clientSecret: 's' } }, ['clientSecret']],
    ['a code that was typed', { typed: { code: 'c' } }, ['authCode']],
  ])('stand where something is kept: %s', (_, known, kept) => {
    const secrets = ['token', 'clientSecret', 'authCode'];
    const rowOf = (key: string) => EMPTY.findIndex(([other]) => other === key) + 1;
    expect(read(showing(''), known).masks).toEqual(kept.map(key => ({ row: rowOf(key), text: MASK })));
    const spaced = read(showing(` ${MASK}\n`), known);
    expect(spaced.masks).toEqual(read(showing(MASK), known).masks);
    expect(spaced.problems.filter(([, , kind]) => kind === 'bad-token')).toEqual([]);
    const left = secrets.filter(key => !kept.includes(key));
    expect(read(showing(MASK), known).masks).toEqual(left.map(key => ({ row: rowOf(key), text: '' })));
  });
});
