import { Menu as BaseMenu } from '@base-ui/react/menu';
import {
  cloneElement,
  Fragment,
  type ReactElement,
  type ReactNode,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
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

interface MenuProps {
  readonly trigger: ReactElement<TriggerProps>;
  readonly entries: readonly MenuEntry[];
  readonly align?: 'start' | 'end';
  /** Words above the entries. */
  readonly children?: ReactNode;
}

interface TriggerProps {
  readonly onClick?: () => void;
  readonly onFocus?: () => void;
  readonly onPointerEnter?: () => void;
  readonly 'aria-haspopup'?: 'menu';
  readonly 'aria-expanded'?: boolean;
}

/**
 * Further actions behind a button. One `ofMany`, in the rows of a long list, is a plain button until somebody comes
 * near it: making hundreds of menus that nobody opens is most of what such a list costs.
 */
export function Menu({ ofMany = false, ...menu }: MenuProps & { readonly ofMany?: boolean }) {
  const [near, setNear] = useState<'pointed' | 'focused' | 'pressed' | undefined>();
  if (!ofMany || near !== undefined) return <WholeMenu {...menu} near={near} />;
  return cloneElement(menu.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // At once: a press that follows must find the button that it will be let go on.
    onPointerEnter: () => flushSync(() => setNear('pointed')),
    onFocus: () => setNear('focused'),
    // Without a pointer that came near before: a finger, or a screen reader.
    onClick: () => setNear('pressed'),
  });
}

function WholeMenu({
  trigger,
  entries,
  align = 'end',
  children,
  near,
}: MenuProps & { readonly near: 'pointed' | 'focused' | 'pressed' | undefined }) {
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    // It took the place of a button that had the focus.
    if (near === 'focused') button.current?.focus();
  }, [near]);
  return (
    <BaseMenu.Root defaultOpen={near === 'pressed'}>
      <BaseMenu.Trigger ref={button} render={trigger} />
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
