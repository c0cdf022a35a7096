import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, channels, type NumberedCommand } from '../shared/contract/bridge.ts';

/** Hears one channel; the page gets values, never Electron's event. */
const hear = <Value>(channel: string, listener: (value: Value) => void): (() => void) => {
  const pass = (_event: IpcRendererEvent, value: Value) => listener(value);
  ipcRenderer.on(channel, pass);
  return () => ipcRenderer.removeListener(channel, pass);
};

/**
 * The window's whole door. It carries values and nothing else: names and inputs
 * are checked where they arrive, and no Electron object reaches the page.
 */
const bridge: Bridge = {
  request: (name, input, callId) => ipcRenderer.invoke(channels.request, name, input, callId),
  cancel: (callId) => ipcRenderer.send(channels.cancel, callId),
  ready: () => ipcRenderer.send(channels.ready),
  onChange: (listener) => hear(channels.change, listener),
  onCommand: (listener) =>
    hear(channels.command, ([number, command]: NumberedCommand) => {
      listener(command);
      ipcRenderer.send(channels.followed, number);
    }),
};

contextBridge.exposeInMainWorld('gearway', bridge);
