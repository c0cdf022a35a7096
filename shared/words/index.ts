import type { AppError } from '../result.ts';
import { connectionWords as enConnections } from './en/connections.ts';
import { errors as enErrors } from './en/errors.ts';
import { interfaceWords as enInterface } from './en/interface.ts';
import { launchWords as enLaunch } from './en/launch.ts';
import { modelWords as enModels } from './en/models.ts';
import { platformWords as enPlatform } from './en/platform.ts';
import { proxyWords as enProxy } from './en/proxy.ts';
import { shareWords as enShare } from './en/share.ts';
import { windowWords as enWindow } from './en/window.ts';
import { fill } from './fill.ts';
import { connectionWords as zhConnections } from './zh-cn/connections.ts';
import { errors as zhErrors } from './zh-cn/errors.ts';
import { interfaceWords as zhInterface } from './zh-cn/interface.ts';
import { launchWords as zhLaunch } from './zh-cn/launch.ts';
import { modelWords as zhModels } from './zh-cn/models.ts';
import { platformWords as zhPlatform } from './zh-cn/platform.ts';
import { proxyWords as zhProxy } from './zh-cn/proxy.ts';
import { shareWords as zhShare } from './zh-cn/share.ts';
import { windowWords as zhWindow } from './zh-cn/window.ts';

export type Language = 'en' | 'zh-CN';
export type InterfaceWords = typeof enInterface &
  typeof enConnections &
  typeof enPlatform &
  typeof enProxy &
  typeof enLaunch &
  typeof enModels &
  typeof enShare &
  typeof enWindow;

/** Every word that a person sees, by language. */
export const words = {
  en: {
    ...enInterface,
    ...enConnections,
    ...enPlatform,
    ...enProxy,
    ...enLaunch,
    ...enModels,
    ...enShare,
    ...enWindow,
  },
  'zh-CN': {
    ...zhInterface,
    ...zhConnections,
    ...zhPlatform,
    ...zhProxy,
    ...zhLaunch,
    ...zhModels,
    ...zhShare,
    ...zhWindow,
  },
} as const;

export { fill } from './fill.ts';

const errorWords = { en: enErrors, 'zh-CN': zhErrors } as const;

/** What happened and what to do, for an expected failure. */
export function errorSentence(error: AppError, language: Language): string {
  const forms = errorWords[language][error.code];
  for (const form of forms) {
    const said = fill(form, error.params ?? {});
    if (said !== undefined) return said;
  }
  return errorWords[language].internal[0];
}
