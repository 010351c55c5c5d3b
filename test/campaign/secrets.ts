import type { Stage } from './stage';

/** The properties that may hold secrets; the last one is that of earlier versions. */
const KEPT_IN = ['connection', 'typed', 'token'];

/** Every place where a secret showed itself that only those properties may hold. */
export function leaks(stage: Stage, secrets: readonly string[]): string[] {
  return [...outputs(stage)].flatMap(([place, text]) =>
    secrets.some(secret => text.includes(secret)) ? [`secret: in ${place}`] : [],
  );
}

function* outputs({ performed, world }: Stage): Generator<[place: string, text: string]> {
  const { mail, menus, workbook } = world;
  for (const sheet of workbook.sheets) {
    for (const [index, row] of sheet.rows.entries()) {
      for (const cell of row ?? []) {
        if (!cell) continue;
        const place = `row ${index + 1} of ${sheet.title}`;
        if (typeof cell.value === 'string') yield [place, cell.value];
        if (cell.formula !== '') yield [place, cell.formula];
        if (cell.note !== '') yield [`a note in ${place}`, cell.note];
      }
    }
  }
  yield ['metadata and titles', JSON.stringify([workbook.metadata.all(), workbook.sheets.map(s => s.title)])];
  yield ['mail', JSON.stringify(mail)];
  yield ['menus', JSON.stringify(menus)];
  for (const store of ['script', 'document', `user ${world.owner}`]) {
    for (const [key, value] of world.properties(store).entries()) {
      if (store !== 'script' || !KEPT_IN.includes(key)) yield [`property ${key}`, value];
    }
  }
  for (const { functionName, outcome } of performed) {
    if (!outcome) continue;
    const { console, dialogs, error, toasts } = outcome;
    for (const line of console) yield [`the console of ${functionName}`, line];
    // What the person typed is no output.
    for (const { text, title } of dialogs) yield [`a dialog of ${functionName}`, `${title} ${text}`];
    if (error) yield [`an error of ${functionName}`, `${error.message} ${error.stack}`];
    for (const { text, title } of toasts) yield [`a toast of ${functionName}`, `${title} ${text}`];
  }
}
