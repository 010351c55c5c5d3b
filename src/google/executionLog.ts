import type { Console } from '../ports';

/** The platform's execution log: the editor's "Executions" page, `clasp tail-logs`. */
export const executionLog: Console = {
  write(level, text) {
    if (level === 'ERROR') console.error(text);
    else if (level === 'WARN') console.warn(text);
    else console.info(text);
  },
};
