import type { Properties } from '../ports';

/** The script's properties: shared by all users, readable by every editor of the spreadsheet ([doc PS], [doc BD]). */
export function scriptProperties(): Properties {
  const store = () => PropertiesService.getScriptProperties();
  return {
    readAll: () => store().getProperties(),
    change({ write, remove = [] }) {
      // What is new is stored before anything goes: a run that ends in between loses nothing.
      if (write && write.size > 0) store().setProperties(Object.fromEntries(write), false);
      for (const name of remove) store().deleteProperty(name);
    },
  };
}
