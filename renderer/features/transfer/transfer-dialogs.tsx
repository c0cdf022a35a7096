import { useCallback } from 'react';
import { show, useOpenDialog } from '../../store/context.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';

/** Export and import, wherever they were asked for: the settings, the menu, the palette; signed in or not. */
export function TransferDialogs() {
  const open = useOpenDialog();
  const close = useCallback(() => show('none'), []);
  if (open === 'export') return <ExportDialog onClose={close} />;
  if (open === 'import') return <ImportDialog onClose={close} />;
  return null;
}
