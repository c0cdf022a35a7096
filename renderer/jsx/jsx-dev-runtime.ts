import { jsxDEV as make } from 'react/jsx-dev-runtime';
import { cleanProps } from './clean-props.ts';

export type { JSX } from 'react/jsx-dev-runtime';
export { Fragment } from 'react/jsx-dev-runtime';

/** As in `jsx-runtime.ts`, for tests and development. */
export const jsxDEV: typeof make = (type, props, ...rest) => make(type, cleanProps(props), ...rest);
