import { MENU } from '../core/entryPoints';
import { MENU_TITLE, type Texts } from '../core/texts';

export function showMenu(texts: Texts): void {
  const menu = SpreadsheetApp.getUi().createMenu(MENU_TITLE);
  for (const name of MENU) menu.addItem(texts.menu[name], name);
  menu.addToUi();
}
