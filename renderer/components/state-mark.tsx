import css from './state-mark.module.css';

/** How a state is marked: each has a shape of its own, so that colour says nothing alone. */
export type Mark = 'up' | 'warn' | 'down' | 'idle' | 'working';

/** The shape of a state: ● up, ▲ in doubt, ■ down, ○ idle, a turning arc for what is under way. The word stands beside it. */
export function StateMark({ mark }: { readonly mark: Mark }) {
  return (
    <svg className={`${css.mark} ${css[mark]}`} viewBox="0 0 10 10" aria-hidden="true">
      {shapes[mark]}
    </svg>
  );
}

const shapes: Readonly<Record<Mark, React.ReactNode>> = {
  up: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  warn: <path d="M5 1 L9.5 9 H0.5 Z" fill="currentColor" />,
  down: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1.2" fill="currentColor" />,
  idle: <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.3" />,
  working: (
    <>
      <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.4" opacity="0.25" />
      <path
        d="M5 1.4 A3.6 3.6 0 0 1 8.6 5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </>
  ),
};
