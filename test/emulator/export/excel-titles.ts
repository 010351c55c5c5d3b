const LONGEST = 31;

/** Sheet titles that Excel accepts: up to 31 characters, without []:*?/\ and outer apostrophes, each of its own. */
export function excelTitles(titles: readonly string[]): string[] {
  const taken = new Set<string>();
  return titles.map(title => {
    const base =
      title
        .replace(/[[\]:*?/\\]/g, ' ')
        .replace(/^'+|'+$/g, '')
        .trim() || 'Sheet';
    let accepted = base.slice(0, LONGEST);
    for (let n = 2; taken.has(accepted.toLowerCase()); n++) {
      const ending = ` ${n}`;
      accepted = base.slice(0, LONGEST - ending.length) + ending;
    }
    taken.add(accepted.toLowerCase());
    return accepted;
  });
}
