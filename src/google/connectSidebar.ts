import { filled, inHtml, inScript } from '../core/htmlText';
import type { ConnectPageWords } from '../core/texts/connectPage';
import page from '../ui/connect/page.html';
import returnPage from '../ui/connect/returnPage.html';

/** Opens the sidebar "Connect amoCRM". It asks the server through `connectRequest` and `runReportNow`. */
export function showConnectSidebar(words: ConnectPageWords, title: string): void {
  const html = filled(page, { language: words.language, words: inScript(words) });
  SpreadsheetApp.getUi().showSidebar(HtmlService.createHtmlOutput(html).setTitle(title));
}

/** What came of the consent, for the tab in which amoCRM asked for it. */
export interface ConnectReturn {
  ok: boolean;
  title: string;
  sentence: string;
}

export function connectReturnPage(
  words: ConnectPageWords,
  { ok, title, sentence }: ConnectReturn,
): GoogleAppsScript.HTML.HtmlOutput {
  const html = filled(returnPage, {
    language: words.language,
    tone: ok ? 'ok' : 'failed',
    title: inHtml(title),
    sentence: inHtml(sentence),
    closeTab: inHtml(words.closeTab),
  });
  return HtmlService.createHtmlOutput(html).setTitle(title);
}
