/** The answer to what takes something away: for a minute, `undo.putBack` with this id brings it back as it was. */
export interface Removed {
  readonly undoId: string;
}
