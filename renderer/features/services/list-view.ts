import { createStore } from 'zustand/vanilla';
import { type ListFilter, noFilter } from './service-order.ts';

/** How the list of services is looked at: kept while other places are looked at, so that a person comes back to it. */
interface ListView {
  readonly filter: ListFilter;
  /** Ids of containers whose services are folded away. */
  readonly collapsed: ReadonlySet<string>;
  /** Ids of containers whose other listeners are shown. */
  readonly unfolded: ReadonlySet<string>;
  /** Ids of services that are selected. */
  readonly selected: ReadonlySet<string>;
}

export const listView = createStore<ListView>(() => ({
  filter: noFilter,
  collapsed: new Set(),
  unfolded: new Set(),
  selected: new Set(),
}));

export const filterBy = (part: Partial<ListFilter>) =>
  listView.setState(({ filter }) => ({ filter: { ...filter, ...part } }));

/** Puts one of a set in or takes it out. */
export const toggleIn = (name: 'collapsed' | 'unfolded' | 'selected', id: string) =>
  listView.setState((view) => {
    const next = new Set(view[name]);
    if (!next.delete(id)) next.add(id);
    return { [name]: next };
  });

export const selectNone = () => listView.setState({ selected: new Set() });
