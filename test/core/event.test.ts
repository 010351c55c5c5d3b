import { countedType } from '../../src/core/event';

describe('T7 · countedType', () => {
  it.each([
    ['custom_field_123_value_changed', 'custom_field_value_changed'],
    ['custom_field_1_value_changed', 'custom_field_value_changed'],
    ['custom_field_value_changed', 'custom_field_value_changed'],
    ['custom_field_x_value_changed', 'custom_field_x_value_changed'],
    ['custom_field_12_value_changed_twice', 'custom_field_12_value_changed_twice'],
    ['my_custom_field_12_value_changed', 'my_custom_field_12_value_changed'],
    ['lead_added', 'lead_added'],
    ['', ''],
  ])('%j counts as %j', (type, key) => {
    expect(countedType(type)).toBe(key);
  });
});
