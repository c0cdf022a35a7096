import { jsx as make, jsxs as makeMany } from 'react/jsx-runtime';
import { cleanProps } from './clean-props.ts';

export type { JSX } from 'react/jsx-runtime';
export { Fragment } from 'react/jsx-runtime';

/**
 * React's own element functions, with the one thing between that no component can forget: whatever is shown is clean.
 * The compiler calls them for every element of the window (`jsxImportSource`).
 */
export const jsx: typeof make = (type, props, key) => make(type, cleanProps(props), key);
export const jsxs: typeof makeMany = (type, props, key) => makeMany(type, cleanProps(props), key);
