import { headerChangeSchema } from '../../../shared/model/headers.ts';
import { exitStatus } from '../io.ts';
import { serviceVerb, verb } from '../verb.ts';
import { onOff } from './on-off.ts';
import { typedText } from './typed-text.ts';

export const survive = serviceVerb((tools, { id }) =>
  onOff(tools, 1, async (on) =>
    tools.answer(await tools.engine.ask('tunnels.survive', { serviceId: id, on })),
  ),
);
export const port = serviceVerb(async ({ engine, word, answer }, { id }) =>
  answer(
    await engine.ask('services.setOwnPort', {
      serviceId: id,
      ...(word(1) === 'off' ? {} : { port: word(1) }),
    }),
  ),
);
export const alone = serviceVerb((tools, { id }) =>
  onOff(tools, 1, async (on) =>
    tools.answer(await tools.engine.ask('services.leaveAlone', { serviceId: id, alone: on })),
  ),
);
export const headers = serviceVerb(async ({ engine, word, answer, io }, { id }) => {
  const change = headerChangeSchema.safeParse({ preset: word(1) });
  if (change.success)
    return answer(await engine.ask('services.setHeaders', { serviceId: id, change: change.data }));
  io.fail('bad_request', `no preset is called ${word(1)}.`);
  return exitStatus.wrongUsage;
});
export const crossSite = serviceVerb((tools, { id }) =>
  onOff(tools, 1, async (on) =>
    tools.answer(await tools.engine.ask('services.setCrossSite', { serviceId: id, allowed: on })),
  ),
);
export const bodies = serviceVerb((tools, { id }) =>
  onOff(tools, 1, async (on) =>
    tools.answer(await tools.engine.ask('services.keepBodies', { serviceId: id, keep: on })),
  ),
);
export const key = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('services.setCredential', { serviceId: id, key: await typedText() })),
);
export const forgetKey = serviceVerb(async ({ engine, answer }, { id }) =>
  answer(await engine.ask('services.forgetCredential', { serviceId: id })),
);
export const ignore = serviceVerb(async ({ engine, options, answer }, { id }) =>
  answer(
    await engine.ask('offers.answer', {
      serviceId: id,
      how: options.always === true ? 'ignored' : 'answered',
    }),
  ),
);

export const https = verb((tools) =>
  onOff(tools, 0, async (on) => tools.answer(await tools.engine.ask('proxy.setHttps', { on }))),
);
export const trust = verb((tools) =>
  onOff(tools, 0, async (on) => tools.answer(await tools.engine.ask('proxy.setTrusted', { on }))),
);
