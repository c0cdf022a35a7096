import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import css from './menu.module.css';

export interface MenuEntry {
  readonly text: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A line stands before it. */
  readonly apart?: boolean;
  readonly onChoose: () => void;
}

/** Further actions behind a button. */
export function Menu({
  trigger,
  entries,
  align = 'end',
  children,
}: {
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  /** Words above the entries. */
  readonly children?: ReactNode;
}) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={css.positioner} align={align} sideOffset={4}>
          <BaseMenu.Popup className={css.popup}>
            {children}
            {entries.map((entry) => (
              <Fragment key={entry.text}>
                {entry.apart === true && <BaseMenu.Separator className={css.separator} />}
                <BaseMenu.Item
                  className={`${css.item} ${entry.danger === true ? css.danger : ''}`}
                  disabled={entry.disabled}
                  onClick={entry.onChoose}
                >
                  <span className={css.icon}>{entry.icon}</span>
                  {entry.text}
                </BaseMenu.Item>
              </Fragment>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
