/** Texts that go into a page: some of them are customers' (account names), and none may become markup. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it stands in HTML, between tags or in a quoted attribute. */
export function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]!);
}

/**
 * Plain data as an expression of a script element. Apart from what ends the element or the line, slashes are escaped
 * too: HtmlService takes what looks like a comment out of scripts
 * ([issue enuchi/React-Google-Apps-Script#157]).
 */
export function inScript(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&/\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A page with its `{{gaps}}` filled. The values must be escaped already, each for its place. */
export function filled(page: string, values: Readonly<Record<string, string>>): string {
  return page.replace(/\{\{(\w+)\}\}/g, (gap, name: string) => values[name] ?? gap);
}
