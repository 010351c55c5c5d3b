/** What a stored text holds, on top of the standard; the standard where it holds nothing that can be read. */
export function remembered<T extends object>(text: string | undefined, standard: T): T {
  try {
    return { ...standard, ...(JSON.parse(text ?? '{}') as Partial<T>) };
  } catch {
    return standard;
  }
}
