import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, channels } from '../shared/contract/bridge.ts';
import type { Change } from '../shared/contract/state.ts';

/**
 * The window's whole door. It carries values and nothing else: names and inputs
 * are checked where they arrive, and no Electron object reaches the page.
 */
const bridge: Bridge = {
  request: (name, input, callId) => ipcRenderer.invoke(channels.request, name, input, callId),
  cancel: (callId) => ipcRenderer.send(channels.cancel, callId),
  ready: () => ipcRenderer.send(channels.ready),
  onChange(listener) {
    const hear = (_event: IpcRendererEvent, change: Change) => listener(change);
    ipcRenderer.on(channels.change, hear);
    return () => ipcRenderer.removeListener(channels.change, hear);
  },
};

contextBridge.exposeInMainWorld('gearway', bridge);
