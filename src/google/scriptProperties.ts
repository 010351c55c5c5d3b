import type { Properties } from '../ports';

/** The script's properties: shared by all users, readable by every editor of the spreadsheet ([doc PS], [doc BD]). */
export function scriptProperties(): Properties {
  const store = () => PropertiesService.getScriptProperties();
  let seen: Record<string, string> | undefined;
  const readAll = () => {
    seen = { ...store().getProperties() };
    return { ...seen };
  };
  return {
    readAll,
    recall: () => seen ?? readAll(),
    change({ write, remove = [] }) {
      const before = seen;
      // A call that fails may have had its effect, or a part of it.
      seen = undefined;
      // What is new is stored before anything goes: a run that ends in between loses nothing.
      if (write && write.size > 0) store().setProperties(Object.fromEntries(write), false);
      for (const name of remove) store().deleteProperty(name);
      if (!before) return;
      seen = { ...before, ...Object.fromEntries(write ?? []) };
      for (const name of remove) delete seen[name];
    },
  };
}
