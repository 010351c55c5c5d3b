import type { LiveExecution } from '../execution';
import { behind, facade, NOTHING } from '../facade';
import type { HtmlPage } from '../outcome';

type Output = GoogleAppsScript.HTML.HtmlOutput;
type EmulatedOutput = Pick<
  Output,
  'addMetaTag' | 'getContent' | 'getTitle' | 'setHeight' | 'setTitle' | 'setWidth'
>;
type Emulated = Pick<GoogleAppsScript.HTML.HtmlService, 'createHtmlOutput'>;

/** The only names that the platform lets through [doc HtmlOutput]. */
const META_TAGS = [
  'apple-mobile-web-app-capable',
  'google-site-verification',
  'mobile-web-app-capable',
  'viewport',
];

const pages = new WeakMap<object, HtmlPage>();

/** Pages that a script writes itself [doc HtmlService]; templates and files of the project are refused by name. */
export function htmlService(execution: LiveExecution): object {
  const service: Emulated = {
    // The other overloads are refused as wrong arguments.
    createHtmlOutput(html: unknown = '') {
      const page: HtmlPage = { title: '', html: html as string, metaTags: [] };
      const chained = (): Output => inside as Output;
      const inside: EmulatedOutput = {
        addMetaTag(name, content) {
          if (!META_TAGS.includes(name)) execution.fail('metaTag', { name });
          page.metaTags.push({ name, content });
          return chained();
        },
        getContent: () => page.html,
        getTitle: () => page.title,
        // A size counts in dialogs only: a sidebar is 300 pixels wide and as high as the window.
        setHeight: chained,
        setTitle(title) {
          page.title = title;
          return chained();
        },
        setWidth: chained,
      };
      pages.set(inside, page);
      return facade(execution, 'HtmlService.HtmlOutput', inside, {
        addMetaTag: { takes: [['string', 'string']] },
        getContent: { takes: NOTHING },
        getTitle: { takes: NOTHING },
        setHeight: { takes: [['integer']] },
        setTitle: { takes: [['string']] },
        setWidth: { takes: [['integer']] },
      }) as Output;
    },
  };
  return facade(execution, 'HtmlService', service, { createHtmlOutput: { takes: [['string']] } });
}

/** What an HtmlOutput of the script would show now; undefined for anything else. */
export function pageOf(output: unknown): HtmlPage | undefined {
  const page = pages.get(behind(output) ?? {});
  return page && structuredClone(page);
}
