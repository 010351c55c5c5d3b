import { MENU_TITLE } from '../core/texts';
import type { Dialogs } from '../ports';

/** Dialogs for the person at the keyboard. A trigger has none. */
export function dialogs(interactive: boolean): Dialogs {
  const ui = interactive ? currentUi() : undefined;
  return {
    available: ui !== undefined,
    tell(text) {
      ui?.alert(MENU_TITLE, text, ui.ButtonSet.OK);
    },
    ask(question) {
      const answer = ui?.prompt(MENU_TITLE, question, ui.ButtonSet.OK_CANCEL);
      return ui && answer?.getSelectedButton() === ui.Button.OK ? answer.getResponseText() : undefined;
    },
    confirm(question) {
      return ui !== undefined && ui.alert(MENU_TITLE, question, ui.ButtonSet.YES_NO) === ui.Button.YES;
    },
    toast(text) {
      SpreadsheetApp.getActiveSpreadsheet().toast(text, MENU_TITLE, -1);
    },
  };
}

/** A function that is started from the code editor runs as from the menu, but has no user interface ([field]). */
function currentUi(): GoogleAppsScript.Base.Ui | undefined {
  try {
    return SpreadsheetApp.getUi();
  } catch {
    return undefined;
  }
}
