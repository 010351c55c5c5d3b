import type { CellValue } from '../../contract';
import { GENERAL } from './display';
import type { CellInput } from './typed-input';
import type { ValidationRule } from './validation-rule';

/** Immutable and shared between cells; an absent entry is the default look. */
export interface Style {
  readonly fontWeight?: 'bold' | 'normal';
  readonly fontStyle?: 'italic' | 'normal';
  readonly fontColor?: string;
  readonly fontSize?: number;
  readonly background?: string;
  readonly horizontal?: string;
  readonly vertical?: string;
  readonly wrap?: 'WRAP' | 'OVERFLOW' | 'CLIP';
}

export const NO_STYLE: Style = {};

export class Cell {
  value: CellValue = '';
  formula = '';
  quoted = false;
  format = GENERAL;
  style = NO_STYLE;
  note = '';
  validation: ValidationRule | undefined = undefined;

  take(input: CellInput): void {
    this.value = input.value;
    this.formula = input.formula;
    this.quoted = input.quoted;
    if (input.format !== undefined) this.format = input.format;
  }

  get filled(): boolean {
    return this.value !== '' || this.formula !== '';
  }

  copy(): Cell {
    return Object.assign(new Cell(), this);
  }

  /** What a row or column inserted beside this cell takes over: the look and the validation, never the content. */
  heir(): Cell {
    const heir = new Cell();
    heir.format = this.format;
    heir.style = this.style;
    heir.validation = this.validation;
    return heir;
  }
}
