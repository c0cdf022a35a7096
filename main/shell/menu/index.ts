export { installMenu } from './menu.ts';
export type { MenuDoes } from './menu-template.ts';
