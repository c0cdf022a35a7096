import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import {
  cloneElement,
  Fragment,
  type ReactElement,
  type ReactNode,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import css from './menu.module.css';

export interface MenuEntry {
  readonly text: string;
  /** A line beneath, for programs: the command that it stands for. */
  readonly detail?: string;
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

/** What a menu stands in: who goes through the window by its parts finds it where its button is. */
const landmark = 'main,nav,[role="dialog"],[role="alertdialog"]';

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
  const [around, setAround] = useState<HTMLElement>();
  useLayoutEffect(() => {
    // It took the place of a button that had the focus.
    if (near === 'focused') button.current?.focus();
    setAround(button.current?.closest<HTMLElement>(landmark) ?? undefined);
  }, [near]);
  return (
    <BaseMenu.Root defaultOpen={near === 'pressed'}>
      <BaseMenu.Trigger ref={button} render={trigger} />
      <BaseMenu.Portal container={around}>
        <BaseMenu.Positioner
          className={css.positioner}
          align={align}
          sideOffset={4}
          // Not cut off by what scrolls around it.
          positionMethod="fixed"
        >
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
                  {entry.detail === undefined || entry.detail === '' ? (
                    entry.text
                  ) : (
                    <span className={css.both}>
                      {entry.text}
                      <span className={css.detail}>{entry.detail}</span>
                    </span>
                  )}
                </BaseMenu.Item>
              </Fragment>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** One of several in a menu: the one in force has a tick. The menu closes with the choice. */
export function MenuChoice<V extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onChoose: (value: V) => void;
}) {
  const id = useId();
  return (
    <>
      <BaseMenu.Separator className={css.separator} />
      <div id={id} className={css.group}>
        {label}
      </div>
      <BaseMenu.RadioGroup value={value} aria-labelledby={id} onValueChange={onChoose}>
        {options.map((option) => (
          <BaseMenu.RadioItem key={option.value} className={css.item} value={option.value} closeOnClick>
            <span className={css.icon}>{option.value === value && <Check />}</span>
            {option.text}
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </>
  );
}
