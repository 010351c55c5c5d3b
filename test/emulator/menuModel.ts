/** A custom menu as the person at the keyboard sees it. */
export interface MenuModel {
  title: string;
  items: MenuItem[];
}

export type MenuItem =
  | { kind: 'item'; caption: string; functionName: string }
  | { kind: 'separator' }
  | { kind: 'menu'; menu: MenuModel };
