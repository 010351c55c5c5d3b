import { isAtSheet } from '../contract';
import type { LiveExecution } from '../execution';
import { behind, facade, NOTHING } from '../facade';
import type { MenuModel } from '../menuModel';
import type { Answer, ButtonName, Question } from '../outcome';
import type { World } from '../world';
import { constant, enumSet, visibleEnum } from './enums';
import { pageOf } from './htmlService';

type Menu = GoogleAppsScript.Base.Menu;
type Button = GoogleAppsScript.Base.Button;
type PromptResponse = GoogleAppsScript.Base.PromptResponse;
type Emulated = Pick<
  GoogleAppsScript.Base.Ui,
  'Button' | 'ButtonSet' | 'alert' | 'createMenu' | 'prompt' | 'showSidebar'
>;

/** `SpreadsheetApp.getUi()`: menus, alerts, prompts and sidebars [doc UI]. */
export function userInterface(execution: LiveExecution, world: World): () => object {
  const models = new WeakMap<object, MenuModel>();
  const answers = answering(execution);

  const menu = (title: string): Menu => {
    const model: MenuModel = { title, items: [] };
    const inside: Menu = {
      addItem(caption, functionName) {
        model.items.push({ kind: 'item', caption, functionName });
        return inside;
      },
      addSeparator() {
        model.items.push({ kind: 'separator' });
        return inside;
      },
      addSubMenu(sub) {
        const inner = models.get(behind(sub) ?? {});
        if (!inner) return execution.fail('invalidArgument', { what: 'menu' });
        model.items.push({ kind: 'menu', menu: inner });
        return inside;
      },
      addToUi() {
        // One menu per name, a later one replaces it [doc …/guides/menus].
        const place = world.menus.findIndex(known => known.title === title);
        world.menus.splice(place < 0 ? world.menus.length : place, place < 0 ? 0 : 1, structuredClone(model));
      },
    };
    models.set(inside, model);
    return facade(execution, 'Ui.Menu', inside, {
      addItem: { takes: [['string', 'string']] },
      addSeparator: { takes: NOTHING },
      addSubMenu: { takes: [['object']] },
      addToUi: { takes: NOTHING, cost: 0 },
    });
  };

  const ask = (kind: Question['kind'], args: readonly unknown[]): { button: ButtonName; text: string } => {
    execution.needAuthorisation(`Ui.${kind}`);
    const set = enumSet(execution, 'ButtonSet').nameOf(args.at(-1));
    const texts = args.filter((arg): arg is string => typeof arg === 'string');
    const question: Question = {
      kind,
      title: texts.length === 2 ? (texts[0] ?? '') : '',
      text: texts.at(-1) ?? '',
      buttons: (set ?? 'OK').split('_') as ButtonName[],
    };
    // An open dialog suspends the script, and locks do not survive that [doc UI].
    world.locks.releaseAll(execution.id);
    const given = answers(question);
    const answer = typeof given === 'string' ? { button: given } : given;
    const button = answer.button ?? 'OK';
    if (button !== 'CLOSE' && !question.buttons.includes(button)) {
      throw new Error(
        `The test answers ${button}, but "${question.text}" offers ${question.buttons.join(', ')}`,
      );
    }
    const text = answer.text ?? '';
    execution.dialogs.push({ ...question, answer: { button, text } });
    execution.sleep(answer.afterMs ?? 0);
    return { button, text };
  };

  const service: Emulated = {
    Button: visibleEnum(execution, 'Button'),
    ButtonSet: visibleEnum(execution, 'ButtonSet'),
    createMenu: menu,
    alert: (...args: readonly unknown[]): Button => constant(execution, 'Button', ask('alert', args).button),
    prompt: (...args: readonly unknown[]): PromptResponse => {
      const { button, text } = ask('prompt', args);
      return facade<PromptResponse>(
        execution,
        'Ui.PromptResponse',
        { getResponseText: () => text, getSelectedButton: () => constant(execution, 'Button', button) },
        { getResponseText: { takes: NOTHING }, getSelectedButton: { takes: NOTHING } },
      );
    },
    /** Does not wait for the person, so locks stay [doc UI]. */
    showSidebar(output) {
      execution.needAuthorisation('Ui.showSidebar');
      execution.needScope('script.container.ui', 'Ui.showSidebar');
      const page = pageOf(output);
      if (!page) return execution.fail('invalidArgument', { what: 'userInterface' });
      const sidebar = { ...page, at: execution.now() };
      execution.sidebars.push(sidebar);
      world.sidebars.push(sidebar);
      world.sidebar = sidebar;
    },
  };
  const buttons = enumSet(execution, 'ButtonSet');
  const dialog = {
    takes: [['string'], ['string', buttons], ['string', 'string', buttons]],
    cost: 0,
  } as const;
  const ui = facade(execution, 'Ui', service, {
    createMenu: { takes: [['string']] },
    alert: dialog,
    prompt: dialog,
    showSidebar: { takes: [['object']], cost: 0 },
  });

  return () => {
    if (!isAtSheet(execution.context)) execution.fail('noUi');
    return ui;
  };
}

/** A question that the test did not foresee must stop the test, whatever the script makes of it. */
function answering(execution: LiveExecution): (question: Question) => Answer {
  const { answers = [] } = execution;
  let asked = 0;
  return question => {
    if (typeof answers === 'function') return answers(question);
    const answer = answers[asked];
    asked += 1;
    if (answer === undefined) {
      throw new Error(
        `Nobody answers the ${question.kind} "${question.title ? `${question.title}: ` : ''}${question.text}"`,
      );
    }
    return answer;
  };
}
