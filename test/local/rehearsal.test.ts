import { COLUMN_MARK, SHEET_MARK } from '../../src/core/tables';
import { TEXTS } from '../../src/core/texts';
import { inProcessNetwork } from '../emulator/inProcess';
import { bundleOf } from '../emulator/support/smallWorld';
import { Simulator } from '../simulator/simulator';
import { knownTo } from './integrationKeys';
import { rehearse } from './rehearsal';

const KEYS = { clientId: 'I', clientSecret: 'S', authCode: 'C' };

/** As little of a script as connects an integration, so that only the person's way is tried here. */
const SCRIPT = `
function onOpen() {}
function onEdit() {}
function setUp() {
  var book = SpreadsheetApp.getActiveSpreadsheet();
  var properties = PropertiesService.getScriptProperties();
  var runs = Number(properties.getProperty('runs') || 0) + 1;
  properties.setProperty('runs', String(runs));
  var sheet = book.getSheetByName('Settings');
  if (!sheet) {
    sheet = book.insertSheet('Settings');
    sheet.addDeveloperMetadata('${SHEET_MARK}', 'settings@' + sheet.getSheetId());
    sheet.getRange('A:A').addDeveloperMetadata('${COLUMN_MARK}', 'key');
    sheet.getRange('B:B').addDeveloperMetadata('${COLUMN_MARK}', 'value');
    sheet.getRange(2, 1, 3, 1).setValues([['clientId'], ['clientSecret'], ['authCode']]);
  }
  var typed = sheet.getRange(2, 2, 3, 1).getValues().map(String);
  var ui = SpreadsheetApp.getUi();
  if (!properties.getProperty('connection') && !typed[2]) {
    var host = ui.prompt('', ${JSON.stringify(TEXTS.ru.setUp.askAddress)}, ui.ButtonSet.OK_CANCEL);
    properties.setProperty('host', host.getResponseText());
    var token = ui.prompt('', 'Token?', ui.ButtonSet.OK_CANCEL);
    properties.setProperty('button', String(token.getSelectedButton()));
    return;
  }
  if (properties.getProperty('connection')) return;
  var answer = UrlFetchApp.fetch('https://' + properties.getProperty('host') + '/oauth2/access_token', {
    method: 'post',
    contentType: 'application/json',
    muteHttpExceptions: true,
    payload: JSON.stringify({
      client_id: typed[0], client_secret: typed[1], code: typed[2],
      grant_type: 'authorization_code', redirect_uri: 'https://example.com'
    })
  });
  properties.setProperty('said', String(answer.getResponseCode()));
  if (answer.getResponseCode() === 200) properties.setProperty('connection', answer.getContentText());
}
`;

function rehearsed(simulator: Simulator) {
  const { world } = rehearse({
    bundleDir: bundleOf(SCRIPT),
    network: inProcessNetwork(simulator),
    address: simulator.host,
    token: '',
    keys: KEYS,
    settings: [],
    locale: 'ru_RU',
    sheetZone: 'Europe/Moscow',
    firstDay: '2026-11-18',
    days: 0,
    pings: 0,
    again: false,
  });
  return world.properties().all();
}

describe('a person who connects an integration', () => {
  it('uses the code up once, and the connection goes on', () => {
    const simulator = new Simulator({ oauth: knownTo(KEYS) });
    const kept = rehearsed(simulator);
    expect(simulator.ledger.tokens).toMatchObject([{ grant: 'authorization_code', outcome: 'issued' }]);
    expect(simulator.ledger.violations).toEqual([]);
    // One run, with the connection from before: nothing was asked, nothing was typed.
    expect(kept).toEqual({ connection: expect.stringContaining('access_token'), runs: '1' });
  });

  it('tries a code that was refused again, so that the cause is told where the report is', () => {
    const simulator = new Simulator({ oauth: knownTo({ ...KEYS, authCode: 'another' }) });
    const kept = rehearsed(simulator);
    expect(simulator.ledger.tokens.map(({ outcome }) => outcome)).toEqual([
      'Cannot decrypt the authorization code',
      'Cannot decrypt the authorization code',
    ]);
    expect(kept).toMatchObject({ button: 'CANCEL', host: 'demo.amocrm.ru', runs: '2', said: '400' });
  });

  it('meets a passing failure in the first account, and connects in the second', () => {
    const simulator = new Simulator({ oauth: knownTo(KEYS) });
    simulator.plan('POST /oauth2/access_token', 'html-503');
    expect(rehearsed(simulator)).toMatchObject({ runs: '2', said: '200' });
    expect(simulator.ledger.tokens).toHaveLength(1);
  });
});
