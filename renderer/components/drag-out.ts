import type { DragEvent } from 'react';

/** What another program gets of a text that is dragged out, by type: an address also as a link. Pure. */
export const dragData = (text: string): readonly (readonly [type: string, data: string])[] => [
  ...(/^https?:\/\//.test(text) ? ([['text/uri-list', text]] as const) : []),
  ['text/plain', text],
];

/** Lets a person drag this address into another program. A command stays text, of which a part can be selected and dragged. */
export const dragOut = (text: string) => ({
  draggable: !/\s/.test(text),
  onDragStart(event: DragEvent) {
    event.dataTransfer.effectAllowed = 'copy';
    for (const [type, data] of dragData(text)) event.dataTransfer.setData(type, data);
  },
});
