import { TEXTS } from '../../src/core/texts';
import type { Answer, Question } from '../emulator/outcome';

export interface PersonKnows {
  address: string;
  token: string;
  /** What is answered where yes and no are offered. Default no. */
  consents?: boolean;
  /** Answers to prompts that are about neither, in order. */
  otherwise?: readonly string[];
}

/** A person at the keyboard who knows the account's address and its token. */
export function person({ address, consents = false, otherwise = [], token }: PersonKnows) {
  const addressQuestions = Object.values(TEXTS).map(({ setUp }) => setUp.askAddress);
  const tokenQuestions = Object.values(TEXTS).flatMap(({ setUp }) => [setUp.askToken, setUp.askTokenAgain]);
  const left = [...otherwise];
  return ({ buttons, kind, text }: Question): Answer => {
    if (kind === 'prompt') {
      if (addressQuestions.includes(text)) return { text: address };
      if (tokenQuestions.includes(text)) return { text: token };
      return { text: left.shift() ?? '' };
    }
    if (buttons.includes('NO')) return consents ? 'YES' : 'NO';
    return 'OK';
  };
}
