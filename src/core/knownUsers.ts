/**
 * Two registers of users: everybody ever seen in the account (`users`), and those who were in it when it was last asked
 * (`present`). amoCRM lists only present members ([D crm_platform/users-api]); without the first the events of people
 * who left would turn into automation.
 *
 * In the script properties: documents `<register>.<n>` of ids, ascending, as base-36 differences, each below 9 KB.
 */
export type UserRegister = 'users' | 'present';

const LARGEST_DOCUMENT = 8_000; // characters

export function knownUsers(
  properties: Readonly<Record<string, string>>,
  register: UserRegister = 'users',
): Set<number> {
  const ids = new Set<number>();
  for (const name of documentsOf(properties, register)) {
    let id = 0;
    for (const difference of properties[name]!.split(',')) {
      id += Number.parseInt(difference, 36);
      if (Number.isSafeInteger(id)) ids.add(id);
    }
  }
  return ids;
}

/** The documents that hold these users. */
export function usersDocuments(
  ids: ReadonlySet<number>,
  register: UserRegister = 'users',
): Map<string, string> {
  const documents = new Map<string, string>();
  const keep = (text: string) => documents.set(`${register}.${documents.size}`, text);
  let text = '';
  let previous = 0;
  for (const id of [...ids].sort((a, b) => a - b)) {
    const full = text.length > LARGEST_DOCUMENT;
    if (full) {
      keep(text);
      text = '';
      previous = 0;
    }
    text += `${text === '' ? '' : ','}${(id - previous).toString(36)}`;
    previous = id;
  }
  if (text !== '') keep(text);
  return documents;
}

/** What has to change in the properties, so that both registers hold what they should; nothing where they do already. */
export function rememberingUsers(
  properties: Readonly<Record<string, string>>,
  present: ReadonlySet<number>,
): { write: Map<string, string>; remove: string[] } {
  const all = new Set([...knownUsers(properties), ...present]);
  const wanted = new Map([...usersDocuments(all), ...usersDocuments(present, 'present')]);
  return {
    write: new Map([...wanted].filter(([name, text]) => properties[name] !== text)),
    remove: documentsOf(properties, 'present').filter(name => !wanted.has(name)),
  };
}

function documentsOf(properties: Readonly<Record<string, string>>, register: UserRegister): string[] {
  return Object.keys(properties).filter(
    name => name.startsWith(`${register}.`) && /^\d+$/.test(name.slice(register.length + 1)),
  );
}
