/**
 * The register of all users ever seen in the account. amoCRM lists only present members ([D crm_platform/users-api]);
 * without a register the events of people who left would turn into automation.
 *
 * In the script properties: documents `users.<n>` of ids, ascending, as base-36 differences, each below 9 KB.
 */
const USERS_DOCUMENT = /^users\.\d+$/;

const LARGEST_DOCUMENT = 8_000; // characters

export function knownUsers(properties: Readonly<Record<string, string>>): Set<number> {
  const ids = new Set<number>();
  for (const [name, text] of Object.entries(properties)) {
    if (!USERS_DOCUMENT.test(name)) continue;
    let id = 0;
    for (const difference of text.split(',')) {
      id += Number.parseInt(difference, 36);
      if (Number.isSafeInteger(id)) ids.add(id);
    }
  }
  return ids;
}

/** The documents that hold these users. */
export function usersDocuments(ids: ReadonlySet<number>): Map<string, string> {
  const documents = new Map<string, string>();
  let text = '';
  let previous = 0;
  for (const id of [...ids].sort((a, b) => a - b)) {
    const full = text.length > LARGEST_DOCUMENT;
    if (full) {
      documents.set(`users.${documents.size}`, text);
      text = '';
      previous = 0;
    }
    text += `${text === '' ? '' : ','}${(id - previous).toString(36)}`;
    previous = id;
  }
  if (text !== '') documents.set(`users.${documents.size}`, text);
  return documents;
}
